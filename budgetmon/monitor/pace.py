"""Pace of a budget: how fast it burns, and when it runs out at that rate."""

from __future__ import annotations

from budgetmon.core.rules.periods import FAR_FUTURE, Window
from budgetmon.monitor.snapshot import Pace, Steps

HOUR = 3_600_000
MIN_CALLS = 3
RECENT_SHARE = 10  # the recent stretch is a tenth of what has passed of the window
RECENT_AT_LEAST = 60_000
TOO_EARLY_SHARE = 0.03


def pace_of(burn_down: Steps, window: Window, remaining: int, now: int) -> Pace:
    """The rate of the recent past, and the instant at which ``remaining`` is used up at that rate.

    Recent is the last tenth of the elapsed window, at least a minute. Nothing is said in the first 3 % of a window (of a
    lifetime: in its first minute) or while fewer than three steps were seen.
    """
    if not burn_down.at or _too_early(burn_down, window, now):
        return Pace()
    began = burn_down.at[0] if window.end >= FAR_FUTURE else max(window.start, burn_down.at[0])
    stretch = max(RECENT_AT_LEAST, (now - began) // RECENT_SHARE)
    since = max(began, now - stretch)
    spent = burn_down.total[-1] - total_at(burn_down, since)
    if now <= since:
        return Pace()
    per_hour = spent * HOUR / (now - since)
    if remaining <= 0:
        return Pace(per_hour, now)
    if spent <= 0:
        return Pace(0.0, None)
    runs_out = now + int(remaining * (now - since) / spent)
    return Pace(per_hour, runs_out if runs_out < window.end else None)


def total_at(steps: Steps, at: int) -> int:
    """The cumulative count just before ``at``; 0 before the first step."""
    total = 0
    for when, value in zip(steps.at, steps.total, strict=True):
        if when >= at:
            break
        total = value
    return total


def _too_early(burn_down: Steps, window: Window, now: int) -> bool:
    if len(burn_down.at) < MIN_CALLS:
        return True
    if window.end >= FAR_FUTURE:
        return now - burn_down.at[0] < RECENT_AT_LEAST
    # A window as short as an hour is judged after a minute at the latest.
    return now - window.start < min((window.end - window.start) * TOO_EARLY_SHARE, 24 * HOUR)
