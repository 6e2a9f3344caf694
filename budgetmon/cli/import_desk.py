"""Importing an older tracker's whole file: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from budgetmon.cli.output import console, print_json, progress_console
from budgetmon.core.config.values import Config
from budgetmon.core.ledger.imports import ImportedCall, ImportOutcome
from budgetmon.core.ledger.opening import opened
from budgetmon.core.rules.money import decimal_text
from budgetmon.integrations.trading_desk import KIND, read_desk_file
from budgetmon.integrations.trading_desk_import import DeskImport


def import_desk(path: Path, settings: Config, zone: str, *, count: bool, json: bool) -> None:
    """Books every call of ``path`` and reports. Raises SourceError and LedgerError; then nothing was booked."""
    bar = progress_console()
    columns = (TextColumn("[bold]{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=bar, transient=True, disable=not bar.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        desk = DeskImport(read_desk_file(path), zone, settings)
        progress.update(task, total=len(desk))
        calls = list(_watched(desk, progress, task))
        progress.update(task, description="booking", total=None)
        with opened(settings) as ledger:
            outcome = ledger.import_calls(desk.source(count), calls)
    if json:
        print_json(_document(path, settings.database, zone, count, desk, calls, outcome))
    else:
        _report(path, zone, count, desk, calls, outcome)


def _watched(calls: Iterable[ImportedCall], progress: Progress, task: TaskID) -> Iterator[ImportedCall]:
    """The calls, with the bar moved on at every hundredth."""
    for number, call in enumerate(calls, 1):
        yield call
        if number % 100 == 0:
            progress.update(task, completed=number)


def _sums(calls: Iterable[ImportedCall]) -> dict[str, Any]:
    rows = list(calls)
    return {
        "calls": len(rows),
        "ok": sum(call.ok for call in rows),
        "failed": sum(not call.ok for call in rows),
        "input_tokens": sum(call.usage.input_tokens for call in rows),
        "output_tokens": sum(call.usage.output_tokens for call in rows),
        "cost": decimal_text(sum(call.cost or 0 for call in rows)),
    }


def _per_model(calls: Iterable[ImportedCall]) -> dict[tuple[str, str], dict[str, Any]]:
    models: dict[tuple[str, str], list[ImportedCall]] = {}
    for call in calls:
        models.setdefault((call.subject.provider, call.subject.model), []).append(call)
    return {name: _sums(models[name]) for name in sorted(models)}


def _document(
    path: Path,
    ledger: Path,
    zone: str,
    counted: bool,
    desk: DeskImport,
    calls: list[ImportedCall],
    outcome: ImportOutcome,
) -> dict[str, Any]:
    return {
        "schema": 1,
        "ledger": str(ledger),
        "kind": KIND,
        "source": str(path),
        "zone": zone,
        "counted": counted,
        "file": _sums(calls),
        "added": _sums(outcome.added),
        "known": outcome.known,
        "models": [{"provider": provider, "name": name, **sums} for (provider, name), sums in _per_model(calls).items()],
        "months": [{**asdict(month), "cost": decimal_text(month.cost)} for month in desk.months()],
        "notes": list(desk.notes()),
    }


def _report(path: Path, zone: str, counted: bool, desk: DeskImport, calls: list[ImportedCall], outcome: ImportOutcome) -> None:
    out = console()
    added = _sums(outcome.added)
    what = f"{added['calls']:,} calls added"
    if outcome.added:
        what += f", {added['failed']:,} of them failed, for {added['cost']} USD"
    out.print(f"[bold]{escape(path.name)}[/bold]: {what}; {outcome.known:,} were in the ledger already.")
    budgets = "Budgets count them." if counted else "No budget counts them."
    out.print(f"Its times were taken as local times in {zone}. {budgets if outcome.added else ''}")
    table = Table(box=None, header_style="bold")
    for title in ("provider", "model", "calls", "failed", "tokens", "cost in the file"):
        table.add_column(title, justify="left" if title in ("provider", "model") else "right")
    for (provider, model), sums in _per_model(calls).items():
        counts = (sums["calls"], sums["failed"], sums["input_tokens"] + sums["output_tokens"])
        table.add_row(escape(provider), escape(model), *(f"{count:,}" for count in counts), f"{sums['cost']} USD")
    out.print(table)
    for note in desk.notes():
        out.print(f"Note: {note}.", markup=False)
