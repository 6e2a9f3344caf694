"""``budgetmon watch``: how every budget stands, live in a terminal."""

from __future__ import annotations

import signal
import time
from typing import Annotated

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.text import Text

from budgetmon.cli.options import ConfigOption, DatabaseOption
from budgetmon.cli.output import console
from budgetmon.cli.status_table import status_parts
from budgetmon.core.config.loader import config_in_force
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask, Snapshot
from budgetmon.monitor.trouble import LedgerTrouble


def watch(
    config: ConfigOption = None,
    db: DatabaseOption = None,
    every: Annotated[float, typer.Option(min=0.2, max=3600, help="Seconds from one look to the next.")] = 1.0,
) -> None:
    """Show how every budget, provider and cache stands, until Ctrl+C. Costs the workers nothing."""
    # Also where it was started in the background, which ignores Ctrl+C; and a polite kill leaves the terminal as it was.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    settings = config_in_force(config, db)
    out = console()
    with LedgerReader(settings.database.absolute()) as reader, Live(console=out, screen=out.is_terminal) as live:
        shown: Snapshot | None = None
        try:
            while True:
                shown, picture = _look(reader, shown)
                live.update(picture, refresh=True)
                time.sleep(every)
        except KeyboardInterrupt:
            return


def _look(reader: LedgerReader, shown: Snapshot | None) -> tuple[Snapshot | None, RenderableType]:
    """What to show now. In trouble the last picture stays, under words that say what is wrong."""
    try:
        shown = reader.poll(Ask(rows=0)) or shown
    except LedgerTrouble as trouble:
        words = Text(str(trouble), style="yellow")
        return shown, Group(words, *status_parts(shown)) if shown else words
    return shown, Group(*status_parts(shown)) if shown else Text("")
