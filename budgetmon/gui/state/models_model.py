"""Models as a table: where the money goes."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from budgetmon.core.rules.money import decimal_text
from budgetmon.gui.state.formatting import NOTHING, count, money, percent
from budgetmon.gui.state.rows_model import Column, RowsModel
from budgetmon.monitor.snapshot import NamedTotals


def coverage_words(row: NamedTotals) -> str:
    """How many of its calls have a price: ``"37 of 40"``, ``"all"``."""
    totals = row.totals
    if not totals.unpriced_calls:
        return _tr("all") if totals.calls else NOTHING
    priced = count(totals.calls - totals.unpriced_calls)
    return _tr("{priced} of {all}").format(priced=priced, all=count(totals.calls))


def _cost(row: NamedTotals) -> str:
    totals = row.totals
    return NOTHING if totals.unpriced_calls and totals.unpriced_calls == totals.calls else money(totals.cost)


def _failed_tip(row: NamedTotals) -> str:
    totals = row.totals
    if not totals.calls:
        return _tr("No calls")
    return _tr("{share} of its calls failed").format(share=percent(totals.failed / totals.calls))


def _columns() -> tuple[Column[NamedTotals], ...]:
    """Made when a table is made, so that a translation is there."""
    return (
        Column(_tr("Model"), lambda row, _: row.name, 166),
        Column(_tr("Provider"), lambda row, _: row.provider, 110),
        Column(
            _tr("Cost"),
            lambda row, _: _cost(row),
            90,
            numeric=True,
            of_money=True,
            sort=lambda row: row.totals.cost,
            copy=lambda row, _: decimal_text(row.totals.cost),
        ),
        Column(_tr("Calls"), lambda row, _: count(row.totals.calls), 84, numeric=True, sort=lambda row: row.totals.calls),
        Column(
            _tr("Failed"),
            lambda row, _: count(row.totals.failed),
            80,
            numeric=True,
            sort=lambda row: row.totals.failed,
            tip=lambda row, _: _failed_tip(row),
        ),
        Column(_tr("Refused"), lambda row, _: count(row.totals.refused), 84, numeric=True, sort=lambda row: row.totals.refused),
        Column(
            _tr("In"),
            lambda row, _: count(row.totals.input_tokens),
            98,
            numeric=True,
            sort=lambda row: row.totals.input_tokens,
            explained=_tr("Input tokens"),
        ),
        Column(
            _tr("Out"),
            lambda row, _: count(row.totals.output_tokens),
            98,
            numeric=True,
            sort=lambda row: row.totals.output_tokens,
            explained=_tr("Output tokens"),
        ),
        Column(
            _tr("Priced"),
            lambda row, _: coverage_words(row),
            88,
            numeric=True,
            sort=lambda row: -row.totals.unpriced_calls,
            explained=_tr("How many of the calls have a known price"),
        ),
    )


class ModelsModel(RowsModel[NamedTotals]):
    """The models of a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), lambda row: (row.provider, row.name), parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Models", text)
