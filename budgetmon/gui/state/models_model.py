"""Models as a table: where the money goes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from budgetmon.core.rules.money import decimal_text
from budgetmon.gui.state.formatting import NOTHING, count, money, percent
from budgetmon.gui.state.rows_model import Column, RowsModel
from budgetmon.monitor.snapshot import NamedTotals


def coverage_words(row: NamedTotals) -> str:
    """How many of its calls have a price: ``"37 of 40"``, ``"all"``."""
    totals = row.totals
    if not totals.unpriced_calls:
        return "all" if totals.calls else NOTHING
    return f"{count(totals.calls - totals.unpriced_calls)} of {count(totals.calls)}"


def _cost(row: NamedTotals) -> str:
    totals = row.totals
    return NOTHING if totals.unpriced_calls and totals.unpriced_calls == totals.calls else money(totals.cost)


def _failed_tip(row: NamedTotals) -> str:
    totals = row.totals
    return f"{percent(totals.failed / totals.calls)} of its calls failed" if totals.calls else "No calls"


COLUMNS: tuple[Column[NamedTotals], ...] = (
    Column("Model", lambda row, _: row.name, 166),
    Column("Provider", lambda row, _: row.provider, 110),
    Column(
        "Cost",
        lambda row, _: _cost(row),
        90,
        numeric=True,
        sort=lambda row: row.totals.cost,
        copy=lambda row, _: decimal_text(row.totals.cost),
    ),
    Column("Calls", lambda row, _: count(row.totals.calls), 84, numeric=True, sort=lambda row: row.totals.calls),
    Column(
        "Failed",
        lambda row, _: count(row.totals.failed),
        80,
        numeric=True,
        sort=lambda row: row.totals.failed,
        tip=lambda row, _: _failed_tip(row),
    ),
    Column("Refused", lambda row, _: count(row.totals.refused), 84, numeric=True, sort=lambda row: row.totals.refused),
    Column(
        "In",
        lambda row, _: count(row.totals.input_tokens),
        98,
        numeric=True,
        sort=lambda row: row.totals.input_tokens,
        explained="Input tokens",
    ),
    Column(
        "Out",
        lambda row, _: count(row.totals.output_tokens),
        98,
        numeric=True,
        sort=lambda row: row.totals.output_tokens,
        explained="Output tokens",
    ),
    Column(
        "Priced",
        lambda row, _: coverage_words(row),
        88,
        numeric=True,
        sort=lambda row: -row.totals.unpriced_calls,
        explained="How many of the calls have a known price",
    ),
)


class ModelsModel(RowsModel[NamedTotals]):
    """The models of a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: (row.provider, row.name), parent)
