"""``budgetmon run``: test runs from the profiles of the config, with what each one cost."""

from __future__ import annotations

import contextlib
import json as json_text
import os
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from budgetmon.cli.options import ConfigOption, DatabaseOption, JsonOption
from budgetmon.cli.output import console, print_json, progress_console
from budgetmon.cli.run_table import counts_text, print_comparison, print_run, print_runs
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.config.locate import DATABASE_VARIABLE
from budgetmon.core.config.values import Config, RunConfig
from budgetmon.core.ledger.opening import opened
from budgetmon.core.ledger.run_book import BegunRun
from budgetmon.core.rules.money import decimal_text
from budgetmon.core.rules.runs import RunKind, RunStatus
from budgetmon.monitor.export.run_document import result_documents, run_documents
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.run_history import run_before
from budgetmon.monitor.snapshot import Ask, RunRow
from budgetmon.monitor.trouble import LedgerTrouble, Trouble
from budgetmon.runs.comparison import Comparison, compare
from budgetmon.runs.launch import ProfileError
from budgetmon.runs.runner import Launch, Runner
from budgetmon.runs.stop import Stop
from budgetmon.runs.summary import RunState

SCHEMA = 1

run = typer.Typer(name="run", help="Test runs from the profiles of the config, with what each one cost.", no_args_is_help=True)

RunArgument = Annotated[int, typer.Argument(help="Number of the run, as `budgetmon run list` shows it.")]


@run.command("list")
def list_runs(config: ConfigOption = None, db: DatabaseOption = None, json: JsonOption = False) -> None:
    """Show the profiles of the config and the newest runs."""
    settings = config_in_force(config, db)
    rows = _rows(settings)
    if json:
        print_json({"schema": SCHEMA, "profiles": [_profile(one) for one in settings.runs], "runs": run_documents(rows)})
    else:
        print_runs(console(), settings, rows)


@run.command("show")
def show(number: RunArgument, config: ConfigOption = None, db: DatabaseOption = None, json: JsonOption = False) -> None:
    """Show one run with its results."""
    with LedgerReader(config_in_force(config, db).database.absolute()) as reader:
        row = _row(reader, number)
        results = reader.run_results(number)
    if json:
        print_json({"schema": SCHEMA, "run": run_documents([row])[0], "results": result_documents(results)})
    else:
        print_run(console(), row, results)


@run.command("compare")
def compare_runs(
    number: RunArgument,
    other: Annotated[int | None, typer.Option("--with", help="The earlier run.", show_default="the one before")] = None,
    config: ConfigOption = None,
    db: DatabaseOption = None,
    json: JsonOption = False,
) -> None:
    """Show what a run did differently from an earlier one of the same profile."""
    with LedgerReader(config_in_force(config, db).database.absolute()) as reader:
        row = _row(reader, number)
        before = _row(reader, other) if other is not None else run_before(row, reader.snapshot(Ask(rows=0)).runs)
        results = reader.run_results(before.id) if before else ()
        found = compare(results, reader.run_results(number)) if results else None
    if json:
        earlier = run_documents([before])[0] if before and found else None
        print_json({"schema": SCHEMA, "run": run_documents([row])[0], "before": earlier, **asdict(found or Comparison())})
    else:
        print_comparison(console(), row, before if found else None, found or Comparison())


@run.command("start")
def start(
    name: Annotated[str | None, typer.Argument(help="Profile of the config to run.")] = None,
    config: ConfigOption = None,
    db: DatabaseOption = None,
    folder: Annotated[Path | None, typer.Option("--folder", help="Run pytest in this folder, without a profile.")] = None,
    only: Annotated[Path | None, typer.Option("--only", help="JSON file with a list of test ids: run these alone.")] = None,
    detach: Annotated[bool, typer.Option("--detach", help="Leave it running and return as soon as it has begun.")] = False,
    announce: Annotated[bool, typer.Option("--announce", help="Print one JSON line when the run has begun, first.")] = False,
    json: JsonOption = False,
) -> None:
    """Run a profile to its end. Exit code 0 when it passed, 1 when it did not."""
    settings = config_in_force(config, db)
    profile = _chosen(settings, name, folder)
    launch = Launch(settings, profile, _ids(only))
    if detach:
        _detached(json=json)
        return
    if db is not None:
        os.environ[DATABASE_VARIABLE] = str(settings.database.absolute())  # for trackers in the run
    row = _carried_out(launch, announce=announce)
    if json:
        print_json({"schema": SCHEMA, "run": run_documents([row])[0]})
    elif not announce:
        with LedgerReader(settings.database.absolute()) as reader:
            print_run(console(), row, reader.run_results(row.id))
    raise typer.Exit(0 if row.status is RunStatus.PASSED else 1)


