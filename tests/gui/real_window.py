"""Shows the window on made-up snapshots on a real screen and saves what it looks like: run as a child process.

Usage: real_window.py FOLDER. Writes light.png, dark.png, done.txt and windows.txt (how many are left at the end) into
FOLDER, and closes by SIGTERM to itself.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from gui.fakes import FakeClock, FakeLedger
from PySide6.QtCore import QObject, QSettings, QTimer, Slot
from PySide6.QtWidgets import QApplication

from budgetmon.gui.app import make_application, shown
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.stop_signals import StopSignals
from budgetmon.gui.theme.themer import Scheme, Themer


class Script(QObject):
    """One step after another, each when the one before has been painted."""

    def __init__(self, folder: Path, window: MainWindow, themer: Themer, app: QApplication) -> None:
        super().__init__()
        self.folder, self.window, self.themer, self.app = folder, window, themer, app
        self.steps = [self.choose, self.light, self.dark, self.end]
        self.timer = QTimer(self)
        self.timer.setInterval(400)
        self.timer.timeout.connect(self.go_on)
        self.timer.start()

    @Slot()
    def go_on(self) -> None:
        if self.window.snapshot is not None and self.steps:
            self.steps.pop(0)()

    def choose(self) -> None:
        self.window.dashboard.choose("perplexity")

    def shoot(self, name: str) -> None:
        assert self.window.screen().grabWindow(self.window.winId()).save(str(self.folder / name))

    def light(self) -> None:
        self.shoot("light.png")
        self.themer.choose(Scheme.DARK)

    def dark(self) -> None:
        self.shoot("dark.png")

    def end(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


def main(folder: Path) -> int:
    app = make_application()
    themer = Themer(app, Scheme.LIGHT)
    ledger, clock = FakeLedger(), FakeClock()
    settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow(Path("/srv/desk/ledger.db"), ledger.open, themer, settings, now=clock.now, period_ms=50)
    window.resize(1280, 800)
    stop = StopSignals()
    stop.asked.connect(window.close)
    script = Script(folder, window, themer, app)
    with shown(window):
        code = app.exec()
    stop.close()
    script.timer.stop()
    (folder / "done.txt").write_text(f"{app.platformName()} opened {ledger.opened} closed {ledger.closed}", encoding="utf-8")
    (folder / "windows.txt").write_text(str(len(app.topLevelWidgets())), encoding="utf-8")
    return code


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
