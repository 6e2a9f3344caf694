"""``@tracker.tracked``: a function whose every call is a paid call."""

from __future__ import annotations

import functools
import inspect
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from budgetmon.core import covering
from budgetmon.core.call import Call
from budgetmon.core.rules.usage import Usage

P = ParamSpec("P")
R = TypeVar("R")


class MakesCalls(Protocol):
    """A tracker, as far as the decorator needs one."""

    def call(
        self, model: str, *, estimate: Usage | None, tag: str | None, provider: str | None, fallback: bool = False
    ) -> Call:
        """A paid call."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How the calls of a function are booked. What is callable is asked with the arguments of each call."""

    model: str | Callable[..., str]
    estimate: Usage | Callable[..., Usage] | None = None
    usage: Callable[[Any], Usage | None] | None = None
    tag: str | Callable[..., str | None] | None = None
    provider: str | None = None

    def call(self, tracker: MakesCalls, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Call:
        """The call that these arguments make."""

        def asked(term: Any) -> Any:
            return term(*args, **kwargs) if callable(term) else term

        return tracker.call(asked(self.model), estimate=asked(self.estimate), tag=asked(self.tag), provider=self.provider)

    def settle(self, call: Call, result: object) -> None:
        """Books what the result says; in doubt when it says nothing. Without ``usage`` the estimate is what it cost."""
        used = self.usage(result) if self.usage else call.estimate
        if used is not None:
            call.settle(used)


def track(tracker: MakesCalls, terms: Terms) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The decorator. Keeps functions, coroutine functions, generators and asynchronous generators what they are."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        if inspect.isasyncgenfunction(function):
            wrapper: Any = _tasks_stream(tracker, terms, function)
        elif inspect.isgeneratorfunction(function):
            wrapper = _stream(tracker, terms, function)
        elif inspect.iscoroutinefunction(function):
            wrapper = _task(tracker, terms, function)
        else:
            wrapper = _plain(tracker, terms, function)
        return cast(Callable[P, R], functools.wraps(function)(wrapper))

    return decorate


def _plain(tracker: MakesCalls, terms: Terms, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        with terms.call(tracker, args, kwargs) as paid:
            result = function(*args, **kwargs)
            terms.settle(paid, result)
        return result

    return call


def _task(tracker: MakesCalls, terms: Terms, function: Callable[..., Any]) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> Any:
        async with terms.call(tracker, args, kwargs) as paid:
            result = await function(*args, **kwargs)
            terms.settle(paid, result)
        return result

    return call


@contextmanager
def _ended(paid: Call) -> Iterator[None]:
    """Ends ``paid`` as a block would, but covers nothing: the reader of a generator runs inside it, too."""
    try:
        yield
    except BaseException as error:
        paid.end(error)
        raise
    paid.end()


class _Streamed:
    """A paid call that a generator makes: it covers requests while the generator runs, not while its reader does."""

    def __init__(self, paid: Call, terms: Terms) -> None:
        self._paid = paid
        self._terms = terms
        self._used = None if terms.usage else paid.estimate

    @contextmanager
    def running(self) -> Iterator[None]:
        covering.enter(self._paid)
        try:
            yield
        finally:
            covering.leave(self._paid)

    def note(self, item: object) -> None:
        """Takes up the usage that an item names. The last one counts."""
        if self._terms.usage:
            self._used = self._terms.usage(item) or self._used

    def finished(self) -> None:
        """The generator has come to its end."""
        if self._used is not None:
            self._paid.settle(self._used)


def _stream(tracker: MakesCalls, terms: Terms, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
        paid = terms.call(tracker, args, kwargs).begin()
        with _ended(paid):
            streamed = _Streamed(paid, terms)
            inner: Generator[Any, Any, Any] = function(*args, **kwargs)
            step: Callable[[], Any] = functools.partial(next, inner)
            while True:
                try:
                    with streamed.running():
                        item = step()
                except StopIteration as end:
                    streamed.finished()
                    return end.value
                streamed.note(item)
                try:
                    sent = yield item
                except GeneratorExit:
                    inner.close()
                    raise
                except BaseException as error:
                    step = functools.partial(inner.throw, error)
                else:
                    step = functools.partial(inner.send, sent)

    return call


def _tasks_stream(tracker: MakesCalls, terms: Terms, function: Callable[..., Any]) -> Callable[..., Any]:
    async def call(*args: Any, **kwargs: Any) -> AsyncGenerator[Any, Any]:
        paid = terms.call(tracker, args, kwargs).begin()
        with _ended(paid):
            streamed = _Streamed(paid, terms)
            inner: AsyncGenerator[Any, Any] = function(*args, **kwargs)
            step: Callable[[], Any] = functools.partial(anext, inner)
            while True:
                try:
                    with streamed.running():
                        item = await step()
                except StopAsyncIteration:
                    streamed.finished()
                    return
                streamed.note(item)
                try:
                    sent = yield item
                except GeneratorExit:
                    await inner.aclose()
                    raise
                except BaseException as error:
                    step = functools.partial(inner.athrow, error)
                else:
                    step = functools.partial(inner.asend, sent)

    return call
