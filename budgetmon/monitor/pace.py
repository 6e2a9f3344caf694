"""Pace of a budget: how fast it burns, and when it runs out at that rate."""

from __future__ import annotations

from bisect import bisect_left

from budgetmon.core.rules.periods import FAR_FUTURE, Window
from budgetmon.monitor.snapshot import Pace, Steps

HOUR = 3_600_000
MIN_CALLS = 3
RECENT_SHARE = 10  # the recent stretch is a tenth of what has passed of the window
RECENT_AT_LEAST = 60_000
BAND_SHARES = (20, RECENT_SHARE, 4, 2)
TOO_EARLY_SHARE = 0.03


def pace_of(burn_down: Steps, window: Window, remaining: int, now: int) -> Pace:
    """The rate of the recent past, and the instant at which ``remaining`` is used up at that rate.

    Recent is the last tenth of the elapsed window, at least a minute. Around it lies a band: the lowest and the highest of
    the rates over the last 1/20, 1/10, 1/4 and 1/2 of what has elapsed, each at least a minute. Nothing is said in the
    first 3 % of a window (of a lifetime: in its first minute) or while fewer than three steps were seen.
    """
    if not burn_down.at or _too_early(burn_down, window, now):
        return Pace()
    began = burn_down.at[0] if window.end >= FAR_FUTURE else max(window.start, burn_down.at[0])
    if now <= began:
        return Pace()
    spent, stretch = _recent(burn_down, began, now, RECENT_SHARE)
    band = sorted(_per_hour(*_recent(burn_down, began, now, share)) for share in BAND_SHARES)
    return Pace(_per_hour(spent, stretch), _run_out(spent, stretch, window, remaining, now), band[0], band[-1])


def _recent(burn_down: Steps, began: int, now: int, share: int) -> tuple[int, int]:
    """What was spent in the last ``1/share`` of what has passed since ``began``, and how long that is."""
    since = max(began, now - max(RECENT_AT_LEAST, (now - began) // share))
    return burn_down.total[-1] - total_at(burn_down, since), now - since


def _per_hour(spent: int, stretch: int) -> float:
    return spent * HOUR / stretch


def _run_out(spent: int, stretch: int, window: Window, remaining: int, now: int) -> int | None:
    if remaining <= 0:
        return now
    if spent <= 0:
        return None
    at = now + int(remaining * stretch / spent)
    return at if at < window.end else None


def total_at(steps: Steps, at: int) -> int:
    """The cumulative count just before ``at``; 0 before the first step."""
    place = bisect_left(steps.at, at)
    return steps.total[place - 1] if place else 0


def _too_early(burn_down: Steps, window: Window, now: int) -> bool:
    if len(burn_down.at) < MIN_CALLS:
        return True
    if window.end >= FAR_FUTURE:
        return now - burn_down.at[0] < RECENT_AT_LEAST
    # A window as short as an hour is judged after a minute at the latest.
    return now - window.start < min((window.end - window.start) * TOO_EARLY_SHARE, 24 * HOUR)
