"""Which results of a run are shown: those with chosen statuses."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QSortFilterProxyModel

from budgetmon.gui.state.run_tree import AnyIndex, RunTree


class RunFilter(QSortFilterProxyModel):
    """Lets only tests with the chosen statuses through, and the groups that have any. No choice lets all through.

    A new choice resets the model: views lose selection and expansion.
    """

    def __init__(self, tree: RunTree, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tree = tree
        self._statuses: frozenset[str] = frozenset()
        self.setSourceModel(tree)

    @property
    def statuses(self) -> frozenset[str]:
        """The chosen ones; empty for all."""
        return self._statuses

    def choose(self, statuses: Iterable[str]) -> None:
        """Choose anew."""
        chosen = frozenset(statuses)
        if chosen != self._statuses:
            self._statuses = chosen
            # A reset costs milliseconds; to take thousands of scattered rows out of an expanded view costs half a minute.
            self._tree.start_over()

    def filterAcceptsRow(self, source_row: int, source_parent: AnyIndex) -> bool:
        """Qt asks for each row."""
        return not self._statuses or self._tree.accepts(source_row, source_parent, self._statuses)
