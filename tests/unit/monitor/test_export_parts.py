"""Parts of exports: cells, local times in SQL, names of scheduled snapshots."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import apsw
import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.monitor.export.cells import Kind, Moment, Usd, as_cell, moment, plain
from budgetmon.monitor.export.csv_export import field
from budgetmon.monitor.export.schedule import name_at, outdated
from budgetmon.monitor.reader.call_sql import local_time, offsets

YEAR_2026, YEAR_2028 = (int(datetime(year, 1, 1, tzinfo=UTC).timestamp()) * 1000 for year in (2026, 2028))


def test_that_money_and_instants_are_exact_text() -> None:
    assert plain(Usd(1)) == "0.000000001"
    assert plain(Moment(1_767_952_800_250)) == "2026-01-09T10:00:00.250Z"
    assert plain(as_cell(Kind.TRUTH, 0)) is False
    assert plain(as_cell(Kind.USD, None)) is None
    assert moment(FAR_FUTURE) is None


def test_that_numbers_stay_numbers_and_text_is_no_formula() -> None:
    assert field(-5) == "-5"
    assert field(Usd(-5)) == "-0.000000005"
    assert field("-5") == "'-5"
    assert field(None) == ""


@pytest.mark.parametrize("zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "America/St_Johns"])
@given(at=st.integers(YEAR_2026, YEAR_2028))
def test_that_sql_knows_local_time(zone: str, at: int) -> None:
    db = apsw.Connection(":memory:")
    sql = local_time(zone, at - 86_400_000 * 3, at + 86_400_000 * 3)
    found = db.execute(f"SELECT {sql} FROM (SELECT ? AS at) AS call", (at,)).get
    db.close()
    expected = datetime.fromtimestamp(at // 1000, UTC).astimezone(ZoneInfo(zone))
    assert found == f"{expected:%Y-%m-%dT%H:%M:%S}.{at % 1000:03d}{expected.isoformat()[19:]}"


def test_that_every_change_of_offset_is_found() -> None:
    found = offsets("Europe/Berlin", YEAR_2026, YEAR_2028)
    assert [minutes for _, minutes in found] == [60, 120, 60, 120, 60]
    assert datetime.fromtimestamp(found[1][0] / 1000, UTC) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_that_only_old_snapshots_of_ours_go() -> None:
    names = [name_at(at * 1_000_000, ".json") for at in range(1, 6)]
    others = ["budgetmon-notes.json", "mine.json", name_at(0, ".xlsx"), name_at(0, "")]
    assert outdated([*reversed(names), *others], ".json", 2) == names[:3]
    assert outdated(names, ".json", 9) == []
