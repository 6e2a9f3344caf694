"""Which banners stand above the content and what their buttons do. One per cause."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from budgetmon.gui.diagnosis import diagnosis
from budgetmon.gui.state.formatting import count, counted
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.troubles import TroubleWords
from budgetmon.gui.widgets.banner import BannerStack, Message
from budgetmon.monitor.trouble import Trouble

_TROUBLE = "trouble"
_FAILURE = "failure"
_PAUSED = "paused"
_EXPORT = "export"
_EXPORTING = "exporting"
_CHART = "chart"
_ALERT = "alert"
_ORDER = "order"


class Notices(QObject):
    """Posts and clears banners. GUI thread only."""

    open_asked = Signal()
    resume_asked = Signal()
    cancel_export_asked = Signal()
    alert_asked = Signal()
    alert_dismissed = Signal()
    order_given = Signal()

    def __init__(self, themer: Themer) -> None:
        super().__init__()
        self.stack = BannerStack(themer)
        self.stack.acted.connect(self._on_acted)
        self.stack.acted_otherwise.connect(self._on_copy_path)
        self.stack.dismissed.connect(self._on_dismissed)
        self._report = ""
        self._written: dict[str, Path] = {}
        self._put_away: Trouble | None = None
        self._trouble: Trouble | None = None

    def trouble(self, trouble: Trouble, words: TroubleWords) -> None:
        """The ledger cannot be read now; the last picture stays. Put away once, the same trouble does not come back."""
        if trouble is not self._put_away:
            self._put_away = None
            detail = f"{words.sentence} {self.tr('What you see is the last good picture.')}"
            self.stack.post(Message(_TROUBLE, Tone.WARNING, words.headline, detail, self.tr("Open another ledger...")))
            self._trouble = trouble

    def trouble_over(self) -> None:
        """The ledger was read."""
        self._put_away = None
        self.stack.clear(_TROUBLE)

    def failure(self, report: str) -> None:
        """Something unexpected went wrong."""
        self._report = report
        lines = report.strip().splitlines()
        detail = self.tr("{error}. The window goes on working; please report this.").format(
            error=lines[-1] if lines else self.tr("No details")
        )
        headline = self.tr("Something went wrong in budgetmon")
        self.stack.post(Message(_FAILURE, Tone.DANGER, headline, detail, self.tr("Copy report")))

    def paused(self, new_calls: int) -> None:
        """The view is held still."""
        detail = (
            self.tr("{calls} since. Collection goes on.").format(calls=counted(new_calls, "new call"))
            if new_calls > 0
            else self.tr("No new calls since. Collection goes on.")
        )
        self.stack.post(Message(_PAUSED, Tone.INFO, self.tr("View paused"), detail, self.tr("Resume"), dismissible=False))

    def resumed(self) -> None:
        """The view goes on."""
        self.stack.clear(_PAUSED)

    def alert(self, tone: Tone, headline: str, detail: str) -> None:
        """The most pressing alert."""
        self.stack.post(Message(_ALERT, tone, headline, detail, self.tr("Show cause")))

    def no_alert(self) -> None:
        """Nothing presses."""
        self.stack.clear(_ALERT)

    def order(self, tone: Tone, headline: str, detail: str, button: str) -> None:
        """What an operator orders: asked about, carried out, or not; the button gives, undoes or repeats it."""
        self.stack.post(Message(_ORDER, tone, headline, detail, button))

    def no_order(self) -> None:
        """Nothing is to be said about orders."""
        self.stack.clear(_ORDER)

    def exporting(self, done: int, total: int) -> None:
        """An export is under way: how many rows of how many are written."""
        far = self.tr("{done} of {total} rows").format(done=count(done), total=count(total)) if total else ""
        self.stack.post(Message(_EXPORTING, Tone.INFO, self.tr("Exporting"), far, self.tr("Cancel"), dismissible=False))

    @Slot()
    def export_cancelled(self) -> None:
        """An export was cancelled."""
        self.stack.clear(_EXPORTING)

    def exported(self, path: Path) -> None:
        """An export was written."""
        self.stack.clear(_EXPORTING)
        self._wrote(_EXPORT, self.tr("Exported"), path)

    @Slot(str)
    def not_exported(self, problem: str) -> None:
        """An export failed."""
        self.stack.clear(_EXPORTING)
        self.stack.post(Message(_EXPORT, Tone.DANGER, self.tr("The export was not written"), problem))

    @Slot(str)
    def chart_saved(self, path: str) -> None:
        """A chart was written."""
        self._wrote(_CHART, self.tr("Chart saved"), Path(path))

    @Slot(str)
    def chart_not_saved(self, path: str) -> None:
        """A chart could not be written."""
        detail = self.tr("{path} cannot be written; choose another place.").format(path=path)
        self.stack.post(Message(_CHART, Tone.DANGER, self.tr("The chart was not saved"), detail))

    def _wrote(self, cause: str, headline: str, path: Path) -> None:
        self._written[cause] = path
        self.stack.post(Message(cause, Tone.OK, headline, str(path), self.tr("Show in folder"), self.tr("Copy path")))

    @Slot(str)
    def _on_acted(self, cause: str) -> None:
        match cause:
            case "trouble":
                self.open_asked.emit()
            case "alert":
                self.alert_asked.emit()
            case "order":
                self.order_given.emit()
            case "exporting":
                self.cancel_export_asked.emit()
            case "paused":
                self.resume_asked.emit()
            case "failure":
                QGuiApplication.clipboard().setText(f"{diagnosis()}\n\n{self._report}")
            case _:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._written[cause].parent)))

    @Slot(str)
    def _on_copy_path(self, cause: str) -> None:
        QGuiApplication.clipboard().setText(str(self._written[cause]))

    @Slot(str)
    def _on_dismissed(self, cause: str) -> None:
        if cause == _TROUBLE:
            self._put_away = self._trouble
        elif cause == _ALERT:
            self.alert_dismissed.emit()
