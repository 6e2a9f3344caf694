"""The line at the foot of the window: which ledger this is, how it does, and how old the picture is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from budgetmon.gui.state.formatting import age, counted, data_size
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
        self._icon = IconLabel(themer, "ledger", Tone.MUTED, 14)
        self._path = elided_role_label("small", mode=Qt.TextElideMode.ElideMiddle)
        self._path.setAccessibleName("Ledger file")
        self._facts = elided_role_label("small")
        self._facts.setAccessibleName("Facts about the ledger")
        self._age_icon = IconLabel(themer, "held", Tone.MUTED, 14)
        self._age = role_label("small")
        self._age.setAccessibleName("Age of the picture")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 5, 12, 5)
        layout.setSpacing(6)
        layout.addWidget(self._icon)
        layout.addWidget(self._path, 3)
        layout.addSpacing(10)
        layout.addWidget(self._facts, 2)
        layout.addWidget(self._age_icon)
        layout.addWidget(self._age)

    def show_ledger(self, path: Path) -> None:
        """Show which file is watched; its whole path is in the tooltip."""
        self._path.setText(str(path))
        self._path.setToolTip(str(path))
        self._facts.setText("")
        self._path.setMaximumWidth(self._path.sizeHint().width())

    def show_picture(self, snapshot: Snapshot) -> None:
        """Show the facts that come with a picture."""
        ledger = snapshot.ledger
        self._facts.setText(
            f"{counted(snapshot.totals.calls, 'call')}   ·   {ledger.zone}   ·   WAL {data_size(ledger.wal_bytes)}"
            f"   ·   durability {ledger.durability}"
        )
        self._facts.setToolTip(
            f"Times are shown in {ledger.zone}. "
            f"The write-ahead log holds {data_size(ledger.wal_bytes)}. "
            f"Schema {ledger.schema}."
        )
        self._facts.updateGeometry()

    def show_age(self, seconds: float | None, tier: Freshness, *, paused: bool) -> None:
        """Show how long ago the picture was last known to be true; None is before the first one."""
        if seconds is None:
            self._age.setText("No picture yet")
            self._age_icon.show_icon("held", Tone.MUTED)
            set_tone(self._age, None)
            return
        if paused:
            self._age.setText(f"Paused, picture of {age(seconds)}")
            self._age_icon.show_icon("pause", Tone.WARNING)
            set_tone(self._age, Tone.WARNING)
            return
        name, tone = _FRESHNESS[tier]
        self._age.setText(f"{tier.value}, checked {age(seconds)}")
        self._age_icon.show_icon(name, tone)
        set_tone(self._age, tone)

    def age_words(self) -> str:
        """What it says about the age."""
        return self._age.text()
