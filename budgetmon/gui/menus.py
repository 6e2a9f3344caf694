"""The menus, fed from the action registry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu

from budgetmon.gui.actions import Actions

RANGE_NAMES = ("range_window", "range_custom", "range_follow", "range_back", "range_forward")


def build_menus(window: QMainWindow, actions: Actions, panels: Sequence[QAction], recent: QMenu) -> None:
    """The menus of ``window``; ``panels`` show and close its panels, ``recent`` offers ledgers."""
    file = window.menuBar().addMenu(_tr("&File"))
    file.addAction(actions["open"])
    file.addMenu(recent)
    file.addSeparator()
    file.addActions([actions["export"], actions["run_tests"]])
    file.addSeparator()
    file.addAction(actions["preferences"])
    file.addSeparator()
    file.addAction(actions["quit"])
    view = window.menuBar().addMenu(_tr("&View"))
    view.addActions([actions["refresh"], actions["pause"], actions["all_providers"]])
    view.addSeparator()
    ranges = view.addMenu(_tr("&Range"))
    ranges.addActions(actions.spans.actions())
    ranges.addSeparator()
    ranges.addActions([actions[name] for name in RANGE_NAMES])
    view.addMenu(_tr("&Theme")).addActions(actions.schemes.actions())
    view.addSeparator()
    view.addMenu(_tr("&Layout")).addActions(actions.layouts.actions())
    view.addMenu(_tr("&Panels")).addActions(panels)
    view.addAction(actions["reset_layout"])
    help_menu = window.menuBar().addMenu(_tr("&Help"))
    help_menu.addActions([actions["palette"], actions["shortcuts"], actions["about"]])


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
