"""How old a picture may be before it must look old."""

from __future__ import annotations

from enum import StrEnum


class Freshness(StrEnum):
    """Tiers of age."""

    FRESH = "live"
    AGEING = "late"
    STALE = "stale"


def freshness(age_seconds: float, period_seconds: float) -> Freshness:
    """The tier of a picture confirmed ``age_seconds`` ago, when an answer is due every ``period_seconds``."""
    if age_seconds <= max(4.0, 3 * period_seconds):
        return Freshness.FRESH
    if age_seconds <= max(20.0, 10 * period_seconds):
        return Freshness.AGEING
    return Freshness.STALE
