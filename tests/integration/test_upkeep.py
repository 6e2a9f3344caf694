"""The journal forgets, the totals do not, and the books can still be proved."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Subject
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.budgets import Budget, Scope, Unit
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Snapshot

HOUR = 3_600_000
RATES = Rates(input=1_000_000)
BUDGETS = (
    Budget("ever", 10**9, Unit.USD, Period(Per.LIFETIME), "UTC"),
    Budget("month", 10**9, Unit.USD, Period(Per.MONTH), "UTC", Scope("a")),
    Budget("day", 10**6, Unit.CALLS, Period(Per.DAY), "Asia/Kathmandu", Scope(tag="x")),
)


def look(path: Path, now: int) -> Snapshot:
    with LedgerReader(path, clock=lambda: now) as reader:
        return reader.snapshot()


def test_that_pruning_keeps_every_total_and_the_proof(ledger_folder: Path) -> None:
    chance = random.Random(7)
    now = [1_767_225_600_000]
    path = ledger_folder / "ledger.db"
    ledger = SqliteLedger(path, zone="UTC", power_safe=False, clock=lambda: now[0])
    ledger.register_budgets(BUDGETS)
    for _ in range(2_500):
        now[0] += chance.randrange(2 * HOUR)
        usage = Usage(input_tokens=chance.randrange(10_000))
        subject = Subject(chance.choice("ab"), "m", chance.choice(("x", "y", None)))
        ledger.record(subject, Charge(usage, RATES.cost(usage), RATES, chance.random() < 0.9))
    before = look(path, now[0])
    steps = 1
    while ledger.upkeep(timedelta(days=10)):
        steps += 1
    after = look(path, now[0])
    assert steps > 2
    assert len(after.calls) < len(before.calls)
    assert (after.totals, after.models) == (before.totals, before.models)
    assert [(b.name, b.spent) for b in after.budgets] == [(b.name, b.spent) for b in before.budgets]
    verdict = verify(path)
    assert verdict.holds, verdict.breaches[:5]
    ledger.record(Subject("a", "m", "x"), Charge(Usage(input_tokens=5), 5, RATES))
    ledger.close()


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE budget_window SET spent = spent + 1", "spent"),
        ("UPDATE rollup SET cost = cost - 1 WHERE span = 60000", "rollup of 60000 ms"),
        ("UPDATE call SET cost = cost + 1 WHERE id = 2", "checksum of call 2"),
        ("DELETE FROM call WHERE id = 1", "rollup of 0 ms"),
        ("UPDATE rollup SET refused = 1 WHERE span = 0", "refused"),
    ],
)
def test_that_verify_names_each_breach(tmp_path: Path, damage: str, named: str) -> None:
    path = tmp_path / "damaged.db"
    ledger = SqliteLedger(path, zone="UTC", power_safe=False)
    ledger.register_budgets(BUDGETS)
    for _ in range(3):
        ledger.record(Subject("a", "m", "x"), Charge(Usage(input_tokens=5), 5, RATES))
    assert verify(path).holds
    ledger._writer.run(lambda db: db.execute(damage))
    ledger.close()
    breaches = verify(path).breaches
    assert any(named in str(breach) for breach in breaches), breaches
