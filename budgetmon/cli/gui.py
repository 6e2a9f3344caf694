"""``budgetmon`` and ``budgetmon gui``: the desktop app."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from budgetmon.cli.options import ConfigOption, DatabaseOption
from budgetmon.core.config.loader import config_in_force


def gui(
    ledger: Annotated[Path | None, typer.Argument(help="Ledger to show instead of the configured one.")] = None,
    config: ConfigOption = None,
    db: DatabaseOption = None,
) -> None:
    """Show a ledger in the desktop app."""
    path = ledger or config_in_force(config, db).database
    raise typer.Exit(show(path, config=config))


def show(ledger: Path, note: str | None = None, config: Path | None = None) -> int:
    """Opens the window and returns its exit code; says what to do where no window can be shown."""
    from budgetmon.gui.display import display_problem

    if problem := display_problem():
        typer.echo(f"budgetmon: {problem}", err=True)
        return 2
    from budgetmon.gui.app import run

    return run(ledger, title_note=note, config=config)
