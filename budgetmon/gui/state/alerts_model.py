"""Alerts as a table."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from budgetmon.gui.state.alert_book import AlertRow, Standing
from budgetmon.gui.state.alert_words import headline, kind_name, sentence, severity_name, tone
from budgetmon.gui.state.formatting import full_stamp, longest_stamp, rough_duration, stamp
from budgetmon.gui.state.rows_model import Clock, Column, RowsModel
from budgetmon.gui.theme.tokens import Tone
from budgetmon.monitor.alerts.values import Severity


def _tr(text: str) -> str:
    return QCoreApplication.translate("Alerts", text)


def standing_words(row: AlertRow, clock: Clock) -> str:
    """Where it stands, in a word or two."""
    words = {Standing.OPEN: _tr("Open"), Standing.ACKNOWLEDGED: _tr("Acknowledged"), Standing.OVER: _tr("Over")}
    if row.standing is Standing.SNOOZED:
        return _tr("Snoozed until {when}").format(when=stamp(row.snoozed_until, clock.zone, clock.now))
    return words[row.standing]


def _tone(row: AlertRow) -> str:
    lasting = row.standing is not Standing.OVER
    return (tone(row.alert.finding.severity) if lasting else Tone.MUTED).value


def _icon(row: AlertRow) -> str:
    if row.standing is Standing.OVER:
        return "ok"
    return {Severity.NOTE: "info", Severity.WARNING: "warning", Severity.URGENT: "exhausted"}[row.alert.finding.severity]


def _lasted(row: AlertRow, clock: Clock) -> str:
    return rough_duration((row.alert.ended_at or clock.now) - row.alert.since)


def columns() -> tuple[Column[AlertRow], ...]:
    """The columns, in the language in force."""
    return (
        Column(
            _tr("Severity"),
            lambda row, _: severity_name(row.alert.finding.severity),
            92,
            tone=_tone,
            icon=_icon,
            sort=lambda row: row.alert.finding.severity,
        ),
        Column(
            _tr("Alert"),
            lambda row, _: headline(row.alert.finding),
            250,
            tip=lambda row, _: sentence(row.alert.finding),
            copy=lambda row, _: f"{headline(row.alert.finding)}: {sentence(row.alert.finding)}",
        ),
        Column(_tr("State"), standing_words, 150),
        Column(
            _tr("Since"),
            lambda row, clock: stamp(row.alert.since, clock.zone, clock.now),
            96,
            whole=(longest_stamp(),),
            sort=lambda row: row.alert.since,
            tip=lambda row, clock: full_stamp(row.alert.since, clock.zone),
        ),
        Column(_tr("Lasted"), _lasted, 70, numeric=True),
        Column(_tr("Kind"), lambda row, _: kind_name(row.alert.finding.kind), 150, optional=True),
    )


class AlertsModel(RowsModel[AlertRow]):
    """The alerts of a book."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(columns(), lambda row: row.alert.id, parent)
