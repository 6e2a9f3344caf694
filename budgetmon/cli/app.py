"""The command line: one thin module per verb, one place that turns known errors into one line and an exit code."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from budgetmon.cli import audit, bench, demo, export, gui, imports, init, orders, replay, run, scan, status, verify, watch
from budgetmon.cli.options import ConfigOption, DatabaseOption
from budgetmon.core.config.errors import ConfigError
from budgetmon.core.rules.refusals import RefusedError
from budgetmon.core.storage.errors import LedgerError
from budgetmon.core.storage.foreign import SourceError
from budgetmon.monitor.export.needs import MissingError
from budgetmon.monitor.export.source import OrderError
from budgetmon.monitor.trouble import LedgerTrouble
from budgetmon.runs.launch import ProfileError
from budgetmon.workloads.keys import KeysError
from budgetmon.workloads.trace import TraceError

NO = 1
UNUSABLE = 2

app = typer.Typer(
    name="budgetmon",
    help="One shared budget for every process that pays for API calls. Without a verb: the desktop app.",
    no_args_is_help=False,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("gui")(gui.gui)
app.command("demo")(demo.demo)
app.command("init")(init.init)
app.command("status")(status.status)
app.command("watch")(watch.watch)
app.command("replay")(replay.replay)
app.command("scan")(scan.scan)
app.command("export")(export.export)
app.command("import")(imports.import_calls)
app.command("pause")(orders.pause)
app.command("resume")(orders.resume)
app.command("resolve")(orders.resolve)
app.command("verify")(verify.verify)
app.command("audit")(audit.audit)
app.command("bench")(bench.bench)
app.add_typer(run.run)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"budgetmon {version('budgetmon')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def bare(
    context: typer.Context,
    config: ConfigOption = None,
    db: DatabaseOption = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """The desktop app on the configured ledger, when no verb is given."""
    if context.invoked_subcommand is None:
        gui.gui(ledger=None, config=config, db=db)


def main() -> None:
    """Runs the command line. Exit codes: 0 done, 1 the answer is no, 2 wrong usage or unusable input."""
    try:
        app()
    except RefusedError as error:
        _fail(str(error), NO)
    except (
        ConfigError,
        LedgerError,
        LedgerTrouble,
        MissingError,
        SourceError,
        TraceError,
        KeysError,
        ProfileError,
        OrderError,
    ) as error:
        _fail(str(error), UNUSABLE)
    except OSError as error:
        # Files named on the command line: not there, not readable, already there.
        name = f"{Path(error.filename)}: " if isinstance(error.filename, str) else ""
        _fail(f"{name}{error.strerror or error}", UNUSABLE)


def _fail(line: str, code: int) -> None:
    typer.echo(f"budgetmon: {line}", err=True)
    sys.exit(code)
