"""A ledger with two small budgets, workers that spend them, and the app on a screen of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from journeys.desk import App, Worker, screen

CONFIG = """\
database: ledger.db
timezone: UTC
durability: process
models:
  quotes: {provider: tickerline, per_call: 0.10}
  search: {provider: lumen, per_call: 0.05}
budgets:
  - {name: tickerline life, provider: tickerline, limit: 1 USD, per: lifetime, warn_at: [50%, 80%]}
  - {name: lumen life, provider: lumen, limit: 100 USD, per: lifetime}
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.xvfb)
            if missing:
                item.add_marker(
                    pytest.mark.skip(reason=f"needs {' and '.join(missing)}: apt install {' '.join(missing).lower()}")
                )


@pytest.fixture
def config(ledger_folder: Path) -> Path:
    """The config of a ledger that no one has written to yet; its books are proved at the end."""
    path = ledger_folder / "budget.yaml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.fixture
def start_worker(config: Path) -> Iterator[Callable[..., Worker]]:
    """Starts workers under ``config``, or another one."""
    started: list[Worker] = []

    def start(other: Path = config) -> Worker:
        started.append(Worker(other))
        return started[-1]

    yield start
    for worker in started:
        worker.end()


@pytest.fixture
def worker(start_worker: Callable[..., Worker]) -> Worker:
    """One worker, which has made a first call to each provider."""
    worker = start_worker()
    assert worker.call("search") == worker.call("quotes") == "ok"
    return worker


@pytest.fixture
def display() -> Iterator[str]:
    """A screen of its own."""
    with screen() as name:
        yield name


@pytest.fixture
def open_app(display: str, tmp_path: Path, config: Path) -> Iterator[Callable[[], App]]:
    """Opens the app on the ledger of ``config``; each start finds what the one before remembered."""
    with ExitStack() as ends:

        def start() -> App:
            app = App(display, tmp_path, ["gui", "--config", str(config)])
            ends.callback(app.end)
            app.until(lambda scene: scene.title.startswith("ledger.db"), "the window")
            return app

        yield start


@pytest.fixture
def app(worker: Worker, open_app: Callable[[], App]) -> App:
    """The app with a picture of what the worker did so far."""
    app = open_app()
    app.until_words("tickerline", "lumen", panel="overview")
    return app
