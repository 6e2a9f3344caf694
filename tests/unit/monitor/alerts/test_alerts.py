"""Alerts: each condition, once per episode, re-armed when it ends or its window resets."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from budgetmon.core.rules.budgets import OnExceed, Scope, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import FAR_FUTURE, Window
from budgetmon.monitor.alerts.call_findings import RECENT_MS
from budgetmon.monitor.alerts.episodes import observed
from budgetmon.monitor.alerts.health_findings import LARGE_LOG_BYTES
from budgetmon.monitor.alerts.values import Alert, AlertKind, Severity, Watch
from budgetmon.monitor.snapshot import (
    Ask,
    Buckets,
    BudgetState,
    BudgetStatus,
    CacheStatus,
    CallRow,
    LedgerInfo,
    NamedTotals,
    Pace,
    RefusalRow,
    Snapshot,
    Steps,
    Totals,
    WorkerRow,
)

MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR
START = 1_773_000_000_000
NOW = START + 15 * DAY
MONTH = Window(START, START + 30 * DAY)


def snapshot(at: int = NOW, **parts: object) -> Snapshot:
    empty = Snapshot(
        as_of=at,
        ledger=LedgerInfo("/x/ledger.db", 2, "power", "UTC", START, 0),
        totals=Totals(),
        providers=(),
        models=(),
        budgets=(),
        consumption=Buckets(width=MINUTE),
        caches=(),
        calls=(),
        refusals=(),
        workers=(),
    )
    return replace(empty, **parts)  # type: ignore[arg-type]


def budget(spent: int = 0, *, limit: int = 1000, window: Window = MONTH, per: str = "month", **parts: object) -> BudgetStatus:
    full = spent >= limit
    plain = BudgetStatus(
        name="p month",
        scope=Scope(provider="p"),
        unit=Unit.CALLS,
        limit=limit,
        per=per,
        on_exceed=OnExceed.BLOCK,
        warn_at=(50, 80),
        window=window,
        spent=spent,
        held=0,
        in_doubt=0,
        remaining=max(0, limit - spent),
        state=BudgetState.EXHAUSTED if full else BudgetState.OK,
        pace=Pace(per_hour=1.0),
        burn_down=Steps(),
    )
    return replace(plain, **parts)  # type: ignore[arg-type]


def fold(*snapshots: Snapshot) -> tuple[Watch, list[tuple[Alert, ...]]]:
    watch, told = Watch(), []
    for each in snapshots:
        watch, begun = observed(watch, each)
        told.append(begun)
    return watch, told


def kinds(alerts: tuple[Alert, ...]) -> list[AlertKind]:
    return [alert.finding.kind for alert in alerts]


def test_that_a_quiet_ledger_raises_nothing() -> None:
    watch, told = fold(snapshot(), snapshot(NOW + MINUTE, budgets=(budget(499),)))
    assert (watch.alerts, told) == ((), [(), ()])


def test_that_each_threshold_is_told_once_with_its_figures() -> None:
    spent = (500, 501, 799, 800, 1000, 1000)
    watch, told = fold(*(snapshot(NOW + number * MINUTE, budgets=(budget(each),)) for number, each in enumerate(spent)))
    assert [[alert.finding.figures.share for alert in each] for each in told] == [[50], [], [], [80], [100], []]
    assert [each[0].finding.severity for each in told if each] == [Severity.NOTE, Severity.WARNING, Severity.URGENT]
    newest = watch.alerts[0]
    assert (newest.finding.figures.amount, newest.finding.figures.of, newest.finding.figures.unit) == (1000, 1000, Unit.CALLS)
    assert (newest.finding.reference.provider, newest.finding.reference.budget) == ("p", "p month")
    assert newest.finding.reference.since == MONTH.start
    assert [alert.ended_at is None for alert in watch.alerts] == [True, False, False]


def test_that_a_threshold_is_told_again_in_the_next_window() -> None:
    following = Window(MONTH.end, MONTH.end + 30 * DAY)
    _, told = fold(
        snapshot(budgets=(budget(900),)),
        snapshot(MONTH.end + 1, budgets=(budget(0, window=following),)),
        snapshot(MONTH.end + DAY, budgets=(budget(900, window=following),)),
    )
    assert [len(each) for each in told] == [1, 0, 1]


def test_that_a_rolling_budget_is_told_once_though_its_window_moves() -> None:
    moving = [
        snapshot(NOW + n * MINUTE, budgets=(budget(900, window=Window(NOW + n, NOW + n + HOUR), per="24 hours rolling"),))
        for n in range(5)
    ]
    _, told = fold(*moving, snapshot(NOW + HOUR, budgets=(budget(10, per="24 hours rolling"),)), moving[-1])
    assert [len(each) for each in told] == [1, 0, 0, 0, 0, 0, 1]


def steady(per_hour: float, hours: int, *, until: int = NOW) -> Steps:
    at = tuple(until - hour * HOUR for hour in range(hours, -1, -1))
    return Steps(at, tuple(round(per_hour * number) for number in range(len(at))))


def burning(per_hour: float, hours: int, *, at: int = NOW, until: int | None = None) -> Snapshot:
    steps = steady(per_hour, hours, until=until or at)
    spent = steps.total[-1]
    return snapshot(at, budgets=(budget(spent, limit=7200, burn_down=steps, warn_at=(), remaining=7200 - spent),))


# The even pace of 7,200 calls a month is 10 an hour.
@pytest.mark.parametrize(
    ("per_hour", "hours", "severity"),
    [(10, 72, None), (14, 72, None), (40, 72, Severity.WARNING), (100, 36, Severity.URGENT)],
    ids=["even", "a little more", "four times", "ten times"],
)
def test_that_a_pace_is_told_when_it_lasts(per_hour: float, hours: int, severity: Severity | None) -> None:
    _, (told,) = fold(burning(per_hour, hours))
    assert [alert.finding.severity for alert in told] == ([] if severity is None else [severity])
    if told:
        assert told[0].finding.kind is AlertKind.PACE
        assert told[0].finding.figures.burn >= 1.5


def test_that_a_burst_that_is_over_is_no_pace() -> None:
    _, (told,) = fold(burning(100, 36, until=NOW - 7 * HOUR))
    assert told == ()


def test_that_a_fast_pace_that_outlasts_the_window_is_none() -> None:
    late = MONTH.end - HOUR
    assert fold(burning(20, 80, at=late))[1] == [()]


def test_that_neither_a_young_window_nor_a_lifetime_has_a_pace_alert() -> None:
    young = replace(burning(100, 2).budgets[0], window=Window(NOW - HOUR, NOW + 29 * DAY))
    endless = replace(burning(100, 36).budgets[0], window=Window(0, FAR_FUTURE))
    for each in (young, endless, replace(burning(100, 36).budgets[0], pace=Pace())):
        assert fold(snapshot(budgets=(each,)))[1] == [()]


def test_that_a_pace_around_its_limit_is_one_episode() -> None:
    calm = [replace(burning(1, 72), as_of=NOW + minute * MINUTE) for minute in (1, 2, 3)]
    hot = replace(burning(40, 72), as_of=NOW + 4 * MINUTE)
    _, told = fold(burning(40, 72), *calm, hot, replace(calm[0], as_of=NOW + 30 * MINUTE), replace(hot, as_of=NOW + HOUR))
    assert [len(each) for each in told] == [1, 0, 0, 0, 0, 0, 1]


def refused(number: int, at: int, name: str = "p month") -> RefusalRow:
    return RefusalRow(number, at, "p", "m", None, name, Unit.CALLS, 2, 1, "receipt")


def test_that_refusals_are_one_alert_per_budget_that_leads_to_their_rows() -> None:
    rows = (refused(3, NOW - 1000), refused(2, NOW - 2000, "other"), refused(1, NOW - 3000))
    watch, told = fold(
        snapshot(refusals=rows),
        snapshot(NOW + MINUTE, refusals=(refused(4, NOW + MINUTE - 1), *rows)),
        snapshot(NOW + MINUTE + RECENT_MS, refusals=rows),
        snapshot(NOW + 2 * HOUR, refusals=(refused(9, NOW + 2 * HOUR - 5),)),
    )
    assert [len(each) for each in told] == [2, 0, 0, 1]
    first = next(alert for alert in told[0] if alert.finding.subject == "p month")
    assert (first.finding.figures.count, first.finding.reference.refusals) == (2, (3, 1))
    assert (first.finding.reference.since, first.finding.reference.budget) == (NOW - 3000, "p month")
    grown = [alert for alert in watch.alerts if alert.id == first.id]
    assert grown[0].ended_at == NOW + MINUTE + RECENT_MS


def paid(number: int, cost: int | None, hold: int = 10, worker: int = 1) -> CallRow:
    return CallRow(number, NOW - 5000, 100, CallState.SETTLED, True, "p", "m", None, None, worker, 1, 1, 0, 1, hold, cost)


def test_that_overruns_add_up_per_model() -> None:
    _, (told,) = fold(snapshot(calls=(paid(2, 25), paid(1, 12), paid(3, 10))))
    assert kinds(told) == [AlertKind.OVERRUN]
    assert (told[0].finding.figures.amount, told[0].finding.figures.count) == (17, 2)
    assert told[0].finding.reference.calls == (2, 1)


def models(unpriced: int) -> tuple[NamedTotals, ...]:
    return (NamedTotals("m", "p", Totals(calls=40, unpriced_calls=unpriced)),)


def test_that_unpriced_calls_are_told_while_they_come_and_again_later() -> None:
    watch, told = fold(
        snapshot(models=models(3), calls=(paid(7, None),)),
        snapshot(NOW + MINUTE, models=models(4)),
        snapshot(NOW + 2 * HOUR, models=models(4)),
        snapshot(NOW + 3 * HOUR, models=models(5)),
    )
    assert [kinds(each) for each in told] == [[AlertKind.UNPRICED], [], [], [AlertKind.UNPRICED]]
    assert (told[0][0].finding.figures.count, told[0][0].finding.reference.calls) == (3, (7,))
    assert [alert.ended_at is None for alert in watch.alerts] == [True, False]


def cache(rates: tuple[float, ...], lookups: int) -> CacheStatus:
    starts = tuple(NOW - HOUR + number * 10 * MINUTE for number in range(6))
    hits = tuple(round(rate * lookups) for rate in rates)
    return CacheStatus("c", 0, 0, 0, 0, 1, 1, None, 600_000, starts, hits, tuple(lookups - hit for hit in hits))


@pytest.mark.parametrize(
    ("rates", "lookups", "told"),
    [((0.9, 0.9, 0.9, 0.9, 0.9, 0.4), 100, 1), ((0.9,) * 5 + (0.8,), 100, 0), ((0.9,) * 5 + (0.1,), 9, 0)],
    ids=["falls", "about the same", "too few lookups"],
)
def test_that_a_falling_hit_rate_is_told(rates: tuple[float, ...], lookups: int, told: int) -> None:
    _, (begun,) = fold(snapshot(caches=(cache(rates, lookups),), ask=Ask(span=timedelta(hours=1))))
    assert kinds(begun) == [AlertKind.HIT_RATE] * told
    past = snapshot(caches=(cache(rates, lookups),), ask=Ask(span=timedelta(hours=1), until=NOW))
    assert fold(past)[1] == [()], "a stretch in the past says nothing about now"


def worker(*, alive: bool, held: int) -> WorkerRow:
    return WorkerRow(1, 4711, "host", NOW - HOUR, NOW - MINUTE, alive, 5, held, 0)


def test_that_a_worker_dead_with_money_held_is_told_until_it_is_freed() -> None:
    watch, told = fold(
        snapshot(workers=(worker(alive=True, held=30),)),
        snapshot(NOW + 1, workers=(worker(alive=False, held=30),), calls=(paid(7, None),)),
        snapshot(NOW + 2, workers=(worker(alive=False, held=0),)),
    )
    assert [kinds(each) for each in told] == [[], [AlertKind.DEAD_WORKER], []]
    assert (told[1][0].finding.subject, told[1][0].finding.reference.calls) == ("4711", (7,))
    assert watch.alerts[0].ended_at == NOW + 2


def test_that_a_log_that_is_not_emptied_is_told() -> None:
    info = LedgerInfo("/x", 2, "power", "UTC", START, LARGE_LOG_BYTES)
    assert kinds(fold(snapshot(ledger=info))[1][0]) == [AlertKind.LOG]


def test_that_the_most_pressing_is_told_first_and_the_list_is_bounded() -> None:
    watch, (told,) = fold(snapshot(budgets=(budget(500), budget(1000, name="full"))))
    assert [alert.finding.subject for alert in told] == ["full", "p month"]
    for number in range(400):
        watch, _ = observed(watch, snapshot(NOW + number * HOUR, refusals=(refused(1, NOW + number * HOUR, f"b{number}"),)))
    assert len(watch.alerts) == 200
    assert len({alert.id for alert in watch.alerts}) == 200
