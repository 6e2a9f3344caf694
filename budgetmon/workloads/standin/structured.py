"""Answers in the JSON form that a chat request asks for with ``response_format``. Pure; the content is made up."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

_DEEPEST = 8


def structured_text(asked: object, seed: str) -> str | None:
    """The text for a ``response_format``: one that fits its schema, the same for the same ``seed``; None for plain text."""
    if not isinstance(asked, dict):
        return None
    if asked.get("type") == "json_object":
        return "{}"
    described = asked.get("json_schema")
    if asked.get("type") != "json_schema" or not isinstance(described, dict):
        return None
    return json.dumps(_fitting(described.get("schema"), random.Random(seed), _DEEPEST))


def _fitting(schema: Any, chance: random.Random, depth: int) -> object:
    """Something that fits the common parts of a JSON schema."""
    if not isinstance(schema, dict) or depth == 0:
        return None
    if isinstance(schema.get("enum"), list) and schema["enum"]:
        return chance.choice(schema["enum"])
    makers: dict[object, Callable[[], object]] = {
        "object": lambda: {name: _fitting(part, chance, depth - 1) for name, part in _properties(schema)},
        "array": lambda: [_fitting(schema.get("items"), chance, depth - 1)],
        "number": lambda: round(chance.uniform(*_bounds(schema)), 2),
        "integer": lambda: round(chance.uniform(*_bounds(schema))),
        "boolean": lambda: chance.random() < 0.5,
        "string": lambda: "made up by the stand-in",
    }
    return makers.get(schema.get("type"), lambda: None)()


def _properties(schema: dict[str, Any]) -> list[tuple[str, Any]]:
    properties = schema.get("properties")
    return list(properties.items()) if isinstance(properties, dict) else []


def _bounds(schema: dict[str, Any]) -> tuple[float, float]:
    lowest, highest = schema.get("minimum", 0), schema.get("maximum", 1)
    numbers = isinstance(lowest, int | float) and isinstance(highest, int | float)
    return (lowest, highest) if numbers else (0, 1)
