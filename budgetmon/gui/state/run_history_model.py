"""Earlier runs as a table: what became of each, and what it cost."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from budgetmon.core.rules.money import decimal_text
from budgetmon.core.rules.runs import RunStatus
from budgetmon.gui.state.formatting import NOTHING, count, decimal, full_stamp, money, percent_sign, stamp, took
from budgetmon.gui.state.rows_model import Column, RowsModel
from budgetmon.gui.state.run_words import run_word
from budgetmon.monitor.snapshot import RunRow

_TONES = {
    RunStatus.RUNNING: ("info", "run"),
    RunStatus.PASSED: ("ok", "ok"),
    RunStatus.FAILED: ("danger", "exhausted"),
    RunStatus.CRASHED: ("danger", "exhausted"),
    RunStatus.ERROR: ("danger", "warning"),
    RunStatus.CANCELLED: ("warning", "released"),
    RunStatus.TIMED_OUT: ("warning", "doubt"),
}


def counts_words(row: RunRow) -> str:
    """``"14 passed, 8 failed"``."""
    return ", ".join(f"{count(number)} {run_word(outcome)}" for outcome, number in row.counts if number) or NOTHING


def hit_rate_words(row: RunRow) -> str:
    """``"63.2%"``, or an en dash before the first lookup."""
    return NOTHING if row.hit_rate is None else percent_sign(decimal(100 * row.hit_rate, 1))


def _columns() -> tuple[Column[RunRow], ...]:
    """Made when a table is made, so that a translation is there."""
    return (
        Column(_tr("Run"), lambda row, _: row.name, 136, tip=lambda row, _: row.folder or row.name, sort=lambda row: row.id),
        Column(
            _tr("State"),
            lambda row, _: run_word(row.status) if row.status else NOTHING,
            108,
            tone=lambda row: _TONES[row.status][0] if row.status else None,
            icon=lambda row: _TONES[row.status][1] if row.status else None,
            tip=lambda row, _: row.detail,
        ),
        Column(
            _tr("Started"),
            lambda row, clock: stamp(row.started_at, clock.zone, clock.now),
            80,
            sort=lambda row: row.started_at,
            tip=lambda row, clock: full_stamp(row.started_at, clock.zone),
        ),
        Column(_tr("Took"), lambda row, _: took(row.took_ms), 66, numeric=True, sort=lambda row: row.took_ms or 0),
        Column(_tr("Results"), lambda row, _: counts_words(row), 126, tip=lambda row, _: counts_words(row), optional=True),
        Column(_tr("Calls"), lambda row, _: count(row.calls), 54, numeric=True, sort=lambda row: row.calls),
        Column(_tr("Refused"), lambda row, _: count(row.refused), 68, numeric=True, sort=lambda row: row.refused),
        Column(
            _tr("Cost"),
            lambda row, _: money(row.cost),
            66,
            numeric=True,
            of_money=True,
            sort=lambda row: row.cost,
            copy=lambda row, _: decimal_text(row.cost),
        ),
        Column(
            _tr("Hit rate"),
            lambda row, _: hit_rate_words(row),
            68,
            numeric=True,
            sort=lambda row: -1.0 if row.hit_rate is None else row.hit_rate,
            explained=_tr("Hits of all lookups in named caches by processes of the run"),
        ),
    )


class RunHistoryModel(RowsModel[RunRow]):
    """The runs of a snapshot that a profile or a folder has started."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), lambda row: row.id, parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("RunHistory", text)
