"""The alerts of one ledger, what the operator did about them, and which of them may disturb."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from budgetmon.gui.settings import Settings
from budgetmon.monitor.alerts.episodes import observed
from budgetmon.monitor.alerts.values import Alert, AlertKind, Watch
from budgetmon.monitor.snapshot import Snapshot

SNOOZE_MS = 3_600_000


class Standing(StrEnum):
    """Where an alert stands with the operator."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    SNOOZED = "snoozed"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Handling:
    """What was done about an episode; that there is one means that it was told."""

    acknowledged: bool = False
    snoozed_until: int = 0


@dataclass(frozen=True, slots=True)
class AlertRow:
    """An alert as it is shown."""

    alert: Alert
    standing: Standing
    snoozed_until: int = 0


class AlertBook(QObject):
    """Folds snapshots into alerts. ``raised`` has each new one that may disturb, once per episode. GUI thread only.

    What was acknowledged or snoozed is kept in the settings, per ledger, for as long as the episode lasts.
    """

    changed = Signal()
    raised = Signal(object)  # Alert

    def __init__(self, settings: Settings, now: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._now = now
        self._watch = Watch()
        self._ledger = ""
        self._handled: dict[str, Handling] = {}

    def observe(self, snapshot: Snapshot) -> None:
        """Take note of ``snapshot``. One of another ledger begins a new book."""
        if snapshot.ledger.path != self._ledger:
            self._ledger = snapshot.ledger.path
            self._watch = Watch()
            self._handled = _loaded(self._settings.alerts_handled(self._ledger))
        before = self._watch.alerts
        self._watch, begun = observed(self._watch, snapshot)
        self._forget_what_ended()
        for alert in begun:
            if alert.finding.key not in self._handled:
                self._handle(alert, Handling())
                if self.is_on(alert.finding.kind):
                    self.raised.emit(alert)
        if self._watch.alerts != before:
            self.changed.emit()

    def rows(self) -> tuple[AlertRow, ...]:
        """All alerts, those that last first, the newest of them on top."""
        return tuple(self._row(alert) for alert in self._watch.alerts)

    def pressing(self) -> tuple[AlertRow, ...]:
        """The open alerts of kinds that are switched on, the most severe first."""
        rows = [row for row in self.rows() if row.standing is Standing.OPEN and self.is_on(row.alert.finding.kind)]
        return tuple(sorted(rows, key=lambda row: (-row.alert.finding.severity, -row.alert.since)))

    def acknowledge(self, alert: Alert) -> None:
        """The operator knows: it disturbs no more in this episode."""
        self._change(alert, replace(self._handling(alert), acknowledged=True))

    def snooze(self, alert: Alert, until: int | None = None) -> None:
        """Leave the operator in peace until then; for an hour when ``until`` is None."""
        self._change(alert, replace(self._handling(alert), snoozed_until=until or self._now() + SNOOZE_MS))

    def is_on(self, kind: AlertKind) -> bool:
        """Whether alerts of ``kind`` may disturb; the list has them in any case."""
        return self._settings.alerts_on(kind.value)

    def switch(self, kind: AlertKind, on: bool) -> None:
        """Let alerts of ``kind`` disturb, or not."""
        self._settings.set_alerts_on(kind.value, on)
        self.changed.emit()

    def _row(self, alert: Alert) -> AlertRow:
        handling = self._handling(alert)
        if alert.ended_at is not None:
            return AlertRow(alert, Standing.OVER)
        if handling.acknowledged:
            return AlertRow(alert, Standing.ACKNOWLEDGED)
        if handling.snoozed_until > self._now():
            return AlertRow(alert, Standing.SNOOZED, handling.snoozed_until)
        return AlertRow(alert, Standing.OPEN)

    def _handling(self, alert: Alert) -> Handling:
        return self._handled.get(alert.finding.key, Handling())

    def _change(self, alert: Alert, handling: Handling) -> None:
        self._handle(alert, handling)
        self.changed.emit()

    def _handle(self, alert: Alert, handling: Handling) -> None:
        self._handled[alert.finding.key] = handling
        self._keep()

    def _forget_what_ended(self) -> None:
        lasting = {alert.finding.key for alert in self._watch.alerts if alert.ended_at is None}
        if not self._handled.keys() <= lasting:
            self._handled = {key: handling for key, handling in self._handled.items() if key in lasting}
            self._keep()

    def _keep(self) -> None:
        handled = {key: [each.acknowledged, each.snoozed_until] for key, each in self._handled.items()}
        self._settings.set_alerts_handled(self._ledger, json.dumps(handled))


def _loaded(text: str) -> dict[str, Handling]:
    """What was kept; nothing of it when it cannot be read."""
    try:
        return {str(key): Handling(bool(done), int(until)) for key, (done, until) in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        return {}
