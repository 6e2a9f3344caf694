"""Imports at the same moment happen once; an import that is killed leaves nothing."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from integration.import_workers import (
    calls_of,
    desk_call,
    die_before_the_commit,
    die_while_importing,
    import_desk,
    ledger_of,
    start_with_import,
    write_config,
    write_desk,
)

from budgetmon.core.storage.connection import open_reader

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture
def config(ledger_folder: Path) -> Path:
    return write_config(ledger_folder)


@pytest.fixture
def processes() -> Iterator[list[Any]]:
    started: list[Any] = []
    yield started
    for process in started:
        process.kill()
        process.join()


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_that_eight_that_start_with_the_same_file_import_it_once(
    method: str, tmp_path: Path, config: Path, processes: list[Any]
) -> None:
    source = write_desk(tmp_path / "u.db", [desk_call(number) for number in range(400)])
    context: Any = multiprocessing.get_context(method)
    barrier, results = context.Barrier(8), context.Queue()
    for _ in range(8):
        process = context.Process(target=start_with_import, args=(config, source, barrier, results))
        process.start()
        processes.append(process)
    assert sorted(results.get(timeout=60) for _ in range(8)) == [0] * 7 + [400]
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 8
    calls = calls_of(config)
    assert (len(calls), sum(call.model == "sonar" for call in calls)) == (408, 400)


@pytest.mark.parametrize("rows", [0, 200, None], ids=["before the first row", "half-way", "before the commit"])
def test_that_a_killed_import_leaves_nothing(rows: int | None, tmp_path: Path, config: Path, processes: list[Any]) -> None:
    source = write_desk(tmp_path / "u.db", [desk_call(number) for number in range(400)])
    target, args = (die_before_the_commit, ()) if rows is None else (die_while_importing, (rows,))
    process = multiprocessing.get_context("fork").Process(target=target, args=(config, source, *args))
    process.start()
    processes.append(process)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with closing(open_reader(ledger_of(config), busy_ms=5_000)) as db:
        for table in ("call", "imported", "source", "rollup", "model", "tag", "rates"):
            assert db.execute(f"SELECT count(*) FROM {table}").get == 0
    assert import_desk(config, source) == 400
    assert len(calls_of(config)) == 400
