"""Checks of admission: the cap under many processes, exact money, one ending per call, and a real provider's bill."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from budgetmon.core.ledger import facts
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import display_usd, nanos_charged
from budgetmon.core.rules.refusals import BudgetExceededError, CallStateError
from budgetmon.core.rules.usage import Usage
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.audit.claims import Evidence, NotPossibleError
from budgetmon.runs.audit.ground import Ground, in_processes, ledger_of

_CAP = """
models: {fee: {provider: auditor, per_call: 0.10}}
budgets: [{name: cap, limit: 5.00 USD, per: lifetime}]
"""
_LIMIT, _FEE = 5 * 10**9, 10**8

_TINY = "models: {tiny: {provider: auditor, per_call: 0.0001}}\n"

_BILLED = """
models: {stand-in: {provider: auditor, input_per_mtok: 3, output_per_mtok: 15}}
budgets: [{name: cap, limit: 1000 USD, per: month}]
"""
_INPUT_NANOS, _OUTPUT_NANOS = 3_000, 15_000  # per token, at the prices above
_PATIENCE_SECONDS = 30.0


class _UnclearError(Exception):
    """Says nothing of whether the call was billed."""


def check_cap(ground: Ground, evidence: Evidence) -> None:
    """N processes try to spend far more than there is, all at once."""
    sizes = ground.sizes
    evidence.did = (
        f"{sizes.processes} processes, {sizes.tries} tries each to pay 0.10 USD under a cap of 5.00 USD on one ledger, "
        "starting together."
    )
    config = ground.config("cap", _CAP)
    start = time.time() + 1.0
    admitted = sum(in_processes(sizes.processes, _spend, ground.on_trial.tracker, config, sizes.tries, start))
    position = facts.positions(ledger_of(config))["cap"]
    refused = facts.refusals(ledger_of(config))
    evidence.figure("admitted", admitted, "of 50 that fit")
    evidence.figure("spent, held and in doubt", display_usd(position.committed), "of 5.00")
    evidence.figure("refusals stored", refused)
    evidence.expect(
        position.committed <= _LIMIT, f"the budget is overspent: {display_usd(position.committed)} of {display_usd(_LIMIT)}"
    )
    evidence.expect_equal("calls admitted", admitted, _LIMIT // _FEE)
    evidence.expect_equal("refusals stored", refused, sizes.processes * sizes.tries - admitted)


def _spend(_number: int, open_tracker: Callable[[Path], UsageTracker], config: Path, tries: int, start: float) -> int:
    admitted = 0
    with open_tracker(config) as tracker:
        time.sleep(max(0.0, start - time.time()))
        for _ in range(tries):
            try:
                with tracker.call("fee") as call:
                    call.settle(Usage())
            except BudgetExceededError:
                continue
            admitted += 1
    return admitted


def check_exact(ground: Ground, evidence: Evidence) -> None:
    """Many small amounts add up to the last digit."""
    count = ground.sizes.writes
    evidence.did = f"{count:,} calls of 0.0001 USD, recorded one by one."
    config = ground.config("exact", _TINY)
    with ground.on_trial.tracker(config) as tracker:
        for _ in range(count):
            tracker.record("tiny")
        total = tracker.get_usage_summary()["totals"]["cost"]
    floats = 0.0
    for _ in range(count):
        floats += 0.0001
    evidence.figure("total", f"{total:f}", "USD")
    evidence.figure("the same in floats", repr(floats))
    evidence.expect_equal("total", total, Decimal("0.0001") * count)


def check_one_ending(ground: Ground, evidence: Evidence) -> None:
    """A call ends once, whatever its owner repeats."""
    evidence.did = "A call settled twice, a call released and then settled, a call in which an error is raised."
    config = ground.config("ending", _CAP)
    with ground.on_trial.tracker(config) as tracker:
        with tracker.call("fee") as twice:
            twice.settle(Usage())
            twice.settle(Usage(calls=7))
        with tracker.call("fee") as released:
            released.release()
            try:
                released.settle(Usage())
                evidence.problems.append("a released call could be settled")
            except CallStateError:
                pass
        unclear = tracker.call("fee")
        with suppress(_UnclearError), unclear:
            raise _UnclearError
    position = facts.positions(ledger_of(config))["cap"]
    evidence.figure("spent", display_usd(position.spent))
    evidence.figure("in doubt", display_usd(position.in_doubt))
    evidence.expect_equal("spent, in nanos", position.spent, _FEE)
    evidence.expect_equal("held, in nanos", position.held, 0)
    evidence.expect_equal("in doubt, in nanos", position.in_doubt, _FEE)
    evidence.expect_equal("state of the call with the error", unclear.state, CallState.IN_DOUBT)


def check_bill(ground: Ground, evidence: Evidence) -> None:
    """Real calls over HTTP: the ledger agrees with what the provider billed."""
    sizes = ground.sizes
    each = max(1, sizes.requests // sizes.threads)
    evidence.did = f"{sizes.threads} processes, {each} calls each over HTTP to a stand-in provider that keeps its own bill."
    config = ground.config("bill", _BILLED)
    with _stand_in() as address:
        in_processes(sizes.threads, _pay, ground.on_trial.tracker, config, address, each)
        bill = _asked(address, "GET", "/standin/billed")["total"]
    with ground.on_trial.tracker(config) as tracker:
        totals = tracker.get_usage_summary()["totals"]
    billed = bill["prompt_tokens"] * _INPUT_NANOS + bill["completion_tokens"] * _OUTPUT_NANOS
    evidence.figure("calls billed", int(bill["calls"]))
    evidence.figure("billed", display_usd(billed))
    evidence.figure("in the ledger", display_usd(nanos_charged(totals["cost"])))
    evidence.expect_equal("calls", totals["calls"], bill["calls"])
    evidence.expect_equal("cost in nanos", nanos_charged(totals["cost"]), billed)


@contextmanager
def _stand_in() -> Iterator[str]:
    """A stand-in provider as a child process; its host and port."""
    child = subprocess.Popen(
        [sys.executable, "-m", "budgetmon.workloads.standin"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert child.stdout is not None
        url = child.stdout.readline().strip()
        if not url:
            raise NotPossibleError("the stand-in provider could not open a port on the loopback")
        yield urlsplit(url).netloc
    finally:
        child.terminate()
        child.communicate(timeout=_PATIENCE_SECONDS)


def _pay(number: int, open_tracker: Callable[[Path], UsageTracker], config: Path, address: str, calls: int) -> None:
    with open_tracker(config) as tracker:
        for turn in range(calls):
            asked = {"prompt_tokens": 100 + number, "completion_tokens": 10 + turn % 7}
            with tracker.call("stand-in", estimate=Usage(input_tokens=1_000, output_tokens=100)) as call:
                body = {"model": "stand-in", "messages": [{"role": "user", "content": "audit"}], "standin": asked}
                usage = _asked(address, "POST", "/v1/chat/completions", body)["usage"]
                call.settle(Usage(input_tokens=usage["prompt_tokens"], output_tokens=usage["completion_tokens"]))


def _asked(address: str, method: str, path: str, body: object = None) -> dict[str, Any]:
    connection = http.client.HTTPConnection(address, timeout=_PATIENCE_SECONDS)
    try:
        connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        return answer
    finally:
        connection.close()
