"""A tracker on a ledger and a stand-in that it knows as a provider: what tests of guarded clients share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from integration.ledger_view import budget, picture

from budgetmon import UsageTracker
from budgetmon.core.rules.calls import CallState
from budgetmon.workloads.standin.bill import ModelBill
from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import ErrorKind, StandInSettings

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
providers:
  standin: {{base_url: "{url}/v1"}}
models:
  chat:  {{provider: standin, input_per_mtok: 3, output_per_mtok: 15, cached_input_per_mtok: 0.3, per_call: 0.005}}
  embed: {{provider: standin, input_per_mtok: 0.02}}
budgets:
  - {{name: usd, limit: {limit} USD, per: day}}
"""
HELLO: list[Any] = [{"role": "user", "content": "hello, how much is it?"}]
ASKED = {"prompt_tokens": 1_000, "completion_tokens": 200, "cached_tokens": 600}


@dataclass(frozen=True, slots=True)
class Books:
    """Both sides: the ledger, and what the stand-in says that it billed."""

    tracker: UsageTracker
    standin: StandIn

    @property
    def url(self) -> str:
        return f"{self.standin.base_url}/v1"

    @property
    def usd(self) -> tuple[int, int, int]:
        """Spent, held and in doubt, in nanos."""
        status = budget(self.tracker, "usd")
        return status.spent, status.held, status.in_doubt

    @property
    def billed(self) -> int:
        """The stand-in's bill in nanos."""
        return sum(nanos(model, bill) for model, bill in self.standin.billed().answered.items())

    @property
    def states(self) -> list[CallState]:
        """What became of the calls, in their order."""
        return [row.state for row in sorted(picture(self.tracker).calls, key=lambda row: row.id)]

    def agree(self, calls: int) -> bool:
        """Whether the ledger holds as many settled calls as were billed, for the same money, and nothing else."""
        return (
            self.usd == (self.billed, 0, 0)
            and self.standin.billed().total.calls == calls
            and self.states.count(CallState.SETTLED) == calls
        )


def nanos(model: str, bill: ModelBill) -> int:
    if model == "embed":
        return 20 * bill.prompt_tokens
    fresh = bill.prompt_tokens - bill.cached_tokens
    return 5_000_000 * bill.calls + 3_000 * fresh + 300 * bill.cached_tokens + 15_000 * bill.completion_tokens


@contextmanager
def books(make_tracker: MakeTracker, *script: ErrorKind | None, limit: str = "5", event_ms: float = 0) -> Iterator[Books]:
    """A running stand-in whose first calls meet the fates in ``script``, and a tracker with ``limit`` USD a day."""
    settings = StandInSettings(script=script, event_ms=event_ms, silence_ms=200, retry_after_s=0)
    with StandIn(settings) as standin:
        yield Books(make_tracker(CONFIG.format(url=standin.base_url, limit=limit)), standin)
