"""Calls as a table, newest first."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import decimal_text
from budgetmon.gui.state.formatting import NOTHING, count, full_stamp, longest_stamp, money, money_or_nothing, stamp, took
from budgetmon.gui.state.rows_model import Clock, Column, RowsModel
from budgetmon.monitor.filters import Field, spelled
from budgetmon.monitor.snapshot import CallRow


def state_words(row: CallRow) -> str:
    """What became of the call: its state, and failed or overrun where that is so."""
    if row.state is CallState.SETTLED and not row.ok:
        return _tr("failed")
    return _tr("overrun") if row.overrun else _state_words()[row.state]


def _state_words() -> tuple[str, ...]:
    """The states in the order of CallState."""
    return (_tr("held"), _tr("settled"), _tr("released"), _tr("in doubt"))


def state_tone(row: CallRow) -> str | None:
    """The tone of the state's word."""
    if row.state is CallState.SETTLED:
        return "danger" if not row.ok else "warning" if row.overrun else "ok"
    return "warning" if row.state is CallState.IN_DOUBT else "info" if row.state is CallState.HELD else "muted"


def state_icon(row: CallRow) -> str:
    """The icon beside the state's word."""
    if row.state is CallState.SETTLED:
        return "exhausted" if not row.ok else "warning" if row.overrun else "ok"
    return {CallState.HELD: "held", CallState.IN_DOUBT: "doubt"}.get(row.state, "released")


def state_token(row: CallRow) -> str:
    """The filter that picks calls that ended like this one."""
    if row.state is CallState.SETTLED and not row.ok:
        return str(Field.FAILED)
    return str(Field.OVERRUN) if row.overrun else f"{Field.STATE}:{row.state.word.replace(' ', '-')}"


def cost_words(row: CallRow, clock: Clock) -> str:
    """What it cost; an unpriced call says so, one that is still open shows nothing."""
    if row.cost is None and row.state is CallState.SETTLED:
        return _tr("unpriced")
    return money_or_nothing(row.cost)


def _cost_tip(row: CallRow, clock: Clock) -> str:
    if row.cost is None:
        unknown = _tr("Not known yet; {amount} is set aside").format(amount=money(row.hold))
        return unknown if row.hold else _tr("No price is known for this call")
    exact = f"{decimal_text(row.cost)} USD"
    over = _tr("{exact}, {amount} above its hold").format(exact=exact, amount=money(row.overrun))
    return over if row.overrun else exact


def _or_nothing(text: str | None) -> str:
    return text if text else NOTHING


def _tokens(number: int) -> str:
    return count(number) if number else NOTHING


def _columns() -> tuple[Column[CallRow], ...]:
    """Made when a table is made, so that a translation is there."""
    return (
        Column(
            _tr("Time"),
            lambda row, clock: stamp(row.at, clock.zone, clock.now),
            104,
            whole=(longest_stamp(),),
            sort=lambda row: row.id,
            tip=lambda row, clock: full_stamp(row.at, clock.zone),
            copy=lambda row, clock: full_stamp(row.at, clock.zone),
        ),
        Column(
            _tr("State"),
            lambda row, _: state_words(row),
            94,
            tone=state_tone,
            icon=state_icon,
            token=state_token,
            whole=_state_words(),
        ),
        Column(_tr("Provider"), lambda row, _: row.provider, 94, token=lambda row: spelled(Field.PROVIDER, row.provider)),
        Column(_tr("Model"), lambda row, _: row.model, 134, token=lambda row: spelled(Field.MODEL, row.model)),
        Column(_tr("Tag"), lambda row, _: _or_nothing(row.tag), 62, token=lambda row: spelled(Field.TAG, row.tag or "")),
        Column(
            _tr("Cost"),
            cost_words,
            106,
            numeric=True,
            of_money=True,
            sort=lambda row: -1 if row.cost is None else row.cost,
            tip=_cost_tip,
            copy=lambda row, _: "" if row.cost is None else decimal_text(row.cost),
        ),
        Column(
            _tr("In"),
            lambda row, _: _tokens(row.input_tokens),
            70,
            numeric=True,
            sort=lambda row: row.input_tokens,
            explained=_tr("Input tokens, without the cached ones"),
        ),
        Column(
            _tr("Out"),
            lambda row, _: _tokens(row.output_tokens),
            58,
            numeric=True,
            sort=lambda row: row.output_tokens,
            explained=_tr("Output tokens"),
        ),
        Column(
            _tr("Took"), lambda row, _: took(row.took), 72, numeric=True, sort=lambda row: -1 if row.took is None else row.took
        ),
        Column(
            _tr("Held"),
            lambda row, _: money(row.hold) if row.hold else NOTHING,
            106,
            numeric=True,
            of_money=True,
            optional=True,
            sort=lambda row: row.hold,
            explained=_tr("What was set aside before the call went out"),
            copy=lambda row, _: decimal_text(row.hold),
        ),
        Column(
            _tr("Cached"),
            lambda row, _: _tokens(row.cached_input_tokens),
            70,
            numeric=True,
            optional=True,
            sort=lambda row: row.cached_input_tokens,
            explained=_tr("Input tokens that the provider had cached"),
        ),
        Column(
            _tr("Worker"),
            lambda row, _: str(row.worker),
            70,
            numeric=True,
            optional=True,
            sort=lambda row: row.worker,
            token=lambda row: f"{Field.WORKER}:{row.worker}",
        ),
        Column(
            _tr("Run"),
            lambda row, _: _or_nothing(row.run),
            90,
            optional=True,
            token=lambda row: spelled(Field.RUN, row.run or ""),
        ),
    )


class CallsModel(RowsModel[CallRow]):
    """The calls of a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(), lambda row: row.id, parent)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Calls", text)
