"""How connections are opened."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import apsw

from budgetmon.core.storage.connection import open_reader, open_writer


def test_that_statements_are_planned_once_whatever_values_they_are_given(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with closing(open_writer(path, power_safe=False, busy_ms=10)) as writer, closing(open_reader(path, busy_ms=10)) as reader:
        for db in (writer, reader):
            assert db.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, -1) == 1
