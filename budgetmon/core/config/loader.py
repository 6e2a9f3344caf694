"""budget.yaml to values. Every refusal names file, line, key and what was expected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from budgetmon.core.config.document import Entry, parse_document, read_text
from budgetmon.core.config.legacy import flat_file
from budgetmon.core.config.locate import (
    default_database,
    find_config,
    find_database_override,
    machine_zone,
)
from budgetmon.core.config.quantities import (
    parse_count,
    parse_duration,
    parse_limit,
    parse_per_million,
    parse_period,
    parse_share,
)
from budgetmon.core.config.run_profiles import run_profiles
from budgetmon.core.config.values import (
    CacheConfig,
    Config,
    Durability,
    ModelConfig,
    ProviderConfig,
    Unpriced,
)
from budgetmon.core.rules.budgets import Budget, OnExceed, Scope
from budgetmon.core.rules.doubts import InDoubt, OnDeath
from budgetmon.core.rules.money import parse_usd
from budgetmon.core.rules.periods import Per, Period
from budgetmon.core.rules.prices import Rates

V = TypeVar("V")
W = TypeVar("W", Durability, OnExceed, OnDeath, InDoubt)

_TOP = (
    "database",
    "timezone",
    "durability",
    "unpriced",
    "on_death",
    "in_doubt",
    "fail_open",
    "retention",
    "providers",
    "models",
    "budgets",
    "cascade",
    "caches",
    "runs",
    "scan",  # read by the scan itself
)
_RATES: dict[str, tuple[str, Callable[[str], int]]] = {
    "input_per_mtok": ("input", parse_per_million),
    "output_per_mtok": ("output", parse_per_million),
    "cached_input_per_mtok": ("cached_input", parse_per_million),
    "cache_write_per_mtok": ("cache_write", parse_per_million),
    "per_call": ("per_call", parse_usd),
    "per_credit": ("per_credit", parse_usd),
}


_TOKEN_RATES = {"input", "output", "cached_input", "cache_write"}


def load_config(path: Path | str) -> Config:
    """The configuration in ``path``. Raises ConfigError; never returns half of one."""
    path = Path(path).absolute()
    return config_from_text(read_text(path), path)


def config_in_force(config: Path | None = None, database: Path | None = None) -> Config:
    """The configuration for these options: they come first, then the environment, this folder, the platform's folders.

    Raises ConfigError.
    """
    found = find_config(config)
    override = find_database_override(database)
    loaded = load_config(found) if found else default_config(override)
    return replace(loaded, database=override.absolute()) if override else loaded


def default_config(database: Path | None = None) -> Config:
    """What holds without a file: no budgets, the machine's zone, the platform's data folder."""
    return Config(database=(database or default_database()).absolute(), zone=machine_zone())


def config_from_text(text: str, path: Path) -> Config:
    """The configuration in ``text``; ``path`` is where it stands, and relative paths start from its folder."""
    document = parse_document(text, str(path))
    flat = flat_file(document, _TOP)
    top = flat.settings if flat else document.known(*_TOP)
    zone = _zone(top["timezone"]) if "timezone" in top else machine_zone()
    models = {name: _model(entry) for name, entry in top["models"].mapping().items()} if "models" in top else {}
    config = Config(
        path=path,
        database=(path.parent / Path(top["database"].text()).expanduser()) if "database" in top else default_database(),
        zone=zone,
        durability=_word(top["durability"], Durability) if "durability" in top else Durability.POWER,
        **_unpriced(top.get("unpriced")),
        on_death=_word(top["on_death"], OnDeath) if "on_death" in top else OnDeath.IN_DOUBT,
        in_doubt=_word(top["in_doubt"], InDoubt) if "in_doubt" in top else InDoubt.KEEP,
        fail_open=top["fail_open"].flag() if "fail_open" in top else False,
        retention=top["retention"].parsed(parse_duration) if "retention" in top else None,
        providers=_named(top.get("providers"), _provider),
        models=models,
        budgets=_budgets(top.get("budgets"), zone),
        cascade=_cascade(top.get("cascade")),
        caches=_named(top.get("caches"), _cache),
        runs=run_profiles(top.get("runs"), path.parent),
    )
    return flat.applied_to(config) if flat else config


def _named(section: Entry | None, parse: Callable[[Entry], V]) -> dict[str, V]:
    return {name: parse(entry) for name, entry in section.mapping().items()} if section else {}


def _word(entry: Entry, words: type[W]) -> W:
    text = entry.text().lower().replace(" ", "_")
    for word in words:
        if word.value == text:
            return word
    return entry.fail(f"expected one of {', '.join(words)}, not {text!r}")


def _unpriced(entry: Entry | None) -> dict[str, Any]:
    """``refuse``, ``allow``, or an amount: the ceiling that is set aside for a call whose price nobody knows."""
    if entry is None:
        return {"unpriced": Unpriced.REFUSE}
    word = entry.text().lower()
    if word in (Unpriced.REFUSE, Unpriced.ALLOW):
        return {"unpriced": Unpriced(word)}
    try:
        ceiling = parse_usd(word)
    except ValueError:
        entry.fail(f"expected refuse, allow, or the amount to set aside for such a call, such as '0.50 USD', not {word!r}")
    return {"unpriced": Unpriced.CEILING, "unpriced_ceiling": ceiling}


def _zone(entry: Entry) -> str:
    name = entry.text()
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        entry.fail(f"expected an IANA time zone such as 'America/New_York', not {name!r}")
    return name


def _provider(entry: Entry) -> ProviderConfig:
    keys = entry.known("base_url", "api_key_env")
    return ProviderConfig(
        base_url=keys["base_url"].text() if "base_url" in keys else None,
        api_key_env=keys["api_key_env"].text() if "api_key_env" in keys else None,
    )


def _model(entry: Entry) -> ModelConfig:
    keys = entry.known("provider", *_RATES)
    if "provider" not in keys:
        entry.fail("expected the provider that is paid for this model, as 'provider: name'")
    prices: dict[str, Any] = {field: keys[name].parsed(parse) for name, (field, parse) in _RATES.items() if name in keys}
    if prices and not prices.keys() & _TOKEN_RATES:
        # Sold by the call or the credit alone: tokens are part of the price, and not of unknown price.
        prices |= {"input": 0, "output": 0}
    return ModelConfig(provider=keys["provider"].text(), rates=Rates(**prices) if prices else None)


def _budgets(section: Entry | None, zone: str) -> tuple[Budget, ...]:
    budgets: dict[str, Budget] = {}
    for entry in section.items() if section else ():
        budget = _budget(entry, zone)
        if budget.name in budgets:
            entry.fail(f"a budget named {budget.name!r} is already there; names tell budgets apart")
        budgets[budget.name] = budget
    return tuple(budgets.values())


def _budget(entry: Entry, zone: str) -> Budget:
    keys = entry.known(
        "name", "provider", "model", "tag", "run", "limit", "per", "reset_day", "timezone", "on_exceed", "warn_at"
    )
    for required in ("name", "limit", "per"):
        if required not in keys:
            entry.fail(f"expected '{required}' in this budget")
    limit, unit = keys["limit"].parsed(parse_limit)
    return Budget(
        name=keys["name"].text(),
        limit=limit,
        unit=unit,
        period=_period(keys),
        zone=_zone(keys["timezone"]) if "timezone" in keys else zone,
        scope=Scope(**{part: keys[part].text() for part in ("provider", "model", "tag", "run") if part in keys}),
        on_exceed=_word(keys["on_exceed"], OnExceed) if "on_exceed" in keys else OnExceed.BLOCK,
        warn_at=tuple(sorted({share.parsed(parse_share) for share in keys["warn_at"].items()})) if "warn_at" in keys else (),
    )


def _period(keys: dict[str, Entry]) -> Period:
    period = keys["per"].parsed(parse_period)
    if "reset_day" not in keys:
        return period
    if period.per is not Per.MONTH:
        keys["reset_day"].fail("only a budget per month has a reset day")
    return keys["reset_day"].parsed(lambda text: Period(Per.MONTH, parse_count(text)))


def _cascade(section: Entry | None) -> tuple[str, ...]:
    return tuple(entry.text() for entry in section.items()) if section else ()


def _cache(entry: Entry) -> CacheConfig:
    keys = entry.known("max_size", "ttl")
    return CacheConfig(
        max_size=keys["max_size"].parsed(parse_count) if "max_size" in keys else None,
        ttl=keys["ttl"].parsed(parse_duration) if "ttl" in keys else None,
    )
