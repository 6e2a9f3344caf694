"""What a window without a ledger offers: a demo, and the lines of code that make a ledger."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QProcess, Signal, Slot
from PySide6.QtGui import QGuiApplication

from budgetmon.gui.widgets.empty_state import Offer

_DEMO = "demo"
_COPY = "copy"


def first_lines(ledger: Path) -> str:
    """Five lines of Python that record a first call in ``ledger``."""
    return (
        "from budgetmon import Usage, UsageTracker\n"
        f"with UsageTracker(db_path={str(ledger)!r}) as tracker:\n"
        '    with tracker.call("sonar-pro", estimate=Usage(input_tokens=1200, output_tokens=800)) as call:\n'
        "        # make the paid call here\n"
        "        call.settle(Usage(input_tokens=1130, output_tokens=412))\n"
    )


class FirstSteps(QObject):
    """Does what the empty window offers. ``failed`` says why the demo did not start. GUI thread only."""

    failed = Signal(str)

    def __init__(self, ledger: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.ledger = ledger

    def offers(self) -> tuple[Offer, ...]:
        """What can be done while there is no ledger."""
        translate = QCoreApplication.translate
        return (
            Offer(_DEMO, translate("FirstSteps", "Start a demo")),
            Offer(_COPY, translate("FirstSteps", "Copy five lines of code"), translate("FirstSteps", "Copied")),
        )

    @Slot(str)
    def take(self, name: str) -> None:
        """Take up an offer."""
        if name == _COPY:
            QGuiApplication.clipboard().setText(first_lines(self.ledger))
            return
        # A window of its own, on a ledger of its own: this one goes on waiting for its file.
        if not QProcess.startDetached(sys.executable, ["-m", "budgetmon", "demo"])[0]:
            self.failed.emit(QCoreApplication.translate("FirstSteps", "The demo could not be started."))
