"""Checks of what survives: killed processes, failing writes, stopped and dead owners of holds."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from budgetmon.core.ledger import facts, journal
from budgetmon.core.ledger.journal import Posting
from budgetmon.core.ledger.values import Charge, Subject
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.money import display_usd
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.refusals import BudgetExceededError
from budgetmon.core.rules.usage import Usage
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.audit.claims import Evidence
from budgetmon.runs.audit.ground import Ground, ledger_of

_FREE = "models: {free: {provider: auditor, per_call: 0.001}}\nbudgets: [{name: all, limit: 1000000 USD, per: month}]\n"
_ONE_DOLLAR = """
models: {fee: {provider: auditor, per_call: 0.60}}
budgets: [{name: cap, limit: 1.00 USD, per: lifetime}]
"""
_PATIENCE_SECONDS = 60.0
_SLICE_SECONDS = 0.01


class _DeliberateError(Exception):
    """Raised in the middle of a write, to see it taken back."""


def check_kills(ground: Ground, evidence: Evidence) -> None:
    """Writers are killed again and again; whatever was acknowledged is there, and nothing is half there."""
    sizes = ground.sizes
    evidence.did = (
        f"{sizes.kills} writers, four at a time, each killed with SIGKILL at a random moment while it held and settled; "
        "each had noted every call that returned."
    )
    config = ground.config("kills", _FREE)
    chance = random.Random(0)
    acknowledged: set[int] = set()
    kills = 0
    while kills < sizes.kills:
        crew = min(4, sizes.kills - kills)
        notes = [config.parent / f"notes-{kills + place}" for place in range(crew)]
        with _running([(_write_until_killed, (ground.on_trial.tracker, config, note)) for note in notes]) as writers:
            _await(lambda notes=notes: all(note.exists() and note.stat().st_size for note in notes), writers)  # type: ignore[misc]
            for writer in writers:
                time.sleep(chance.uniform(0.0, 0.08))
                os.kill(writer.pid or 0, signal.SIGKILL)
        kills += crew
        for note in notes:
            acknowledged.update(int(line) for line in note.read_text().split("\n")[:-1])
    ledger = ledger_of(config)
    lost = facts.missing_calls(ledger, acknowledged)
    verdict = verify(ledger)
    evidence.figure("calls acknowledged", len(acknowledged))
    evidence.figure("of them lost", len(lost))
    evidence.figure("calls in the ledger", verdict.calls)
    evidence.expect(not lost, f"{len(lost)} acknowledged calls are not in the ledger, such as {sorted(lost)[:3]}")
    for breach in verdict.breaches[:5]:
        evidence.problems.append(f"the books do not add up: {breach}")


def _write_until_killed(open_tracker: Callable[[Path], UsageTracker], config: Path, note: Path) -> None:
    with open_tracker(config) as tracker, note.open("ab", buffering=0) as file:
        while True:
            with tracker.call("free") as call:
                call.settle(Usage())
            file.write(f"{call.id}\n".encode())


def check_rollback(ground: Ground, evidence: Evidence) -> None:
    """A write that fails half way leaves nothing, and the next one works."""
    evidence.did = "A write that books a call, moves the counters and then fails; before and after it, writes that do not."
    config = ground.config("rollback", _FREE)
    with ground.on_trial.tracker(config) as tracker:
        tracker.record("free")
        before = tracker.get_usage_summary()["totals"]
        # The only look inside: no public call fails half way.
        ledger = tracker._ledger
        subject, charge = Subject("auditor", "free"), Charge(Usage(), 5, Rates())
        try:
            ledger._post(subject, charge.rates, lambda posting: _book_and_fail(posting, subject, charge))
            evidence.problems.append("the failing write raised nothing")
        except _DeliberateError:
            pass
        evidence.expect_equal("totals after the failed write", tracker.get_usage_summary()["totals"], before)
        tracker.record("free")
        after = tracker.get_usage_summary()["totals"]
    evidence.figure("calls before, after", f"{before['calls']}, {after['calls']}")
    evidence.expect_equal("calls after one more write", after["calls"], before["calls"] + 1)
    for breach in verify(ledger_of(config)).breaches[:5]:
        evidence.problems.append(f"the books do not add up: {breach}")


def _book_and_fail(posting: Posting, subject: Subject, charge: Charge) -> None:
    journal.record(posting, subject, charge)
    raise _DeliberateError


def check_liveness(ground: Ground, evidence: Evidence) -> None:
    """A stopped owner keeps its hold; a killed one loses it to doubt at the next call of anyone."""
    evidence.did = (
        "A process holds 0.60 of 1.00 USD, is stopped with SIGSTOP, then killed; another one asks for 0.60 each time."
    )
    config = ground.config("liveness", _ONE_DOLLAR)
    mark = config.parent / "holding"
    with ground.on_trial.tracker(config) as tracker:
        with _running([(_hold_until_killed, (ground.on_trial.tracker, config, mark))]) as owners:
            _await(mark.exists, owners)
            os.kill(owners[0].pid or 0, signal.SIGSTOP)
            evidence.expect(_is_refused(tracker), "the hold of a stopped process did not count")
            stopped = facts.positions(ledger_of(config))["cap"]
            os.kill(owners[0].pid or 0, signal.SIGKILL)
        evidence.expect(_is_refused(tracker), "a call that may have been billed no longer counts")
        dead = facts.positions(ledger_of(config))["cap"]
    evidence.figure("held while stopped", display_usd(stopped.held))
    evidence.figure("held, in doubt once dead", f"{display_usd(dead.held)}, {display_usd(dead.in_doubt)}")
    evidence.expect_equal("held while stopped, in nanos", stopped.held, 6 * 10**8)
    evidence.expect_equal("held once dead, in nanos", dead.held, 0)
    evidence.expect_equal("in doubt once dead, in nanos", dead.in_doubt, 6 * 10**8)


def _hold_until_killed(open_tracker: Callable[[Path], UsageTracker], config: Path, mark: Path) -> None:
    with open_tracker(config) as tracker, tracker.call("fee"):
        mark.touch()
        time.sleep(_PATIENCE_SECONDS)


def _is_refused(tracker: UsageTracker) -> bool:
    try:
        with tracker.call("fee") as call:
            call.release()
    except BudgetExceededError:
        return True
    return False


@contextmanager
def _running(jobs: list[tuple[Callable[..., None], tuple[object, ...]]]) -> Iterator[list[BaseProcess]]:
    """Spawned processes; whatever still runs at the end of the block is killed."""
    context = get_context("spawn")
    processes: list[BaseProcess] = [context.Process(target=work, args=arguments, daemon=True) for work, arguments in jobs]
    for process in processes:
        process.start()
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.join()


def _await(ready: Callable[[], bool], processes: list[BaseProcess]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not ready():
        if time.monotonic() > deadline or not all(process.is_alive() for process in processes):
            raise RuntimeError("a process of the audit did not get to work; its error stands above")
        time.sleep(_SLICE_SECONDS)
