"""What verbs print: tables for people, one JSON document for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import typer
from rich.console import Console


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
