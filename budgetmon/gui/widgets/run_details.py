"""All that is known of one test: outcome, place, failure and captured output."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from budgetmon.gui.state.formatting import count, in_seconds
from budgetmon.gui.state.number_style import NumberStyle, style_in_force
from budgetmon.gui.state.run_tree import shown
from budgetmon.gui.state.run_words import run_word
from budgetmon.gui.widgets.labels import elided_role_label
from budgetmon.gui.widgets.run_outcome_look import outcome_icon
from budgetmon.gui.widgets.run_text import block
from budgetmon.runs.events import Outcome, Section, TestFinished

_ICON_PIXELS = 16
_RULE = "─" * 8


class RunDetails(QWidget):
    """Shows one result, or that there is none yet. The text can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, str, TestFinished | None, NumberStyle] | None = None
        self._icon = QLabel()
        self._icon.setFixedSize(_ICON_PIXELS, _ICON_PIXELS)
        self._title = elided_role_label("title", mode=Qt.TextElideMode.ElideLeft)
        self._summary = elided_role_label("muted", mode=Qt.TextElideMode.ElideMiddle)
        self._message = elided_role_label("")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setUndoRedoEnabled(False)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setAccessibleName(self.tr("Failure and captured output of the test"))
        self._copy = QPushButton(self.tr("Copy"))
        self._copy.setToolTip(self.tr("Copy the id, the failure and the output of this test"))
        self._copy.setAccessibleName(self.tr("Copy the details of this test"))
        self._copy.clicked.connect(self._on_copy)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._title, 1)
        head.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._message)
        layout.addWidget(self._summary)
        layout.addWidget(self._text, 1)

    def clear(self) -> None:
        """Nothing is selected."""
        self._shown = None
        self._icon.clear()
        self._title.setText("")
        self._message.setText("")
        self._message.setVisible(False)
        self._summary.setText("")
        self._text.setPlainText("")
        self._text.setPlaceholderText(self.tr("Select a test to see its failure and what it printed."))
        self._copy.setEnabled(False)

    def show_test(self, id: str, status: str, result: TestFinished | None) -> None:
        """Show the test ``id``; without ``result`` it is running, waiting or was not run. Repeating costs nothing."""
        if (id, status, result, style_in_force()) == self._shown:
            return
        self._shown = (id, status, result, style_in_force())
        self._title.setText(shown(id))
        self._title.setToolTip(shown(id))
        message = shown(result.message) if result else ""
        self._message.setText(message)
        self._message.setToolTip(message)
        self._message.setVisible(bool(message))
        self._summary.setText(_summary(status, result))
        self._summary.setToolTip(_summary(status, result))
        text = _text(result) if result else ""
        self._text.setPlainText(text)
        self._text.setPlaceholderText(_placeholder(result))
        self._copy.setEnabled(True)
        self._draw_icon()

    def text(self) -> str:
        """All that is shown, as it is copied."""
        parts = (self._title.text(), self._message.text(), self._summary.text(), self._text.toPlainText())
        return "\n".join(part for part in parts if part)

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()

    def _draw_icon(self) -> None:
        if self._shown is not None:
            icon = outcome_icon(self._shown[1], self.palette())
            self._icon.setPixmap(icon.pixmap(self._icon.size(), self.devicePixelRatioF()))


def _summary(status: str, result: TestFinished | None) -> str:
    word = run_word(status)
    if result is None:
        return word
    place = f"{shown(result.file)}:{result.line}" if result.line is not None else shown(result.file)
    if not _without_time(result):
        word = _tr("{outcome} in {time}").format(outcome=word, time=in_seconds(result.seconds, 3))
    return f"{word}  ·  {place}"


def _without_time(result: TestFinished) -> bool:
    """A crashed test has taken no one knows how long, and what is not a test takes no time."""
    return result.outcome is Outcome.CRASHED or "::" not in result.id


def _placeholder(result: TestFinished | None) -> str:
    if result is None:
        return _tr("No result yet.")
    if result.outcome is Outcome.CRASHED:
        return _tr("It could not report anything any more. What the process printed at its end is in the output of the run.")
    return _tr("It printed nothing and reported no failure.")


def _text(result: TestFinished) -> str:
    parts = [block(result.longrepr.text)] if result.longrepr else []
    parts += [f"{_heading(section)}\n{block(section.text)}" for section in result.sections]
    return "\n\n".join(part.rstrip("\n") for part in parts)


def _heading(section: Section) -> str:
    title = shown(section.title)
    if len(section.text) < section.size:
        title = _tr("{section} ({count} characters, shortened)").format(section=title, count=count(section.size))
    return f"{_RULE} {title} {_RULE}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunDetails", text)
