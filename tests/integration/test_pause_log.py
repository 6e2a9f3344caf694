"""Pauses stay in the ledger once they are lifted, whichever program begins and ends them, and nothing is made up about them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgetmon.core.ledger import pause_log
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.budgets import Budget, Unit
from budgetmon.core.rules.periods import Per, Period
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, PauseRow

HOUR = 3_600_000
BEGIN = 1_767_225_600_000
MONTH = Budget("month", 10**9, Unit.USD, Period(Per.MONTH), "UTC")


class Desk:
    """One ledger and its clock; an older program writes to it, too, one that knows nothing of the log."""

    def __init__(self, folder: Path) -> None:
        self.now = BEGIN
        self.path = folder / "ledger.db"
        self.ledger = SqliteLedger(self.path, zone="UTC", power_safe=False, clock=lambda: self.now)

    def wait(self, milliseconds: int) -> int:
        self.now += milliseconds
        return self.now

    def older(self, statement: str, *values: object) -> None:
        db = apsw.Connection(str(self.path))
        with db:
            db.execute(statement, values)
            db.execute("UPDATE ledger SET rules_rev = random()")
        db.close()

    def older_pause(self, provider: str) -> None:
        self.older("INSERT OR IGNORE INTO pause (provider, at, who) VALUES (?, ?, 'pid 7')", provider, self.now)

    def older_resume(self, provider: str) -> None:
        self.older("DELETE FROM pause WHERE provider = ?", provider)

    def pauses(self, ask: Ask | None = None) -> tuple[PauseRow, ...]:
        with LedgerReader(self.path, clock=lambda: self.now) as reader:
            return reader.snapshot(ask or Ask(span=timedelta(days=100))).pauses

    def stored(self) -> list[tuple[object, ...]]:
        db = apsw.Connection(str(self.path))
        rows = list(db.execute("SELECT provider, at, ended_at, ended_by FROM pause_log ORDER BY id"))
        db.close()
        return [tuple(row) for row in rows]


@contextmanager
def desk_in(folder: Path) -> Iterator[Desk]:
    desk = Desk(folder)
    yield desk
    desk.ledger.close()
    assert verify(desk.path).holds


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("LOGNAME", "anna")
    with desk_in(tmp_path) as desk:
        yield desk


def test_that_a_pause_and_its_end_are_kept_with_who_ordered_them(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.ledger.pause("north")
    assert desk.pauses() == (PauseRow("north", BEGIN, "anna", in_force=True),)
    until = desk.wait(18 * 60_000)
    monkeypatch.setenv("LOGNAME", "bert")
    assert not desk.ledger.pause("north")
    assert desk.ledger.resume("north")
    assert not desk.ledger.resume("north")
    assert desk.pauses() == (PauseRow("north", BEGIN, "anna", until, "bert"),)
    again = desk.wait(5)
    desk.ledger.pause("north")
    assert desk.pauses()[0] == PauseRow("north", again, "bert", in_force=True), "the newest is first"


def test_that_an_end_that_an_older_program_did_not_write_down_is_unknown(desk: Desk) -> None:
    desk.ledger.pause("north")
    desk.ledger.pause("south")
    desk.wait(60_000)
    desk.older_resume("north")
    unknown = PauseRow("north", BEGIN, "anna")
    lasting = PauseRow("south", BEGIN, "anna", in_force=True)
    assert set(desk.pauses()) == {unknown, lasting}
    noticed = desk.wait(60_000)
    desk.ledger.upkeep(None)
    assert desk.stored() == [("north", BEGIN, noticed, None), ("south", BEGIN, None, None)], "at the latest now, by nobody"
    assert set(desk.pauses()) == {unknown, lasting}


def test_that_the_next_pause_closes_what_an_older_program_left_open(desk: Desk) -> None:
    desk.ledger.pause("north")
    desk.older_resume("north")
    second = desk.wait(60_000)
    desk.ledger.pause("north")
    assert desk.stored() == [("north", BEGIN, second, None), ("north", second, None, None)]
    assert desk.pauses() == (PauseRow("north", second, "anna", in_force=True), PauseRow("north", BEGIN, "anna"))


def test_that_a_pause_that_an_older_program_began_is_history_once_it_is_lifted(desk: Desk) -> None:
    desk.older_pause("north")
    assert desk.pauses() == (PauseRow("north", BEGIN, "pid 7", in_force=True),)
    until = desk.wait(60_000)
    desk.ledger.resume("north")
    assert desk.pauses() == (PauseRow("north", BEGIN, "pid 7", until, "anna"),)


def test_that_a_clock_that_goes_back_ends_no_pause_before_it_began(desk: Desk) -> None:
    desk.ledger.pause("north")
    desk.wait(-HOUR)
    desk.ledger.resume("north")
    desk.wait(2 * HOUR)
    assert desk.pauses() == (PauseRow("north", BEGIN, "anna", BEGIN, "anna"),)


def test_that_pauses_go_when_refusals_of_their_time_go_and_those_in_force_stay(desk: Desk) -> None:
    desk.ledger.pause("lasting")
    desk.ledger.pause("old")
    desk.wait(HOUR)
    desk.ledger.resume("old")
    desk.wait(10 * 24 * HOUR - HOUR)
    desk.ledger.pause("young")
    desk.wait(HOUR)
    desk.ledger.resume("young")
    while desk.ledger.upkeep(timedelta(days=10)):
        pass
    assert {row.provider for row in desk.pauses()} == {"lasting", "old", "young"}, "old ended within these ten days"
    desk.wait(2 * HOUR)
    while desk.ledger.upkeep(timedelta(days=10)):
        pass
    assert {row.provider for row in desk.pauses()} == {"lasting", "young"}


def test_that_pruning_goes_on_in_steps(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetmon.core.ledger.upkeep.ROWS_PER_STEP", 3)
    for _ in range(7):
        desk.ledger.pause("north")
        desk.wait(1)
        desk.ledger.resume("north")
    desk.wait(3 * HOUR)
    left = []
    more = True
    while more:
        more = desk.ledger.upkeep(timedelta(hours=1))
        left.append(len(desk.stored()))
    assert left == [4, 1, 0]


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (timedelta(hours=1), {"last"}),
        (timedelta(hours=4), {"last", "reaching"}),
        (timedelta(hours=8), {"first", "reaching", "last"}),
    ],
)
def test_that_a_picture_has_the_pauses_that_reach_into_its_stretch(desk: Desk, span: timedelta, shown: set[str]) -> None:
    for provider, lasts in (("first", HOUR), ("reaching", 2 * HOUR), ("last", HOUR)):
        desk.ledger.pause(provider)
        desk.wait(lasts)
        desk.ledger.resume(provider)
        desk.wait(HOUR)
    desk.wait(-HOUR // 2)
    assert {row.provider for row in desk.pauses(Ask(span=span))} == shown
    desk.ledger.register_budgets([MONTH])
    assert {row.provider for row in desk.pauses(Ask(span=span))} == {"first", "reaching", "last"}, "the window of a budget"


def test_that_a_picture_is_bounded_and_has_every_pause_in_force(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("budgetmon.monitor.reader.pauses._PAUSES", 3)
    desk.ledger.pause("lasting")
    for _ in range(5):
        desk.wait(1)
        desk.ledger.pause("north")
        desk.ledger.resume("north")
    assert [row.at - BEGIN for row in desk.pauses()] == [5, 4, 3, 0]


def test_that_nameless_and_odd_operators_fit_into_a_ledger(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "no\udcffutf-8")
    desk.ledger.pause("north")
    assert [row.who for row in desk.pauses()] == ["no\\udcffutf-8"]

    def nobody() -> str:
        raise KeyError("no such user")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert pause_log.operator().startswith(("uid ", "pid "))


def test_that_operators_who_get_in_each_others_way_leave_one_history(desk: Desk) -> None:
    changed: list[tuple[str, bool]] = []

    def toggle() -> None:
        for _ in range(25):
            changed.append(("pause", desk.ledger.pause("north")))
            changed.append(("resume", desk.ledger.resume("north")))

    operators = [threading.Thread(target=toggle) for _ in range(4)]
    for operator in operators:
        operator.start()
    for operator in operators:
        operator.join()
    begun, lifted = changed.count(("pause", True)), changed.count(("resume", True))
    pauses = desk.pauses()
    assert len(pauses) == begun
    assert len([pause for pause in pauses if pause.ended_by == "anna"]) == lifted
    assert len([pause for pause in pauses if pause.in_force]) == begun - lifted <= 1


STEPS = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "older pause", "older resume", "upkeep"]), st.sampled_from("ab"))
)


@settings(max_examples=40)
@given(STEPS)
def test_that_no_pause_is_lost_or_made_up_whoever_writes(steps: list[tuple[str, str]]) -> None:
    with TemporaryDirectory() as folder, desk_in(Path(folder)) as desk:
        who = pause_log.operator()
        lasting: dict[str, PauseRow] = {}
        over: list[PauseRow] = []
        known: set[str] = set()  # the pauses in force that are in the log
        for step, provider in steps:
            now = desk.wait(1_000)
            before = lasting.get(provider)
            orders: dict[str, Callable[[], object]] = {
                "pause": lambda name=provider: desk.ledger.pause(name),
                "resume": lambda name=provider: desk.ledger.resume(name),
                "older pause": lambda name=provider: desk.older_pause(name),
                "older resume": lambda name=provider: desk.older_resume(name),
                "upkeep": lambda: desk.ledger.upkeep(None),
            }
            orders[step]()
            if step.endswith("pause") and before is None:
                lasting[provider] = PauseRow(provider, now, who if step == "pause" else "pid 7", in_force=True)
                known |= {provider} if step == "pause" else set()
            elif step == "resume" and before is not None:
                over.append(PauseRow(provider, before.at, before.who, now, who))
            elif step == "older resume" and before is not None and provider in known:
                over.append(PauseRow(provider, before.at, before.who))
            if step.endswith("resume"):
                lasting.pop(provider, None)
                known.discard(provider)
        assert set(desk.pauses()) == {*over, *lasting.values()}
        assert len(desk.pauses()) == len(over) + len(lasting)
