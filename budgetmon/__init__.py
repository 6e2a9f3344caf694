"""budgetmon: one shared budget for every process that pays for API calls."""

from budgetmon.core.cache.decorator import cached
from budgetmon.core.cache.lru import LRUCache
from budgetmon.core.cache.shared.cache import SharedCache, SharedLoadError
from budgetmon.core.cache.tiny_lfu import TinyLFUCache
from budgetmon.core.config.errors import ConfigError
from budgetmon.core.rules.refusals import (
    BudgetExceededError,
    NotBilledError,
    PausedError,
    RefusedError,
    UnpricedError,
)
from budgetmon.core.rules.usage import Usage
from budgetmon.core.storage.errors import LedgerError
from budgetmon.core.tracker import Decision, UsageTracker

__all__ = [
    "BudgetExceededError",
    "ConfigError",
    "Decision",
    "LRUCache",
    "LedgerError",
    "NotBilledError",
    "PausedError",
    "RefusedError",
    "SharedCache",
    "SharedLoadError",
    "TinyLFUCache",
    "UnpricedError",
    "Usage",
    "UsageTracker",
    "cached",
]
