"""What can be chosen about a burn-down: spent or left, which unit, and whether what is open is told apart."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from budgetmon.core.rules.budgets import Unit


class BurnDownMenu(QObject):
    """Adds its entries to ``menu`` before ``end``. ``changed`` when anything was chosen."""

    changed = Signal()

    def __init__(self, menu: QMenu, end: QAction) -> None:
        super().__init__(menu)
        self._spent = self._checkable(self.tr("Show what is spent, not what is left"), checked=False)
        self._bands = self._checkable(self.tr("Show what is held, in doubt and unpriced"), checked=True)
        self._units = QActionGroup(self)
        self._by_unit: dict[Unit | None, QAction] = {}
        for unit, text in (
            (None, self.tr("In the budget's own unit")),
            (Unit.USD, self.tr("In money")),
            (Unit.CALLS, self.tr("In calls")),
            (Unit.TOKENS, self.tr("In tokens")),
        ):
            action = self._checkable(text, checked=unit is None)
            self._units.addAction(action)
            self._by_unit[unit] = action
        menu.insertActions(end, [self._spent, self._bands])
        menu.insertSeparator(end)
        menu.insertActions(end, list(self._by_unit.values()))

    def _checkable(self, text: str, *, checked: bool) -> QAction:
        action = QAction(text, self)
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(self._on_chosen)
        return action

    @property
    def spent(self) -> bool:
        """Whether the line rises with what is spent."""
        return self._spent.isChecked()

    @property
    def bands(self) -> bool:
        """Whether held, in doubt and unpriced are told apart."""
        return self._bands.isChecked()

    @property
    def unit(self) -> Unit | None:
        """The unit to count in; None is the budget's own."""
        return next((unit for unit, action in self._by_unit.items() if action.isChecked()), None)

    def choose_unit(self, unit: Unit | None) -> None:
        """Count in ``unit``."""
        self._by_unit[unit].setChecked(True)
        self.changed.emit()

    def show_spent(self, spent: bool) -> None:
        """Show what is spent, or what is left."""
        self._spent.setChecked(spent)
        self.changed.emit()

    def offer(self, own: Unit, *, known: bool) -> None:
        """Offer the units other than the budget's ``own`` while their figures are ``known``."""
        for unit, action in self._by_unit.items():
            action.setEnabled(known or unit is None)
            action.setVisible(unit is not own)

    @Slot(bool)
    def _on_chosen(self, checked: bool) -> None:
        self.changed.emit()
