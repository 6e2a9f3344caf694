"""The official OpenAI client under a budget, over real HTTP: what it gives is what it gives without, and the books agree."""

from __future__ import annotations

import asyncio
from contextlib import closing
from contextvars import ContextVar
from typing import Any

import httpx
import openai
import pytest
from integration.ledger_view import picture
from integration.openai_calls import ASYNC_CALLS, CALLS, AsyncClientCall, ClientCall, plain
from integration.paid_clients import ASKED, HELLO, Books, MakeTracker, books
from openai import AsyncOpenAI, AzureOpenAI, OpenAI

from budgetmon import BudgetExceededError, Usage
from budgetmon.core.rules.calls import CallState
from budgetmon.integrations.clients.openai_client import guarded
from budgetmon.integrations.clients.policy import Policy
from budgetmon.workloads.standin.settings import ErrorKind


def client(book: Books, **options: Any) -> OpenAI:
    return OpenAI(base_url=book.url, api_key="none", **{"max_retries": 0, **options})


def under_budget(book: Books, **options: Any) -> OpenAI:
    return guarded(client(book, **options), book.tracker)


def later(book: Books, run: AsyncClientCall, *, guard: bool = True) -> Any:
    """The result of ``run`` with an asynchronous client, in a loop of its own."""

    async def main() -> Any:
        async with AsyncOpenAI(base_url=book.url, api_key="none", max_retries=0) as api:
            return await run(guarded(api, book.tracker) if guard else api)

    return asyncio.run(main())


def ask(api: OpenAI, **options: Any) -> Any:
    return api.chat.completions.create(model="chat", messages=HELLO, max_tokens=300, **options)


