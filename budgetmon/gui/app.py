"""Starting the desktop app: the one QApplication, the window, the event loop, the exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyqtgraph as pg
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QStyleFactory

from budgetmon.gui.failure_hook import FailureHook
from budgetmon.gui.failure_log import FailureLog, log_file
from budgetmon.gui.feed.poller import Reader
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.screen_lock import ScreenLock
from budgetmon.gui.settings import Settings
from budgetmon.gui.single_instance import SingleInstance
from budgetmon.gui.stop_signals import StopSignals
from budgetmon.gui.theme.icons import app_icon
from budgetmon.gui.theme.themer import Scheme, Themer
from budgetmon.gui.translation import speak, speak_english
from budgetmon.monitor.reader import LedgerReader


def run(ledger: Path, *, title_note: str | None = None, scheme: str | None = None, config: Path | None = None) -> int:
    """Show the ledger at ``ledger`` until the window closes, and return the exit code; 0 at once when a window shows it
    already, which comes to the front.

    ``config`` is where test runs find their profiles; without one they look for it as every verb does. ``title_note``
    stands in the title, such as ``"demo"``. ``scheme`` is light, dark, contrast or system and overrides what was
    remembered, for this start only. Call it in the main thread, after ``display.display_problem()`` said None.
    """
    app = make_application()
    settings = Settings.of_user()
    instance = SingleInstance()
    if not instance.claim(ledger.absolute()):
        return 0
    speak(app, settings.preferences.language)
    themer = Themer(app, Scheme(scheme) if scheme else settings.scheme)
    window = MainWindow(
        ledger.absolute(),
        open_reader,
        themer,
        settings,
        title_note=title_note,
        config=config,
        period_ms=settings.preferences.period_ms,
        claim=instance.claim,
    )
    instance.raise_asked.connect(window.come_forward)
    with shown(window):
        stop = StopSignals()
        stop.asked.connect(window.close)
        failures = FailureHook(window, FailureLog(log_file()))
        lock = ScreenLock.of_session()
        lock.changed.connect(window.time.sleep)
        try:
            return app.exec()
        finally:
            lock.close()
            instance.release()
            failures.remove()
            stop.close()


@contextmanager
def shown(window: MainWindow) -> Iterator[None]:
    """The window on the screen, for as long as the event loop runs in the block; then it is taken down.

    Its objects refer to each other in circles, so they would last until the interpreter's last garbage collection; by
    then the application and its style may be gone, and widgets that go down after them crash the process.
    """
    window.show()
    window.start()
    try:
        yield
    finally:
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_application() -> QApplication:
    """The one QApplication, in Fusion style; the running one when there is one already."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["budgetmon"])
    app.setApplicationName("budgetmon")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("budgetmon")
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setWindowIcon(app_icon())
    speak_english(app)
    # One antialiased line of 2,000 points costs 3 ms; the reader never gives more.
    pg.setConfigOptions(antialias=True, useOpenGL=False)
    return app


def open_reader(path: Path) -> Reader:
    """The reader of the ledger at ``path``; called in the poller's thread."""
    return LedgerReader(path)
