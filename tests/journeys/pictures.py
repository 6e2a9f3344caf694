"""Makes the README's pictures: the window while real workers spend on the stand-in provider. Nothing in them is made up.

Run it from the checkout; it needs no display:

    python tests/journeys/pictures.py [--seconds 150] [--to resources/docs/pictures] [--zone UTC]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")  # sharp on every screen

from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from budgetmon.gui.app import make_application, open_reader, shown
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.theme.themer import Scheme, Themer
from budgetmon.workloads.demo import Demo

PICTURES = Path(__file__).parents[2] / "resources" / "docs" / "pictures"
SIZE = (1280, 800)
SETTLING_MS = 600  # a theme is painted and a picture arrives well within this
BUDGET = "northwind day"


class Photographer(QObject):
    """Waits, then takes one picture per theme and ends the event loop."""

    def __init__(self, window: MainWindow, themer: Themer, folder: Path, app: QApplication) -> None:
        super().__init__()
        self._window, self._themer, self._folder, self._app = window, themer, folder, app
        self._left = [Scheme.LIGHT, Scheme.DARK]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._prepare)

    def wait(self, seconds: float) -> None:
        """Take the pictures after ``seconds``."""
        self._timer.start(round(seconds * 1000))

    @Slot()
    def _prepare(self) -> None:
        self._themer.choose(self._left[0])
        self._window.dashboard.charts.burn_down.choose(BUDGET)
        QTimer.singleShot(SETTLING_MS, self._take)

    @Slot()
    def _take(self) -> None:
        if self._window.snapshot is None:
            sys.exit(f"There is no picture to take: {self._window.nothing.words()}")
        path = self._folder / f"demo-{self._left.pop(0)}.png"
        if not self._window.grab().save(str(path), "PNG", 0):
            sys.exit(f"{path} cannot be written")
        print(path)  # noqa: T201 - the answer of a script
        if self._left:
            self._prepare()
        else:
            self._window.close()
            self._app.quit()


def main() -> int:
    """Take the pictures and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=150.0, help="how long the workers spend first")
    parser.add_argument("--to", type=Path, default=PICTURES, help="folder of the pictures")
    parser.add_argument("--zone", default="UTC", help="zone of the ledger: one where it is the middle of the day")
    given = parser.parse_args()
    given.to.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="budgetmon-demo-") as name, Demo(Path(name), given.zone) as demo:
        app = make_application()
        themer = Themer(app, Scheme.LIGHT)
        settings = Settings(QSettings(str(Path(name) / "settings.ini"), QSettings.Format.IniFormat))
        window = MainWindow(demo.ledger, open_reader, themer, settings, title_note="demo")
        window.resize(*SIZE)
        photographer = Photographer(window, themer, given.to, app)
        with shown(window):
            photographer.wait(given.seconds)
            return app.exec()


if __name__ == "__main__":
    sys.exit(main())
