"""The ``scan:`` section of budget.yaml. Only the scan reads it; every refusal names file, line, key and what was expected."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from budgetmon.core.config.document import Entry, parse_document, read_text
from budgetmon.core.config.errors import ConfigError
from budgetmon.core.config.quantities import parse_count, parse_duration
from budgetmon.core.config.values import Config
from budgetmon.workloads.earnings.criteria import DEFAULT_RANGES, FIGURES, Criteria, Range, Weights
from budgetmon.workloads.earnings.history.tracker import MINIMUM_HISTORY

_QUANTITIES: dict[str, Callable[[str], Any]] = {
    "minimum_history": parse_count,
    "tries": parse_count,
    "timeout": parse_duration,
    "time_limit": parse_duration,
}
_KEYS = ("market", "model", "history", *_QUANTITIES, "filter", "weights")


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How to scan. ``market`` is the provider of market data, ``model`` the first language model that is asked.

    ``timeout`` bounds one wait for a provider, ``time_limit`` all work on one ticker. ``tries`` counts the first one.
    """

    market: str
    model: str
    history: Path
    criteria: Criteria
    minimum_history: int = MINIMUM_HISTORY
    tries: int = 3
    timeout: timedelta = timedelta(seconds=30)
    time_limit: timedelta = timedelta(minutes=5)


def scan_settings(config: Config) -> ScanSettings:
    """The settings of ``config``: what its file does not say has a default. Raises ConfigError.

    The market data comes from ``tradier`` and the first model is that of the cascade, unless the section names others.
    """
    section = parse_document(read_text(config.path), str(config.path)).mapping().get("scan") if config.path else None
    keys = section.known(*_KEYS) if section else {}
    model = keys["model"].text() if "model" in keys else next(iter(config.cascade), None)
    if model is None:
        file, line = str(config.path or "the configuration"), section.line if section else None
        raise ConfigError(file, line, "scan.model", "expected the model that is asked first, here or as first of the cascade")
    folder = config.path.parent if config.path else Path.cwd()
    given: dict[str, Any] = {name: keys[name].parsed(parse) for name, parse in _QUANTITIES.items() if name in keys}
    return ScanSettings(
        market=keys["market"].text() if "market" in keys else "tradier",
        model=model,
        history=folder / Path(keys["history"].text()).expanduser() if "history" in keys else beside(config.database),
        criteria=Criteria(_ranges(keys.get("filter")), _weights(keys.get("weights"))),
        **given,
    )


def beside(database: Path) -> Path:
    """Where the IV history lies unless the config says otherwise: beside the ledger."""
    return database.with_name(f"{database.name}-iv")


def _ranges(section: Entry | None) -> dict[str, Range]:
    ranges = dict(DEFAULT_RANGES)
    for name, entry in (section.known(*FIGURES) if section else {}).items():
        ends = entry.known("min", "max")
        low, high = (ends[end].parsed(_number) if end in ends else None for end in ("min", "max"))
        if low is not None and high is not None and low > high:
            entry.fail(f"expected min to be at most max, not {low:g} and {high:g}")
        ranges[name] = Range(low, high)
    return ranges


def _weights(section: Entry | None) -> Weights:
    names = [part.name for part in fields(Weights)]
    given = {name: entry.parsed(_number) for name, entry in (section.known(*names) if section else {}).items()}
    weights = Weights(**given)
    if section and not any(getattr(weights, name) for name in names):
        section.fail("expected a weight above zero")
    return weights


def _number(text: str) -> float:
    try:
        number = float(text.replace("_", ""))
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number >= 0):
        raise ValueError(f"expected a number of zero or more, not {text!r}")
    return number
