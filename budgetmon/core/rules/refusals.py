"""Why a call was turned away: exceptions that workers catch."""

from __future__ import annotations

from budgetmon.core.rules.admission import Receipt


class RefusedError(Exception):
    """A call was turned away before it cost anything."""


class BudgetExceededError(RefusedError):
    """A blocking budget has no room for the call. ``receipt`` holds the whole arithmetic; the message is its text."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(str(receipt))
        self.receipt = receipt

    def __reduce__(self) -> tuple[type[BudgetExceededError], tuple[Receipt]]:
        return type(self), (self.receipt,)


class UnpricedError(RefusedError):
    """Nobody knows what the call would cost, and the configuration refuses such calls."""

    def __init__(self, provider: str, model: str) -> None:
        super().__init__(
            f"no price is known for {model} ({provider}): name one under 'models' in budget.yaml, or set 'unpriced: allow'"
        )
        self.provider = provider
        self.model = model

    def __reduce__(self) -> tuple[type[UnpricedError], tuple[str, str]]:
        return type(self), (self.provider, self.model)


class PausedError(RefusedError):
    """An operator has paused the provider."""

    def __init__(self, provider: str, model: str) -> None:
        super().__init__(f"{model} refused: {provider} is paused; `budgetmon resume {provider}` lets its calls go ahead again")
        self.provider = provider
        self.model = model

    def __reduce__(self) -> tuple[type[PausedError], tuple[str, str]]:
        return type(self), (self.provider, self.model)


class NotBilledError(Exception):
    """Raise this inside ``with tracker.call(...)`` when the provider certainly charged nothing: the hold is released."""


class CallStateError(RuntimeError):
    """A call has already ended in another state than the one asked for."""
