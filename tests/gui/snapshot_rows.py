"""Rows made up for tests and pictures: calls, refusals and workers of a busy ledger."""

from __future__ import annotations

import random

from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.money import parse_usd
from budgetmon.core.rules.periods import Per, Period, window_at
from budgetmon.monitor.snapshot import CallRow, RefusalRow, WorkerRow

ZONE = "Europe/Zurich"
HOUR = 3_600_000

MODELS = {
    "perplexity": ("sonar-pro", "sonar"),
    "gemini": ("gemini-2.0-flash",),
    "alphavantage": ("quotes", "earnings"),
    "openai": ("gpt-4.1-mini",),
}
WEIGHTS = {"perplexity": 5, "gemini": 8, "alphavantage": 4, "openai": 2}
TAGS = ("AAPL", "MSFT", "NVDA", "TSLA", "AMZN", None)


def call(number: int, at: int, dice: random.Random) -> CallRow:
    """One call; the newest few are still held."""
    provider = dice.choices(list(MODELS), weights=list(WEIGHTS.values()))[0]
    model = dice.choice(MODELS[provider])
    tokens = provider != "alphavantage"
    used = (dice.randint(300, 2600), dice.randint(60, 900), dice.choice((0, 0, 512))) if tokens else (0, 0, 0)
    hold = used[0] * 5_000 + 3_000_000 if tokens else 0
    state = CallState.HELD if number > 12_428 else dice.choices(list(CallState), weights=(0, 96, 2, 1))[0]
    ok = state is not CallState.SETTLED or dice.random() > 0.04
    cost = round(hold * dice.uniform(0.4, 1.01)) if state is CallState.SETTLED else None
    return CallRow(
        id=number,
        at=at,
        took=None if state is CallState.HELD else dice.randint(180, 5200),
        state=state,
        ok=ok,
        provider=provider,
        model=model,
        tag=dice.choice(TAGS),
        run=None,
        worker=dice.randint(1, 4),
        input_tokens=used[0],
        output_tokens=used[1],
        cached_input_tokens=used[2],
        calls=1,
        hold=hold,
        cost=cost,
    )


def refusal(number: int, at: int, turn: int) -> RefusalRow:
    """One refusal with its receipt."""
    if turn % 3:
        window = window_at(Period(Per.DAY), ZONE, at)
        receipt = Receipt(
            "alpha vantage day", Unit.CALLS, 25, window, 25, 0, 0, 1, "alphavantage", "quotes", "MSFT", window.end
        )
    else:
        window = window_at(Period(Per.DAY), ZONE, at)
        usd = parse_usd
        receipt = Receipt(
            "sonar-pro day",
            Unit.USD,
            usd("0.50"),
            window,
            usd("0.481"),
            usd("0.0161"),
            0,
            usd("0.0184"),
            "perplexity",
            "sonar-pro",
            "NVDA",
            window.end,
        )
    return RefusalRow(
        number,
        at,
        receipt.provider,
        receipt.model,
        receipt.tag,
        receipt.budget,
        receipt.unit,
        receipt.asked,
        receipt.free,
        str(receipt),
    )


def workers(now: int) -> tuple[WorkerRow, ...]:
    """Four workers: three alive, one dead."""
    return tuple(
        WorkerRow(
            number,
            40_210 + 7 * number,
            "desk-01",
            now - 5 * HOUR,
            now - number * 900,
            number != 3,
            3100 + 17 * number,
            number * 10_300_000,
            2,
            command=f"python desk.py --desk {number}",
            engine="3.53.0",
        )
        for number in range(1, 5)
    )
