"""A ledger of an older schema is brought up to date in one transaction: whole, or not at all and left as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetmon import LedgerError
from budgetmon.core.ledger import schema
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Subject
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage


def open_ledger(path: Path) -> SqliteLedger:
    return SqliteLedger(path, zone="UTC", power_safe=False)


@pytest.fixture
def old_ledger(tmp_path: Path) -> Path:
    """A ledger of schema 1 with a call in it."""
    path = tmp_path / "old.db"
    ledger = open_ledger(path)
    ledger.record(Subject("p", "m"), Charge(Usage(), 5, Rates()))
    ledger.close()
    return path


def test_that_every_step_from_schema_1_on_is_there() -> None:
    assert sorted(schema.MIGRATIONS) == list(range(1, schema.SCHEMA_VERSION))


def test_that_an_upgrade_keeps_every_call(old_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    following = schema.SCHEMA_VERSION + 1
    monkeypatch.setattr(schema, "SCHEMA_VERSION", following)
    monkeypatch.setitem(schema.MIGRATIONS, following - 1, "ALTER TABLE worker ADD COLUMN note TEXT; CREATE TABLE extra (x ANY)")
    ledger = open_ledger(old_ledger)
    assert ledger.totals()[0]["p", "m"].cost == 5
    assert ledger._read(lambda db: db.execute("SELECT note FROM worker").fetchall()) == [(None,)]
    assert ledger._read(lambda db: db.execute("PRAGMA user_version").get) == following
    ledger.close()


def test_that_an_upgrade_that_fails_changes_nothing(old_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema.SCHEMA_VERSION
    with monkeypatch.context() as patched:
        patched.setattr(schema, "SCHEMA_VERSION", before + 1)
        patched.setitem(schema.MIGRATIONS, before, "CREATE TABLE extra (x ANY); ALTER TABLE nowhere ADD COLUMN y")
        with pytest.raises(LedgerError):
            open_ledger(old_ledger)
    ledger = open_ledger(old_ledger)
    assert ledger._read(lambda db: db.execute("PRAGMA user_version").get) == before
    assert ledger._read(lambda db: db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").get) == 0
    assert ledger.totals()[0]["p", "m"].cost == 5
    ledger.close()
