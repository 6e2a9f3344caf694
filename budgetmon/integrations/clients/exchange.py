"""One request that is being guarded: from its hold to what becomes of it, as the adapters of the libraries see it."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from budgetmon.core import covering
from budgetmon.core.call import Call
from budgetmon.core.rules.usage import ONE_CALL, Usage
from budgetmon.core.tracker import UsageTracker
from budgetmon.integrations.clients import outcomes
from budgetmon.integrations.clients.estimates import seen_so_far
from budgetmon.integrations.clients.policy import Policy, Unreported
from budgetmon.integrations.clients.recognise import Asked, Shape
from budgetmon.integrations.clients.reply_watch import Decode, ReplyWatch

_log = logging.getLogger(__name__)


class PaidExchange:
    """A request with a hold. Belongs to the process that made it: a forked child that inherits it leaves it alone."""

    def __init__(self, call: Call, asked: Asked, policy: Policy, body: bytes | None) -> None:
        self.body = body
        self._call = call
        self._asked = asked
        self._policy = policy
        self._process = os.getpid()
        self._watch: ReplyWatch | None = None
        self._booked = False

    @contextmanager
    def sending(self) -> Iterator[None]:
        """To be entered while the request is under way: guards further in know then that it is taken care of."""
        covering.enter(self._call)
        try:
            yield
        finally:
            covering.leave(self._call)

    def failed(self, error: BaseException, kinds: tuple[type[BaseException], ...]) -> None:
        """No answer came; ``kinds`` are the library's errors that prove that nothing was sent."""
        if outcomes.never_sent(error, kinds):
            self._call.release()
        else:
            self._call.put_in_doubt()

    def answered(self, status: int, headers: Mapping[str, str], decode: Decode | None) -> bool:
        """The head of the answer is here; whether its body has to be watched. ``decode`` undoes the body's encoding, if any."""
        if outcomes.not_billed(status):
            self._call.release()
        elif not outcomes.answered(status):
            self._call.put_in_doubt()
        elif self._asked.shape is Shape.ENDPOINT:
            self._call.settle(ONE_CALL)
        else:
            events = "text/event-stream" in headers.get("content-type", "")
            self._watch = ReplyWatch(events=events, hide_usage=self.body is not None, decode=decode)
            return True
        return False

    def feed(self, chunk: bytes) -> bytes:
        """A piece of the body has come; what of it may go on to the caller."""
        watch = self._watch
        if watch is None:
            return chunk
        kept = watch.feed(chunk)
        if watch.complete:
            self._book(watch, whole=False)
        return kept

    def end(self) -> bytes:
        """The body has come to its end; what is left of it for the caller."""
        watch = self._watch
        if watch is None:
            return b""
        rest = watch.finish()
        self._book(watch, whole=True)
        return rest

    def cut(self) -> None:
        """Nobody reads the body any more. Does nothing after its end. Safe inside a garbage collection."""
        watch = self._watch
        if watch is not None and not self._booked and self._process == os.getpid():
            self._call.when_possible(lambda: self._book(watch, whole=False))

    def _book(self, watch: ReplyWatch, *, whole: bool) -> None:
        """Books what the body has told. Only the first time counts."""
        if self._booked or self._process != os.getpid():
            return
        self._booked = True
        seen = watch.seen(whole=whole)
        used = seen.usage
        if used is None and self._policy.unreported is Unreported.CHARGE_SEEN:
            used = seen_so_far(self._call.estimate, seen.text_bytes, self._policy.assumptions)
            _log.warning("call %d to %s told no usage; charged by what was seen", self._call.id, self._call.model)
        if used is None or not self._settled(used):
            self._call.put_in_doubt()

    def _settled(self, used: Usage) -> bool:
        try:
            self._call.settle(used)
        except ValueError as error:  # more than money can count: nobody knows what it did use
            _log.warning("call %d to %s told a usage that cannot be: %s", self._call.id, self._call.model, error)
            return False
        return True


class CountedExchange:
    """A request that nobody can price: booked once it is answered, or may have been taken."""

    body: bytes | None = None

    def __init__(self, tracker: UsageTracker, provider: str, endpoint: str, tag: str | None) -> None:
        self._tracker = tracker
        self._provider = provider
        self._endpoint = endpoint
        self._tag = tag

    @contextmanager
    def sending(self) -> Iterator[None]:
        """Nothing: there is no call that would cover the request."""
        yield

    def failed(self, error: BaseException, kinds: tuple[type[BaseException], ...]) -> None:
        """No answer came; ``kinds`` are the library's errors that prove that nothing was sent."""
        if not outcomes.never_sent(error, kinds):
            self._count(ok=False)

    def answered(self, status: int, _headers: Mapping[str, str], _decode: Decode | None) -> bool:
        """The head of the answer is here; its body need not be watched."""
        if not outcomes.not_billed(status):
            self._count(ok=outcomes.answered(status))
        return False

    def feed(self, chunk: bytes) -> bytes:
        """A piece of the body has come; what of it may go on to the caller."""
        return chunk

    def end(self) -> bytes:
        """The body has come to its end; what is left of it for the caller."""
        return b""

    def cut(self) -> None:
        """Nobody reads the body any more. Does nothing after its end. Safe inside a garbage collection."""

    def _count(self, *, ok: bool) -> None:
        self._tracker.record(self._endpoint, provider=self._provider, tag=self._tag, ok=ok)


Exchange = PaidExchange | CountedExchange
