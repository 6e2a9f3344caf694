"""All that is known of one call, to read, to copy and to act on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from budgetmon.core.rules.calls import CallState
from budgetmon.gui.process.orders import Order, Verb
from budgetmon.gui.state.call_details_words import Pairs, groups_of, row_pairs
from budgetmon.gui.state.calls_model import state_icon, state_tone, state_words
from budgetmon.gui.state.number_style import style_in_force
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.icon_label import IconLabel
from budgetmon.gui.widgets.labels import elided_role_label, role_label
from budgetmon.monitor.call_details import CallDetails
from budgetmon.monitor.snapshot import CallRow


class CallDetailsView(QWidget):
    """Shows one call. ``closed`` when it is to go, ``order_asked`` carries an Order about the call. GUI thread only."""

    closed = Signal()
    order_asked = Signal(object)

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: CallRow | None = None
        self._style = style_in_force()
        self._groups: tuple[Pairs, ...] = ()
        self._icon = IconLabel(themer, "info", Tone.MUTED, 16)
        self._title = elided_role_label("title")
        self.copy = _button(self.tr("Copy"), self.tr("Copy the details of this call"))
        self.close_details = _button(self.tr("Close"), self.tr("Close the details"))
        self.charge = _button(self.tr("Charge..."), self.tr("Charge what was set aside for this call"))
        self.release = _button(self.tr("Release..."), self.tr("Release this call, as one that cost nothing"))
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.tr("Details of the call"))
        self._lay_out()
        self.copy.clicked.connect(self._on_copy)
        self.close_details.clicked.connect(self.closed)
        self.charge.clicked.connect(self._on_charge)
        self.release.clicked.connect(self._on_release)

    def _lay_out(self) -> None:
        self.setMinimumWidth(260)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        head.addWidget(self.copy)
        head.addWidget(self.close_details)
        self._doubt = QWidget()
        doubt = QHBoxLayout(self._doubt)
        doubt.setContentsMargins(0, 0, 0, 0)
        doubt.addWidget(self.charge)
        doubt.addWidget(self.release)
        doubt.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._doubt)
        layout.addWidget(self._scroll, 1)

    @property
    def number(self) -> int | None:
        """Which call it is about."""
        return None if self._row is None else self._row.id

    def is_outdated(self, row: CallRow) -> bool:
        """Whether ``row`` says something else about the same call, or the same in another way."""
        if self._row is None or self._row.id != row.id:
            return False
        return self._row != row or self._style != style_in_force()

    def begin(self, row: CallRow, clock: Clock) -> None:
        """Show what the row tells until the rest is read."""
        same = self.number == row.id
        self._show_row(row)
        if not same:
            self._fill((row_pairs(row, clock),))

    def show_details(self, details: CallDetails, clock: Clock) -> None:
        """Show all of it."""
        self._show_row(details.row)
        self._fill(groups_of(details, clock))

    def text(self) -> str:
        """What it says: one line per pair, tab-separated; groups have an empty line between them."""
        return "\n\n".join("\n".join(f"{name}\t{value}" for name, value in group) for group in self._groups)

    def _show_row(self, row: CallRow) -> None:
        self._row, self._style = row, style_in_force()
        self._icon.show_icon(state_icon(row), Tone(state_tone(row) or Tone.MUTED))
        self._title.setText(self.tr("Call {number}, {state}").format(number=row.id, state=state_words(row)))
        self._doubt.setVisible(row.state is CallState.IN_DOUBT)

    def _fill(self, groups: tuple[Pairs, ...]) -> None:
        if groups == self._groups:
            return
        self._groups = groups
        place = self._scroll.verticalScrollBar().value()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 8, 8)
        layout.setSpacing(12)
        for group in groups:
            layout.addLayout(_form(group))
        layout.addStretch(1)
        self._scroll.setWidget(content)
        content.setAutoFillBackground(False)
        self._scroll.viewport().setAutoFillBackground(False)
        self._scroll.verticalScrollBar().setValue(place)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._title.text()}\n\n{self.text()}\n")

    @Slot()
    def _on_charge(self) -> None:
        self.order_asked.emit(Order(Verb.CHARGE, str(self.number)))

    @Slot()
    def _on_release(self) -> None:
        self.order_asked.emit(Order(Verb.RELEASE, str(self.number)))


def _form(group: Pairs) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(3)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    for name, value in group:
        label = role_label("small", name)
        label.setMinimumWidth(96)
        words = role_label("", value)
        words.setWordWrap(True)
        words.setAccessibleName(f"{name}: {value}")
        words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        form.addRow(label, words)
    return form


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    return button
