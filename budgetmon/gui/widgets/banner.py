"""Banners: non-modal messages above the content, one per cause, each with its action."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.icon_label import IconLabel
from budgetmon.gui.widgets.labels import role_label, set_dynamic

_GAP = 10
_ICONS = {Tone.OK: "ok", Tone.WARNING: "warning", Tone.DANGER: "exhausted", Tone.INFO: "info", Tone.MUTED: "info"}


@dataclass(frozen=True, slots=True)
class Message:
    """What a banner says. ``cause`` names it: a second message of the same cause replaces the first."""

    cause: str
    tone: Tone
    headline: str
    detail: str = ""
    button: str = ""
    other_button: str = ""
    dismissible: bool = True


class Banner(QFrame):
    """One message."""

    acted = Signal(str)
    acted_otherwise = Signal(str)
    dismissed = Signal(str)
    next_asked = Signal()

    def __init__(self, themer: Themer, message: Message, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._themer = themer
        self.message = message
        self._compact = False
        self._icon = IconLabel(themer, _ICONS[message.tone], message.tone, 18)
        self._headline = role_label("title")
        self._detail = role_label("muted")
        self._detail.setWordWrap(True)
        self._detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.clicked.connect(self._on_clicked)
        self._other = QPushButton()
        self._other.clicked.connect(self._on_other)
        self._next = QToolButton()
        self._next.setProperty("plain", True)
        self._next.setToolTip(self.tr("Next message"))
        self._next.setVisible(False)
        self._next.clicked.connect(self.next_asked)
        self._close = QToolButton()
        self._close.setProperty("plain", True)
        self._close.setAccessibleName(self.tr("Dismiss this message"))
        self._close.setToolTip(self.tr("Dismiss"))
        self._close.clicked.connect(self._on_close)
        self._lay_out()
        self.make_compact(False)
        themer.changed.connect(self._redraw)
        self.say(message)
        self._redraw()

    def _lay_out(self) -> None:
        self._words = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._words.addWidget(self._headline)
        self._words.addWidget(self._detail, 1)
        layout = self._row = QHBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(self._words, 1)
        layout.addWidget(self._other, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._next, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._close, 0, Qt.AlignmentFlag.AlignVCenter)

    def make_compact(self, compact: bool) -> None:
        """Say everything in one line where it fits, or in two."""
        self._compact = compact
        self._arrange()
        margin = 4 if compact else 8
        self._row.setContentsMargins(12, margin, 8, margin)

    def _arrange(self) -> None:
        words = sum(label.fontMetrics().horizontalAdvance(label.text()) for label in (self._headline, self._detail))
        others = [each for each in (self._icon, self._other, self._button, self._next, self._close) if not each.isHidden()]
        taken = sum(each.sizeHint().width() + self._row.spacing() for each in others)
        in_line = self._compact and words + 2 * _GAP <= self.contentsRect().width() - taken
        flow = QBoxLayout.Direction
        self._words.setDirection(flow.LeftToRight if in_line else flow.TopToBottom)
        self._words.setSpacing(_GAP if in_line else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def show_place(self, place: int, of: int) -> None:
        """Say that this is the message number ``place`` of so many."""
        self._next.setVisible(of > 1)
        self._next.setText(self.tr("{place} of {all}").format(place=place, all=of))
        self._next.setAccessibleName(self.tr("Message {place} of {all}: show the next").format(place=place, all=of))

    def say(self, message: Message) -> None:
        """Show another message of the same cause."""
        self.message = message
        set_dynamic(self, "tone", message.tone.value)
        self._icon.show_icon(_ICONS[message.tone], message.tone)
        self._headline.setText(message.headline)
        self._detail.setText(message.detail)
        self._detail.setVisible(bool(message.detail))
        self._arrange()
        for button, words in ((self._button, message.button), (self._other, message.other_button)):
            button.setText(words)
            button.setVisible(bool(words))
            button.setAccessibleName(words)
        self._button.setAccessibleDescription(f"{message.headline}. {message.detail}")
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
    def _on_other(self) -> None:
        self.acted_otherwise.emit(self.message.cause)

    @Slot()
    def _on_close(self) -> None:
        self.dismissed.emit(self.message.cause)


class BannerStack(QWidget):
    """Shows one banner at most: the newest message, and how many wait behind it. ``acted`` names the cause whose button was
    pressed. A message whose headline is another one comes to the front."""

    acted = Signal(str)
    acted_otherwise = Signal(str)
    dismissed = Signal(str)

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer = themer
        self._compact = False
        self._banners: dict[str, Banner] = {}  # the one in front comes last
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.make_compact(False)
        self.setVisible(False)

    def post(self, message: Message) -> None:
        """Show ``message``, in place of one of the same cause."""
        banner = self._banners.get(message.cause)
        if banner is None:
            banner = Banner(self._themer, message, self)
            banner.acted.connect(self.acted)
            banner.acted_otherwise.connect(self.acted_otherwise)
            banner.dismissed.connect(self._on_dismissed)
            banner.next_asked.connect(self._on_next)
            banner.make_compact(self._compact)
            self._layout.addWidget(banner)
            self._banners[message.cause] = banner
        elif banner.message != message:
            if banner.message.headline != message.headline:
                self._banners[message.cause] = self._banners.pop(message.cause)
            banner.say(message)
        self._show()

    def clear(self, cause: str) -> None:
        """Take the message of ``cause`` away, if there is one."""
        banner = self._banners.pop(cause, None)
        if banner is not None:
            self._layout.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
            self._show()

    def make_compact(self, compact: bool) -> None:
        """Save height, or not."""
        self._compact = compact
        self.setContentsMargins(12, 6 if compact else 10, 12, 0)
        for banner in self._banners.values():
            banner.make_compact(compact)

    def message(self, cause: str) -> Message | None:
        """The message of ``cause`` that is in force, in front or behind."""
        banner = self._banners.get(cause)
        return banner.message if banner else None

    @property
    def front(self) -> Message | None:
        """The message that is seen."""
        return next((banner.message for banner in reversed(self._banners.values())), None)

    def _show(self) -> None:
        for place, banner in enumerate(reversed(self._banners.values())):
            banner.show_place(place + 1, len(self._banners))
            banner.setVisible(place == 0)
        self.setVisible(bool(self._banners))

    @Slot()
    def _on_next(self) -> None:
        front = next(reversed(self._banners))
        # The first key keeps its place when the rest is laid over it: what was in front goes to the back.
        self._banners = {front: self._banners[front]} | self._banners
        self._show()

    @Slot(str)
    def _on_dismissed(self, cause: str) -> None:
        self.clear(cause)
        self.dismissed.emit(cause)
