"""Calls as a table, newest first."""

from __future__ import annotations

from PySide6.QtCore import QObject

from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import decimal_text
from budgetmon.gui.state.formatting import NOTHING, count, full_stamp, money, money_or_nothing, stamp, took
from budgetmon.gui.state.rows_model import Clock, Column, RowsModel
from budgetmon.monitor.filters import Field, spelled
from budgetmon.monitor.snapshot import CallRow


def state_words(row: CallRow) -> str:
    """What became of the call: its state, and failed or overrun where that is so."""
    if row.state is CallState.SETTLED and not row.ok:
        return "failed"
    return "overrun" if row.overrun else row.state.word


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
        return "unpriced"
    return money_or_nothing(row.cost)


def _cost_tip(row: CallRow, clock: Clock) -> str:
    if row.cost is None:
        return f"Not known yet; {money(row.hold)} is set aside" if row.hold else "No price is known for this call"
    exact = f"{decimal_text(row.cost)} USD"
    return f"{exact}, {money(row.overrun)} above its hold" if row.overrun else exact


def _or_nothing(text: str | None) -> str:
    return text if text else NOTHING


def _tokens(number: int) -> str:
    return count(number) if number else NOTHING


COLUMNS: tuple[Column[CallRow], ...] = (
    Column(
        "Time",
        lambda row, clock: stamp(row.at, clock.zone, clock.now),
        104,
        sort=lambda row: row.id,
        tip=lambda row, clock: full_stamp(row.at, clock.zone),
        copy=lambda row, clock: full_stamp(row.at, clock.zone),
    ),
    Column("State", lambda row, _: state_words(row), 94, tone=state_tone, icon=state_icon, token=state_token),
    Column("Provider", lambda row, _: row.provider, 94, token=lambda row: spelled(Field.PROVIDER, row.provider)),
    Column("Model", lambda row, _: row.model, 134, token=lambda row: spelled(Field.MODEL, row.model)),
    Column("Tag", lambda row, _: _or_nothing(row.tag), 62, token=lambda row: spelled(Field.TAG, row.tag or "")),
    Column(
        "Cost",
        cost_words,
        106,
        numeric=True,
        sort=lambda row: -1 if row.cost is None else row.cost,
        tip=_cost_tip,
        copy=lambda row, _: "" if row.cost is None else decimal_text(row.cost),
    ),
    Column(
        "In",
        lambda row, _: _tokens(row.input_tokens),
        70,
        numeric=True,
        sort=lambda row: row.input_tokens,
        explained="Input tokens, without the cached ones",
    ),
    Column(
        "Out",
        lambda row, _: _tokens(row.output_tokens),
        58,
        numeric=True,
        sort=lambda row: row.output_tokens,
        explained="Output tokens",
    ),
    Column("Took", lambda row, _: took(row.took), 72, numeric=True, sort=lambda row: -1 if row.took is None else row.took),
    Column(
        "Held",
        lambda row, _: money(row.hold) if row.hold else NOTHING,
        106,
        numeric=True,
        optional=True,
        sort=lambda row: row.hold,
        explained="What was set aside before the call went out",
        copy=lambda row, _: decimal_text(row.hold),
    ),
    Column(
        "Cached",
        lambda row, _: _tokens(row.cached_input_tokens),
        70,
        numeric=True,
        optional=True,
        sort=lambda row: row.cached_input_tokens,
        explained="Input tokens that the provider had cached",
    ),
    Column(
        "Worker",
        lambda row, _: str(row.worker),
        70,
        numeric=True,
        optional=True,
        sort=lambda row: row.worker,
        token=lambda row: f"{Field.WORKER}:{row.worker}",
    ),
    Column("Run", lambda row, _: _or_nothing(row.run), 90, optional=True, token=lambda row: spelled(Field.RUN, row.run or "")),
)


class CallsModel(RowsModel[CallRow]):
    """The calls of a snapshot."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, lambda row: row.id, parent)
