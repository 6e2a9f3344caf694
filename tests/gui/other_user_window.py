"""The window as another user on the ledger of root: run as a child process, which gives up its rights once all is loaded.

Usage: other_user_window.py LEDGER UID. Prints a JSON line each time that what the window says has changed, until stdin ends.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QObject, QSettings, QSocketNotifier, QTimer, Slot

from budgetmon.gui.app import make_application, open_reader, shown
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.theme.themer import Scheme, Themer


class Reporter(QObject):
    """Says what the window says."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._last = ""
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_look)
        self._timer.start(20)
        self._stdin = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._stdin.activated.connect(self._on_end)

    @Slot()
    def _on_look(self) -> None:
        window = self._window
        message = window.notices.stack.message("trouble")
        is_picture = window.pages.currentWidget() is window.dashboard
        words = f"{message.headline} {message.detail}" if message else "" if is_picture else window.nothing.words()
        calls = window.snapshot.totals.calls if window.snapshot else None
        said = json.dumps({"picture": is_picture, "calls": calls, "words": words})
        if said != self._last:
            self._last = said
            print(said, flush=True)  # noqa: T201

    @Slot()
    def _on_end(self) -> None:
        self._timer.stop()
        self._window.close()


def main(ledger: Path, uid: int) -> int:
    app = make_application()
    themer = Themer(app, Scheme.LIGHT)
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        window = MainWindow(ledger, open_reader, themer, settings, period_ms=20)
        Reporter(window)
        with shown(window):
            return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
