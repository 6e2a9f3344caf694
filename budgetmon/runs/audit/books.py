"""Checks of days and windows, of the monitor, and of the operator's own ledger."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Subject
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.periods import Per, Period, window_at
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import ONE_CALL
from budgetmon.core.storage.connection import WAL_LIMIT_BYTES
from budgetmon.core.storage.files import LedgerFiles
from budgetmon.runs.audit.claims import Evidence, NotPossibleError
from budgetmon.runs.audit.ground import Ground
from budgetmon.runs.bench import watched
from budgetmon.runs.bench.scale import QUICK

_ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",  # 5:45 ahead
    "Pacific/Apia",  # skipped a day in 2011
    "Africa/Casablanca",
)
_PERIODS = (Period(Per.DAY), Period(Per.WEEK), Period(Per.MONTH), Period(Per.MONTH, reset_day=15))
_FROM, _UNTIL = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp() * 1000) for year in (2011, 2031))
_HOUR = 3_600_000

# The goal is 0.98, which the benchmark measures for longer; in a few seconds, other work on the machine moves as much.
_LEAST_SHARE = 0.80


def check_windows(_ground: Ground, evidence: Evidence) -> None:
    """Windows follow each other without gap or overlap, and begin at local midnight."""
    evidence.did = f"Every day, week and month from 2011 to 2030 in {len(_ZONES)} zones."
    count = 0
    lengths: Counter[int] = Counter()
    for zone in _ZONES:
        for period in _PERIODS:
            at = _FROM
            while at < _UNTIL:
                window = window_at(period, zone, at)
                following = window_at(period, zone, window.end)
                count += 1
                if period.per is Per.DAY:
                    lengths[(window.end - window.start) // _HOUR] += 1
                if not window.start <= at < window.end or following.start != window.end:
                    evidence.problems.append(f"{zone}, {period}: the window of {at} is {window}, the next is {following}")
                    break
                at = window.end
    evidence.figure("windows", count)
    evidence.figure("days of 23, 24 and 25 hours", ", ".join(f"{lengths[hours]:,}" for hours in (23, 24, 25)))
    evidence.expect(bool(lengths[23] and lengths[25]), "no day of 23 or 25 hours was found")


def check_days(ground: Ground, evidence: Evidence) -> None:
    """The days of a range add up to the range, over the night in which the clocks change."""
    zone = "America/New_York"
    evidence.did = f"A call every 20 minutes for four days in {zone}, from the day before summer time begins."
    begin = int(datetime(2026, 3, 7, 5, tzinfo=UTC).timestamp() * 1000)
    now = [begin]
    home = ground.folder / "days"
    home.mkdir()
    expected: Counter[str] = Counter()
    with closing(SqliteLedger(home / "ledger.db", zone=zone, power_safe=False, clock=lambda: now[0])) as ledger:
        while now[0] < begin + 96 * _HOUR:
            expected[datetime.fromtimestamp(now[0] / 1000, ZoneInfo(zone)).date().isoformat()] += 1
            ledger.record(Subject("auditor", "free"), Charge(ONE_CALL, 7, Rates()))
            now[0] += _HOUR // 3
        models, days = ledger.totals()
    found = {day.isoformat(): sums.calls for day, sums in days.items()}
    evidence.figure("calls per day", ", ".join(str(calls) for calls in found.values()))
    evidence.expect_equal("calls per local day", found, dict(expected))
    total = sum(sums.cost for sums in models.values())
    evidence.expect_equal("cost of the days, in nanos", sum(sums.cost for sums in days.values()), total)


def check_watched(ground: Ground, evidence: Evidence) -> None:
    """The app's reader slows no writer and does not let the log grow."""
    seconds = ground.sizes.seconds
    evidence.did = f"Four writers, in phases of {seconds:g} s alone and with a reader that polls once a second as the app does."
    report = watched.measure(ground.folder, replace(QUICK, watched_seconds=seconds), ground.open_poller)
    log = LedgerFiles(ground.folder / "watched" / "ledger.db").wal
    size = log.stat().st_size if log.exists() else 0
    for finding in report.findings:
        evidence.figure(finding.name, f"{finding.value:,.0f}" if finding.unit else f"{finding.value:.3g}", finding.unit)
    evidence.figure("log at the end", f"{size / 2**20:.1f}", "MiB")
    share = report.findings[0].value
    evidence.expect(share >= _LEAST_SHARE, f"with the reader, writers got {share:.0%} of what they got alone")
    evidence.expect(size <= 2 * WAL_LIMIT_BYTES, f"the log grew to {size / 2**20:.0f} MiB")


def check_own_books(ground: Ground, evidence: Evidence) -> None:
    """The operator's ledger adds up, to the nano."""
    ledger = ground.own_ledger
    if ledger is None or not ledger.exists():
        raise NotPossibleError("there is no ledger yet" if ledger is None else f"there is no ledger at {ledger} yet")
    evidence.did = f"Every counter and sum of {ledger.name} computed anew from its calls, reading only."
    verdict = verify(ledger)
    evidence.figure("calls", verdict.calls)
    evidence.figure("refusals", verdict.refusals)
    evidence.figure("counters compared", verdict.counters)
    for breach in verdict.breaches[:20]:
        evidence.problems.append(str(breach))
    if len(verdict.breaches) > 20:
        evidence.problems.append(f"and {len(verdict.breaches) - 20} more; see budgetmon verify")
