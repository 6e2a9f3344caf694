"""A ledger of an older schema is brought up to date in one transaction: whole, or not at all and left as it was."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from budgetmon import LedgerError
from budgetmon.core.ledger import schema
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.values import Charge, Subject
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.monitor.reader import LedgerReader


def open_ledger(path: Path) -> SqliteLedger:
    return SqliteLedger(path, zone="UTC", power_safe=False)


def schema_of(ledger: SqliteLedger) -> object:
    return ledger._read(lambda db: db.execute("SELECT schema FROM ledger").get)


@pytest.fixture
def old_ledger(tmp_path: Path) -> Path:
    """A ledger of schema 1 with a call in it."""
    path = tmp_path / "old.db"
    ledger = open_ledger(path)
    ledger.record(Subject("p", "m"), Charge(Usage(), 5, Rates()))
    ledger.close()
    return path


def go_back_to_schema_2(path: Path) -> None:
    """Takes away what schema 3 added."""
    db = apsw.Connection(str(path))
    db.execute("DROP TABLE pause_log; DROP TABLE cache_provider_rollup; UPDATE ledger SET schema = 2")
    db.close()


def go_back_to_schema_1(path: Path) -> None:
    """Takes away what schema 2 added, too."""
    go_back_to_schema_2(path)
    db = apsw.Connection(str(path))
    db.execute("DROP INDEX rollup_by_run; DROP TABLE run_result; DROP TABLE run_cache")
    for column in [row[1] for row in db.execute("PRAGMA table_info(run)")][3:]:
        db.execute(f"ALTER TABLE run DROP COLUMN {column}")
    db.execute("ALTER TABLE budget DROP COLUMN of_run; ALTER TABLE ledger DROP COLUMN schema")
    db.close()


def tables_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    db = apsw.Connection(str(path))
    names = [str(row[0]) for row in db.execute("SELECT name FROM sqlite_schema ORDER BY name")]
    tables = {name: [tuple(row) for row in db.execute(f"PRAGMA table_info({name})")] for name in names}
    db.close()
    return tables


def test_that_a_ledger_of_schema_1_becomes_the_same_as_a_new_one(old_ledger: Path, tmp_path: Path) -> None:
    open_ledger(tmp_path / "new.db").close()
    go_back_to_schema_1(old_ledger)

    ledger = open_ledger(old_ledger)
    assert schema_of(ledger) == schema.SCHEMA_VERSION
    assert ledger.totals()[0]["p", "m"].cost == 5
    ledger.close()

    assert tables_of(old_ledger) == tables_of(tmp_path / "new.db")
    assert verify(old_ledger).holds


def test_that_a_pause_of_schema_2_is_read_as_it_is_and_becomes_history_when_it_is_lifted(old_ledger: Path) -> None:
    ledger = open_ledger(old_ledger)
    ledger.pause("p")
    ledger.close()
    go_back_to_schema_2(old_ledger)
    with LedgerReader(old_ledger) as reader:
        assert [(row.provider, row.in_force) for row in reader.snapshot().pauses] == [("p", True)]

    ledger = open_ledger(old_ledger)
    assert schema_of(ledger) == schema.SCHEMA_VERSION
    assert ledger.resume("p")
    ledger.close()
    with LedgerReader(old_ledger) as reader:
        (lifted,) = reader.snapshot().pauses
    assert lifted.ended_at is not None
    assert not lifted.in_force


def test_that_a_ledger_of_schema_1_is_read_as_it_is(old_ledger: Path) -> None:
    go_back_to_schema_1(old_ledger)
    before = tables_of(old_ledger)

    with LedgerReader(old_ledger) as reader:
        snapshot = reader.snapshot()

    assert (snapshot.ledger.schema, snapshot.totals.cost, snapshot.runs, snapshot.pauses) == (1, 5, (), ())
    assert verify(old_ledger).holds
    assert tables_of(old_ledger) == before


def test_that_a_program_that_does_not_know_an_addition_reads_and_writes_past_it(
    old_ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = apsw.Connection(str(old_ledger))
    db.execute("UPDATE ledger SET schema = schema + 1; CREATE TABLE from_the_future (x ANY)")
    db.close()

    ledger = open_ledger(old_ledger)
    ledger.record(Subject("p", "m"), Charge(Usage(), 6, Rates()))
    ledger.close()

    with LedgerReader(old_ledger) as reader:
        assert reader.snapshot().totals.cost == 11
    assert "from_the_future" in tables_of(old_ledger)


def test_that_every_step_from_schema_1_on_is_there() -> None:
    assert sorted(schema.MIGRATIONS) == list(range(1, schema.SCHEMA_VERSION))


def test_that_an_upgrade_keeps_every_call(old_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    following = schema.SCHEMA_VERSION + 1
    monkeypatch.setattr(schema, "SCHEMA_VERSION", following)
    monkeypatch.setitem(schema.MIGRATIONS, following - 1, "ALTER TABLE worker ADD COLUMN note TEXT; CREATE TABLE extra (x ANY)")
    ledger = open_ledger(old_ledger)
    assert ledger.totals()[0]["p", "m"].cost == 5
    assert ledger._read(lambda db: db.execute("SELECT note FROM worker").fetchall()) == [(None,)]
    assert schema_of(ledger) == following
    ledger.close()


def test_that_an_upgrade_that_fails_changes_nothing(old_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = schema.SCHEMA_VERSION
    with monkeypatch.context() as patched:
        patched.setattr(schema, "SCHEMA_VERSION", before + 1)
        patched.setitem(schema.MIGRATIONS, before, "CREATE TABLE extra (x ANY); ALTER TABLE nowhere ADD COLUMN y")
        with pytest.raises(LedgerError):
            open_ledger(old_ledger)
    ledger = open_ledger(old_ledger)
    assert schema_of(ledger) == before
    assert ledger._read(lambda db: db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'").get) == 0
    assert ledger.totals()[0]["p", "m"].cost == 5
    ledger.close()
