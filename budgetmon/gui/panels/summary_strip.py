"""The figures at the top: what was spent, what is set aside, what was refused, what the caches save."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from budgetmon.gui.state.formatting import NOTHING, count, counted, money, percent
from budgetmon.gui.widgets.labels import elided_role_label, role_label, set_dynamic, set_tone
from budgetmon.monitor.snapshot import Snapshot


class _Figure(QWidget):
    """A caption, a large number and a note."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self._figure = role_label("figure", NOTHING)
        self._note = elided_role_label("small")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(elided_role_label("caption", caption))
        layout.addWidget(self._figure)
        layout.addWidget(self._note)
        self._caption = caption
        self.say(NOTHING, "")

    def say(self, figure: str, note: str, tone: str | None = None) -> None:
        self._figure.setText(figure)
        set_tone(self._figure, tone)
        self._note.setText(note)
        self.setToolTip(note)
        self.setAccessibleName(f"{self._caption}: {figure}. {note}")

    def show_note(self, shown: bool) -> None:
        self._note.setVisible(shown)


class SummaryStrip(QFrame):
    """Totals of the whole ledger, in one card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("Totals of the ledger"))
        self._spent = _Figure(self.tr("Spent"))
        self._held = _Figure(self.tr("Held"))
        self._doubt = _Figure(self.tr("In doubt"))
        self._calls = _Figure(self.tr("Calls"))
        self._refused = _Figure(self.tr("Refused"))
        self._caches = _Figure(self.tr("Cache hit rate"))
        self._saved = _Figure(self.tr("Saved by caches"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(16)
        self._figures = (self._spent, self._held, self._doubt, self._calls, self._refused, self._caches, self._saved)
        for number, figure in enumerate(self._figures):
            if number:
                layout.addWidget(_rule())
            layout.addWidget(figure, 1)

    def show_picture(self, snapshot: Snapshot) -> None:
        """Show the totals of ``snapshot``."""
        totals = snapshot.totals
        priced = self.tr("all calls priced") if totals.calls else self.tr("no calls yet")
        unpriced = self.tr("{calls} unpriced").format(calls=counted(totals.unpriced_calls, "call"))
        self._spent.say(money(totals.cost), unpriced if totals.unpriced_calls else priced)
        alive = sum(1 for worker in snapshot.workers if worker.alive)
        by = self.tr("by {workers}").format(workers=counted(alive, "live worker"))
        self._held.say(money(totals.held), by if alive else self.tr("no live worker"))
        self._doubt.say(
            money(totals.in_doubt),
            self.tr("nobody knows yet") if totals.in_doubt else self.tr("nothing open"),
            "warning" if totals.in_doubt else None,
        )
        failed = self.tr("{count} failed").format(count=count(totals.failed))
        self._calls.say(count(totals.calls), failed if totals.failed else self.tr("none failed"))
        latest = self.tr("none")
        if totals.refused and snapshot.refusals:
            last = snapshot.refusals[0]
            by_budget = self.tr("last by {budget}").format(budget=last.budget)
            latest = self.tr("last by a pause") if last.window is None else by_budget
        self._refused.say(count(totals.refused), latest, "danger" if totals.refused else None)
        self._show_caches(snapshot)

    def make_compact(self, compact: bool) -> None:
        """Leave the notes out where height is short; they stay in the tooltips."""
        for figure in self._figures:
            figure.show_note(not compact)

    def _show_caches(self, snapshot: Snapshot) -> None:
        hits = sum(cache.hits for cache in snapshot.caches)
        lookups = hits + sum(cache.misses for cache in snapshot.caches)
        known = [cache.saved for cache in snapshot.caches if cache.saved is not None]
        if lookups:
            self._caches.say(percent(hits / lookups), self.tr("of {lookups}").format(lookups=counted(lookups, "lookup")))
        else:
            self._caches.say(NOTHING, self.tr("no lookups yet"))
        if known:
            self._saved.say(money(sum(known)), self.tr("by {hits}").format(hits=counted(hits, "hit")))
        else:
            self._saved.say(NOTHING, self.tr("not known yet"))


def _rule() -> QLabel:
    line = QLabel()
    line.setFixedWidth(1)
    set_dynamic(line, "divider", True)
    return line
