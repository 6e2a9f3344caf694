"""What verbs print: tables for people, one JSON document for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table

_WORDS = (
    *("budget", "provider", "cache", "per", "state", "name", "kind", "folder", "results"),
    *("ticker", "sentiment", "strategy", "model"),
)


def print_json(document: Mapping[str, Any]) -> None:
    """One JSON document on standard output."""
    typer.echo(json.dumps(document, indent=2, ensure_ascii=False))


def console() -> Console:
    """Where tables go: standard output. A pipe gets lines wide enough for every table."""
    standard = Console(highlight=False)
    return standard if standard.is_terminal else Console(highlight=False, width=160)


def progress_console() -> Console:
    """Where progress goes: standard error, so that it never mixes with results."""
    return Console(stderr=True, highlight=False)


def titled_table(title: str, *columns: str) -> Table:
    """An empty table. Columns of words begin at the left, those of numbers end at the right."""
    table = Table(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold")
    for name in columns:
        table.add_column(name, justify="left" if name in _WORDS else "right")
    return table
