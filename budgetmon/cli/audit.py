"""``budgetmon audit``: proves the claims on this machine and this disk."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from budgetmon.cli.bench import open_poller
from budgetmon.cli.options import ConfigOption, DatabaseOption, JsonOption
from budgetmon.cli.output import console, print_json, progress_console
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.storage.connection import engine_version
from budgetmon.core.storage.filesystem import type_of
from budgetmon.monitor.export.landing import land_file
from budgetmon.runs.audit import suite
from budgetmon.runs.audit.claims import Claim, Result, Verdict
from budgetmon.runs.audit.ground import OnTrial
from budgetmon.runs.audit.markdown import markdown
from budgetmon.runs.audit.page import page
from budgetmon.runs.audit.report import AuditReport, document, made
from budgetmon.runs.audit.sizes import FULL, QUICK, Sizes
from budgetmon.runs.audit.telling import Telling
from budgetmon.runs.bench.results import this_machine
from budgetmon.runs.event_log import EventLog
from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker

_FORMS = {".html": page, ".md": markdown}
_LOOKS = {
    Verdict.PASS: "[green]✓ pass[/green]",
    Verdict.FAIL: "[red]✗ fail[/red]",
    Verdict.NOT_POSSIBLE: "[yellow]- skip[/yellow]",
}
_REPORT = "report.html"


def audit(
    config: ConfigOption = None,
    db: DatabaseOption = None,
    json: JsonOption = False,
    quick: Annotated[bool, typer.Option("--quick", help="Smaller sizes, in less than 30 seconds.")] = False,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Check this only: {', '.join(c.key for c in suite.CLAIMS)}. Repeatable.")
    ] = None,
    processes: Annotated[int | None, typer.Option(min=2, max=64, help="How many processes work at once.")] = None,
    out: Annotated[
        list[Path] | None, typer.Option(help="Write the report to this .html or .md file. Repeatable.", dir_okay=False)
    ] = None,
) -> None:
    """Try to break every promise, with real processes on a scratch ledger. Exit code 1 when one is broken.

    It works in a folder beside the ledger, so on the same disk, and deletes it afterwards. The ledger itself is only read.
    """
    claims, sizes = _chosen(only), _sized(QUICK if quick else FULL, processes)
    for path in out or []:
        if path.suffix not in _FORMS:
            raise typer.BadParameter(f"{path.name} is neither .html nor .md", param_hint="--out")
    ledger = config_in_force(config, db).database
    beside = ledger.parent if ledger.parent.is_dir() else Path.cwd()
    log = EventLog.of_this_process()
    telling = Telling(log, claims, sys.argv[1:])
    machine, began = this_machine(), datetime.now(UTC)
    results = _checked(claims, sizes, ledger, beside, telling, quiet=json)
    report = made(
        results,
        machine,
        engine=engine_version(),
        file_system=type_of(beside) or "unknown",
        size="quick" if quick else "full",
        began=began,
    )
    for path in [*(out or []), *([log.folder / _REPORT] if log.folder else [])]:
        land_file(path, _FORMS[path.suffix](report).encode(), overwrite=True)
    if json:
        print_json(document(report))
    else:
        _sum_up(report, out or [])
    telling.ended(0 if report.passed else 1)
    if not report.passed:
        raise typer.Exit(1)


def _chosen(only: list[str] | None) -> list[Claim]:
    known = {claim.key for claim in suite.CLAIMS}
    for key in only or []:
        if key not in known:
            raise typer.BadParameter(f"{key} is none of {', '.join(sorted(known))}", param_hint="--only")
    return [claim for claim in suite.CLAIMS if not only or claim.key in only]


def _sized(sizes: Sizes, processes: int | None) -> Sizes:
    return sizes if processes is None else replace(sizes, processes=processes)


def _checked(
    claims: Sequence[Claim], sizes: Sizes, ledger: Path, beside: Path, telling: Telling, *, quiet: bool
) -> list[Result]:
    """The results, each printed as it comes unless ``quiet``."""
    results: list[Result] = []
    out = console()
    with progress_console().status("auditing") as status:

        def begun(claim: Claim) -> None:
            status.update(f"{len(results) + 1} of {len(claims)}: {claim.title}")
            telling.begun(claim)

        trial = OnTrial(history=IVHistoryTracker)
        for result in suite.run(claims, sizes, open_poller, beside=beside, own_ledger=ledger, on_trial=trial, begun=begun):
            results.append(result)
            telling.checked(result)
            if not quiet:
                out.print(_line(result))
    return results


def _line(result: Result) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=6)
    table.add_column(width=32)
    table.add_column()
    figures = "[dim];[/dim] ".join(f"[dim]{figure.name}[/dim] {escape(figure.value)}" for figure in result.figures)
    table.add_row(_LOOKS[result.verdict], result.claim.title, figures or f"[dim]{escape(result.detail)}[/dim]")
    if result.verdict is Verdict.FAIL:
        table.add_row("", "", f"[red]{escape(result.detail)}[/red]")
    return table


def _sum_up(report: AuditReport, written: Sequence[Path]) -> None:
    out = console()
    out.print()
    out.print(f"[bold {'green' if report.passed else 'red'}]{report.headline}[/]")
    for name, text in report.facts:
        out.print(f"[dim]{name}:[/dim] {text}")
    for path in written:
        out.print(f"[dim]Report:[/dim] {path}")
