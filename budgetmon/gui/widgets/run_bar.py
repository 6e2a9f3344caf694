"""The bar above a run: what can be run, and what can be done with the run that is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from budgetmon.gui.state.run_tree import shown
from budgetmon.gui.widgets.labels import elided_role_label, set_dynamic


@dataclass(frozen=True, slots=True)
class BarState:
    """What the bar goes by. ``subject`` is what is run: the name of a profile, or a folder."""

    subject: str = ""
    running: bool = False
    cancelling: bool = False
    any_bad: bool = False
    selected: bool = False
    stored: bool = False
    logged: bool = False
    reported: bool = False


class RunBar(QWidget):
    """Buttons over actions that also have shortcuts within ``owner``. Connect to the actions.

    ``profile_chosen`` carries the name of the profile that was chosen from the menu of Run.
    """

    profile_chosen = Signal(str)

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        tr = self.tr
        self._subject = elided_role_label("muted", mode=Qt.TextElideMode.ElideMiddle)
        self._subject.setAccessibleName(tr("What is run"))
        self.choose_folder = _action(owner, tr("Choose folder…"), "", tr("Choose a folder whose tests to run"))
        self.run = _action(owner, tr("Run"), "", tr("Choose a profile of the config, or a folder, to run"))
        self.cancel = _action(owner, tr("Cancel"), "Ctrl+.", tr("End the run and everything that it started"))
        self.rerun_all = _action(owner, tr("All tests"), "Ctrl+R", tr("Run all of it again"))
        self.rerun_failed = _action(
            owner, tr("Rerun failed"), "Ctrl+Shift+R", tr("Run only what failed, crashed or had an error")
        )
        self.rerun_one = _action(owner, tr("Selected tests"), "", tr("Run only the tests that are selected"))
        self.failed_first = _action(owner, tr("Failed first"), "", tr("Show failed tests before the others"))
        self.failed_first.setCheckable(True)
        self.save_log = _action(owner, tr("Save log…"), "", tr("Save the whole output of the run"))
        self.copy_log = _action(owner, tr("Copy log"), "", tr("Copy the output of the run"))
        self.open_report = _action(owner, tr("Report"), "", tr("Open the report that the run has written"))
        self._report_button = _ActionButton(self.open_report)
        self._profiles = QMenu(self)
        self._profiles.triggered.connect(self._on_profile)
        self.run_button = _ActionButton(self.run, primary=True)
        self._lay_out()
        self.show_profiles(())
        self.show_state(BarState())

    def _lay_out(self) -> None:
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        first, layout = self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (first, layout):
            row.setSpacing(6)
        self._rows.addLayout(first)
        self._rows.addLayout(layout, 1)
        first.addWidget(self.run_button)
        first.addWidget(_ActionButton(self.cancel))
        first.addWidget(_ActionButton(self.rerun_failed))
        first.addStretch(1)
        layout.addWidget(_menu_button(self.tr("Rerun"), self.tr("Run again"), (self.rerun_all, self.rerun_one), self))
        layout.addWidget(_toggle(self.failed_first))
        layout.addSpacing(6)
        layout.addWidget(self._subject, 1)
        layout.addWidget(self._report_button)
        layout.addWidget(_menu_button(self.tr("Log"), self.tr("Log of the run"), (self.save_log, self.copy_log), self))

    def minimumSizeHint(self) -> QSize:
        first, second = self._first.minimumSize(), self._second.minimumSize()
        return QSize(max(first.width(), second.width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take two lines where one has no room for all."""
        super().resizeEvent(event)
        flow = QBoxLayout.Direction
        needed = self._first.minimumSize().width() + self._rows.spacing() + self._second.minimumSize().width()
        in_line = event.size().width() >= needed
        self._rows.setDirection(flow.LeftToRight if in_line else flow.TopToBottom)

    def show_profiles(self, profiles: Sequence[Mapping[str, Any]], problem: str = "") -> None:
        """Offer these, and a folder; with a ``problem`` say why there are none."""
        self._profiles.clear()
        for profile in profiles:
            action = self._profiles.addAction(f"{shown(profile['name'])}\t{profile['kind']}")
            action.setData(profile["name"])
            action.setToolTip(profile["cwd"])
        if not profiles:
            words = problem or self.tr("No profiles: add them under 'runs' in budget.yaml")
            self._profiles.addAction(words).setEnabled(False)
        self._profiles.addSeparator()
        self._profiles.addAction(self.choose_folder)

    def open_profiles(self) -> None:
        """Open the menu of profiles below the Run button."""
        self._profiles.popup(self.run_button.mapToGlobal(self.run_button.rect().bottomLeft()))

    @property
    def profiles(self) -> QMenu:
        """The menu of profiles."""
        return self._profiles

    @Slot(QAction)
    def _on_profile(self, action: QAction) -> None:
        if isinstance(action.data(), str):
            self.profile_chosen.emit(action.data())

    def show_state(self, state: BarState) -> None:
        """Say what is run, and enable what makes sense now."""
        text = shown(state.subject)
        self._subject.setText(text)
        self._subject.setToolTip(text)
        idle = not state.running
        self.choose_folder.setEnabled(idle)
        self.run.setEnabled(idle)
        self.cancel.setEnabled(state.running and not state.cancelling)
        self.rerun_all.setEnabled(idle and bool(state.subject))
        self.rerun_failed.setEnabled(idle and state.any_bad and bool(state.subject))
        self.rerun_one.setEnabled(idle and state.selected and bool(state.subject))
        self.save_log.setEnabled(state.logged)
        self.copy_log.setEnabled(state.logged)
        self.open_report.setEnabled(state.reported)
        self._report_button.setVisible(state.reported)


class _ActionButton(QPushButton):
    """A push button that is enabled, named and triggered as its action."""

    def __init__(self, action: QAction, *, primary: bool = False) -> None:
        super().__init__(action.text())
        self._primary = primary
        self.setToolTip(action.toolTip())
        self.setAccessibleDescription(action.statusTip())
        self.setAccessibleName(action.text().rstrip("…"))
        self.clicked.connect(action.trigger)
        action.enabledChanged.connect(self._on_enabled)
        self._on_enabled(action.isEnabled())

    @Slot(bool)
    def _on_enabled(self, on: bool) -> None:
        self.setEnabled(on)
        set_dynamic(self, "primary", self._primary and on)  # what cannot be pressed must not look like the thing to do


def _action(owner: QWidget, text: str, shortcut: str, explanation: str) -> QAction:
    action = QAction(text, owner)
    action.setStatusTip(explanation)
    action.setToolTip(f"{explanation} ({shortcut})" if shortcut else explanation)
    if shortcut:
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    owner.addAction(action)
    return action


def _menu_button(text: str, name: str, actions: Sequence[QAction], parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    menu = QMenu(button)
    menu.addActions(actions)
    button.setText(f"{text} ▾")
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button


def _toggle(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setAccessibleName(action.text())
    return button