@pytest.mark.parametrize("call", CALLS)
def test_that_what_it_gives_is_what_it_gives_without_and_the_books_agree(call: ClientCall, make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, closing(client(book)) as bare, closing(under_budget(book)) as api:
        expected, before = call(bare), book.billed
        assert plain(call(api)) == plain(expected)
        assert book.usd == (book.billed - before, 0, 0)
        assert book.billed == 2 * before


@pytest.mark.parametrize("call", ASYNC_CALLS)
def test_that_the_same_holds_for_the_asynchronous_client(call: AsyncClientCall, make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book:
        expected, before = later(book, call, guard=False), book.billed
        assert plain(later(book, call)) == plain(expected)
        assert book.usd == (book.billed - before, 0, 0)
        assert book.billed == 2 * before


@pytest.mark.parametrize(
    ("fate", "kind", "state"),
    [
        (ErrorKind.BAD_REQUEST, openai.BadRequestError, CallState.RELEASED),
        (ErrorKind.UNAUTHORIZED, openai.AuthenticationError, CallState.RELEASED),
        (ErrorKind.RATE_LIMITED, openai.RateLimitError, CallState.RELEASED),
        (ErrorKind.SERVER_ERROR, openai.InternalServerError, CallState.IN_DOUBT),
        (ErrorKind.DROPPED, openai.APIConnectionError, CallState.IN_DOUBT),
        (ErrorKind.TIMEOUT, openai.APITimeoutError, CallState.IN_DOUBT),
    ],
)
def test_that_an_error_is_its_own_and_only_what_is_not_billed_is_released(
    fate: ErrorKind, kind: type[Exception], state: CallState, make_tracker: MakeTracker
) -> None:
    with books(make_tracker, fate, fate, fate) as book, closing(client(book, timeout=0.1)) as bare:
        with pytest.raises(kind) as expected:
            ask(bare)
        with closing(under_budget(book, timeout=0.1)) as api, pytest.raises(kind) as caught:
            ask(api)
        assert (type(caught.value), str(caught.value)) == (type(expected.value), str(expected.value))

        async def ask_later(api: AsyncOpenAI) -> Any:
            return await api.with_options(timeout=0.1).chat.completions.create(model="chat", messages=HELLO, max_tokens=9)

        with pytest.raises(kind):
            later(book, ask_later)
        assert book.states == [state, state]
        assert (book.usd[2] > 0) == (state is CallState.IN_DOUBT)


def test_that_a_server_that_is_not_there_costs_nothing(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book:
        api = under_budget(book)
    with closing(api), pytest.raises(openai.APIConnectionError):
        ask(api)
    assert book.states == [CallState.RELEASED]


def test_that_each_attempt_of_a_retry_is_a_call_of_its_own(make_tracker: MakeTracker) -> None:
    fates = (ErrorKind.RATE_LIMITED, ErrorKind.SERVER_ERROR, None)
    with books(make_tracker, *fates) as book, closing(under_budget(book, max_retries=3)) as api:
        ask(api, extra_body={"standin": ASKED})
        assert book.states == [CallState.RELEASED, CallState.IN_DOUBT, CallState.SETTLED]
        assert book.usd[0] == book.billed == 5_000_000 + 400 * 3_000 + 600 * 300 + 200 * 15_000


@pytest.mark.parametrize("call", CALLS)
def test_that_a_refusal_reaches_the_caller_as_it_is_and_nothing_is_sent(call: ClientCall, make_tracker: MakeTracker) -> None:
    with books(make_tracker, limit="0.000000001") as book, closing(under_budget(book, max_retries=5)) as api:
        with pytest.raises(BudgetExceededError) as caught:
            call(api)
        assert caught.value.receipt.budget == "usd"
        assert (book.states, book.standin.billed().document()["rejected"], book.billed) == ([], {}, 0)


def test_that_a_refusal_reaches_an_asynchronous_caller(make_tracker: MakeTracker) -> None:
    with books(make_tracker, limit="0.000000001") as book:
        for call in ASYNC_CALLS:
            with pytest.raises(BudgetExceededError):
                later(book, call)
        assert book.billed == 0


def test_that_a_budget_runs_out_in_the_middle_and_is_never_crossed(make_tracker: MakeTracker) -> None:
    with books(make_tracker, limit="0.05") as book, closing(under_budget(book)) as api:
        with pytest.raises(BudgetExceededError):
            for _ in range(20):
                ask(api, extra_body={"standin": ASKED})
        calls = book.standin.billed().total.calls
        assert 3 <= calls <= 5
        assert book.agree(calls)
        assert book.usd[0] <= 50_000_000


def test_that_azure_is_guarded_by_its_deployments(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book:
        options: Any = {"azure_endpoint": book.standin.base_url, "api_key": "none"}
        for version in ("2024-10-21", "2024-02-01"):
            with closing(guarded(AzureOpenAI(**options, api_version=version), book.tracker)) as api:
                ask(api, extra_body={"standin": ASKED})
                chunks = list(ask(api, stream=True, extra_body={"standin": ASKED}))
                assert all(chunk.usage is None for chunk in chunks)
        # The older version would refuse to be asked for the usage of a stream, so that stream is in doubt.
        assert book.states == [CallState.SETTLED, CallState.SETTLED, CallState.SETTLED, CallState.IN_DOUBT]


def test_that_a_client_of_the_older_httpx_is_guarded_too(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, httpx.Client() as http:
        http_client: Any = http
        with closing(under_budget(book, http_client=http_client)) as api:
            ask(api, extra_body={"standin": ASKED})
            list(ask(api, stream=True, extra_body={"standin": ASKED}))
        assert book.agree(calls=2)


def test_that_a_call_around_it_pays_for_what_is_inside(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, closing(under_budget(book)) as api:
        with book.tracker.call("chat", estimate=Usage(input_tokens=50, output_tokens=300)) as call:
            reply = ask(api)
            call.settle(Usage(reply.usage.prompt_tokens, reply.usage.completion_tokens))
        assert book.agree(calls=1)
        ask(api)
        assert book.agree(calls=2)


def test_that_guarding_twice_changes_nothing(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, closing(under_budget(book)) as api:
        assert guarded(api, book.tracker) is api
        ask(api)
        assert book.agree(calls=1)


def test_that_looking_up_models_is_not_counted(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, closing(under_budget(book)) as api:
        assert [model.id for model in api.models.list()] == ["stand-in"]
        assert book.states == []


@pytest.mark.parametrize("other", [None, object(), httpx.Client])
def test_that_what_is_no_client_is_refused(other: Any, make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, pytest.raises(TypeError, match="expected a client of the openai package"):
        guarded(other, book.tracker)


def test_that_each_call_carries_the_tag_of_its_moment(make_tracker: MakeTracker) -> None:
    ticker: ContextVar[str | None] = ContextVar("ticker", default=None)
    with books(make_tracker) as book, closing(guarded(client(book), book.tracker, policy=Policy(tag=ticker.get))) as api:
        for name in ("AAPL", None, "MSFT"):
            ticker.set(name)
            ask(api)
        assert [row.tag for row in sorted(picture(book.tracker).calls, key=lambda row: row.id)] == ["AAPL", None, "MSFT"]


def test_that_a_version_that_would_swallow_refusals_is_refused(make_tracker: MakeTracker) -> None:
    with books(make_tracker) as book, closing(client(book)) as api:
        api._version = "2.54.0"
        with pytest.raises(TypeError, match="version 3 or later"):
            guarded(api, book.tracker)


def test_that_many_threads_share_one_client(make_tracker: MakeTracker) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def both(_: int) -> None:
        ask(api)
        list(ask(api, stream=True))

    with books(make_tracker) as book, closing(under_budget(book)) as api, ThreadPoolExecutor(8) as pool:
        list(pool.map(both, range(24)))
        assert book.agree(calls=48)


def test_that_many_tasks_share_one_client_and_no_cap_is_crossed(make_tracker: MakeTracker) -> None:
    async def spend(api: AsyncOpenAI) -> list[Any]:
        asks = (api.chat.completions.create(model="chat", messages=HELLO, max_tokens=30) for _ in range(30))
        return list(await asyncio.gather(*asks, return_exceptions=True))

    with books(make_tracker, limit="0.1") as book:
        results = later(book, spend)
        refused = [result for result in results if isinstance(result, BudgetExceededError)]
        assert 0 < len(refused) < 30
        assert book.agree(calls=30 - len(refused))
        assert book.usd[0] <= 100_000_000


def test_that_a_server_that_nobody_knows_is_paid_by_its_model(make_tracker: MakeTracker) -> None:
    config = "models: {chat: {provider: mine, per_call: 1}}\nbudgets: [{name: usd, limit: 5 USD, per: day}]"
    with books(make_tracker) as book, closing(guarded(client(book), make_tracker(config))) as api:
        ask(api)
        (row,) = picture(book.tracker).calls
        assert (row.provider, row.cost, row.state) == ("mine", 1_000_000_000, CallState.SETTLED)
