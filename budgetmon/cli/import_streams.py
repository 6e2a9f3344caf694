"""Importing records of any length as a stream, with progress, and a report of what was added and what could not be read."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from budgetmon.cli.output import console, print_json, progress_console
from budgetmon.core.config.price_book import PriceBook
from budgetmon.core.config.values import Config
from budgetmon.core.ledger.imports import ImportSource
from budgetmon.core.ledger.opening import opened
from budgetmon.core.rules.money import decimal_text
from budgetmon.integrations.importers.booking import Booked, Booking, ModelSums
from budgetmon.integrations.importers.catalog import Tool
from budgetmon.integrations.importers.records import Reading
from budgetmon.integrations.importers.source_files import SourceFile, source_files

_SHOWN_REASONS = 8


def import_stream(
    tool: Tool, path: Path, settings: Config, zone: str, *, count: bool, columns: dict[str, str], json: bool
) -> None:
    """Books every call below ``path`` and reports. Raises SourceError, LedgerError and OSError; what was booked stays."""
    files = source_files(path, tool.suffixes)
    reading = Reading(ZoneInfo(zone), time.time_ns() // 1_000_000, columns)
    source = ImportSource(tool.kind, str(path.resolve()), tool.trust, count)
    with opened(settings) as ledger, _no_collections():
        booking = Booking(ledger, source, PriceBook(settings))
        _book_all(tool, files, reading, booking)
    if json:
        print_json(_document(tool, path, settings.database, count, len(files), booking.booked))
    else:
        _report(path, count, len(files), booking.booked)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Records make no cycles, and looking for some among them takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _book_all(tool: Tool, files: list[SourceFile], reading: Reading, booking: Booking) -> None:
    bar = progress_console()
    columns = (TextColumn("[bold]{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=bar, transient=True, disable=not bar.is_terminal) as progress:
        task = progress.add_task("importing", total=sum(file.size for file in files))
        done = 0
        for file in files:
            progress.update(task, description=escape(file.path.name))

            def moved(file: SourceFile = file, done: int = done) -> None:
                progress.update(task, completed=done + file.consumed)

            booking.book(tool.read(file, reading), moved=moved)
            done += file.size


def _document(tool: Tool, path: Path, ledger: Path, counted: bool, files: int, booked: Booked) -> dict[str, Any]:
    return {
        "schema": 1,
        "ledger": str(ledger),
        "kind": tool.kind,
        "source": str(path),
        "files": files,
        "trust": tool.trust,
        "counted": counted,
        "added": {"calls": booked.added, "computed": booked.computed, "cost": decimal_text(_cost(booked))},
        "known": booked.known,
        "unread": booked.unread,
        "reasons": dict(booked.reasons.most_common()),
        "examples": [each._asdict() for each in booked.examples],
        "models": [
            {
                "provider": provider,
                "name": name,
                "calls": sums.calls,
                "failed": sums.failed,
                "tokens": sums.tokens,
                "cost": decimal_text(sums.cost),
                "unpriced_calls": sums.unpriced,
            }
            for (provider, name), sums in sorted(booked.models.items())
        ],
    }


def _report(path: Path, counted: bool, files: int, booked: Booked) -> None:
    out = console()
    where = f"{files:,} files" if files > 1 else "1 file"
    out.print(
        f"[bold]{escape(path.name)}[/bold], {where}: {booked.added:,} calls added for {decimal_text(_cost(booked))} USD;"
        f" {booked.known:,} were in the ledger already."
    )
    if booked.models:
        out.print("Budgets count them." if counted else "No budget counts them.")
        out.print(_models(booked.models))
    if booked.computed:
        out.print(f"The source names no cost for {booked.computed:,} of them: computed from the prices in force today.")
    if booked.unread:
        out.print(f"[yellow]{booked.unread:,} could not be read:[/yellow]")
        for reason, times in booked.reasons.most_common(_SHOWN_REASONS):
            first = next((each.where for each in booked.examples if each.reason == reason), "")
            out.print(f"  {times:,} x {reason}" + (f" (first: {first})" if first else ""), markup=False)


def _models(models: dict[tuple[str, str], ModelSums]) -> Table:
    table = Table(box=None, header_style="bold")
    for title in ("provider", "model", "calls", "failed", "tokens", "cost"):
        table.add_column(title, justify="left" if title in ("provider", "model") else "right")
    for (provider, name), sums in sorted(models.items()):
        unpriced = f" + {sums.unpriced:,} unpriced" if sums.unpriced else ""
        counts = (f"{sums.calls:,}", f"{sums.failed:,}", f"{sums.tokens:,}")
        table.add_row(escape(provider), escape(name), *counts, f"{decimal_text(sums.cost)} USD{unpriced}")
    return table


def _cost(booked: Booked) -> int:
    return sum(sums.cost for sums in booked.models.values())
