"""``budgetmon status``: budgets now."""

from __future__ import annotations

from typing import Annotated

import typer

from budgetmon.cli.options import ConfigOption, DatabaseOption, JsonOption
from budgetmon.cli.output import console, print_json
from budgetmon.cli.status_table import print_in_doubt, print_status
from budgetmon.cli.times import milliseconds
from budgetmon.core.config.loader import config_in_force
from budgetmon.monitor.export.document import status_document
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask


def status(
    config: ConfigOption = None,
    db: DatabaseOption = None,
    json: JsonOption = False,
    since: Annotated[str | None, typer.Option(help="Count calls from this time on (ISO 8601).")] = None,
    in_doubt: Annotated[bool, typer.Option("--in-doubt", help="List the calls in doubt, for `budgetmon resolve`.")] = False,
    until: Annotated[str | None, typer.Option(help="Count calls before this time (ISO 8601).")] = None,
) -> None:
    """Show how every budget, provider and cache stands."""
    settings = config_in_force(config, db)
    with LedgerReader(settings.database.absolute()) as reader:
        snapshot = reader.snapshot(
            Ask(rows=0, in_doubt=in_doubt), since=milliseconds(since, settings.zone), until=milliseconds(until, settings.zone)
        )
    if json:
        print_json(status_document(snapshot))
    else:
        print_status(console(), snapshot)
        if in_doubt:
            print_in_doubt(console(), snapshot)
