"""Libraries that only some formats need."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class MissingError(Exception):
    """A format needs a library that is not installed; the text says which extra brings it."""


def needed(module: str, extra: str) -> Any:
    """The module. Raises MissingError when it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingError(f"this format needs {error.name or module}: pip install 'budgetmon[{extra}]'") from error
