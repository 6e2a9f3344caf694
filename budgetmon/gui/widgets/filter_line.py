"""The line above a table in which a filter is typed: completes words and known values, and says at once what is wrong."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QVBoxLayout, QWidget

from budgetmon.gui.state.filter_words import Known, completions, what_is_wrong
from budgetmon.gui.widgets.labels import role_label, set_tone
from budgetmon.monitor.filters import FilterError, parse
from budgetmon.monitor.paging import Listing

_SETTLES_MS = 250
_MOST_OFFERED = 200
# The token before the cursor: quotation marks keep spaces inside.
_TOKEN = re.compile(r'(?:[^\s"]|"(?:[^"\\]|\\.)*"?)*$')


class FilterLine(QWidget):
    """``filtered`` carries a Filter that was understood, a moment after the last key or at once on Return."""

    filtered = Signal(object)

    def __init__(self, listing: Listing, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listing = listing
        self._known: Known = {}
        self._zone = ""
        self._now = 0
        self._applied = ""
        self.line = QLineEdit(self)
        self.line.setAccessibleName(name)
        self.line.setAccessibleDescription(self.tr("Tokens such as provider:x, cost>0.10, -failed or since:10:00"))
        self.line.setClearButtonEnabled(True)
        for button in self.line.findChildren(QToolButton):
            button.setAccessibleName(self.tr("Clear the filter"))
        self._wrong = role_label("small")
        self._wrong.setAccessibleName(self.tr("What is wrong with the filter"))
        set_tone(self._wrong, "danger")
        self._wrong.setVisible(False)
        self._settles = QTimer(self)
        self._settles.setSingleShot(True)
        self._settles.setInterval(_SETTLES_MS)
        self._settles.timeout.connect(self.apply)
        self._offers = QStringListModel(self)
        self._completer = QCompleter(self._offers, self)
        self._completer.setWidget(self.line)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._complete)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.line)
        layout.addWidget(self._wrong)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._offer)
        self.line.textChanged.connect(self._on_changed)
        self.line.returnPressed.connect(self.apply)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    @property
    def wrong(self) -> str:
        """What is said to be wrong; empty while nothing is."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def know(self, known: Known, zone: str, now: int) -> None:
        """What completion offers, and what times count from. A filter typed before that was known is read again."""
        read_again = zone != self._zone
        self._known, self._zone, self._now = known, zone, now
        if read_again and self._applied:
            self._applied = ""
            self.apply()

    def show_filter(self, text: str) -> None:
        """Type ``text`` and apply it at once."""
        self.line.setText(text)
        self.apply()

    def add(self, token: str) -> None:
        """Add a token to what is typed, unless it stands there, and apply it."""
        tokens = self.text.strip()
        if token not in tokens.split():
            tokens = f"{tokens} {token}".strip()
        self.show_filter(tokens)

    @Slot()
    def apply(self) -> None:
        """Apply what is typed. What cannot be understood is said, and the filter before stays in force."""
        self._settles.stop()
        text = self.text.strip()
        try:
            only = parse(text, self._listing.fields, self._now, self._zone or "UTC")
        except FilterError as error:
            self._wrong.setText(what_is_wrong(error))
            self._wrong.setVisible(True)
            return
        self._wrong.setVisible(False)
        if text != self._applied:
            self._applied = text
            self.filtered.emit(only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape empties the line before it means anything to the window."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.text:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.show_filter("")
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _on_changed(self, text: str) -> None:
        self._settles.start()

    @Slot(str)
    def _offer(self, text: str) -> None:
        offered = completions(self._token(), self._listing, self._known)[:_MOST_OFFERED] if self._token() else []
        self._offers.setStringList(offered)
        popup = self._completer.popup()
        if offered:
            self._completer.complete()
        elif popup is not None:
            popup.hide()

    @Slot(str)
    def _complete(self, chosen: str) -> None:
        cursor = self.line.cursorPosition()
        before, after = self.text[: cursor - len(self._token())], self.text[cursor:]
        space = "" if chosen[-1] in ":><" else " "
        self.line.setText(before + chosen + space + after.lstrip())
        self.line.setCursorPosition(len(before + chosen + space))
        if not space:
            self._offer(self.text)

    def _token(self) -> str:
        found = _TOKEN.search(self.text[: self.line.cursorPosition()])
        return found.group(0) if found else ""