@run.command("cancel")
def cancel(number: RunArgument, config: ConfigOption = None, db: DatabaseOption = None) -> None:
    """End a run and all that it started. Exit code 1 when it does not run."""
    with LedgerReader(config_in_force(config, db).database.absolute()) as reader:
        snapshot = reader.snapshot(Ask(rows=0))
        row = _row(reader, number)
        here = any(worker.pid == row.pid and worker.host == socket.gethostname() for worker in snapshot.workers if worker.alive)
    if row.status is not RunStatus.RUNNING or row.pid is None or not here:
        typer.echo(f"budgetmon: run {number} is {row.status or 'not one of ours'}, not running here", err=True)
        raise typer.Exit(1)
    with contextlib.suppress(ProcessLookupError):
        os.kill(row.pid, signal.SIGINT)
    typer.echo(f"run {number} is asked to end")


def _carried_out(launch: Launch, *, announce: bool) -> RunRow:
    stop = Stop()
    stop.listen()
    with opened(launch.config) as ledger, progress_console().status(launch.profile.name) as status:

        def began(begun: BegunRun) -> None:
            if announce:
                typer.echo(json_text.dumps({"id": begun.id, "name": begun.name, "files": begun.files, "pid": os.getpid()}))

        def progressed(state: RunState) -> None:
            done = "collecting" if state.total is None else f"{state.done:,} of {state.total:,}"
            status.update(f"{launch.profile.name}: {done}  {counts_text(state.counts.items())}")

        begun, _ = Runner(launch, ledger, stop, began=began, progressed=progressed).run()
    with LedgerReader(launch.config.database.absolute()) as reader:
        return _row(reader, begun.id)


def _detached(*, json: bool) -> None:
    """Starts this command anew in a session of its own, and passes on what it says when the run has begun."""
    own = [argument for argument in sys.argv[1:] if argument not in ("--detach", "--json")]
    # Not our own standard error: whoever reads that to its end would wait for the run.
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            [sys.executable, "-m", "budgetmon", *own, "--announce"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            start_new_session=True,
        )
        line = child.stdout.readline() if child.stdout else ""
        if not line:
            code = child.wait()
            errors.seek(0)
            typer.echo(errors.read().decode(errors="replace").rstrip(), err=True)
            raise typer.Exit(code or 1)
    begun = json_text.loads(line)
    if json:
        print_json({"schema": SCHEMA, **begun})
    else:
        typer.echo(f"{begun['name']} runs; `budgetmon run show {begun['id']}`, its output in {begun['files']}")


def _chosen(settings: Config, name: str | None, folder: Path | None) -> RunConfig:
    if (name is None) == (folder is None):
        raise typer.BadParameter("name either a profile of the config, or a folder with --folder")
    if folder is not None:
        return RunConfig(folder.absolute().name or "tests", RunKind.PYTEST, folder.absolute())
    for profile in settings.runs:
        if profile.name == name:
            return replace(profile, cwd=profile.cwd.absolute())
    if name == RunKind.AUDIT:
        return RunConfig(name, RunKind.AUDIT, Path.cwd())
    known = ", ".join(repr(profile.name) for profile in settings.runs)
    where = settings.path or "the config"
    raise ProfileError(f"{where} has no run named {name!r}; " + (f"there are {known}" if known else "add it under 'runs'"))


def _ids(only: Path | None) -> tuple[str, ...]:
    if only is None:
        return ()
    try:
        ids = json_text.loads(only.read_text(encoding="utf-8"))
    except ValueError:
        ids = None
    if not isinstance(ids, list) or not ids or not all(isinstance(id, str) for id in ids):
        raise typer.BadParameter(f"expected a JSON list of test ids in {only}", param_hint="--only")
    return tuple(ids)


def _rows(settings: Config) -> tuple[RunRow, ...]:
    """The newest runs; none where there is no ledger yet."""
    try:
        with LedgerReader(settings.database.absolute()) as reader:
            return reader.snapshot(Ask(rows=0)).runs
    except LedgerTrouble as trouble:
        if trouble.trouble is Trouble.MISSING:
            return ()
        raise


def _row(reader: LedgerReader, number: int) -> RunRow:
    row = reader.run(number)
    if row is None:
        raise ProfileError(f"there is no run {number}; `budgetmon run list` shows those that there are")
    return row


def _profile(profile: RunConfig) -> dict[str, object]:
    return {
        "name": profile.name,
        "kind": profile.kind.value,
        "cwd": str(profile.cwd),
        "args": list(profile.args),
        "python": profile.python,
        "time_limit_ms": None if profile.time_limit is None else round(profile.time_limit.total_seconds() * 1000),
        "budget": None if profile.budget is None else decimal_text(profile.budget),
    }
