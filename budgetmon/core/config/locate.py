"""Where the configuration and the ledger are: options, then environment, then this folder, then the platform's folders."""

from __future__ import annotations

import os
from pathlib import Path

CONFIG_VARIABLE = "BUDGETMON_CONFIG"
DATABASE_VARIABLE = "BUDGETMON_DB"
CONFIG_NAME = "budget.yaml"


def find_config(option: Path | None = None) -> Path | None:
    """The configuration in force, or None when there is none. A path that was asked for is returned as it is."""
    if option:
        return option
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named).expanduser()
    here = Path(CONFIG_NAME)
    if here.exists():
        return here
    from platformdirs import user_config_path

    general = user_config_path("budgetmon", appauthor=False) / CONFIG_NAME
    return general if general.exists() else None


def find_database_override(option: Path | None = None) -> Path | None:
    """The ledger that was asked for by option or environment, before any config."""
    if option:
        return option
    named = os.environ.get(DATABASE_VARIABLE)
    return Path(named).expanduser() if named else None


def default_database() -> Path:
    """The ledger's place when nobody named one: the platform's data folder."""
    from platformdirs import user_data_path

    return user_data_path("budgetmon", appauthor=False) / "ledger.db"


def machine_zone() -> str:
    """The IANA name of the machine's time zone; UTC when it has none."""
    from tzlocal import get_localzone_name

    try:
        return get_localzone_name() or "UTC"
    except (LookupError, ValueError, OSError):
        return "UTC"
