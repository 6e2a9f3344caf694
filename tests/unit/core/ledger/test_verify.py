"""verify: books that add up pass, and each tampered number is named."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from budgetmon import Usage, UsageTracker
from budgetmon.core.ledger.verify import verify
from budgetmon.core.storage.errors import LedgerMissingError, NotALedgerError

CONFIG = """\
database: ledger.db
timezone: UTC
durability: process
models: {m: {provider: p, input_per_mtok: 1000, per_call: 0.5}}
budgets:
  - {name: money, limit: 5 USD, per: day}
  - {name: tokens, limit: 500 tokens, per: lifetime}
  - {name: calls, tag: AAPL, limit: 3 calls, per: month}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "budget.yaml").write_text(CONFIG)
    with UsageTracker(tmp_path / "budget.yaml") as tracker:
        with tracker.call("m", estimate=Usage(input_tokens=100), tag="AAPL") as call:
            call.settle(Usage(input_tokens=90))
        with tracker.call("m", estimate=Usage(input_tokens=100)) as call:
            call.release()
        with tracker.call("m", estimate=Usage(input_tokens=100), tag="AAPL"):
            pass
        with pytest.raises(Exception, match="refused"), tracker.call("m", estimate=Usage(input_tokens=400)):
            pass
        tracker.record("m", Usage(input_tokens=7), ok=False)
    return tmp_path / "ledger.db"


def tamper(path: Path, sql: str) -> None:
    db = apsw.Connection(str(path))
    db.execute(sql)
    assert db.changes() > 0
    db.close()


def test_that_true_books_pass(path: Path) -> None:
    verdict = verify(path)
    assert verdict.holds
    assert (verdict.calls, verdict.refusals) == (4, 1)
    assert verdict.counters > 0


@pytest.mark.parametrize(
    ("sql", "where"),
    [
        ("UPDATE budget_window SET spent = spent + 1 WHERE budget = 1", "'money'"),
        ("UPDATE budget_window SET in_doubt = 0 WHERE budget = 2", "'tokens'"),
        ("UPDATE budget_window SET held = held + 1 WHERE budget = 3", "'calls'"),
        ("DELETE FROM budget_window WHERE budget = 1", "'money'"),
        ("UPDATE call SET cost = cost + 1 WHERE id = 1", "cost"),
        ("UPDATE call SET hold = hold - 1 WHERE state = 3", "in doubt"),
        ("UPDATE call SET input = input + 1 WHERE id = 1", "input"),
        ("UPDATE call SET ok = 1", "failed"),
        ("UPDATE call SET at = at - 86400000 WHERE id = 1", "rollup"),
        ("DELETE FROM call WHERE id = 1", "calls"),
        ("DELETE FROM refusal", "refused"),
        ("UPDATE rollup SET cost = cost + 1 WHERE span = 0", "rollup"),
        ("UPDATE rollup SET calls = calls - 1 WHERE span = 5000", "rollup"),
        ("DELETE FROM rollup WHERE span = 60000", "rollup"),
    ],
)
def test_that_a_tampered_number_is_named(sql: str, where: str, path: Path) -> None:
    tamper(path, sql)
    verdict = verify(path)
    assert not verdict.holds
    assert any(where in str(breach) for breach in verdict.breaches)


def test_that_verifying_changes_nothing(path: Path) -> None:
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    verify(path)
    after = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    del before["ledger.db-shm"], after["ledger.db-shm"]  # readers leave their marks there
    assert after == before


def test_that_there_must_be_a_ledger_to_verify(tmp_path: Path) -> None:
    with pytest.raises(LedgerMissingError):
        verify(tmp_path / "ledger.db")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "notes.txt").write_text("not a database " * 100)
    with pytest.raises(NotALedgerError):
        verify(tmp_path / "notes.txt")
