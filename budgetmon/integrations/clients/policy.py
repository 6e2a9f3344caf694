"""What a guarded client may decide by itself, as one value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from budgetmon.core.rules.refusals import RefusedError


class Unknown(StrEnum):
    """What becomes of a request to a paid host whose price cannot be told from its path and body.

    Counted after the fact as an unpriced call, refused, or passed on unseen.
    """

    COUNT = "count"
    REFUSE = "refuse"
    PASS = "pass"


class Unreported(StrEnum):
    """What becomes of an answer that never told its usage, a stream that was cut off above all.

    In doubt: the worst case goes on counting until somebody resolves it. Charged by what was seen: the estimated input,
    and the text that arrived; less than the bill when the provider wrote on.
    """

    IN_DOUBT = "in doubt"
    CHARGE_SEEN = "charge seen"


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What the worst case of a request is reckoned from where the request itself does not say.

    ``bytes_per_token``: ordinary text has three to four bytes a token, so 2 is on the safe side of nearly any text.
    ``media_tokens`` is set aside for each image, sound or file; ``carried_tokens`` for a conversation that the provider
    remembers; ``output_tokens`` for a reply without a limit. Higher values hold more; too low ones show up as overruns.
    """

    bytes_per_token: int = 2
    media_tokens: int = 4_000
    carried_tokens: int = 16_000
    output_tokens: int = 4_096


@dataclass(frozen=True, slots=True)
class Policy:
    """How a client is guarded.

    ``provider`` is who is paid for all that the client calls; None finds it by address. ``tag`` goes onto every call; it may be
    a function that is asked each time, such as the ``get`` of a ContextVar. With ``ask_for_usage``, a chat stream whose caller
    did not ask for its usage is asked for it, and the caller does not see that.
    """

    provider: str | None = None
    tag: str | Callable[[], str | None] | None = None
    unknown: Unknown = Unknown.COUNT
    unreported: Unreported = Unreported.IN_DOUBT
    ask_for_usage: bool = True
    assumptions: Assumptions = field(default_factory=Assumptions)

    def tag_now(self) -> str | None:
        """The tag of a call that is made now."""
        return self.tag() if callable(self.tag) else self.tag


class UnknownRequestError(RefusedError):
    """A paid host was called in a way that nobody has priced, and the policy refuses that."""

    def __init__(self, provider: str, endpoint: str) -> None:
        super().__init__(
            f"{endpoint} ({provider}) refused: what it costs cannot be told; name it under 'models' in budget.yaml with a"
            " price per call, wrap it in tracker.call(), or let the client's policy count it"
        )
        self.provider = provider
        self.endpoint = endpoint

    def __reduce__(self) -> tuple[type[UnknownRequestError], tuple[str, str]]:
        return type(self), (self.provider, self.endpoint)
