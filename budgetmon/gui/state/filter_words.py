"""Filters in words: what is wrong with one, and what could be typed next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from budgetmon.core.rules.budgets import Scope
from budgetmon.monitor.filters import FLAGS, MEASURES, NAMES, STATES, Expected, Field, FilterError, spelled
from budgetmon.monitor.paging import Listing
from budgetmon.monitor.snapshot import BudgetStatus, NamedTotals, RefusalRow, Snapshot, WorkerRow

translate = QCoreApplication.translate

_TIMES = ("10:00", "15m", "2h", "7d")
_SIZES = {
    Field.COST: ("0.01", "0.10", "1"),
    Field.HELD: ("0.10", "1"),
    Field.TOKENS: ("1000", "100000"),
    Field.TOOK: ("500ms", "2s", "30s"),
}

Known = Mapping[Field, Sequence[str]]


def what_is_wrong(error: FilterError) -> str:
    """One line for people: which token, and what was expected."""
    return f"{error.token}: {_expected(error.expected)}"


def _expected(expected: Expected) -> str:
    return {
        Expected.KNOWN_FIELD: translate("filters", "no such word; text with a colon in it goes into quotation marks"),
        Expected.VALUE: translate("filters", "a value is missing"),
        Expected.NUMBER: translate("filters", "expected a whole number"),
        Expected.STATE: translate("filters", "expected held, settled, released or in-doubt"),
        Expected.MONEY: translate("filters", "expected an amount in USD such as 0.10"),
        Expected.DURATION: translate("filters", "expected a duration such as 250ms, 2s or 5m"),
        Expected.TIME: translate("filters", "expected a time such as 10:00, 2h or 2026-03-01T09:30"),
        Expected.COLON: translate("filters", "only cost, held, tokens and took can be compared"),
        Expected.CLOSING_QUOTE: translate("filters", "the closing quotation mark is missing"),
        Expected.ANOTHER_TABLE: translate("filters", "does not apply to this table"),
    }[expected]


def known_values(snapshot: Snapshot) -> Known:
    """The names that a ledger is known to hold, for completion."""
    tags = {row.tag for row in snapshot.calls} | {row.tag for row in snapshot.refusals}
    return {
        Field.PROVIDER: [each.name for each in snapshot.providers],
        Field.MODEL: sorted({each.name for each in snapshot.models}),
        Field.TAG: sorted(tag for tag in tags if tag),
        Field.RUN: [row.name for row in snapshot.runs],
        Field.BUDGET: [each.name for each in snapshot.budgets],
        Field.WORKER: [str(row.id) for row in snapshot.workers],
    }


def completions(token: str, listing: Listing, known: Known) -> list[str]:
    """What the token at the cursor could become: a word with its sign, or a word with a value."""
    sign = "-" if token.startswith("-") else ""
    typed = token.removeprefix("-")
    fields = [field for field in Field if field in listing.fields and field is not Field.TEXT]
    field = next((each for each in fields if typed.lower().startswith((f"{each}:", f"{each}>", f"{each}<"))), None)
    offered = [_begun(each) for each in fields] if field is None else _values(field, typed[len(field)], known)
    return [sign + each for each in offered if typed.lower() in each.lower() and each != typed]


def _begun(field: Field) -> str:
    return str(field) if field in FLAGS else f"{field}>" if field in MEASURES else f"{field}:"


def _values(field: Field, sign: str, known: Known) -> list[str]:
    if field is Field.STATE:
        return [f"{field}:{word}" for word in STATES]
    if field in MEASURES:
        return [f"{field}{sign}{size}" for size in _SIZES[field]]
    if field in (Field.SINCE, Field.UNTIL):
        return [f"{field}:{time}" for time in _TIMES]
    values = [spelled(field, value) for value in known.get(field, ())]
    return [*values, f'{field}:""'] if field in (Field.TAG, Field.RUN) and field in NAMES else values


def calls_of(row: WorkerRow | NamedTotals) -> str:
    """The filter that shows the calls of a worker or of a model."""
    if isinstance(row, WorkerRow):
        return f"{Field.WORKER}:{row.id}"
    return f"{spelled(Field.PROVIDER, row.provider)} {spelled(Field.MODEL, row.name)}"


def calls_behind(refusal: RefusalRow, budgets: Iterable[BudgetStatus]) -> str:
    """The filter that shows what filled the budget's window when it refused; of a pause, the provider's calls until then.

    The budget may be gone since; then all calls of the window are shown.
    """
    until = f"{Field.UNTIL}:{_iso(refusal.at)}"
    if refusal.window is None:
        return f"{spelled(Field.PROVIDER, refusal.provider)} {until}"
    scope = next((each.scope for each in budgets if each.name == refusal.budget), Scope())
    named = ((Field.PROVIDER, scope.provider), (Field.MODEL, scope.model), (Field.TAG, scope.tag), (Field.RUN, scope.run))
    tokens = [spelled(field, name) for field, name in named if name is not None]
    since = [f"{Field.SINCE}:{_iso(refusal.window.start)}"] if refusal.window.start > 0 else []
    return " ".join((*tokens, *since, until))


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
