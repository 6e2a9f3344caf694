"""A file is dragged out of another program and dropped on the window: from then on it shows that ledger."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from journeys.conftest import CONFIG
from journeys.desk import App, Worker

_SOURCE = Path(__file__).with_name("drag_source.py")
_PLACE = (1400, 100)  # beside the window


@pytest.fixture
def other_ledger(tmp_path: Path, start_worker: Callable[..., Worker]) -> Path:
    """A ledger of another desk, with one call in it."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    config = folder / "budget.yaml"
    config.write_text(CONFIG.replace("ledger.db", "other.db").replace("tickerline", "northwind"), encoding="utf-8")
    assert start_worker(config).call("quotes") == "ok"
    return folder / "other.db"


@pytest.fixture
def drag_source(app: App, other_ledger: Path) -> Iterator[tuple[int, int]]:
    """Where on the screen a file can be taken."""
    command = [sys.executable, str(_SOURCE), str(other_ledger), *map(str, _PLACE)]
    with subprocess.Popen(command, env=app.environment, stdout=subprocess.PIPE, text=True) as source:
        assert source.stdout is not None
        assert source.stdout.readline() == "shown\n"
        yield _PLACE[0] + 40, _PLACE[1] + 40
        source.terminate()


def test_that_a_dropped_file_is_the_ledger_from_then_on(app: App, drag_source: tuple[int, int]) -> None:
    panel = app.until(lambda scene: scene.find("Overview", "QDockWidget"), "the overview")
    x, y = panel.centre
    app.drag(drag_source, (drag_source[0] - 40, 300), (x + 60, y), (x + 20, y), (x, y))
    app.until(lambda scene: scene.title.startswith("other.db"), "the other ledger in the title")
    app.until_words("northwind, ok", "lumen, ok", panel="overview")
    assert "tickerline" not in app.look().words("overview")
    app.close()
