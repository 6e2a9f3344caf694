"""Shows the window in every theme and at four sizes on ledgers that are hard to show, for a person to look at.

Run it from the checkout; it needs no display. The ledgers are made by real workers and calls:

    python tests/journeys/matrix.py --to FOLDER [--seconds 40] [--only crowded]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QSettings, QTimer

from budgetmon import LRUCache, Usage, UsageTracker
from budgetmon.core.ledger.opening import opened
from budgetmon.core.rules.refusals import RefusedError
from budgetmon.gui.app import make_application, open_reader
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.theme.themer import Scheme, Themer
from budgetmon.workloads.demo import Demo

SIZES = ((900, 600), (1280, 800), (1920, 1080), (2560, 1440))
SCHEMES = (Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST)
_SETTLING_MS = 900
_LONG = "a-provider-whose-name-is-far-longer-than-anybody-would-like"
_PROVIDERS = (_LONG, *(f"provider-{number}" for number in range(1, 12)))


def crowded(folder: Path) -> Path:
    """Twelve providers, one with a very long name; budgets used up and paused, calls in doubt, unpriced and over their hold."""
    config = folder / "budget.yaml"
    models = "\n".join(
        f"  {provider}/the-largest-model-2026-11-25-preview: {{provider: {provider}, input_per_mtok: {number + 1}}}"
        for number, provider in enumerate(_PROVIDERS)
    )
    budgets = "\n".join(
        f"  - {{name: {provider} day, provider: {provider}, limit: {(number + 1) * 2} USD, per: day, warn_at: [50%, 80%]}}"
        for number, provider in enumerate(_PROVIDERS[:9])
    )
    config.write_text(
        f"database: ledger.db\ntimezone: America/New_York\ndurability: process\nmodels:\n{models}\nbudgets:\n{budgets}\n"
        "  - {name: everything of the whole desk in a month, limit: 900 USD, per: month}\n",
        encoding="utf-8",
    )
    with UsageTracker(config) as tracker:
        cache: LRUCache[str, str] = LRUCache(
            40, timedelta(minutes=5), name="answers-about-companies-and-markets", tracker=tracker
        )
        for turn in range(240):
            number = turn % len(_PROVIDERS)
            _spend(tracker, f"{_PROVIDERS[number]}/the-largest-model-2026-11-25-preview", turn)
            if cache.get(f"key {turn % 30}") is None:
                cache.set(f"key {turn % 30}", "value")
        tracker.record("a-model-without-any-price", Usage(input_tokens=10))
    with opened(tracker.config) as ledger:
        ledger.pause(_PROVIDERS[3])
    return folder / "ledger.db"


def _spend(tracker: UsageTracker, model: str, turn: int) -> None:
    tokens = 60_000 + 9_000 * (turn % 7)
    try:
        with tracker.call(model, estimate=Usage(input_tokens=tokens), tag=f"TICKER-{turn % 9}") as call:
            if turn % 60 == 5:
                raise TimeoutError  # nobody knows whether it was billed
            call.settle(Usage(input_tokens=tokens * (2 if turn % 50 == 7 else 1)))
    except (RefusedError, TimeoutError):
        return


def fresh(folder: Path) -> Path:
    """A ledger without a call."""
    (folder / "budget.yaml").write_text(
        "database: ledger.db\nmodels: {quotes: {provider: tickerline, per_call: 0.1}}\n"
        "budgets: [{name: tickerline day, provider: tickerline, limit: 1 USD, per: day}]\n",
        encoding="utf-8",
    )
    with UsageTracker(folder / "budget.yaml"):
        return folder / "ledger.db"


def unlimited(folder: Path) -> Path:
    """A few calls, and neither budgets nor caches nor runs."""
    (folder / "budget.yaml").write_text(
        "database: ledger.db\nmodels: {quotes: {provider: tickerline, per_call: 0.1}}\n", encoding="utf-8"
    )
    with UsageTracker(folder / "budget.yaml") as tracker:
        for _ in range(5):
            tracker.record("quotes", Usage(calls=1))
    return folder / "ledger.db"


def missing(folder: Path) -> Path:
    """No ledger at all."""
    return folder / "ledger.db"


LEDGERS: dict[str, Callable[[Path], Path]] = {
    "crowded": crowded,
    "fresh": fresh,
    "unlimited": unlimited,
    "missing": missing,
}


def take(name: str, ledger: Path, to: Path) -> None:
    """One picture per theme and size."""
    themer = Themer(make_application(), Scheme.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        for scheme in SCHEMES:
            themer.choose(scheme)
            for width, height in SIZES:
                window = MainWindow(ledger, open_reader, themer, settings)
                window.resize(width, height)
                window.show()
                window.start()
                while window.snapshot is None and ledger.exists():
                    _wait(50)
                _wait(_SETTLING_MS)
                window.grab().save(str(to / f"{name}-{scheme}-{width}x{height}.png"))
                settings.forget_layout()
                window.close()
                settings.forget_layout()
                window.deleteLater()


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def main() -> int:
    """Take the pictures and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, required=True, help="folder of the pictures")
    parser.add_argument("--seconds", type=float, default=40.0, help="how long the demo's workers spend first")
    parser.add_argument("--only", choices=[*LEDGERS, "demo"], help="one ledger instead of all")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    make_application()
    for name, make in LEDGERS.items():
        if given.only in (None, name):
            with tempfile.TemporaryDirectory(prefix="budgetmon-") as folder:
                take(name, make(Path(folder)), given.to)
    if given.only in (None, "demo"):
        with tempfile.TemporaryDirectory(prefix="budgetmon-demo-") as folder, Demo(Path(folder), "UTC") as demo:
            _wait(round(given.seconds * 1000))
            take("demo", demo.ledger, given.to)
    return 0


if __name__ == "__main__":
    sys.exit(main())
