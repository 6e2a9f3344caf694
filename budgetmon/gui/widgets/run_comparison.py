"""What a run did differently from the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QVBoxLayout, QWidget

from budgetmon.gui.state.formatting import count, in_seconds
from budgetmon.gui.state.run_tree import shown
from budgetmon.gui.state.run_words import run_word
from budgetmon.gui.widgets.labels import elided_role_label
from budgetmon.gui.widgets.run_outcome_look import outcome_icon
from budgetmon.runs.events import Outcome

_KIND_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_MOST = 500  # tests of each kind
_ICONS = {"newly_failing": Outcome.FAILED, "newly_passing": Outcome.PASSED, "slower": Outcome.XPASSED}


class RunComparison(QWidget):
    """Shows the document of ``budgetmon run compare``. ``test_activated`` carries a test's id as the ledger has it."""

    test_activated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Mapping[str, Any] | None = None
        self._words = elided_role_label("muted")
        self._list = QTreeWidget()
        self._list.setHeaderLabels([self.tr("Test"), self.tr("Before"), self.tr("Now")])
        self._list.setAccessibleName(self.tr("Tests that changed since the run before"))
        self._list.setUniformRowHeights(True)
        self._list.setAllColumnsShowFocus(True)
        self._list.setRootIsDecorated(True)
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, 88)
        self._list.itemActivated.connect(self._on_activated)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self._words)
        layout.addWidget(self._list, 1)
        self.clear()

    def clear(self, words: str = "") -> None:
        """Nothing to compare, and why."""
        self._document = None
        self._list.clear()
        self._list.setVisible(False)
        self._words.setText(words or self.tr("When a run is over, this shows what changed since the one before."))

    def show_document(self, document: Mapping[str, Any]) -> None:
        """Show a comparison."""
        before = document["before"]
        if before is None:
            self.clear(self.tr("There is no earlier run of it to compare with."))
            return
        self._document = document
        self._list.clear()
        self._list.setVisible(True)
        self._add(self.tr("Newly failing"), "newly_failing", document["newly_failing"])
        self._add(self.tr("Newly passing"), "newly_passing", document["newly_passing"])
        self._add(self.tr("Slower"), "slower", document["slower"])
        nothing = not self._list.topLevelItemCount()
        words = self.tr("Beside {before}: {added} added, {gone} gone").format(
            before=before["name"], added=document["added"], gone=document["gone"]
        )
        self._words.setText(words + (self.tr(". No test changed.") if nothing else ""))
        self._list.setVisible(not nothing)
        self._draw_icons()

    def show_anew(self) -> None:
        """Show the same comparison again: numbers are written in another way."""
        if self._document is not None:
            self.show_document(self._document)

    def words(self) -> str:
        """The line above the list."""
        return self._words.text()

    def tests(self, kind: str) -> list[str]:
        """The tests that are listed as ``kind``: newly_failing, newly_passing or slower."""
        return [str(item.data(0, Qt.ItemDataRole.UserRole)) for item in self._items() if item.data(0, _KIND_ROLE) == kind]

    def _items(self) -> Iterator[QTreeWidgetItem]:
        items = QTreeWidgetItemIterator(self._list)
        while (item := items.value()) is not None:
            if item.parent() is not None:
                yield item
            items += 1

    def _add(self, title: str, kind: str, changes: Sequence[Mapping[str, Any]]) -> None:
        if not changes:
            return
        group = QTreeWidgetItem([f"{title} ({count(len(changes))})"])
        group.setData(0, Qt.ItemDataRole.UserRole, kind)
        for change in changes[:_MOST]:
            before, after = run_word(change["before"]) if change["before"] else self.tr("new"), run_word(change["after"])
            if kind == "slower":
                before, after = in_seconds(change["seconds_before"], 2), in_seconds(change["seconds_after"], 2)
            item = QTreeWidgetItem(group, [shown(change["test"]), before, after])
            item.setToolTip(0, shown(change["test"]))
            item.setData(0, Qt.ItemDataRole.UserRole, change["test"])
            item.setData(0, _KIND_ROLE, kind)
        self._list.addTopLevelItem(group)
        group.setExpanded(True)

    def _draw_icons(self) -> None:
        for row in range(self._list.topLevelItemCount()):
            group = self._list.topLevelItem(row)
            if group is not None:
                group.setIcon(0, outcome_icon(_ICONS[group.data(0, Qt.ItemDataRole.UserRole)], self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icons()

    @Slot(QTreeWidgetItem, int)
    def _on_activated(self, item: QTreeWidgetItem, _column: int) -> None:
        if item.parent() is not None:
            self.test_activated.emit(item.data(0, Qt.ItemDataRole.UserRole))
