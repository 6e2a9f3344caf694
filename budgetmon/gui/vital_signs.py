"""How the watched ledger does and how old its picture is, kept in one place and shown in bar, status line and content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from budgetmon.gui.dashboard import Dashboard
from budgetmon.gui.feed.feed import Feed
from budgetmon.gui.state.call_rate import CallRate
from budgetmon.gui.state.formatting import told_age
from budgetmon.gui.state.freshness import Freshness, freshness
from budgetmon.gui.state.health import health
from budgetmon.gui.troubles import words_for
from budgetmon.gui.widgets.ledger_bar import LedgerBar
from budgetmon.gui.widgets.status_line import StatusLine
from budgetmon.monitor.snapshot import Snapshot
from budgetmon.monitor.trouble import LedgerTrouble


class VitalSigns:
    """Told what the feed says; ``show`` brings everything up to date, and does nothing where nothing would be said anew.

    GUI thread only.
    """

    def __init__(
        self,
        feed: Feed,
        bar: LedgerBar,
        status: StatusLine,
        dashboard: Dashboard,
        now: Callable[[], int],
        monotonic: Callable[[], float],
    ) -> None:
        self._feed = feed
        self._bar = bar
        self._status = status
        self._dashboard = dashboard
        self._now = now
        self._monotonic = monotonic
        self._rate = CallRate()
        self._confirmed_at: float | None = None
        self._trouble: LedgerTrouble | None = None
        self._calls = 0
        self._shown: Snapshot | None = None
        self._said: tuple[object, ...] = ()  # what the words hang on
        self._awake_since: float | None = None
        self.paused = False

    def opened(self, path: Path) -> None:
        """Another ledger is watched from now on."""
        self._confirmed_at = self._trouble = self._shown = None
        self._said = ()
        self._rate.forget()
        self._bar.show_ledger(path)
        self._status.show_ledger(path)
        self.show()

    def pictured(self, snapshot: Snapshot) -> None:
        """A picture came, whether or not it is shown."""
        self._calls = snapshot.totals.calls
        self.confirmed()

    def confirmed(self) -> None:
        """The newest picture is true at this moment."""
        self._trouble = None
        self._confirmed_at = self._monotonic()
        self._rate.observe(self._confirmed_at, self._calls)
        self.show()

    def woke(self) -> None:
        """Nobody asked for a while, on purpose: that is no trouble of the ledger, and says nothing about its calls."""
        self._awake_since = self._monotonic()
        self._rate.forget()

    def troubled(self, trouble: LedgerTrouble) -> None:
        """The ledger cannot be read now."""
        self._trouble = trouble
        self.show()

    def shown(self, snapshot: Snapshot) -> None:
        """This picture is shown now."""
        self._shown = snapshot
        self._said = ()
        self._status.show_picture(snapshot)
        self.show()

    def show(self) -> None:
        """Say how everything stands at this moment."""
        seconds = None if self._confirmed_at is None else self._monotonic() - self._confirmed_at
        tier = self._tier(seconds)
        if self.paused and self._shown is not None:
            seconds = max(0.0, (self._now() - self._shown.as_of) / 1000)
        seconds = seconds if self._shown is not None else None
        rate, cost = self._rate.per_second(), self._feed.cost_seconds
        told = (None if seconds is None else told_age(seconds), tier, self.paused, self._trouble, rate, cost)
        if told == self._said:
            return
        self._said = told
        self._status.show_pulse(rate, cost)
        self._status.show_age(seconds, tier, paused=self.paused)
        self._dashboard.show_stale(tier is Freshness.STALE and self._shown is not None)
        kind = self._trouble.trouble if self._trouble is not None else None
        words = words_for(self._trouble, seen=self._shown is not None) if self._trouble is not None else None
        sentence = f"{words.headline}. {words.sentence}" if words is not None else self._status.age_words()
        self._bar.chip.show_health(health(kind, seconds, tier, paused=self.paused), sentence)

    def _tier(self, seconds: float | None) -> Freshness:
        if seconds is None:
            return Freshness.FRESH
        tier, since = freshness(seconds, self._feed.period_seconds), self._awake_since
        if tier is Freshness.STALE and since is not None:
            # An old picture looks stale once it was asked about for as long.
            asked = freshness(self._monotonic() - since, self._feed.period_seconds)
            return Freshness.AGEING if asked is Freshness.FRESH else asked
        return tier
