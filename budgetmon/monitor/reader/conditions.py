"""What a filter means in SQL: conditions on the columns of ``call`` and ``refusal`` alone, so that names are looked up once."""

from __future__ import annotations

from dataclasses import dataclass

from budgetmon.core.rules.calls import CallState
from budgetmon.monitor.filters import Field, Filter, Sign, Term
from budgetmon.monitor.paging import Listing
from budgetmon.monitor.reader.tables import PAUSED

_COMPARED = {Sign.IS: "=", Sign.ABOVE: ">", Sign.BELOW: "<", Sign.AT_LEAST: ">=", Sign.AT_MOST: "<="}
_MEASURES = {
    Field.COST: "call.cost",
    Field.HELD: "call.hold",
    Field.TOKENS: "(call.input + call.output + call.cached_input + call.cache_write)",
    Field.TOOK: "call.took",
}
_FLAGS = {
    Field.REFUSED: "1",
    Field.FAILED: f"(call.state = {CallState.SETTLED:d} AND NOT call.ok)",
    Field.UNPRICED: f"(call.state = {CallState.SETTLED:d} AND call.cost IS NULL)",
    Field.OVERRUN: "(call.hold > 0 AND call.cost > call.hold)",
    Field.IMPORTED: "call.source IS NOT NULL",
}
# Terms of these fields are alternatives: a call has only one of each.
_ALTERNATIVES = (Field.PROVIDER, Field.MODEL, Field.TAG, Field.RUN, Field.BUDGET, Field.WORKER, Field.ID, Field.STATE)


@dataclass(frozen=True, slots=True)
class Condition:
    """An SQL expression, and the values of its question marks in their order."""

    sql: str
    values: tuple[str | int, ...] = ()


def conditions(only: Filter, listing: Listing) -> Condition:
    """What must hold for a row of ``listing`` to pass; ``"1"`` where everything passes."""
    every = [_term(term, listing) for term in only.terms if term.exclude or term.field not in _ALTERNATIVES]
    for field in _ALTERNATIVES:
        terms = [_term(term, listing) for term in only.of(field) if not term.exclude]
        if terms:
            every.append(_joined(" OR ", terms))
    return _joined(" AND ", every) if every else Condition("1")


def _joined(word: str, parts: list[Condition]) -> Condition:
    return Condition(f"({word.join(part.sql for part in parts)})", tuple(value for part in parts for value in part.values))


def _term(term: Term, listing: Listing) -> Condition:
    condition = _holds(term, "call" if listing is Listing.CALLS else "refusal")
    # What is not known is not so: a call without a cost does not cost more than a dollar.
    return Condition(f"NOT coalesce({condition.sql}, 0)", condition.values) if term.exclude else condition


def _holds(term: Term, table: str) -> Condition:
    field, value = term.field, term.value
    if field in _MEASURES:
        return Condition(f"{_MEASURES[field]} {_COMPARED[term.sign]} ?", (value,))
    if field in _FLAGS:
        return Condition(_FLAGS[field])
    match field:
        case Field.SINCE | Field.UNTIL:
            return Condition(f"{table}.at {'>=' if field is Field.SINCE else '<'} ?", (value,))
        case Field.TEXT:
            return _text(f"%{_escaped(str(value))}%", table)
        case Field.WORKER | Field.ID | Field.STATE:
            return Condition(f"{table}.{field} = ?", (value,))
    return _name(term, table)


def _name(term: Term, table: str) -> Condition:
    """Names are told apart without regard to the case of the letters A to Z."""
    text = str(term.value)
    pattern = _escaped(text).replace("*", "%") if term.wild else _escaped(text)
    if term.field in (Field.PROVIDER, Field.MODEL):
        column = "provider" if term.field is Field.PROVIDER else "name"
        return Condition(f"{table}.model IN (SELECT id FROM model WHERE {_like(column)})", (pattern,))
    if not text or (term.field is Field.BUDGET and text == PAUSED):
        return Condition(f"{table}.{term.field} IS NULL")
    return Condition(f"{table}.{term.field} IN (SELECT id FROM {term.field} WHERE {_like('name')})", (pattern,))


def _text(pattern: str, table: str) -> Condition:
    places = ["tag", "run"] if table == "call" else ["tag", "run", "budget"]
    sql = [f"{table}.model IN (SELECT id FROM model WHERE {_like('provider')} OR {_like('name')})"]
    sql += [f"coalesce({table}.{place} IN (SELECT id FROM {place} WHERE {_like('name')}), 0)" for place in places]
    return Condition(f"({' OR '.join(sql)})", (pattern,) * (2 + len(places)))


def _like(column: str) -> str:
    return rf"{column} LIKE ? ESCAPE '\'"


def _escaped(text: str) -> str:
    for letter in "\\%_":
        text = text.replace(letter, f"\\{letter}")
    return text
