"""Analyst: asks language models about tickers, the dear one while the budget lasts, and nobody twice."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, timedelta
from types import TracebackType
from typing import Self

from budgetmon.core.cache.shared.cache import SharedCache
from budgetmon.core.config.values import CacheConfig, ProviderConfig
from budgetmon.core.rules.usage import Usage
from budgetmon.core.tracker import UsageTracker
from budgetmon.workloads.earnings.criteria import Figures
from budgetmon.workloads.earnings.purse import Purse
from budgetmon.workloads.earnings.questions import MAX_TOKENS, Answer, Question, messages, read_answer, response_format
from budgetmon.workloads.earnings.retries import tried
from budgetmon.workloads.session import NotBilled
from budgetmon.workloads.standin.client import ChatClient

ANSWERS = "earnings-answers"
_TTL = timedelta(hours=12)
# Text has three to four bytes a token: this many are on the safe side.
_BYTES_PER_TOKEN = 2
# What the form of the answer takes of the input, and what stands around each message.
_SURROUNDINGS = 250


def key_of(provider: ProviderConfig) -> str | None:
    """The provider's key, from the variable that the config names."""
    return os.environ.get(provider.api_key_env) if provider.api_key_env else None


class Analyst:
    """Asks ``model`` of the config, or those after it in the cascade, whichever fits in the budgets when the call begins.

    Answers are kept for all processes, by ticker, day and question. Belongs to one thread and process.
    """

    def __init__(self, tracker: UsageTracker, model: str, *, purse: Purse, timeout: float, tries: int) -> None:
        self._tracker = tracker
        self._model = model
        self._purse = purse
        self._timeout = timeout
        self._tries = tries
        self._clients: dict[str, ChatClient] = {}
        ttl = tracker.config.caches.get(ANSWERS, CacheConfig()).ttl or _TTL
        self._answers = SharedCache(name=ANSWERS, ttl=ttl, tracker=tracker)

    def ask(self, question: Question, ticker: str, company: str, day: date, figures: Figures) -> Answer:
        """A valid answer, from the cache or paid for.

        Each try is a call of its own. Raises RefusedError when not even the last model of the cascade fits, NotBilled or
        Unclear when the provider cannot be reached or fails, InvalidAnswerError when no answer was valid, and
        SharedLoadError when another process that asked the same has failed.
        """
        conversation = messages(question, ticker, company, day, figures)

        def load() -> dict[str, object]:
            return asdict(tried(lambda: self._pay(question, ticker, conversation), self._tries))

        return Answer(**self._answers.get_or_load((ticker, day.isoformat(), question.name), load))

    def close(self) -> None:
        """Closes connections and cache."""
        for client in self._clients.values():
            client.close()
        self._answers.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _pay(self, question: Question, ticker: str, conversation: list[dict[str, object]]) -> Answer:
        size = sum(len(str(message["content"]).encode()) for message in conversation)
        estimate = Usage(input_tokens=size // _BYTES_PER_TOKEN + _SURROUNDINGS, output_tokens=MAX_TOKENS)
        with (
            self._purse.paying(),
            self._tracker.call(self._model, estimate=estimate, tag=ticker, fallback=True) as call,
        ):
            client = self._client(call.provider)
            reply = client.chat(call.model, conversation, max_tokens=MAX_TOKENS, response_format=response_format(question))
            call.settle(reply.usage)
        return read_answer(question, reply.text, call.model)

    def _client(self, provider: str) -> ChatClient:
        if provider not in self._clients:
            providers: Mapping[str, ProviderConfig] = self._tracker.config.providers
            reached = providers.get(provider, ProviderConfig())
            if reached.base_url is None:
                raise NotBilled(f"the config names no base_url for {provider}", status=400)
            self._clients[provider] = ChatClient(reached.base_url, self._timeout, key_of(reached))
        return self._clients[provider]
