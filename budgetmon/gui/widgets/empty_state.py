"""What stands where there is nothing to show: a title, one sentence, one button, and what else can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout

from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.icon_label import IconLabel
from budgetmon.gui.widgets.labels import role_label


@dataclass(frozen=True, slots=True)
class Offer:
    """A second button: its name, its words, and the words once it was pressed, if they change."""

    name: str
    text: str
    done: str = ""


class EmptyState(QFrame):
    """Centred words; ``acted`` when the button is pressed. Large for a window, small for a panel.

    A large one takes a file that is dropped on it: ``dropped`` has its path. ``offered`` names the offer that was taken up.
    """

    acted = Signal()
    offered = Signal(str)
    dropped = Signal(str)

    def __init__(self, themer: Themer, icon: str, title: str, sentence: str, button: str = "", *, large: bool = False) -> None:
        super().__init__()
        self._offers: tuple[Offer, ...] = ()
        self._buttons: list[QPushButton] = []
        self._icon = IconLabel(themer, icon, Tone.MUTED, 40 if large else 24)
        self._title = role_label("headline" if large else "title", title)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = _wrapped(sentence, 460 if large else 400)
        self._path = _wrapped("", 560)
        self._path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._button = QPushButton(button)
        self._button.setProperty("primary", large)
        self._button.setAccessibleName(button)
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self._on_clicked)
        self._more = QHBoxLayout()
        self._more.setSpacing(8)
        self._hint = _wrapped("", 460)
        self.setAcceptDrops(large)
        self._lay_out(large)
        self.say(icon, title, sentence, button)

    def _lay_out(self, large: bool) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(10 if large else 6)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._title)
        for each in (self._sentence, self._path):
            layout.addLayout(_centred(each))
        layout.addSpacing(4)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addLayout(self._more)
        layout.addLayout(_centred(self._hint))
        layout.addStretch(3)
        self._more.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def say(self, icon: str, title: str, sentence: str, button: str = "", path: str = "", offers: Sequence[Offer] = ()) -> None:
        """Show other words; without ``button`` there is none."""
        self._icon.show_icon(icon, Tone.MUTED)
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._path.setText(path)
        self._path.setVisible(bool(path))
        self._button.setText(button)
        self._button.setAccessibleName(button)
        self._button.setVisible(bool(button))
        self._hint.setText(self.tr("Or drop a ledger's file here.") if self.acceptDrops() and button else "")
        self._hint.setVisible(bool(self._hint.text()))
        self._show_offers(tuple(offers))

    def _show_offers(self, offers: tuple[Offer, ...]) -> None:
        # The same words come with each poll: a button that is replaced could not be pressed, and would lose the focus.
        if offers == self._offers:
            return
        self._offers = offers
        for old in self._buttons:
            self._more.removeWidget(old)
            old.deleteLater()
        self._buttons = [self._offer_button(offer) for offer in offers]

    def _offer_button(self, offer: Offer) -> QPushButton:
        button = QPushButton(offer.text)
        button.setObjectName(offer.name)
        button.setAccessibleName(offer.text)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(self._on_offer)
        self._more.addWidget(button)
        return button

    def words(self) -> str:
        """All that it says, for screen readers and tests."""
        return "\n".join(each for each in (self._title.text(), self._sentence.text(), self._path.text()) if each)

    @property
    def button(self) -> QPushButton:
        """Its first button."""
        return self._button

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(dropped_file(event))

    @Slot()
    def _on_clicked(self) -> None:
        self.acted.emit()

    @Slot()
    def _on_offer(self) -> None:
        sender: QObject = self.sender()
        offer = next(each for each in self._offers if each.name == sender.objectName())
        if offer.done and isinstance(sender, QPushButton):
            sender.setText(offer.done)
        self.offered.emit(offer.name)


def dropped_file(event: QDropEvent) -> str:
    """The local file that is dragged, when it is exactly one; ``""`` otherwise."""
    urls = event.mimeData().urls()
    return urls[0].toLocalFile() if len(urls) == 1 else ""


def _wrapped(text: str, width: int) -> QLabel:
    label = role_label("muted", text)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
    label.setWordWrap(True)
    label.setMaximumWidth(width)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


def _centred(label: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(label, 100)
    row.addStretch(1)
    return row
