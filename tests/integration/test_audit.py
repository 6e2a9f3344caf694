"""The audit proves what holds, and names what is broken."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from integration import broken_parts

from budgetmon import UsageTracker
from budgetmon.runs.audit.claims import Result, Verdict
from budgetmon.runs.audit.ground import OnTrial
from budgetmon.runs.audit.sizes import Sizes
from budgetmon.runs.audit.suite import CLAIMS, run
from budgetmon.runs.events import EVENTS_VARIABLE, Collected, Outcome, RunFinished, RunStarted, TestFinished, decode
from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker

SMALL = Sizes(
    processes=4,
    tries=50,
    kills=2,
    writes=100,
    threads=3,
    requests=9,
    operations=5_000,
    largest_cache=10_000,
    seconds=0.3,
)


@contextmanager
def no_poller(path: Path) -> Iterator[Callable[[], object]]:
    yield lambda: None


def checked(tmp_path: Path, *keys: str, **options: object) -> dict[str, Result]:
    claims = [claim for claim in CLAIMS if claim.key in keys]
    assert len(claims) == len(keys)
    results = run(claims, SMALL, no_poller, beside=tmp_path, **options)  # type: ignore[arg-type]
    return {result.claim.key: result for result in results}


@pytest.mark.timeout(120)
def test_that_every_claim_holds_and_nothing_is_left_behind(tmp_path: Path, make_tracker: Callable[..., UsageTracker]) -> None:
    own = make_tracker("models: {m: {provider: p, per_call: 1}}")
    own.record("m")
    # `watched` measures for seconds and has a benchmark of its own.
    keys = [claim.key for claim in CLAIMS if claim.key != "watched"]
    results = checked(tmp_path, *keys, own_ledger=own.db_path, on_trial=OnTrial(history=IVHistoryTracker))
    assert {key: (result.verdict, result.detail) for key, result in results.items()} == dict.fromkeys(keys, (Verdict.PASS, ""))
    assert all(result.did and result.figures for result in results.values())
    assert [path.name for path in tmp_path.iterdir()] == ["books"]


BROKEN: dict[str, tuple[str, OnTrial, str]] = {
    "a tracker that checks before it writes": ("cap", OnTrial(tracker=broken_parts.ChecksThenWrites), "overspent"),
    "a write that is acknowledged and not made": (
        "kills",
        OnTrial(tracker=broken_parts.AcknowledgesWithoutWriting),
        "not in the ledger",
    ),
    "a cache that holds one too many": ("order", OnTrial(cache=broken_parts.OneTooMany), "its bound is 50"),
    "a cache that expires late": ("ttl", OnTrial(cache=broken_parts.ExpiresLate), "at its end"),
    "a cache whose cost grows": ("cost", OnTrial(cache=broken_parts.ScansAtEachStore), "times as much as"),
    "a history that leaves values in memory": (
        "history",
        OnTrial(history=broken_parts.KeepsInMemory),
        "what was written",
    ),
    "a cache whose misses are not heard of": ("metrics", OnTrial(cache=broken_parts.UnheardMisses), "hits, misses"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_that_the_audit_names(what: str, tmp_path: Path) -> None:
    key, on_trial, words = BROKEN[what]
    result = checked(tmp_path, key, on_trial=on_trial)[key]
    assert result.verdict is Verdict.FAIL
    assert words in result.detail


def test_that_the_audit_names_a_leaked_connection(tmp_path: Path) -> None:
    try:
        result = checked(tmp_path, "connections", on_trial=OnTrial(tracker=broken_parts.LeaksAConnection))["connections"]
    finally:
        for db in broken_parts.LeaksAConnection.leaked:
            db.close()
    assert result.verdict is Verdict.FAIL
    assert "still open after close: ledger.db" in result.detail


def test_that_a_ledger_that_does_not_add_up_fails_the_audit(tmp_path: Path, make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 1}}")
    tracker.record("m")
    spoil, mend = ("UPDATE call SET cost = cost + 1", "UPDATE call SET cost = cost - 1")
    tracker._ledger._writer.run(lambda db: db.execute(spoil).fetchall())
    result = checked(tmp_path, "books", own_ledger=tracker.db_path)["books"]
    tracker._ledger._writer.run(lambda db: db.execute(mend).fetchall())
    assert result.verdict is Verdict.FAIL
    assert "checksum of call 1" in result.detail


def test_that_a_missing_ledger_is_no_failure(tmp_path: Path) -> None:
    result = checked(tmp_path, "books", own_ledger=tmp_path / "none.db")["books"]
    assert result.verdict is Verdict.NOT_POSSIBLE


def test_that_the_verb_prints_one_document_writes_reports_and_tells_a_runner(tmp_path: Path) -> None:
    events, page, text = tmp_path / "events", tmp_path / "report.html", tmp_path / "r.md"
    arguments = ["audit", "--quick", "--json", "--only", "ttl", "--only", "exact", "--out", str(text)]
    done = subprocess.run(
        [sys.executable, "-m", "budgetmon", *arguments, "--db", str(tmp_path / "ledger.db")],
        env={"PATH": "", "HOME": str(tmp_path), EVENTS_VARIABLE: str(events)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["passed"]
    assert [claim["key"] for claim in document["claims"]] == ["exact", "ttl"]
    assert {figure["name"] for figure in document["claims"][0]["figures"]} == {"total", "the same in floats"}
    assert "Money is exact" in text.read_text()
    assert "<h2>Money is exact</h2>" in page.read_text()  # beside the events: the run's folder
    told = [decode(line) for line in events.read_text().splitlines()]
    assert isinstance(told[0], RunStarted)
    assert told[1] == Collected(2, ("audit::Money is exact", "audit::Entries expire on time"))
    assert [event.outcome for event in told if isinstance(event, TestFinished)] == [Outcome.PASSED] * 2
    assert isinstance(told[-1], RunFinished)
    assert told[-1].exit_status == 0
    assert not (tmp_path / "ledger.db").exists()
