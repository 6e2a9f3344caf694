"""What the window costs on a ledger: run as a program of its own by ``budgetmon bench --gui``.

Usage: ``python -m budgetmon.gui.measure LEDGER STARTED IDLE_SECONDS``, where STARTED is the wall clock when the process was
started. Prints one JSON object per phase: ``first`` once a picture is painted, ``idle`` after a while in which nobody is to
write, and ``busy`` when stdin ends. No window is shown on any desk, and no setting is read or kept.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QObject, QSettings, QSocketNotifier, Qt, QTimer, Slot

from budgetmon.gui.app import make_application, open_reader, shown
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.settings import Settings
from budgetmon.gui.theme.themer import Scheme, Themer

_BEAT_MS = 4
_FRAME_MS = 16.0


class Measurement(QObject):
    """Leads a window through the phases. A heart beats in the GUI thread: a beat that comes late was held up by a frame."""

    def __init__(self, window: MainWindow, started: float, idle_seconds: float) -> None:
        super().__init__(window)
        self._window = window
        self._started = started
        self._idle_seconds = idle_seconds
        self._late: list[float] = []
        self._pictures = 0
        self._cpu = 0.0
        self._began = self._beaten = time.perf_counter()
        self._heart = QTimer(self)
        self._heart.setTimerType(Qt.TimerType.PreciseTimer)
        self._heart.setInterval(_BEAT_MS)
        self._heart.timeout.connect(self._on_beat)
        self._stdin = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._stdin.setEnabled(False)
        self._stdin.activated.connect(self._on_end)
        window.feed.pictured.connect(self._on_picture)

    @Slot(object)
    def _on_picture(self, snapshot: object) -> None:
        self._pictures += 1
        if self._pictures > 1:
            return
        self._window.grab()
        _tell(phase="first", seconds=time.time() - self._started)
        # What is drawn right after the first picture is no part of idling.
        QTimer.singleShot(1_000, self._start_idling)

    @Slot()
    def _start_idling(self) -> None:
        self._cpu, self._began = time.process_time(), time.perf_counter()
        QTimer.singleShot(round(self._idle_seconds * 1_000), self._on_idled)

    @Slot()
    def _on_idled(self) -> None:
        share = (time.process_time() - self._cpu) / (time.perf_counter() - self._began)
        _tell(phase="idle", share=share, memory=_memory())
        self._pictures = 1
        self._began = self._beaten = time.perf_counter()
        self._heart.start()
        self._stdin.setEnabled(True)

    @Slot()
    def _on_beat(self) -> None:
        now = time.perf_counter()
        self._late.append(max(0.0, (now - self._beaten) * 1_000 - _BEAT_MS))
        self._beaten = now

    @Slot()
    def _on_end(self) -> None:
        self._stdin.setEnabled(False)
        self._heart.stop()
        late = sorted(self._late) or [0.0]
        _tell(
            phase="busy",
            pictures=self._pictures - 1,
            seconds=time.perf_counter() - self._began,
            longest_ms=late[-1],
            over_frame=sum(each > _FRAME_MS for each in late),
            typical_frame_ms=_typical([each for each in late if each > 1.0]),
            memory=_memory(),
        )
        self._window.close()
        QCoreApplication.quit()


def _typical(ordered: Sequence[float]) -> float:
    """The median of what held a beat up at all; 0 when nothing did."""
    return ordered[len(ordered) // 2] if ordered else 0.0


def _memory() -> int:
    """Bytes that this process has in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _tell(**findings: float | str) -> None:
    sys.stdout.write(json.dumps(findings) + "\n")
    sys.stdout.flush()


def main(ledger: Path, started: float, idle_seconds: float) -> int:
    """Measure, and return the exit code."""
    app = make_application()
    themer = Themer(app, Scheme.LIGHT)
    with tempfile.TemporaryDirectory(prefix="budgetmon-measure-") as folder:
        settings = Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat))
        window = MainWindow(ledger, open_reader, themer, settings)
        Measurement(window, started, idle_seconds)
        with shown(window):
            return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
