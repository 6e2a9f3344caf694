"""The line at the foot of the window: which ledger this is, how it does, and how old the picture is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from budgetmon.gui.state.formatting import NOTHING, age, count, counted, data_size, number
from budgetmon.gui.state.freshness import Freshness
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.icon_label import IconLabel
from budgetmon.gui.widgets.labels import elided_role_label, role_label, set_tone
from budgetmon.monitor.snapshot import Snapshot

_FRESHNESS = {
    Freshness.FRESH: ("ok", Tone.OK),
    Freshness.AGEING: ("held", Tone.WARNING),
    Freshness.STALE: ("warning", Tone.DANGER),
}


class StatusLine(QFrame):
    """Facts about the ledger at the left, the age of the picture at the right."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self._picture: tuple[str, ...] = ()
        self._pulse: tuple[str, ...] = ()
        self._icon = IconLabel(themer, "ledger", Tone.MUTED, 14)
        self._path = elided_role_label("small", mode=Qt.TextElideMode.ElideMiddle)
        self._path.setAccessibleName(self.tr("Ledger file"))
        self._facts = elided_role_label("small")
        self._facts.setAccessibleName(self.tr("Facts about the ledger"))
        self._age_icon = IconLabel(themer, "held", Tone.MUTED, 14)
        self._age = role_label("small")
        self._age.setAccessibleName(self.tr("Age of the picture"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.setSpacing(6)
        layout.addWidget(self._icon)
        layout.addWidget(self._path, 1)
        layout.addSpacing(10)
        layout.addWidget(self._facts, 4)
        layout.addWidget(self._age_icon)
        layout.addWidget(self._age)

    def show_ledger(self, path: Path) -> None:
        """Show which file is watched; its whole path is in the tooltip."""
        self._path.setText(str(path))
        self._path.setToolTip(str(path))
        self._path.setMaximumWidth(self._path.sizeHint().width())
        self._picture = self._pulse = ()
        self._show_facts("")

    def show_picture(self, snapshot: Snapshot) -> None:
        """Show the facts that come with a picture."""
        ledger = snapshot.ledger
        alive = sum(worker.alive is True for worker in snapshot.workers)
        unpriced = snapshot.totals.unpriced_calls
        self._picture = (
            self.tr("{count} alive").format(count=counted(alive, "writer")),
            self.tr("{count} unpriced").format(count=count(unpriced)) if unpriced else self.tr("all priced"),
            self.tr("WAL {size}").format(size=data_size(ledger.wal_bytes)),
            ledger.zone,
        )
        self._show_facts(
            self.tr(
                "{calls} of {all} are priced. The write-ahead log holds {size}. Times are shown in {zone}. "
                "Durability {durability}, schema {schema}."
            ).format(
                calls=count(snapshot.totals.calls - unpriced),
                all=counted(snapshot.totals.calls, "call"),
                size=data_size(ledger.wal_bytes),
                zone=ledger.zone,
                durability=ledger.durability,
                schema=ledger.schema,
            )
        )

    def show_pulse(self, per_second: float | None, cost: float | None) -> None:
        """Show how many calls a second arrive, and how many seconds the last reading took."""
        rate = NOTHING if per_second is None else number(per_second, 1 if per_second < 100 else 0)
        self._pulse = (self.tr("{rate} calls/s").format(rate=rate),)
        if cost is not None:
            self._pulse += (self.tr("poll {time}").format(time=self.tr("{count} ms").format(count=number(cost * 1000, 1))),)
        self._show_facts(self._facts.toolTip())

    def _show_facts(self, more: str) -> None:
        facts = (*self._pulse[:1], *self._picture, *self._pulse[1:]) if self._picture else ()
        words = "   ·   ".join(facts)
        self._facts.setToolTip(more)
        if words != self._facts.text():
            self._facts.setText(words)
            self._facts.updateGeometry()

    def facts(self) -> str:
        """What it says about the ledger."""
        return self._facts.text()

    def show_age(self, seconds: float | None, tier: Freshness, *, paused: bool) -> None:
        """Show how long ago the picture was last known to be true; None is before the first one."""
        if seconds is None:
            self._age.setText(self.tr("No picture yet"))
            self._age_icon.show_icon("held", Tone.MUTED)
            set_tone(self._age, None)
            return
        if paused:
            self._age.setText(self.tr("Paused, picture of {age}").format(age=age(seconds)))
            self._age_icon.show_icon("pause", Tone.WARNING)
            set_tone(self._age, Tone.WARNING)
            return
        name, tone = _FRESHNESS[tier]
        words = {
            Freshness.FRESH: self.tr("Live, checked {age}"),
            Freshness.AGEING: self.tr("Late, checked {age}"),
            Freshness.STALE: self.tr("Stale, checked {age}"),
        }
        self._age.setText(words[tier].format(age=age(seconds)))
        self._age_icon.show_icon(name, tone)
        set_tone(self._age, tone)

    def age_words(self) -> str:
        """What it says about the age."""
        return self._age.text()
