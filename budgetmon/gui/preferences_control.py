"""Preferences in force: remembered, and applied at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from budgetmon.gui.actions import Actions
from budgetmon.gui.dialogs.preferences_dialog import PreferencesDialog
from budgetmon.gui.feed.feed import Feed
from budgetmon.gui.preferences import Preferences, seen_in
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.number_style import write_numbers
from budgetmon.gui.theme.themer import Scheme, Themer
from budgetmon.monitor.snapshot import Snapshot


class PreferencesControl(QObject):
    """Asks for them and applies them. ``look_changed`` when pictures have to be shown anew. GUI thread only."""

    look_changed = Signal()

    def __init__(self, feed: Feed, actions: Actions, themer: Themer, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._feed = feed
        self._actions = actions
        self._themer = themer
        self._settings = settings
        self._window = window
        self._ledger_zone = "UTC"
        write_numbers(settings.preferences.numbers)
        actions.serve(self)
        actions.schemes.triggered.connect(self._on_scheme)

    def seen(self, snapshot: Snapshot) -> Snapshot:
        """``snapshot`` in the zone that is preferred."""
        self._ledger_zone = snapshot.ledger.zone
        return seen_in(snapshot, self._settings.preferences.zone)

    @Slot()
    def on_preferences(self) -> None:
        """Open the preferences."""
        dialog = PreferencesDialog(
            self._settings.preferences,
            self._ledger_zone,
            can_notify=QSystemTrayIcon.isSystemTrayAvailable(),
            parent=self._window,
        )
        dialog.changed.connect(self.apply)
        dialog.open()

    @Slot(object)
    def apply(self, preferences: Preferences) -> None:
        """Remember these and let them hold."""
        before = self._settings.preferences
        self._settings.preferences = preferences
        if preferences.period_ms != before.period_ms:
            self._feed.set_period(preferences.period_ms)
        write_numbers(preferences.numbers)
        if (preferences.zone, preferences.numbers) != (before.zone, before.numbers):
            self.look_changed.emit()
        self._themer.choose(preferences.scheme)
        self._actions.show_scheme()

    @Slot(QAction)
    def _on_scheme(self, action: QAction) -> None:
        # Qt hands an enumeration of words back as the bare word.
        self._settings.scheme = Scheme(action.data())
        self._themer.choose(self._settings.scheme)
        self._actions.show_scheme()
