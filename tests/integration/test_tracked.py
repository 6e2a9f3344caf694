"""``@tracker.tracked``: functions, coroutines and generators whose every call is a paid call."""

from __future__ import annotations

import asyncio
import gc
import inspect
import threading
from collections.abc import AsyncIterator, Callable, Generator, Iterator

import pytest
from integration.ledger_view import budget, picture

from budgetmon import BudgetExceededError, NotBilledError, Usage, UsageTracker
from budgetmon.core import covering
from budgetmon.core.rules.calls import CallState

MakeTracker = Callable[..., UsageTracker]

CONFIG = """\
models:
  m: {provider: p, input_per_mtok: 1000, output_per_mtok: 1000}
  fee: {provider: p, per_call: 0.25}
budgets:
  - {name: usd, limit: 5 USD, per: day}
"""
DOLLAR = 1_000_000_000
HOLD = Usage(input_tokens=1_000)


@pytest.fixture
def tracker(make_tracker: MakeTracker) -> UsageTracker:
    return make_tracker(CONFIG)


def standing(tracker: UsageTracker) -> tuple[int, int, int]:
    status = budget(tracker, "usd")
    return status.spent, status.held, status.in_doubt


def used(reply: object) -> Usage | None:
    return Usage(input_tokens=reply) if isinstance(reply, int) else None


def test_that_each_call_of_a_function_is_held_and_settled_by_its_result(tracker: UsageTracker) -> None:
    @tracker.tracked("m", estimate=HOLD, usage=used, tag="AAPL")
    def ask(tokens: int) -> int:
        """Asks."""
        assert standing(tracker)[1] == DOLLAR
        return tokens

    assert (ask(300), ask.__name__, ask.__doc__) == (300, "ask", "Asks.")
    assert standing(tracker) == (300_000_000, 0, 0)
    assert picture(tracker).calls[0].tag == "AAPL"


def test_that_terms_may_depend_on_the_arguments(tracker: UsageTracker) -> None:
    @tracker.tracked(
        lambda text, model: model,
        estimate=lambda text, model: Usage(input_tokens=len(text)),
        tag=lambda text, model: text.upper(),
    )
    def ask(text: str, model: str) -> None: ...

    ask("abc", model="m")
    (row,) = picture(tracker).calls
    assert (row.model, row.input_tokens, row.tag, row.state) == ("m", 3, "ABC", CallState.SETTLED)


def test_that_without_usage_a_call_costs_its_estimate(tracker: UsageTracker) -> None:
    tracker.tracked("fee")(lambda: None)()
    assert standing(tracker) == (250_000_000, 0, 0)


def test_that_a_refused_call_does_not_run(tracker: UsageTracker) -> None:
    runs: list[int] = []
    ask = tracker.tracked("m", estimate=Usage(input_tokens=5_001))(lambda: runs.append(1))
    with pytest.raises(BudgetExceededError):
        ask()
    assert runs == []


@pytest.mark.parametrize(("error", "doubt"), [(NotBilledError("no"), 0), (ValueError("odd"), DOLLAR)])
def test_that_an_error_releases_or_leaves_in_doubt(error: Exception, doubt: int, tracker: UsageTracker) -> None:
    @tracker.tracked("m", estimate=HOLD)
    def ask() -> None:
        raise error

    with pytest.raises(type(error)):
        ask()
    assert standing(tracker) == (0, 0, doubt)


def test_that_a_result_that_says_nothing_is_in_doubt(tracker: UsageTracker) -> None:
    assert tracker.tracked("m", estimate=HOLD, usage=used)(lambda: "text")() == "text"
    assert standing(tracker) == (0, 0, DOLLAR)


def test_that_a_coroutine_function_stays_one(tracker: UsageTracker) -> None:
    @tracker.tracked("m", estimate=HOLD, usage=used)
    async def ask(tokens: int) -> int:
        await asyncio.sleep(0)
        return tokens

    assert inspect.iscoroutinefunction(ask)

    async def many() -> list[int]:
        return list(await asyncio.gather(*(ask(100 * n) for n in range(1, 4))))

    assert asyncio.run(many()) == [100, 200, 300]
    assert standing(tracker) == (600_000_000, 0, 0)


