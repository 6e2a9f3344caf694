"""The stand-in's own books: what a real provider would have billed, apart from every ledger, so that both can be compared."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from budgetmon.workloads.standin.completions import Tokens


@dataclass(frozen=True, slots=True)
class ModelBill:
    """Calls and tokens of one model. ``cached_tokens`` is a part of ``prompt_tokens``, as in the API."""

    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0

    def plus(self, other: ModelBill) -> ModelBill:
        """Both together."""
        return ModelBill(
            self.calls + other.calls,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
        )


@dataclass(frozen=True, slots=True)
class Billed:
    """The books at one moment.

    ``answered`` holds what was billed, by model: calls answered with 200, whether or not the client was still there to
    read the answer. ``timed_out`` holds, apart, the calls that were taken and met with silence: a provider may bill those or
    not. ``cut`` holds, apart, the streams that broke off, with the tokens that went out until then. ``rejected`` counts paid
    calls by the error status that they were answered with; they cost nothing.
    """

    answered: Mapping[str, ModelBill] = field(default_factory=dict)
    timed_out: Mapping[str, ModelBill] = field(default_factory=dict)
    rejected: Mapping[int, int] = field(default_factory=dict)
    cut: Mapping[str, ModelBill] = field(default_factory=dict)

    @property
    def total(self) -> ModelBill:
        """The sum over ``answered``."""
        return _sum(self.answered)

    @property
    def timed_out_total(self) -> ModelBill:
        """The sum over ``timed_out``."""
        return _sum(self.timed_out)

    def document(self) -> dict[str, object]:
        """The books as ``GET /standin/billed`` gives them."""
        return {
            "total": asdict(self.total),
            "answered": {model: asdict(bill) for model, bill in sorted(self.answered.items())},
            "timed_out": {model: asdict(bill) for model, bill in sorted(self.timed_out.items())},
            "cut": {model: asdict(bill) for model, bill in sorted(self.cut.items())},
            "rejected": {str(status): count for status, count in sorted(self.rejected.items())},
        }


def _sum(bills: Mapping[str, ModelBill]) -> ModelBill:
    total = ModelBill()
    for bill in bills.values():
        total = total.plus(bill)
    return total


class BillLog:
    """Keeps the books. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answered: dict[str, ModelBill] = {}
        self._timed_out: dict[str, ModelBill] = {}
        self._rejected: dict[int, int] = {}
        self._cut: dict[str, ModelBill] = {}

    def add_answer(self, model: str, tokens: Tokens) -> None:
        """One call answered with 200."""
        with self._lock:
            _add(self._answered, model, tokens)

    def add_timeout(self, model: str, tokens: Tokens) -> None:
        """One call taken and never answered."""
        with self._lock:
            _add(self._timed_out, model, tokens)

    def add_cut(self, model: str, tokens: Tokens) -> None:
        """One stream that broke off, and the tokens of what went out."""
        with self._lock:
            _add(self._cut, model, tokens)

    def add_rejection(self, status: int) -> None:
        """One call answered with an error."""
        with self._lock:
            self._rejected[status] = self._rejected.get(status, 0) + 1

    def billed(self) -> Billed:
        """A copy of the books as they are now."""
        with self._lock:
            return Billed(dict(self._answered), dict(self._timed_out), dict(self._rejected), dict(self._cut))


def _add(bills: dict[str, ModelBill], model: str, tokens: Tokens) -> None:
    call = ModelBill(1, tokens.prompt, tokens.completion, tokens.cached)
    bills[model] = bills.get(model, ModelBill()).plus(call)
