"""``budgetmon export``: a snapshot to files, once or again and again."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from budgetmon.cli.options import ConfigOption, DatabaseOption
from budgetmon.cli.output import print_json, progress_console
from budgetmon.cli.times import milliseconds
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.config.quantities import parse_duration
from budgetmon.core.rules.money import decimal_text, display_usd
from budgetmon.monitor.export import formats
from budgetmon.monitor.export.formats import ENDINGS, WRITERS, Format, Order, Writer
from budgetmon.monitor.export.needs import needed
from budgetmon.monitor.export.schedule import name_at, outdated
from budgetmon.monitor.export.sizing import size_of
from budgetmon.monitor.export.source import Chosen

_CANCELLED = 130


class _Cancelled(BaseException):
    """SIGTERM or SIGINT came: what is half written must go."""


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write; for csv and parquet, a folder.")],
    config: ConfigOption = None,
    db: DatabaseOption = None,
    format: Annotated[
        Format | None, typer.Option("--format", "-f", help="What to write. Told by the name if not given.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Only what was made from this time on (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(help="Only what was made before this time (ISO 8601).")] = None,
    provider: Annotated[list[str] | None, typer.Option(help="Only this provider. Repeatable.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an export that is already there.")] = False,
    every: Annotated[str | None, typer.Option(help="Again and again, such as 1h: --out is the folder to fill.")] = None,
    keep: Annotated[int, typer.Option(min=1, help="With --every, how many of them to keep.")] = 48,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what and how much it would be, and write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --dry-run: one JSON document.")] = False,
    progress_lines: Annotated[bool, typer.Option("--progress-lines", hidden=True)] = False,
) -> None:
    """Write one consistent snapshot of the ledger, while everybody goes on. It lands whole, or not at all."""
    settings = config_in_force(config, db)
    chosen = Chosen(milliseconds(since, settings.zone), milliseconds(until, settings.zone), tuple(provider or ()))
    if chosen.since is not None and chosen.until is not None and chosen.since >= chosen.until:
        raise typer.BadParameter(f"{since} is not before --until {until}: nothing lies between", param_hint="--since")
    written = format or _told_by(out)
    order = Order(settings.database.absolute(), out, written, chosen, force)
    if dry_run:
        _tell_size(order, as_json=as_json)
        return
    with _cancellable():
        if every is None:
            _export_once(order, progress_lines=progress_lines)
            typer.echo(out)
        else:
            _export_again_and_again(order, _period(every), keep)


def _tell_size(order: Order, *, as_json: bool) -> None:
    size = size_of(order)
    if as_json:
        cost = decimal_text(size.cost)
        print_json({"schema": 1, "calls": size.calls, "refusals": size.refusals, "cost": cost, "bytes": size.size})
        return
    rows = f"{size.calls:,} calls and {size.refusals:,} refusals, {display_usd(size.cost)}"
    typer.echo(f"{rows}; about {size.size / 1e6:,.1f} MB as {order.format}")


def _told_by(out: Path) -> Format:
    by_ending = {ending: each for each, ending in ENDINGS.items() if ending and each is not Format.FOCUS}
    return by_ending.get(out.suffix, Format.SQLITE if out.suffix in (".sqlite", ".sqlite3") else Format.CSV)


def _period(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--every") from None


def _export_once(order: Order, *, progress_lines: bool) -> None:
    if progress_lines:
        _export_with_lines(order)
        return
    bar = progress_console()
    columns = (TextColumn("[bold]exporting"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=bar, transient=True, disable=not bar.is_terminal) as progress:
        task = progress.add_task("", total=None)
        formats.export(
            order,
            writers=_writers(order.format),
            begun=lambda rows: progress.update(task, total=rows),
            moved=lambda rows: progress.update(task, advance=rows),
        )


def _export_with_lines(order: Order) -> None:
    """Tells whoever started this how far it is: the rows in all, then the rows so far, a line each."""
    done = 0

    def tell(rows: int) -> None:
        nonlocal done
        done += rows
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()

    formats.export(order, writers=_writers(order.format), begun=lambda rows: typer.echo(f"of {rows}"), moved=tell)


def _writers(format: Format) -> Mapping[Format, Writer]:
    """What writes, that of PDF included where it is wanted: it takes the libraries of the app."""
    if format is not Format.PDF:
        return WRITERS
    needed("PySide6", "gui")
    from budgetmon.gui.printing.pdf_export import export_pdf

    return {**WRITERS, Format.PDF: export_pdf}


def _export_again_and_again(order: Order, period: timedelta, keep: int) -> None:
    """Fills the folder until somebody stops it. Each name is new, so nothing is ever replaced."""
    folder, ending = order.target, ENDINGS[order.format]
    folder.mkdir(parents=True, exist_ok=True)
    waiting = threading.Event()
    while True:
        began = time.monotonic()
        target = folder / name_at(time.time_ns() // 1_000_000, ending)
        _export_once(replace(order, target=target, overwrite=False), progress_lines=False)
        typer.echo(target)
        for name in outdated((path.name for path in folder.iterdir()), ending, keep):
            _remove(folder / name)
        waiting.wait(max(0.0, period.total_seconds() - (time.monotonic() - began)))


def _remove(snapshot: Path) -> None:
    with suppress(FileNotFoundError):
        if snapshot.is_dir() and not snapshot.is_symlink():
            shutil.rmtree(snapshot)
        else:
            snapshot.unlink()


@contextmanager
def _cancellable() -> Iterator[None]:
    """Lets SIGTERM and SIGINT end the block as an exception does, so that nothing half written stays."""

    def cancel(_number: int, _frame: FrameType | None) -> None:
        raise _Cancelled

    before = {number: signal.signal(number, cancel) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    except _Cancelled:
        raise typer.Exit(_CANCELLED) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
