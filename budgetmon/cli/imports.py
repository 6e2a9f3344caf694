"""``budgetmon import``: what another tool recorded, into the ledger."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from budgetmon.cli.import_desk import import_desk
from budgetmon.cli.import_streams import import_stream
from budgetmon.cli.options import ConfigOption, DatabaseOption, JsonOption
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.storage.foreign import SourceError
from budgetmon.integrations import trading_desk
from budgetmon.integrations.importers import claude_code, codex, litellm, openai_usage, otel, table
from budgetmon.integrations.importers.catalog import TOOLS


class Kind(StrEnum):
    """The tools whose records can be imported, and tables of one's own."""

    TRADING_DESK = trading_desk.KIND
    CLAUDE_CODE = claude_code.KIND
    CODEX = codex.KIND
    LITELLM = litellm.KIND
    OPENAI_USAGE = openai_usage.KIND
    OTEL = otel.KIND
    CSV = table.CSV_KIND
    JSONL = table.JSON_KIND


def import_calls(
    kind: Annotated[Kind, typer.Argument(help="The tool that wrote it, or the form of a table of your own.")],
    path: Annotated[Path, typer.Argument(help="The file, or a folder of such files. It is left as it is.")],
    config: ConfigOption = None,
    db: DatabaseOption = None,
    zone: Annotated[
        str | None,
        typer.Option(help="Zone of times that name none, such as America/New_York.", show_default="the config's"),
    ] = None,
    count: Annotated[bool, typer.Option("--count/--no-count", help="Whether budgets count these calls.")] = False,
    column: Annotated[
        list[str] | None, typer.Option(help="A column of csv or jsonl by another name, such as at=Time. Repeatable.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Import every call that another tool recorded. Importing again adds only what is new.

    What cannot be read is counted and listed, and does not stop the rest.
    """
    settings = config_in_force(config, db)
    zone = _checked(zone or settings.zone)
    if settings.database.exists() and path.exists() and path.samefile(settings.database):
        raise SourceError(path, "this is the ledger itself")
    if kind is Kind.TRADING_DESK:
        import_desk(path, settings, zone, count=count, json=json)
    else:
        import_stream(TOOLS[kind], path, settings, zone, count=count, columns=_columns(column or []), json=json)


def _checked(zone: str) -> str:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise typer.BadParameter(
            f"expected an IANA time zone such as America/New_York, not {zone!r}", param_hint="--zone"
        ) from None
    return zone


def _columns(given: list[str]) -> dict[str, str]:
    """The file's names of columns by ours."""
    named: dict[str, str] = {}
    for pair in given:
        ours, equals, theirs = pair.partition("=")
        if ours not in table.COLUMNS or not equals or not theirs:
            raise typer.BadParameter(
                f"expected OURS=THEIRS with one of {', '.join(table.COLUMNS)}, not {pair!r}", param_hint="--column"
            )
        named[ours] = theirs
    return named
