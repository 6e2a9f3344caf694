"""What the page of an export says: its figures, sections and tables, from one consistent read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from budgetmon.core.rules.periods import iso_utc
from budgetmon.monitor.export.page import words
from budgetmon.monitor.export.page.burn_down import burn_down_chart
from budgetmon.monitor.export.page.level_bars import budget_bars, hit_rate_bars
from budgetmon.monitor.export.page.report import Report, Section, Table
from budgetmon.monitor.export.page.stacked_bars import consumption_charts
from budgetmon.monitor.export.source import CALL_COLUMNS, Source
from budgetmon.monitor.snapshot import PauseRow, Snapshot, Totals

MOST_ROWS = 500  # of each table; the newest
_LONGEST_RECEIPT = 600

Row = TypeVar("Row")
_Columns = Mapping[str, Callable[[Row], str]]

_TOTALS: _Columns[Totals] = {
    "calls": lambda t: f"{t.calls:,}",
    "failed": lambda t: f"{t.failed:,}",
    "refused": lambda t: f"{t.refused:,}",
    "input tokens": lambda t: f"{t.input_tokens:,}",
    "output tokens": lambda t: f"{t.output_tokens:,}",
    "unpriced": lambda t: f"{t.unpriced_calls:,}",
    "cost": lambda t: words.money(t.cost),
}
_MONEY = ("limit", "spent", "held", "in doubt", "remaining", "saved", "hold")
_COUNTS = ("hits", "misses", "hit rate", "size", "pid", "in", "out", "took ms")
_NUMBERS = frozenset((*_TOTALS, *_MONEY, *_COUNTS))


def report_of(source: Source) -> Report:
    """The whole page. Reads the newest MOST_ROWS of each long table."""
    snapshot = source.snapshot
    zone = ZoneInfo(snapshot.ledger.zone)
    return Report(
        title="budgetmon",
        facts=_facts(source, zone),
        figures=_figures(snapshot),
        sections=(
            _budgets(snapshot, zone),
            _consumption(snapshot, zone),
            _caches(snapshot),
            _models(snapshot),
            _workers(snapshot, zone),
            _runs(snapshot, zone),
            _refusals(source, zone),
            _pauses(snapshot, zone),
            _calls(source, zone),
        ),
    )


def _facts(source: Source, zone: ZoneInfo) -> tuple[tuple[str, str], ...]:
    snapshot, chosen = source.snapshot, source.chosen
    now = snapshot.as_of
    since = "the first call" if chosen.since is None else words.local(chosen.since, zone)
    until = "now" if chosen.until is None else words.local(chosen.until, zone)
    only = ", ".join(words.visible(name, 60) for name in chosen.providers)
    return (
        ("Ledger", words.visible(snapshot.ledger.path)),
        ("As of", f"{words.local(now, zone)} in {snapshot.ledger.zone}, {iso_utc(now)}"),
        ("Calls and refusals", f"from {since} to {until}"),
        *((("Providers", only),) if only else ()),
    )


def _figures(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    totals = snapshot.totals
    saved = [cache.saved for cache in snapshot.caches if cache.saved is not None]
    return (
        ("Cost", words.money(totals.cost)),
        ("Calls", f"{totals.calls:,}"),
        ("Failed", f"{totals.failed:,}"),
        ("Refused", f"{totals.refused:,}"),
        ("Held", words.money(totals.held)),
        ("In doubt", words.money(totals.in_doubt)),
        *((("Unpriced calls", f"{totals.unpriced_calls:,}"),) if totals.unpriced_calls else ()),
        ("Input tokens", f"{totals.input_tokens:,}"),
        ("Output tokens", f"{totals.output_tokens:,}"),
        *((("Saved by caches", words.money(sum(saved))),) if saved else ()),
    )


def _budgets(snapshot: Snapshot, zone: ZoneInfo) -> Section:
    table = _table(
        {
            "budget": lambda b: words.visible(b.name),
            "per": lambda b: words.visible(b.per),
            "limit": lambda b: words.amount(b.unit, b.limit),
            "spent": lambda b: words.amount(b.unit, b.spent),
            "held": lambda b: words.amount(b.unit, b.held),
            "in doubt": lambda b: words.amount(b.unit, b.in_doubt),
            "remaining": lambda b: words.amount(b.unit, b.remaining),
            "state": lambda b: str(b.state),
            "runs out": lambda b: words.to_the_minute(b.pace.runs_out_at, zone),
            "starts anew": lambda b: words.NOTHING if b.rolls else words.to_the_minute(b.window.end, zone),
        },
        snapshot.budgets,
    )
    charts = (budget_bars(snapshot.budgets), *(burn_down_chart(budget, snapshot.as_of, zone) for budget in snapshot.budgets))
    return Section(
        "Budgets",
        empty="No budgets.",
        note="As they stood at the moment of this page, each in its own window. The charts show what was left; dotted is an "
        "even pace, dashed where the recent pace leads.",
        charts=charts if snapshot.budgets else (),
        table=table,
    )


def _consumption(snapshot: Snapshot, zone: ZoneInfo) -> Section:
    columns: _Columns[tuple[str, Totals]] = {"provider": lambda row: words.visible(row[0]), **_of_totals()}
    return Section(
        "Providers",
        empty="No calls.",
        charts=consumption_charts(snapshot.consumption, zone),
        table=_table(columns, ((each.name, each.totals) for each in snapshot.providers)),
    )


def _models(snapshot: Snapshot) -> Section:
    columns: _Columns[tuple[str, Totals]] = {"model": lambda row: words.visible(row[0]), **_of_totals()}
    rows = ((f"{each.provider} / {each.name}", each.totals) for each in snapshot.models)
    return Section("Models", empty="No calls.", table=_table(columns, rows))


def _of_totals() -> _Columns[tuple[str, Totals]]:
    def within(get: Callable[[Totals], str]) -> Callable[[tuple[str, Totals]], str]:
        return lambda row: get(row[1])

    return {name: within(get) for name, get in _TOTALS.items()}


def _caches(snapshot: Snapshot) -> Section:
    table = _table(
        {
            "cache": lambda c: words.visible(c.name),
            "hits": lambda c: f"{c.hits:,}",
            "misses": lambda c: f"{c.misses:,}",
            "hit rate": lambda c: words.NOTHING if c.hit_rate is None else words.share(c.hit_rate),
            "size": lambda c: f"{c.size:,} of {c.max_size:,}",
            "saved": lambda c: words.money(c.saved),
        },
        snapshot.caches,
    )
    charts = (hit_rate_bars(snapshot.caches),) if snapshot.caches else ()
    return Section("Caches", empty="No named caches.", charts=charts, table=table)


def _workers(snapshot: Snapshot, zone: ZoneInfo) -> Section:
    alive = {True: "alive", False: "ended", None: "not known"}
    table = _table(
        {
            "pid": lambda w: str(w.pid),
            "host": lambda w: words.visible(w.host),
            "state": lambda w: alive[w.alive],
            "started": lambda w: words.local(w.started_at, zone),
            "last write": lambda w: words.local(w.last_write_at, zone),
            "calls": lambda w: f"{w.calls:,}",
            "held": lambda w: words.money(w.held),
        },
        snapshot.workers,
    )
    return Section("Workers", empty="No workers.", table=table)


def _runs(snapshot: Snapshot, zone: ZoneInfo) -> Section:
    table = _table(
        {
            "run": lambda r: words.visible(r.name),
            "kind": lambda r: words.NOTHING if r.kind is None else str(r.kind),
            "status": lambda r: words.NOTHING if r.status is None else str(r.status),
            "started": lambda r: words.local(r.started_at, zone),
            "ended": lambda r: words.local(r.ended_at, zone),
            "results": lambda r: words.visible(", ".join(f"{number:,} {outcome}" for outcome, number in r.counts) or None),
            "calls": lambda r: f"{r.calls:,}",
            "failed": lambda r: f"{r.failed_calls:,}",
            "refused": lambda r: f"{r.refused:,}",
            "unpriced": lambda r: f"{r.unpriced_calls:,}",
            "cost": lambda r: words.money(r.cost),
        },
        snapshot.runs,
    )
    return Section("Runs", empty="No runs.", table=table)


def _pauses(snapshot: Snapshot, zone: ZoneInfo) -> Section:
    def resumed(pause: PauseRow) -> str:
        if pause.ended_at is not None:
            return words.local(pause.ended_at, zone)
        return "still paused" if pause.in_force else "not known when"

    table = _table(
        {
            "provider": lambda p: words.visible(p.provider),
            "paused": lambda p: words.local(p.at, zone),
            "paused by": lambda p: words.visible(p.who),
            "resumed": resumed,
            "resumed by": lambda p: words.visible(p.ended_by),
        },
        snapshot.pauses,
    )
    return Section("Pauses", empty="No provider was paused.", table=table)


def _refusals(source: Source, zone: ZoneInfo) -> Section:
    table = _table(
        {
            "when": lambda r: words.local(r.at, zone),
            "provider": lambda r: words.visible(r.provider),
            "model": lambda r: words.visible(r.model),
            "tag": lambda r: words.visible(r.tag),
            "receipt": lambda r: words.visible(r.receipt, _LONGEST_RECEIPT),
        },
        source.refusals(),
        source.count_of_refusals,
    )
    return Section("Refusals", empty="Nothing was refused.", table=table)


def _calls(source: Source, zone: ZoneInfo) -> Section:
    rows = (dict(zip(CALL_COLUMNS, row, strict=True)) for row in source.calls())
    columns: _Columns[dict[str, Any]] = {
        "when": lambda c: words.local(c["at"], zone),
        "state": lambda c: c["state"] if c["ok"] else f"{c['state']}, failed",
        "provider": lambda c: words.visible(c["provider"]),
        "model": lambda c: words.visible(c["model"]),
        "tag": lambda c: words.visible(c["tag"]),
        "run": lambda c: words.visible(c["run"]),
        "in": lambda c: f"{c['input_tokens']:,}",
        "out": lambda c: f"{c['output_tokens']:,}",
        "took ms": lambda c: words.NOTHING if c["took_ms"] is None else f"{c['took_ms']:,}",
        "hold": lambda c: words.money(c["hold"]),
        "cost": lambda c: words.money(c["cost"]),
    }
    return Section("Calls", empty="No calls.", table=_table(columns, rows, source.count_of_calls))


def _table(columns: _Columns[Row], rows: Iterable[Row], of: int | None = None) -> Table:
    """The first MOST_ROWS of ``rows``, which are the newest; ``of`` says how many there are when they are a stream."""
    stream = iter(rows)
    kept = tuple(tuple(fill(row) for fill in columns.values()) for row in islice(stream, MOST_ROWS))
    left_out = sum(1 for _ in stream) if of is None else of - len(kept)
    return Table(tuple(columns), kept, _NUMBERS & columns.keys(), left_out)
