"""Who was paid for a model, told from a tool's sums per provider where its rows do not say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# More than this is not searched: the tools that need it know a handful of each.
_MOST_MODELS = 12
_MOST_PROVIDERS = 6
_NANOS_OF_NOISE = 1_000


class PaidSum(NamedTuple):
    """Successful calls, and what they cost in nanos. Sums that a tool kept as floats may be off by a few nanos."""

    calls: int
    cost: int


def match_sums(models: Mapping[str, PaidSum], providers: Mapping[str, PaidSum]) -> dict[str, str]:
    """The provider of each model, if there is exactly one way to share the models out so that every sum comes true.

    Empty when there is none, or more than one. Models without successful calls are in no sum and so are left out.
    """
    called = {name: paid for name, paid in models.items() if paid.calls}
    if not providers or len(called) > _MOST_MODELS or len(providers) > _MOST_PROVIDERS:
        return {}
    found: list[dict[str, str]] = []
    _share_out(sorted(called.items()), dict(providers), {}, found)
    return found[0] if len(found) == 1 else {}


def _share_out(
    models: list[tuple[str, PaidSum]], left: dict[str, PaidSum], chosen: dict[str, str], found: list[dict[str, str]]
) -> None:
    """Tries every provider that still has room for the first of ``models``; stops at the second way that comes out."""
    if len(found) > 1:
        return
    if not models:
        if all(paid.calls == 0 and abs(paid.cost) <= _NANOS_OF_NOISE for paid in left.values()):
            found.append(dict(chosen))
        return
    (model, paid), *others = models
    for provider, room in left.items():
        rest = PaidSum(room.calls - paid.calls, room.cost - paid.cost)
        if rest.calls >= 0 and rest.cost >= -_NANOS_OF_NOISE:
            _share_out(others, {**left, provider: rest}, {**chosen, model: provider}, found)
