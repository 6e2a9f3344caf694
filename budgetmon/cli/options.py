"""Options that every verb takes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="budget.yaml to use.", envvar="BUDGETMON_CONFIG", show_default="./budget.yaml")
]
DatabaseOption = Annotated[
    Path | None,
    typer.Option("--db", help="Ledger to use instead of the config's.", envvar="BUDGETMON_DB", show_default="the config's"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
