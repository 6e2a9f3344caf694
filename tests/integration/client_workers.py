"""Workers that spend through guarded clients, each in a process of its own."""

from __future__ import annotations

from pathlib import Path

from openai import OpenAI

from budgetmon import BudgetExceededError, UsageTracker
from budgetmon.integrations.clients.openai_client import guarded


def spend(config: Path, url: str) -> int:
    """Calls, whole and streamed in turn, until the budget has run out; how many were answered."""
    answered = 0
    with UsageTracker(config) as tracker, guarded(OpenAI(base_url=url, api_key="none"), tracker) as api:
        try:
            while answered < 200:
                reply = api.chat.completions.create(
                    model="chat", messages=[{"role": "user", "content": "hi"}], max_tokens=40, stream=answered % 2 == 1
                )
                assert list(reply)
                answered += 1
        except BudgetExceededError:
            pass
    return answered
