"""What grows older while nobody writes: the age of the picture, countdowns, the "now" lines, windows that end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from budgetmon.gui.dashboard import Dashboard
from budgetmon.gui.feed.feed import Feed
from budgetmon.gui.range_control import RangeControl
from budgetmon.gui.vital_signs import VitalSigns
from budgetmon.monitor.snapshot import Snapshot

_TICK_MS = 1200  # a little more than the period, to count the age of the picture while answers fail to come
_SHORT_PERIOD = 2.0  # seconds; in longer ones the age counts between answers, too
_REDRAW_SECONDS = 10  # how often countdowns and charts may move on while nothing new arrives


class PassingTime(QObject):
    """Moves on with each answer of the feed, and by a timer of its own only while none comes. GUI thread only."""

    def __init__(
        self,
        feed: Feed,
        signs: VitalSigns,
        ranges: RangeControl,
        dashboard: Dashboard,
        now: Callable[[], int],
        monotonic: Callable[[], float],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._feed = feed
        self._signs = signs
        self._ranges = ranges
        self._dashboard = dashboard
        self._now = now
        self._monotonic = monotonic
        self._window = window
        self._snapshot: Snapshot | None = None
        self._drawn_at = 0.0
        self._ticker = QTimer(self)
        self._ticker.setInterval(_TICK_MS)
        self._ticker.timeout.connect(self.on_tick)

    def start(self) -> None:
        """Let time pass."""
        self._ticker.start(_TICK_MS)

    def stop(self) -> None:
        """Let nothing grow older any more."""
        self._ticker.stop()

    def shown(self, snapshot: Snapshot | None) -> None:
        """This picture is shown from now on; None while there is none."""
        self._snapshot = snapshot
        self._drawn_at = self._monotonic()

    def answered(self) -> None:
        """The feed said that nothing changed: the timer need not wake up while answers come."""
        self._pass()
        period = self._feed.period_seconds
        self._ticker.start(round(_TICK_MS * (period if 1 <= period <= _SHORT_PERIOD else 1)))

    @Slot()
    def on_tick(self) -> None:
        """No answer came for a while."""
        self._signs.show()
        self._pass()

    @Slot(bool)
    def sleep(self, asleep: bool) -> None:
        """Ask and redraw nothing while the screen is locked; awake again, ask at once. What happened meanwhile is alerted
        then: nobody is there to see a notification before.
        """
        self._feed.sleep(asleep)
        if asleep:
            self.stop()
        else:
            self._signs.woke()
            self.start()

    def _pass(self) -> None:
        if self._snapshot is None or self._signs.paused or self._window.isMinimized():
            return
        now, as_of = self._now(), self._snapshot.as_of
        if any(as_of < budget.window.end <= now for budget in self._snapshot.budgets if not budget.rolls):
            # A window ended and nobody has written since: only a whole new picture shows the next one.
            self._feed.ask_now(fresh=True)
        if self._monotonic() - self._drawn_at >= _REDRAW_SECONDS:
            self._drawn_at = self._monotonic()
            self._ranges.pass_time()
            self._dashboard.pass_time(max(now, as_of))
