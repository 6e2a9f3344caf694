"""``budgetmon demo``: the app, and real workers that spend on a local stand-in provider."""

from __future__ import annotations

import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from budgetmon.cli.gui import show
from budgetmon.cli.output import console, progress_console
from budgetmon.cli.status_table import print_status
from budgetmon.core.config.locate import machine_zone
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask
from budgetmon.workloads.demo import CALLS, HITS, REFUSED, Demo


def demo(
    headless: Annotated[bool, typer.Option("--headless", help="No window: spend, then print the status.")] = False,
    seconds: Annotated[float, typer.Option(min=1, help="How long to spend with --headless.")] = 30,
    folder: Annotated[
        Path | None, typer.Option("--folder", help="Keep config and ledger here instead of in a temporary folder.")
    ] = None,
) -> None:
    """Watch four workers and an earnings scan spend on a local stand-in provider. Nothing here costs money."""
    if not headless:
        from budgetmon.gui.display import display_problem

        if problem := display_problem():
            typer.echo(f"budgetmon: {problem}", err=True)
            raise typer.Exit(2)
    with _place(folder) as place, Demo(place, machine_zone()) as running:
        if headless:
            _watch(running, seconds)
        else:
            code = show(running.ledger, note="demo")
    if not headless:
        raise typer.Exit(code)


@contextmanager
def _place(folder: Path | None) -> Iterator[Path]:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="budgetmon-demo-") as name:
        yield Path(name)


def _watch(running: Demo, seconds: float) -> None:
    columns = (TextColumn("[bold]demo"), BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    began = time.monotonic()
    with _interruptible() as interrupted, Progress(*columns, console=progress_console()) as progress:
        task = progress.add_task("starting", total=seconds)
        while running.running and not interrupted and (elapsed := time.monotonic() - began) < seconds:
            words = f"{running.count(CALLS):,} calls, {running.count(HITS):,} hits, {running.count(REFUSED):,} refused"
            words += f", {running.scanned:,} tickers scanned"
            progress.update(task, completed=elapsed, description=words)
            time.sleep(0.1)
        progress.update(task, completed=seconds)
    with LedgerReader(running.ledger) as reader:
        print_status(console(), reader.snapshot(Ask(rows=0)))


@contextmanager
def _interruptible() -> Iterator[list[int]]:
    """A list that is no longer empty once Ctrl+C or a polite kill came, so that the status is still printed."""
    came: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        came.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
