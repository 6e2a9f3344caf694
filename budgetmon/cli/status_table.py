"""A snapshot as tables for a terminal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from budgetmon.cli.output import titled_table
from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.money import display_usd
from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.monitor.cache_advice import CacheAdvice
from budgetmon.monitor.snapshot import BudgetState, BudgetStatus, CacheStatus, NamedTotals, Snapshot

_STYLE = {BudgetState.OK: "green", BudgetState.WARNING: "yellow", BudgetState.EXHAUSTED: "bold red"}
_DASH = "–"  # noqa: RUF001  # an en dash is what stands for nothing to say


def print_status(console: Console, snapshot: Snapshot) -> None:
    """Budgets, providers and caches of a snapshot."""
    for part in status_parts(snapshot):
        console.print(part)


def status_parts(snapshot: Snapshot) -> list[RenderableType]:
    """Budgets, providers and caches of a snapshot, one under the other."""
    zone = ZoneInfo(snapshot.ledger.zone)
    when = datetime.fromtimestamp(snapshot.as_of / 1000, UTC).astimezone(zone)
    parts: list[RenderableType] = [Text(f"{snapshot.ledger.path}  as of {when:%Y-%m-%d %H:%M:%S %Z}", style="dim")]
    if snapshot.budgets:
        parts.append(_budgets(snapshot, zone))
    parts.append(_providers(snapshot))
    for pause in snapshot.pauses:
        if pause.in_force:
            since = f"since {datetime.fromtimestamp(pause.at / 1000, zone):%a %d %b %H:%M} by {pause.who}"
            order = f"`budgetmon resume {pause.provider}` lets its calls go ahead"
            parts.append(Text.assemble(("paused", "bold yellow"), f" {pause.provider} {since}: {order}"))
    if snapshot.caches:
        parts.append(_caches(snapshot))
    return parts


def print_in_doubt(console: Console, snapshot: Snapshot) -> None:
    """The calls in doubt, with the numbers that ``budgetmon resolve`` takes."""
    zone = ZoneInfo(snapshot.ledger.zone)
    table = titled_table("In doubt", "call", "at", "provider", "model", "tag", "worker", "held")
    for call in snapshot.calls:
        at = datetime.fromtimestamp(call.at / 1000, zone)
        table.add_row(
            str(call.id),
            f"{at:%Y-%m-%d %H:%M:%S}",
            call.provider,
            call.model,
            call.tag or "",
            str(call.worker),
            display_usd(call.hold),
        )
    console.print(table if snapshot.calls else "No call is in doubt.")


def _budgets(snapshot: Snapshot, zone: ZoneInfo) -> Table:
    table = titled_table(
        "Budgets", "budget", "per", "limit", "spent", "held", "in doubt", "remaining", "used", "runs out", "state"
    )
    for budget in snapshot.budgets:
        show = _shown(budget.unit)
        used = (budget.limit - budget.remaining) / budget.limit if budget.limit else 1.0
        table.add_row(
            budget.name,
            budget.per,
            show(budget.limit),
            show(budget.spent),
            show(budget.held),
            show(budget.in_doubt),
            show(budget.remaining),
            f"{used:.0%}",
            _runs_out(budget, zone),
            Text(budget.state.value, style=_STYLE[budget.state]),
        )
    return table


def _shown(unit: Unit) -> Callable[[int], str]:
    return display_usd if unit is Unit.USD else "{:,}".format


def _runs_out(budget: BudgetStatus, zone: ZoneInfo) -> str:
    at = budget.pace.runs_out_at
    if budget.state is BudgetState.EXHAUSTED:
        if budget.window.end >= FAR_FUTURE:
            return "now"
        return f"resets {datetime.fromtimestamp(budget.window.end / 1000, zone):%a %d %b %H:%M}"
    return _DASH if at is None else f"{datetime.fromtimestamp(at / 1000, zone):%a %d %b %H:%M}"


def _providers(snapshot: Snapshot) -> Table:
    table = titled_table(
        "Providers",
        "provider",
        "calls",
        "failed",
        "refused",
        "input tokens",
        "output tokens",
        "cost",
        "held",
        "in doubt",
        "hit rate",
        "saved",
    )
    for provider in snapshot.providers:
        table.add_row(*_row(provider))
    table.add_section()
    table.add_row(*_row(NamedTotals("all", "all", snapshot.totals, snapshot.spared)), style="bold")
    return table


def _row(named: NamedTotals) -> tuple[str, ...]:
    totals = named.totals
    unpriced = f" + {totals.unpriced_calls:,} unpriced" if totals.unpriced_calls else ""
    return (
        named.name,
        f"{totals.calls:,}",
        f"{totals.failed:,}",
        f"{totals.refused:,}",
        f"{totals.input_tokens:,}",
        f"{totals.output_tokens:,}",
        display_usd(totals.cost) + unpriced,
        display_usd(totals.held),
        display_usd(totals.in_doubt),
        _DASH if named.spared.hit_rate is None else f"{named.spared.hit_rate:.1%}",
        _DASH if named.spared.hit_rate is None else display_usd(named.spared.saved),
    )


def _caches(snapshot: Snapshot) -> Table:
    table = titled_table(
        "Caches", "cache", "hits", "misses", "hit rate", "expired", "evicted", "size", "saved", "lost", "max_size right?"
    )
    for cache in snapshot.caches:
        table.add_row(
            cache.name,
            f"{cache.hits:,}",
            f"{cache.misses:,}",
            _DASH if cache.hit_rate is None else f"{cache.hit_rate:.1%}",
            f"{cache.expired:,}",
            f"{cache.evictions:,}",
            f"{cache.size:,} of {cache.max_size:,}" if cache.max_size else _DASH,
            _DASH if cache.saved is None else display_usd(cache.saved),
            _lost(cache),
            _size_verdict(cache.advice),
        )
    return table


def _lost(cache: CacheStatus) -> str:
    if cache.lost_to_eviction is None or cache.lost_to_expiry is None:
        return _DASH
    return display_usd(cache.lost_to_eviction + cache.lost_to_expiry)


def _size_verdict(advice: CacheAdvice | None) -> str:
    if advice is None:
        return _DASH
    if advice.fits:
        return "yes"
    doubled, halved = advice.doubled_per_day, advice.halved_per_day
    if advice.max_size > advice.right_size:
        cost = "" if halved is None else f", half of it costs {display_usd(-halved)} a day"
        return f"{advice.right_size:,} would do{cost}"
    gain = "" if doubled is None else f", doubling saves {display_usd(doubled)} a day"
    return f"better {advice.right_size:,} ({advice.rate:.0%} to {advice.best_rate:.0%}){gain}"
