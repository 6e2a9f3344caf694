"""Refusals as a table, newest first."""

from __future__ import annotations

from PySide6.QtCore import QObject

from budgetmon.gui.state.formatting import NOTHING, amount_words, full_stamp, stamp
from budgetmon.gui.state.rows_model import Column, RowsModel
from budgetmon.monitor.filters import Field, spelled
from budgetmon.monitor.snapshot import RefusalRow

COLUMNS: tuple[Column[RefusalRow], ...] = (
    Column(
        "Time",
        lambda row, clock: stamp(row.at, clock.zone, clock.now),
        106,
        sort=lambda row: row.id,
        tip=lambda row, clock: full_stamp(row.at, clock.zone),
        copy=lambda row, clock: full_stamp(row.at, clock.zone),
    ),
    Column(
        "Budget",
        lambda row, _: row.budget,
        132,
        tip=lambda row, _: row.receipt,
        token=lambda row: spelled(Field.BUDGET, row.budget),
    ),
    Column(
        "Provider",
        lambda row, _: row.provider,
        106,
        tip=lambda row, _: row.receipt,
        token=lambda row: spelled(Field.PROVIDER, row.provider),
    ),
    Column(
        "Model", lambda row, _: row.model, 94, tip=lambda row, _: row.receipt, token=lambda row: spelled(Field.MODEL, row.model)
    ),
    Column(
        "Asked",
        lambda row, _: amount_words(row.unit, row.asked),
        84,
        numeric=True,
        sort=lambda row: row.asked,
        explained="What the call wanted to set aside",
    ),
    Column(
        "Free",
        lambda row, _: amount_words(row.unit, row.free),
        84,
        numeric=True,
        sort=lambda row: row.free,
        explained="What the budget had left at that instant",
    ),
    Column("Tag", lambda row, _: row.tag or NOTHING, 62, optional=True, token=lambda row: spelled(Field.TAG, row.tag or "")),
)


class RefusalsModel(RowsModel[RefusalRow]):
    """The refusals of a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.id, parent)
