"""Refusals as a table, newest first."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from budgetmon.gui.state.formatting import NOTHING, amount_words, full_stamp, longest_stamp, stamp
from budgetmon.gui.state.rows_model import Column, RowsModel
from budgetmon.monitor.filters import Field, spelled
from budgetmon.monitor.snapshot import RefusalRow


def _columns() -> tuple[Column[RefusalRow], ...]:
    """Made when a table is made, so that a translation is there."""
    return (
        Column(
            _tr("Time"),
            lambda row, clock: stamp(row.at, clock.zone, clock.now),
            106,
            whole=(longest_stamp(),),
            sort=lambda row: row.id,
            tip=lambda row, clock: full_stamp(row.at, clock.zone),
            copy=lambda row, clock: full_stamp(row.at, clock.zone),
        ),
        Column(
            _tr("Budget"),
            lambda row, _: row.budget,
            132,
            tip=lambda row, _: row.receipt,
            token=lambda row: spelled(Field.BUDGET, row.budget),
        ),
        Column(
            _tr("Provider"),
            lambda row, _: row.provider,
            106,
            tip=lambda row, _: row.receipt,
            token=lambda row: spelled(Field.PROVIDER, row.provider),
        ),
        Column(
            _tr("Model"),
            lambda row, _: row.model,
            94,
            tip=lambda row, _: row.receipt,
            token=lambda row: spelled(Field.MODEL, row.model),
        ),
        Column(
            _tr("Asked"),
            lambda row, _: amount_words(row.unit, row.asked),
            84,
            numeric=True,
            sort=lambda row: row.asked,
            explained=_tr("What the call wanted to set aside"),
        ),
        Column(
            _tr("Free"),
            lambda row, _: amount_words(row.unit, row.free),
            84,
            numeric=True,
            sort=lambda row: row.free,
            explained=_tr("What the budget had left at that instant"),
        ),
        Column(
            _tr("Tag"),
            lambda row, _: row.tag or NOTHING,
            62,
            optional=True,
            token=lambda row: spelled(Field.TAG, row.tag or ""),
        ),
    )


class RefusalsModel(RowsModel[RefusalRow]):
    """The refusals of a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), lambda row: row.id, parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Refusals", text)
