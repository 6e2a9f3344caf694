"""The ledger against a plain model of it: after every step, every counter is what a few lines of arithmetic say."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, rule

from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Hold, Subject
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.budgets import Budget, Unit
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage

DAY = 86_400_000
START = 1_772_366_400_000
RATES = Rates(per_call=1)
SUBJECT = Subject("p", "m")
DOLLARS = Budget("dollars", 1_000, Unit.USD, Period(Per.DAY), "UTC")
CALLS = Budget("calls", 25, Unit.CALLS, Period(Per.LIFETIME), "UTC")
WORKERS = 3


@dataclass
class Open:
    """A call that the model knows to be held, and by whom."""

    hold: Hold
    worker: int


class LedgerAgainstModel(RuleBasedStateMachine):
    """Three workers share a file. A worker dies by losing its lock without a word, as the kernel would have it."""

    open_calls = Bundle("open_calls")

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.now = START
        self.newest = {"dollars": -1, "calls": -1}
        self.counters: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
        self.held: dict[int, Open] = {}
        self.dead: set[int] = set()
        self.workers = {number: self._worker() for number in range(WORKERS)}
        self.workers[0].register_budgets((DOLLARS, CALLS))

    def _worker(self) -> SqliteLedger:
        return SqliteLedger(self.folder / "ledger.db", zone="UTC", power_safe=False, clock=lambda: self.now)

    def teardown(self) -> None:
        if hasattr(self, "workers"):
            for ledger in self.workers.values():
                ledger.close()
            assert verify(self.folder / "ledger.db").holds
            shutil.rmtree(self.folder)

    # -- the model ----------------------------------------------------------------------------------------------------

    def _at(self) -> int:
        return max(self.now, *self.newest.values())

    def _windows(self, at: int) -> dict[str, int]:
        return {"dollars": at - at % DAY, "calls": 0}

    def _move(self, at: int, column: int, nanos: int, calls: int) -> None:
        for name, start in self._windows(at).items():
            self.counters[name, start][column] += nanos if name == "dollars" else calls
            self.newest[name] = max(self.newest[name], start)

    def _bury(self) -> None:
        for number, call in list(self.held.items()):
            if call.worker in self.dead:
                self._move(call.hold.at, 1, -call.hold.nanos, -1)
                self._move(call.hold.at, 2, call.hold.nanos, 1)
                del self.held[number]
        self.dead.clear()

    def _fits(self, nanos: int) -> bool:
        windows = self._windows(self._at())
        return (
            sum(self.counters["dollars", windows["dollars"]]) + nanos <= DOLLARS.limit
            and sum(self.counters["calls", 0]) + 1 <= CALLS.limit
        )

    # -- the steps ----------------------------------------------------------------------------------------------------

    @rule(target=open_calls, worker=st.integers(0, WORKERS - 1), nanos=st.integers(0, 400))
    def hold(self, worker: int, nanos: int) -> Hold | None:
        self.workers[worker].sweep()
        self._bury()
        outcome = self.workers[worker].hold(SUBJECT, Usage(), RATES, nanos)
        if not self._fits(nanos):
            assert isinstance(outcome, Receipt)
            return None
        assert isinstance(outcome, Hold)
        assert outcome.at == self._at()
        self._move(outcome.at, 1, nanos, 1)
        self.held[outcome.id] = Open(outcome, worker)
        return outcome

    @rule(hold=consumes(open_calls), nanos=st.integers(0, 500), twice=st.booleans())
    def settle(self, hold: Hold | None, nanos: int, twice: bool) -> None:
        call = self.held.get(hold.id) if hold else None
        if hold is None or call is None or call.worker in self.dead:
            return
        for _ in range(1 + twice):
            self.workers[call.worker].settle(hold, Charge(Usage(), nanos, RATES))
        self._move(hold.at, 1, -hold.nanos, -1)
        self._move(hold.at, 0, nanos, 1)
        del self.held[hold.id]

    @rule(hold=consumes(open_calls), twice=st.booleans())
    def release(self, hold: Hold | None, twice: bool) -> None:
        call = self.held.get(hold.id) if hold else None
        if hold is None or call is None or call.worker in self.dead:
            return
        for _ in range(1 + twice):
            self.workers[call.worker].release(hold, RATES)
        self._move(hold.at, 1, -hold.nanos, -1)
        del self.held[hold.id]

    @rule(nanos=st.integers(0, 300))
    def record(self, nanos: int) -> None:
        at = self._at()
        self.workers[0].record(SUBJECT, Charge(Usage(), nanos, RATES))
        self._move(at, 0, nanos, 1)

    @rule(worker=st.integers(0, WORKERS - 1))
    def kill(self, worker: int) -> None:
        ledger = self.workers[worker]
        ledger._liveness.close()  # what the kernel does at the end of a process
        ledger._worker = None
        ledger.close()
        self.dead.add(worker)
        self._bury_by_a_living_one(worker)

    def _bury_by_a_living_one(self, worker: int) -> None:
        self.workers[worker] = self._worker()
        self.workers[(worker + 1) % WORKERS].sweep()
        self._bury()

    @rule(milliseconds=st.integers(-2 * DAY, 2 * DAY))
    def clock_steps(self, milliseconds: int) -> None:
        self.now += milliseconds

    @invariant()
    def counters_agree(self) -> None:
        if not hasattr(self, "workers"):
            return
        rows = self.workers[0]._read(
            lambda db: db.execute(
                "SELECT name, start, spent, held, in_doubt FROM budget_window JOIN budget ON budget.id = budget"
            ).fetchall()
        )
        stored = {(name, start): list(counters) for name, start, *counters in rows}
        assert stored == {key: value for key, value in self.counters.items() if key in stored or any(value)}


TestLedgerAgainstModel = LedgerAgainstModel.TestCase
TestLedgerAgainstModel.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
