"""``budgetmon scan``: the earnings scan."""

from __future__ import annotations

import re
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from budgetmon.cli.caps import capped, run_name
from budgetmon.cli.options import ConfigOption, DatabaseOption, JsonOption
from budgetmon.cli.output import console, print_json, progress_console
from budgetmon.cli.scan_results import ScanTelling, as_csv, counts_of, document, print_results
from budgetmon.cli.status_table import print_in_doubt
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.config.locate import machine_zone
from budgetmon.core.config.values import Config
from budgetmon.core.rules.money import display_usd
from budgetmon.monitor.export.landing import land_file
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, Snapshot
from budgetmon.workloads.earnings.analyzer import WORKERS, EarningsAnalyzer
from budgetmon.workloads.earnings.desk import ScanPlan
from budgetmon.workloads.earnings.local import local_scan, remember_a_year, what_is_missing
from budgetmon.workloads.earnings.results import Outcome, TickerResult, ordered
from budgetmon.workloads.earnings.settings import scan_settings

_TICKER = re.compile(r"[A-Za-z][A-Za-z0-9.\-/]{0,9}")
_ENDINGS = (".csv", ".json")


@dataclass(frozen=True, slots=True)
class _Scanned:
    """A scan that is over, or was cut short."""

    plan: ScanPlan
    results: list[TickerResult]
    interrupted: bool


def scan(
    tickers: Annotated[list[str], typer.Argument(help="Tickers, such as AAPL MSFT.")],
    date: Annotated[str | None, typer.Option(help="Day of the earnings, such as 2026-03-20.", show_default="today")] = None,
    config: ConfigOption = None,
    db: DatabaseOption = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Worker processes.")] = WORKERS,
    source: Annotated[str, typer.Option(help="Market data: http, or csv:FOLDER.")] = "http",
    budget: Annotated[str | None, typer.Option(help="A limit for this scan alone, such as '0.50 USD'.")] = None,
    out: Annotated[
        list[Path] | None, typer.Option("--out", "-o", help="Write to this .csv or .json file. Repeatable.", dir_okay=False)
    ] = None,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV and nothing else.")] = False,
    json: JsonOption = False,
) -> None:
    """Scan stocks before earnings: filter them, look at their implied volatility, ask language models, all under one budget.

    Without a config or a key, a local stand-in answers, and nothing is billed. Exit code 1 when a ticker failed or was refused.
    """
    # A polite kill counts as Ctrl+C: what is there is shown, and nothing temporary stays.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    wanted = _wanted(tickers)
    for path in out or []:
        if path.suffix not in _ENDINGS:
            raise typer.BadParameter(f"{path.name} is neither .csv nor .json", param_hint="--out")
    folder = _folder(source)
    given = config_in_force(config, db)
    day = _day(date)
    with _ready(given, wanted, folder) as (settings, stand_in), capped(settings, budget, "scan"):
        today = datetime.now(ZoneInfo(settings.zone)).date()
        plan = ScanPlan(settings, scan_settings(settings), day or today, today, folder)
        scanned = _scanned(plan, wanted, workers)
        with LedgerReader(settings.database.absolute()) as reader:
            snapshot = reader.snapshot(Ask(rows=0, in_doubt=True))
        spent = _spent(snapshot)
        facts = {"ledger": str(settings.database), "date": str(plan.day), "stand_in": stand_in}
        told = document(scanned.results, spent, snapshot.calls, **facts)
        for path in out or []:
            content = as_csv(scanned.results) if path.suffix == ".csv" else _json(told)
            land_file(path, content.encode(), overwrite=True)
        if json:
            print_json(told)
        elif csv:
            typer.echo(as_csv(scanned.results), nl=False)
        else:
            _show(scanned, spent, snapshot)
    bad = [result for result in scanned.results if result.outcome in (Outcome.REFUSED, Outcome.FAILED)]
    if bad or scanned.interrupted:
        raise typer.Exit(1)


def _wanted(tickers: Sequence[str]) -> list[str]:
    for ticker in tickers:
        if ticker.lower().endswith(_ENDINGS) or not _TICKER.fullmatch(ticker):
            raise typer.BadParameter(f"{ticker!r} is no ticker; files to write go with --out", param_hint="TICKERS")
    return list(dict.fromkeys(ticker.upper() for ticker in tickers))


def _folder(source: str) -> Path | None:
    kind, _, folder = source.partition(":")
    if kind == "csv" and folder:
        return Path(folder).absolute()
    if source != "http":
        raise typer.BadParameter(f"expected http or csv:FOLDER, not {source!r}", param_hint="--source")
    return None


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"expected a date such as 2026-03-20, not {text!r}", param_hint="--date") from None


@contextmanager
def _ready(given: Config, tickers: list[str], folder: Path | None) -> Iterator[tuple[Config, bool]]:
    """The config to scan with, and whether that is the one of a local stand-in, which says so."""
    lacks = "there is no budget.yaml" if given.path is None else None
    lacks = lacks or what_is_missing(given, scan_settings(given), needs_market=folder is None)
    if lacks is None:
        yield given, False
        return
    note = f"Stand-in: {lacks}. A local stand-in answers, on a ledger of its own; all of it is made up and nothing is billed."
    progress_console().print(note, style="yellow", markup=False)
    with tempfile.TemporaryDirectory(prefix="budgetmon-scan-") as place, local_scan(Path(place), machine_zone()) as local:
        today = datetime.now(ZoneInfo(local.zone)).date()
        remember_a_year(scan_settings(local).history, tickers, today)
        yield local, True


def _scanned(plan: ScanPlan, tickers: list[str], workers: int) -> _Scanned:
    """Scans and shows progress. Ctrl+C lets the workers finish what they are at; what is there then is kept."""
    telling = ScanTelling(tickers, sys.argv[1:])
    came: list[TickerResult] = []
    columns = (TextColumn("[bold]scan"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    interrupted = False
    with Progress(*columns, console=progress_console()) as progress:
        task = progress.add_task("scan", total=len(tickers))

        def told(result: TickerResult) -> None:
            came.append(result)
            telling.came(result)
            progress.update(task, completed=len(came))

        try:
            EarningsAnalyzer(plan, workers).scan(tickers, told)
        except KeyboardInterrupt:
            interrupted = True
    bad = any(result.outcome in (Outcome.REFUSED, Outcome.FAILED) for result in came)
    telling.ended(1 if bad or interrupted else 0)
    return _Scanned(plan, ordered(came), interrupted)


def _json(told: dict[str, object]) -> str:
    from json import dumps

    return dumps(told, indent=2, ensure_ascii=False) + "\n"


def _spent(snapshot: Snapshot) -> int:
    """Nanos that this run has cost: all of the scan, the killed workers' calls included."""
    name = run_name("scan")
    return sum(run.cost for run in snapshot.runs if run.name == name)


def _show(scanned: _Scanned, spent: int, snapshot: Snapshot) -> None:
    out = console()
    print_results(out, scanned.results)
    counts = ", ".join(f"{name} {count:,}" for name, count in counts_of(scanned.results).items() if count)
    out.print(f"{len(scanned.results):,} tickers: {counts}. {display_usd(spent)} spent.")
    if snapshot.calls:
        print_in_doubt(out, snapshot)
