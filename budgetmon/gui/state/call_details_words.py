"""All that is known of a call in words: pairs of what and how much, in groups."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import decimal_text
from budgetmon.core.rules.prices import Rates
from budgetmon.core.rules.usage import Usage
from budgetmon.gui.state.calls_model import state_words
from budgetmon.gui.state.formatting import NOTHING, count, full_stamp, took
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.state.workers_model import alive_words
from budgetmon.monitor.call_details import CallDetails, Source
from budgetmon.monitor.snapshot import CallRow, WorkerRow

Pairs = tuple[tuple[str, str], ...]


def row_pairs(row: CallRow, clock: Clock) -> Pairs:
    """What its row tells: what was called, when, and what it cost."""
    pairs = [
        (_tr("State"), state_words(row)),
        (_tr("Time"), full_stamp(row.at, clock.zone)),
        *(((_tr("In UTC"), full_stamp(row.at, "UTC")),) if clock.zone != "UTC" else ()),
        (_tr("Provider"), row.provider),
        (_tr("Model"), row.model),
        (_tr("Tag"), row.tag or NOTHING),
        (_tr("Run"), row.run or NOTHING),
        (_tr("Took"), took(row.took)),
        (_tr("Held"), _usd(row.hold)),
        (_tr("Cost"), _cost(row)),
    ]
    if row.overrun:
        pairs.append((_tr("Overrun"), _usd(row.overrun)))
    return tuple(pairs)


def usage_pairs(usage: Usage, state: CallState) -> Pairs:
    """What it used, in the buckets that are not empty; of an open call what it was expected to use at most."""
    buckets = (
        (_tr("Input tokens"), usage.input_tokens),
        (_tr("Cached input tokens"), usage.cached_input_tokens),
        (_tr("Cache write tokens"), usage.cache_write_tokens),
        (_tr("Output tokens"), usage.output_tokens),
        (_tr("Calls"), usage.calls),
        (_tr("Credits"), usage.credits),
    )
    at_most = state in (CallState.HELD, CallState.IN_DOUBT)
    words = _tr("at most {count}") if at_most else "{count}"
    return tuple((name, words.format(count=count(number))) for name, number in buckets if number)


def rate_pairs(rates: Rates) -> Pairs:
    """The rates that were frozen for it; buckets without one are left out."""
    per_million = _tr("{amount} per million tokens")
    named = (
        (_tr("Input rate"), rates.input, per_million),
        (_tr("Cached input rate"), rates.cached_input, per_million),
        (_tr("Cache write rate"), rates.cache_write, per_million),
        (_tr("Output rate"), rates.output, per_million),
        (_tr("Per call"), rates.per_call, "{amount}"),
        (_tr("Per credit"), rates.per_credit, "{amount}"),
    )
    pairs = tuple((name, words.format(amount=_usd(rate))) for name, rate, words in named if rate)
    return (*pairs, (_tr("Rates from"), rates.source))


def worker_pairs(worker: WorkerRow, clock: Clock) -> Pairs:
    """The process that made it."""
    return (
        (_tr("Worker"), f"{worker.id}, {alive_words(worker)}"),
        (_tr("Process"), str(worker.pid)),
        (_tr("Host"), worker.host),
        (_tr("Command"), worker.command or NOTHING),
        (_tr("Since"), full_stamp(worker.started_at, clock.zone)),
    )


def source_pairs(source: Source, clock: Clock) -> Pairs:
    """Where it was imported from."""
    return (
        (_tr("Imported from"), f"{source.kind}: {source.name}"),
        (_tr("Trust"), source.trust),
        (_tr("Imported at"), full_stamp(source.imported_at, clock.zone)),
    )


def groups_of(details: CallDetails, clock: Clock) -> tuple[Pairs, ...]:
    """All of it."""
    groups = [row_pairs(details.row, clock), usage_pairs(details.usage, details.row.state), rate_pairs(details.rates)]
    if details.worker is not None:
        groups.append(worker_pairs(details.worker, clock))
    if details.source is not None:
        groups.append(source_pairs(details.source, clock))
    return tuple(groups)


def _cost(row: CallRow) -> str:
    if row.cost is not None and row.state is CallState.SETTLED:
        return _usd(row.cost)
    match row.state:
        case CallState.SETTLED:
            return _tr("unpriced: no price is known")
        case CallState.RELEASED:
            return _tr("nothing: it was released")
    return _tr("not known yet")


def _usd(nanos: int) -> str:
    return f"{decimal_text(nanos)} USD"


def _tr(text: str) -> str:
    return QCoreApplication.translate("callDetails", text)
