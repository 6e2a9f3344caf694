"""The stretch of time that the charts show: presets, a drag over a chart, a budget's window, two instants, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from budgetmon.gui.action_specs import SPANS
from budgetmon.gui.actions import Actions
from budgetmon.gui.dashboard import Dashboard
from budgetmon.gui.dialogs.range_dialog import RangeDialog
from budgetmon.gui.feed.feed import Feed
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.formatting import moment, stretch_words
from budgetmon.gui.state.range_history import RangeHistory, TimeRange, between, growing
from budgetmon.monitor.snapshot import Ask, Snapshot


class RangeControl(QObject):
    """Decides which range is asked for. ``changed`` when it is another one. GUI thread only."""

    changed = Signal()

    def __init__(
        self, feed: Feed, dashboard: Dashboard, actions: Actions, settings: Settings, now: Callable[[], int], window: QWidget
    ) -> None:
        super().__init__(window)
        self._feed = feed
        self._dashboard = dashboard
        self._actions = actions
        self._settings = settings
        self._now = now
        self._window = window
        self._snapshot: Snapshot | None = None
        self._history = RangeHistory((TimeRange(feed.ask.span),))
        actions.serve(self)
        actions.spans.triggered.connect(self._on_preset)
        dashboard.stretch_chosen.connect(self.show_stretch)
        dashboard.follow_asked.connect(self.on_range_follow)
        self._show()

    @property
    def current(self) -> TimeRange:
        """The range in force."""
        return self._history.current

    @property
    def is_preset(self) -> bool:
        """Whether it is one of the spans that have a button."""
        current = self.current
        return current.follows and current.since is None and current.span in SPANS

    def words(self) -> str:
        """The range in words: ``"in the last 6 h"``, ``"from 14:00 to 15:30"``, ``"since Mon 00:00"``."""
        zone, now = self._zone(), self._now()
        current = self.current
        if current.follows and current.since is not None:
            return self.tr("since {time}").format(time=moment(current.since, zone, now))
        return stretch_words(Ask(span=current.span, until=current.until), zone, now)

    def show_picture(self, snapshot: Snapshot | None) -> None:
        """Know the picture that is shown: its zone, and which budgets there are. None while there is none."""
        self._snapshot = snapshot
        self._actions["range_window"].setEnabled(snapshot is not None and bool(snapshot.budgets))

    def pass_time(self) -> None:
        """Let a range that grows grow."""
        if self.current.since is not None:
            self._ask()

    def cover(self, since: int, until: int) -> None:
        """Show the present if what happened from ``since`` to ``until`` is in sight then; that stretch with a margin if not."""
        now = self._now()
        if self.current.follows and timedelta(milliseconds=now - since) <= self.current.span_at(now):
            return
        preset = next((each for each in SPANS if timedelta(milliseconds=now - since) <= each), None)
        if preset is not None:
            self._go(TimeRange(preset))
        else:
            margin = max(60_000, (until - since) // 10)
            self._go(between(since - margin, min(now, until + margin)))

    @Slot(object, object)
    def show_stretch(self, since: int, until: int) -> None:
        """Show the time between two UTC milliseconds."""
        self._go(between(since, until))

    @Slot()
    def on_range_back(self) -> None:
        """Show the range before."""
        self._take(self._history.back())

    @Slot()
    def on_range_forward(self) -> None:
        """Show the next range again."""
        self._take(self._history.forward())

    @Slot()
    def on_range_follow(self) -> None:
        """Let the range end now again."""
        if not self.current.follows:
            self._go(self._history.followed(TimeRange(self._settings.span(SPANS))))

    @Slot()
    def on_range_window(self) -> None:
        """Show the window of the budget that the burn-down shows."""
        budget = self._dashboard.charts.burn_down.chosen
        if budget is None or self._snapshot is None:
            return
        born = self._snapshot.ledger.created_at
        if budget.rolls:
            self._go(TimeRange(timedelta(milliseconds=budget.window.end - budget.window.start)))
        else:
            self._go(growing(max(budget.window.start, born), self._now()))

    @Slot()
    def on_range_custom(self) -> None:
        """Ask for both ends of the range."""
        now, current = self._now(), self.current
        until = now if current.until is None else current.until
        since = until - round(current.span_at(now).total_seconds() * 1000)
        dialog = RangeDialog(since, until, self._zone(), self._window)
        dialog.chosen.connect(self.show_stretch)
        dialog.open()

    @Slot(QAction)
    def _on_preset(self, action: QAction) -> None:
        self._settings.set_span(action.data())
        self._go(TimeRange(action.data()))
        self._show()

    def _zone(self) -> str:
        return self._snapshot.ledger.zone if self._snapshot is not None else "UTC"

    def _go(self, chosen: TimeRange) -> None:
        self._take(self._history.with_new(chosen))

    def _take(self, history: RangeHistory) -> None:
        if history is not self._history:
            self._history = history
            self._ask()
            self._show()

    def _ask(self) -> None:
        current = self.current
        self._feed.ask_for(replace(self._feed.ask, span=current.span_at(self._now()), until=current.until))

    def _show(self) -> None:
        self._actions.show_span(self.current.span if self.is_preset else None)
        self._actions["range_back"].setEnabled(self._history.can_go_back)
        self._actions["range_forward"].setEnabled(self._history.can_go_forward)
        self._actions["range_follow"].setEnabled(not self.current.follows)
        self.changed.emit()
