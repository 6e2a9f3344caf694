"""``budgetmon export``: a snapshot to files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from budgetmon.cli.options import ConfigOption, DatabaseOption
from budgetmon.cli.times import milliseconds
from budgetmon.core.config.loader import config_in_force
from budgetmon.monitor.export.csv_export import export_csv
from budgetmon.monitor.export.json_export import export_json
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask

_ALL_ROWS = 2**62


class Format(StrEnum):
    """Formats of an export."""

    CSV = "csv"
    JSON = "json"


def export(
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write; for csv, a folder.")],
    config: ConfigOption = None,
    db: DatabaseOption = None,
    format: Annotated[Format, typer.Option("--format", "-f", help="What to write.")] = Format.CSV,
    since: Annotated[str | None, typer.Option(help="Count calls from this time on (ISO 8601).")] = None,
    until: Annotated[str | None, typer.Option(help="Count calls before this time (ISO 8601).")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an export that is already there.")] = False,
) -> None:
    """Write one consistent snapshot of the ledger."""
    settings = config_in_force(config, db)
    with LedgerReader(settings.database.absolute()) as reader:
        snapshot = reader.snapshot(
            Ask(rows=_ALL_ROWS), since=milliseconds(since, settings.zone), until=milliseconds(until, settings.zone)
        )
    write = export_csv if format is Format.CSV else export_json
    typer.echo(write(snapshot, out, overwrite=force))
