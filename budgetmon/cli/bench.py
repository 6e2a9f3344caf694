"""``budgetmon bench``: what the core and the app cost on this machine, as ratios where there is something to compare with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from budgetmon.cli.options import JsonOption
from budgetmon.cli.output import console, print_json, progress_console
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask
from budgetmon.runs.bench.results import Finding, Machine, Report, this_machine
from budgetmon.runs.bench.scale import FULL, QUICK, Scale
from budgetmon.runs.bench.suite import OF_THE_APP, SUBJECTS, run


def bench(
    json: JsonOption = False,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Measure this subject only: {', '.join(SUBJECTS)}. Repeatable.")
    ] = None,
    full: Annotated[
        bool, typer.Option("--full/--quick", help="Longer rounds and ten million calls, or a few minutes.")
    ] = False,
    gui: Annotated[bool, typer.Option("--gui", help="Measure the desktop app, and nothing else unless it is named.")] = False,
    folder: Annotated[Path | None, typer.Option(help="Where to put the ledgers, on the disk to measure.")] = None,
) -> None:
    """Measure the core, or the app, on ledgers of its own, which are deleted afterwards; no ledger of yours is touched."""
    names = _chosen(only, gui=gui)
    if folder is not None and not folder.is_dir():
        raise typer.BadParameter(f"{folder} is not a folder", param_hint="--folder")
    scale = FULL if full else QUICK
    machine = this_machine()
    if json:
        reports = list(run(names, scale, open_poller, folder=folder))
        print_json(document(machine, scale, reports))
        return
    with progress_console().status("measuring") as status:
        reports = list(run(names, scale, open_poller, folder=folder, begun=lambda name: status.update(f"measuring: {name}")))
    for report in reports:
        show(report)
    console().print(
        f"{machine.cores} cores, load {machine.load:.2f} before it began; Python {machine.python}, {machine.system}"
    )


@contextmanager
def open_poller(path: Path) -> Iterator[Callable[[], object]]:
    """A reader of the ledger at ``path``, as the app has one; calling what this gives polls once."""
    ask = Ask()
    with LedgerReader(path) as reader:
        yield lambda: reader.poll(ask)


def document(machine: Machine, scale: Scale, reports: Sequence[Report]) -> dict[str, Any]:
    """What ``--json`` prints. Keys are only ever added."""
    return {
        "schema": 1,
        "scale": scale.name,
        "machine": asdict(machine),
        "subjects": [
            {
                "name": report.subject,
                "title": report.title,
                "findings": [_finding(finding) for finding in report.findings],
                "notes": list(report.notes),
            }
            for report in reports
        ],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    goal = None if finding.goal is None else {"better": finding.goal.better.value, "limit": finding.goal.limit}
    return {"name": finding.name, "value": finding.value, "unit": finding.unit, "goal": goal, "met": finding.met}


def _chosen(only: list[str] | None, *, gui: bool) -> list[str]:
    for name in only or []:
        if name not in SUBJECTS:
            raise typer.BadParameter(f"{name} is none of {', '.join(SUBJECTS)}", param_hint="--only")
    wanted = [*(only or []), *(OF_THE_APP if gui else ())] or [name for name in SUBJECTS if name not in OF_THE_APP]
    return [name for name in SUBJECTS if name in wanted]


def show(report: Report) -> None:
    """Prints a report as a table."""
    table = Table(title=report.title, title_justify="left", box=None, pad_edge=False)
    table.add_column("what")
    table.add_column("measured", justify="right")
    table.add_column("goal", justify="right")
    table.add_column("")
    for finding in report.findings:
        goal = "" if finding.goal is None else f"{finding.goal.better.value} {finding.goal.limit:,g}"
        verdict = {True: "[green]met[/green]", False: "[yellow]not met[/yellow]", None: ""}[finding.met]
        table.add_row(finding.name, f"{_digits(finding.value)} {finding.unit}".strip(), goal, verdict)
    out = console()
    out.print(table)
    for note in report.notes:
        out.print(f"[dim]{note}[/dim]")
    out.print()


def _digits(value: float) -> str:
    """Three significant digits; whole numbers whole."""
    if value == int(value) or abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
