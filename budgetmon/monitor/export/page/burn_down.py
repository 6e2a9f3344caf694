"""What is left of a budget over its window: steps down from the limit, the even pace, and where today's pace leads."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.monitor.export.page import words
from budgetmon.monitor.export.page.drawing import HEIGHT, SERIES, Frame, drawn, element, line, near, text
from budgetmon.monitor.export.page.report import Chart
from budgetmon.monitor.export.page.ticks import amount_ticks
from budgetmon.monitor.snapshot import BudgetStatus

_MOST_STEPS = 1_200


def burn_down_chart(budget: BudgetStatus, now: int, zone: ZoneInfo) -> Chart:
    """The chart of ``budget`` as of ``now`` (UTC milliseconds)."""
    title = words.visible(budget.name, 60)
    endless = budget.window.end >= FAR_FUTURE
    start = min(budget.burn_down.at[0] if budget.burn_down.at else now, now) if endless else budget.window.start
    end = max(now, budget.pace.runs_out_at or 0, start + 60_000) if endless or budget.rolls else budget.window.end
    marks = amount_ticks(max(1, budget.limit), budget.unit)
    frame = Frame(start, end, marks[-1][0])
    if not (endless or budget.rolls):
        even = line(frame.x(start), frame.y(budget.limit), frame.x(end), frame.y(0), "muted", stroke_dasharray="2 4")
    else:
        even = ""
    parts = [frame.axes(marks, zone), even, _steps(budget, frame, min(max(now, start), end)), _ahead(budget, frame, now, zone)]
    return Chart(title, drawn(parts, HEIGHT, f"What is left of {title}"))


def _steps(budget: BudgetStatus, frame: Frame, now: int) -> str:
    """What was left: each amount holds until the next step. What lies below zero is drawn at zero."""
    steps = list(zip(budget.burn_down.at, budget.burn_down.total, strict=True))
    kept = steps[:: max(1, len(steps) // _MOST_STEPS)]
    points = [
        (frame.since, budget.limit),
        *((at, budget.limit - total) for at, total in kept),
        (now, budget.limit - budget.spent),
    ]
    corners = [f"{near(frame.x(frame.since))},{near(frame.y(budget.limit))}"]
    for (_, before), (at, left) in pairwise(points):
        x = near(frame.x(max(at, frame.since)))
        corners += [f"{x},{near(frame.y(max(0, before)))}", f"{x},{near(frame.y(max(0, left)))}"]
    return element("polyline", points=" ".join(corners), class_="l0", fill="none", stroke=SERIES[0], stroke_width=2)


def _ahead(budget: BudgetStatus, frame: Frame, now: int, zone: ZoneInfo) -> str:
    """From now on at today's pace, until it runs out or the window ends."""
    per_hour, left = budget.pace.per_hour, max(0, budget.limit - budget.spent)
    if not per_hour or not left or frame.until <= now:
        return ""
    until = min(budget.pace.runs_out_at or frame.until, frame.until)
    rest = max(0.0, left - per_hour * (until - now) / 3_600_000)
    look = "danger" if budget.pace.runs_out_at else "muted"
    dashes = line(frame.x(now), frame.y(left), frame.x(until), frame.y(rest), look, stroke_dasharray="6 4", stroke_width=2)
    if budget.pace.runs_out_at is None:
        return dashes
    said = f"runs out {words.to_the_minute(budget.pace.runs_out_at, zone)}"
    return dashes + text(said, frame.right, frame.top + 12, anchor="end", look="ink")
