"""The pauses of a burn-down: which belong to it, how long each lasted, and its words. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from budgetmon.gui.state.formatting import count, duration, moment
from budgetmon.monitor.snapshot import BudgetStatus, PauseRow

translate = QCoreApplication.translate

_MOST_TOLD = 3  # pauses in one readout


def pauses_of(pauses: Sequence[PauseRow], budget: BudgetStatus) -> tuple[PauseRow, ...]:
    """Those of the providers that ``budget`` counts, as far as they reach into its window, the oldest first."""
    return tuple(
        pause
        for pause in sorted(pauses, key=lambda each: each.at)
        if budget.scope.provider in (None, pause.provider) and _reaches_into(pause, budget)
    )


def stretch_of(pause: PauseRow, now: float) -> tuple[float, float] | None:
    """From when to when it lasted (epoch seconds), until ``now`` while it does; None where nobody knows its end."""
    if pause.in_force:
        return pause.at / 1000.0, max(now, pause.at / 1000.0)
    return None if pause.ended_at is None else (pause.at / 1000.0, pause.ended_at / 1000.0)


def told_at(pauses: Sequence[PauseRow], at: float, near: float, now: float) -> tuple[PauseRow, ...]:
    """Those that lasted at ``at`` (epoch seconds), or began or ended ``near`` seconds from it."""
    found = []
    for pause in pauses:
        begin, end = stretch_of(pause, now) or (pause.at / 1000.0, pause.at / 1000.0)
        if begin - near <= at <= end + near:
            found.append(pause)
    return tuple(found)


def pause_words(pause: PauseRow, zone: str, now: int) -> str:
    """``"perplexity paused by anna, 14:02 to 14:20 (18 min)"``."""
    since = moment(pause.at, zone, now)
    if pause.in_force:
        words = translate("burn-down", "{provider} paused by {who} since {since} ({time})")
        return words.format(provider=pause.provider, who=pause.who, since=since, time=duration(now - pause.at))
    if pause.ended_at is None:
        words = translate("burn-down", "{provider} paused by {who} from {since}, until when is not known")
        return words.format(provider=pause.provider, who=pause.who, since=since)
    words = translate("burn-down", "{provider} paused by {who}, {since} to {until} ({time})")
    # The end as it is told from the beginning: without its day where that is the same.
    until, lasted = moment(pause.ended_at, zone, pause.at), duration(pause.ended_at - pause.at)
    return words.format(provider=pause.provider, who=pause.who, since=since, until=until, time=lasted)


def told_words(pauses: Sequence[PauseRow], zone: str, now: int) -> list[str]:
    """A line for each of the newest few, and one for how many more there are."""
    lines = [pause_words(pause, zone, now) for pause in pauses[-_MOST_TOLD:]]
    more = len(pauses) - len(lines)
    return [*lines, translate("burn-down", "earlier pauses: {count}").format(count=count(more))] if more else lines


def _reaches_into(pause: PauseRow, budget: BudgetStatus) -> bool:
    last = budget.window.end if pause.in_force else pause.at if pause.ended_at is None else pause.ended_at
    return pause.at < budget.window.end and last >= budget.window.start
