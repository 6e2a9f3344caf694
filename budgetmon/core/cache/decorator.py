"""``@cached``: a function whose results a cache keeps."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Hashable
from typing import Any, ParamSpec, Protocol, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")


class Loads(Protocol):
    """A cache, as far as the decorator needs one: LRUCache and SharedCache are such."""

    def get_or_load(self, key: Any, loader: Callable[[], Any]) -> Any:
        """The value of ``key``, or what ``loader()`` returns."""


class LoadsAsync(Loads, Protocol):
    """A cache that tasks can wait for."""

    async def get_or_load_async(self, key: Any, loader: Callable[[], Any]) -> Any:
        """The same, where ``loader()`` is awaited."""


def cached(cache: Loads, key: Callable[..., Hashable] | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keeps the results of a function, a method or a coroutine function in ``cache``. One call per key, however many ask.

    ``key`` makes the key from the call's arguments. Without it, the key is the function's qualified name and its arguments
    as bound to its signature, so that ``f(1)`` and ``f(x=1)`` are one; arguments must then be hashable. A method's key holds
    its object, unless ``key`` leaves that out. A coroutine function needs an LRUCache. ``wrapped.cache`` is the cache, and
    ``wrapped.cache_key(...)`` the key of a call.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        name = f"{function.__module__}.{function.__qualname__}"

        def default_key(*args: Any, **kwargs: Any) -> Hashable:
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            return (
                name,
                *(tuple(sorted(part.items())) if isinstance(part, dict) else part for part in bound.arguments.values()),
            )

        make_key = key or default_key
        wrapper: Any
        if inspect.iscoroutinefunction(function):
            if not hasattr(cache, "get_or_load_async"):
                raise TypeError(f"{function.__qualname__} is a coroutine function: keep its results in an LRUCache")
            tasks = cast(LoadsAsync, cache)

            @functools.wraps(function)
            async def wait(*args: P.args, **kwargs: P.kwargs) -> Any:
                return await tasks.get_or_load_async(make_key(*args, **kwargs), lambda: function(*args, **kwargs))

            wrapper = wait
        else:

            @functools.wraps(function)
            def call(*args: P.args, **kwargs: P.kwargs) -> Any:
                return cache.get_or_load(make_key(*args, **kwargs), lambda: function(*args, **kwargs))

            wrapper = call
        wrapper.cache = cache
        wrapper.cache_key = make_key
        return cast(Callable[P, R], wrapper)

    return decorate