def test_that_a_generator_keeps_its_whole_protocol(tracker: UsageTracker) -> None:
    @tracker.tracked("m", estimate=HOLD, usage=used)
    def talk() -> Generator[object, object, str]:
        heard = yield "hello"
        try:
            yield heard
        except KeyError:
            yield 250
        return "bye"

    talking = talk()
    assert inspect.isgeneratorfunction(inspect.unwrap(talk))
    assert picture(tracker).calls == ()
    assert next(talking) == "hello"
    assert standing(tracker) == (0, DOLLAR, 0)
    assert talking.send("you") == "you"
    assert talking.throw(KeyError()) == 250
    with pytest.raises(StopIteration) as end:
        next(talking)
    assert end.value.value == "bye"
    assert standing(tracker) == (250_000_000, 0, 0)


def test_that_a_generator_closed_early_is_in_doubt_and_closes_what_it_wraps(tracker: UsageTracker) -> None:
    closed: list[int] = []

    @tracker.tracked("m", estimate=HOLD, usage=used)
    def talk() -> Iterator[int]:
        try:
            yield 1
            yield 2
        finally:
            closed.append(1)

    talking = talk()
    next(talking)
    del talking
    assert (standing(tracker), closed) == ((0, 0, DOLLAR), [1])


def test_that_an_asynchronous_generator_is_followed_to_its_end(tracker: UsageTracker) -> None:
    @tracker.tracked("m", estimate=HOLD, usage=used)
    async def talk(count: int) -> AsyncIterator[int]:
        for number in range(count):
            await asyncio.sleep(0)
            yield number

    async def read(count: int, most: int) -> list[int]:
        items: list[int] = []
        talking = talk(count)
        async for item in talking:
            items.append(item)
            if len(items) == most:
                await talking.aclose()  # type: ignore[attr-defined]
                break
        return items

    assert asyncio.run(read(3, 9)) == [0, 1, 2]
    assert standing(tracker) == (2_000_000, 0, 0)
    assert asyncio.run(read(3, 1)) == [0]
    assert standing(tracker) == (2_000_000, 0, DOLLAR)


def test_that_a_generator_covers_requests_only_while_it_runs_itself(tracker: UsageTracker) -> None:
    def covered() -> bool:
        return covering.covered(tracker.db_path, "p", "m")

    @tracker.tracked("m", estimate=HOLD)
    def talk() -> Iterator[bool]:
        yield covered()

    for inside in talk():
        assert (inside, covered()) == (True, False)


def test_that_a_call_covers_its_own_provider_and_ledger_until_it_ends(tracker: UsageTracker) -> None:
    with tracker.call("m", estimate=HOLD) as call:
        assert covering.covered(tracker.db_path, "p", "other")
        assert covering.covered(tracker.db_path, None, "m")
        assert not covering.covered(tracker.db_path, "q", "m")
        assert not covering.covered(tracker.db_path.with_name("x.db"), "p", "m")
        seen: list[bool] = []
        thread = threading.Thread(target=lambda: seen.append(covering.covered(tracker.db_path, "p", "m")))
        thread.start()
        thread.join()
        assert seen == [False]
        call.settle(HOLD)
        assert not covering.covered(tracker.db_path, "p", "m")


def drop_in_a_ring(tracker: UsageTracker) -> None:
    """Leaves a stream that nobody reads any more to the collector."""

    @tracker.tracked("m", estimate=HOLD)
    def talk() -> Iterator[list[object]]:
        ring: list[object] = []
        ring.append(ring)
        while True:
            yield ring

    talking = talk()
    next(talking).append(talking)


def test_that_a_stream_that_the_collector_finds_is_in_doubt(tracker: UsageTracker) -> None:
    gc.collect()
    drop_in_a_ring(tracker)
    assert standing(tracker) == (0, DOLLAR, 0)
    gc.collect()
    assert standing(tracker) == (0, 0, DOLLAR)


def test_that_a_stream_that_is_found_inside_a_write_is_written_at_the_next_call(tracker: UsageTracker) -> None:
    gc.collect()
    drop_in_a_ring(tracker)
    # Where this thread holds the ledger, writing at once would wait for itself.
    tracker._ledger._writer.run(lambda _: gc.collect())
    assert standing(tracker) == (0, DOLLAR, 0)
    with tracker.call("fee") as call:
        call.settle(Usage())
    assert standing(tracker) == (250_000_000, 0, DOLLAR)


def test_that_a_call_which_ends_inside_a_read_is_written_at_the_next_one(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker("models: {m: {provider: p, per_call: 1}}")
    dropped = tracker.call("m").begin()
    tracker._ledger._read(lambda _: dropped.end(GeneratorExit()))  # as a garbage collection in it does
    assert dropped.state is CallState.HELD
    with tracker.call("m") as after:
        assert dropped.state is CallState.IN_DOUBT
        after.settle(Usage())
