"""Banners: non-modal messages above the content, one per cause, each with its action."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.icon_label import IconLabel
from budgetmon.gui.widgets.labels import role_label, set_dynamic

_ICONS = {Tone.OK: "ok", Tone.WARNING: "warning", Tone.DANGER: "exhausted", Tone.INFO: "info", Tone.MUTED: "info"}


@dataclass(frozen=True, slots=True)
class Message:
    """What a banner says. ``cause`` names it: a second message of the same cause replaces the first."""

    cause: str
    tone: Tone
    headline: str
    detail: str = ""
    button: str = ""
    dismissible: bool = True


class Banner(QFrame):
    """One message."""

    acted = Signal(str)
    dismissed = Signal(str)

    def __init__(self, themer: Themer, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._themer = themer
        self.message = message
        self._icon = IconLabel(themer, _ICONS[message.tone], message.tone, 18)
        self._headline = role_label("title")
        self._detail = role_label("muted")
        self._detail.setWordWrap(True)
        self._detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.clicked.connect(self._on_clicked)
        self._close = QToolButton()
        self._close.setProperty("plain", True)
        self._close.setAccessibleName("Dismiss this message")
        self._close.setToolTip("Dismiss")
        self._close.clicked.connect(self._on_close)
        self._lay_out()
        themer.changed.connect(self._redraw)
        self.say(message)
        self._redraw()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._headline)
        words.addWidget(self._detail)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, message: Message) -> None:
        """Show another message of the same cause."""
        self.message = message
        set_dynamic(self, "tone", message.tone.value)
        self._icon.show_icon(_ICONS[message.tone], message.tone)
        self._headline.setText(message.headline)
        self._detail.setText(message.detail)
        self._detail.setVisible(bool(message.detail))
        self._button.setText(message.button)
        self._button.setVisible(bool(message.button))
        self._button.setAccessibleName(message.button)
        self._close.setVisible(message.dismissible)
        self.setAccessibleName(message.headline)
        self.setAccessibleDescription(message.detail)

    @Slot()
    def _redraw(self) -> None:
        self._close.setIcon(themed_icon("close", self._themer.tokens.muted))

    @Slot()
    def _on_clicked(self) -> None:
        self.acted.emit(self.message.cause)

    @Slot()
    def _on_close(self) -> None:
        self.dismissed.emit(self.message.cause)


class BannerStack(QWidget):
    """The banners in force, newest below. ``acted`` names the cause whose button was pressed."""

    acted = Signal(str)
    dismissed = Signal(str)

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer = themer
        self._banners: dict[str, Banner] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self.setVisible(False)

    def post(self, message: Message) -> None:
        """Show ``message``, in place of one of the same cause."""
        banner = self._banners.get(message.cause)
        if banner is None:
            banner = Banner(self._themer, message, self)
            banner.acted.connect(self.acted)
            banner.dismissed.connect(self._on_dismissed)
            self._banners[message.cause] = banner
            self._layout.addWidget(banner)
        elif banner.message != message:
            banner.say(message)
        self.setVisible(True)

    def clear(self, cause: str) -> None:
        """Take the message of ``cause`` away, if there is one."""
        banner = self._banners.pop(cause, None)
        if banner is not None:
            self._layout.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def message(self, cause: str) -> Message | None:
        """The message of ``cause`` that is shown now."""
        banner = self._banners.get(cause)
        return banner.message if banner else None

    @Slot(str)
    def _on_dismissed(self, cause: str) -> None:
        self.clear(cause)
        self.dismissed.emit(cause)
