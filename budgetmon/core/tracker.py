"""UsageTracker: the face that workers use."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from budgetmon.core import leftovers
from budgetmon.core.cache import spending
from budgetmon.core.cache.counters import Counters
from budgetmon.core.cache.publisher import CachePublisher
from budgetmon.core.call import Call, Candidate, refused
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.config.paid_hosts import provider_at
from budgetmon.core.config.price_book import UNKNOWN_PROVIDER, PriceBook
from budgetmon.core.config.values import Config, Durability, Unpriced
from budgetmon.core.config.watch import ConfigWatch
from budgetmon.core.ledger.admission import Request
from budgetmon.core.ledger.opening import open_ledgers
from budgetmon.core.ledger.totals import Sums, by_provider
from budgetmon.core.ledger.values import CacheCounts, Charge, Subject
from budgetmon.core.rules.admission import Receipt
from budgetmon.core.rules.budgets import Budget
from budgetmon.core.rules.doubts import DoubtPolicy
from budgetmon.core.rules.money import nanos_charged, to_decimal
from budgetmon.core.rules.prices import TieredRates
from budgetmon.core.rules.refusals import RefusedError, UnpricedError
from budgetmon.core.rules.runs import run_of_this_process
from budgetmon.core.rules.usage import ONE_CALL, Usage
from budgetmon.core.storage import exiting
from budgetmon.core.storage.errors import LedgerError
from budgetmon.core.tracked import P, R, Terms, track

UPKEEP_EVERY_SECONDS = 600.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decision:
    """Advice on a call; true when it would be admitted now. ``reason`` is the sentence to show."""

    allowed: bool
    reason: str
    receipt: Receipt | None = None

    def __bool__(self) -> bool:
        return self.allowed


class UsageTracker:
    """Admits, records and sums up paid calls on one shared ledger.

    The ledger's path comes from the config; ``db_path`` overrides it. Without ``config_path`` the config is looked for
    as the command line does; ``config`` takes one that is ready. Without any config, the budgets that the ledger already
    holds stay in force. Safe to share between threads and to use after a fork; pickles to its paths, so that a
    worker function can take either. Close it, or use it as a context manager; at exit it closes by itself.
    Raises ConfigError, and LedgerError when the ledger cannot be used.
    """

    def __init__(
        self,
        config_path: str | Path | None = None,
        *,
        db_path: str | Path | None = None,
        config: Config | None = None,
    ) -> None:
        if config is None:
            config = config_in_force(_path(config_path), _path(db_path))
        elif config_path is not None or db_path is not None:
            raise ValueError("a ready config names its own ledger: give either config, or config_path and db_path")
        self._settings = _Settings(config, PriceBook(config))
        self._watch = ConfigWatch(config.path)
        self._ledger = open_ledgers.acquire(config.database, zone=config.zone, power_safe=config.durability is Durability.POWER)
        self._open = True
        self._publisher = CachePublisher(self._add_cache_counts)
        self._upkeep_due = 0.0
        self._apply(config)
        exiting.close_at_exit(self)

    @property
    def config(self) -> Config:
        """The configuration in force."""
        return self._settings.config

    @property
    def budgets(self) -> tuple[Budget, ...]:
        """The budgets in force on the ledger, in the order of the config. Raises LedgerError."""
        return self._ledger.budgets_in_force()

    def provider_at(self, url: str) -> str | None:
        """Who a request to ``url`` pays, by the base URLs of the config and of the price list; None if nobody knows."""
        return provider_at(url, self._refreshed().config.providers)

    @property
    def db_path(self) -> Path:
        """The ledger's file."""
        return self._ledger.path

    def call(
        self,
        model: str,
        *,
        estimate: Usage | None = None,
        tag: str | None = None,
        provider: str | None = None,
        fallback: bool = False,
    ) -> Call:
        """A paid call, for ``with``: the worst case is set aside while the block runs.

        ``estimate`` is the worst case; without one only the price per call is set aside. With ``fallback``, the models
        after ``model`` in the config's cascade are tried in the same transaction, and ``call.model`` tells which one it is.
        Raises UnpricedError when nobody knows a price and the config refuses such calls; when the block is entered:
        BudgetExceededError when the hold does not fit, PausedError when an operator has paused the provider.
        """
        settings = self._refreshed()
        usage = estimate or ONE_CALL
        first = self._candidate(settings, model, provider, tag, usage)
        others = [self._candidate(settings, name, None, tag, usage) for name in settings.after(model)] if fallback else []
        return Call(self._ledger, [first, *others], fail_open=settings.config.fail_open)

    def tracked(
        self,
        model: str | Callable[..., str],
        *,
        estimate: Usage | Callable[..., Usage] | None = None,
        usage: Callable[[Any], Usage | None] | None = None,
        tag: str | Callable[..., str | None] | None = None,
        provider: str | None = None,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Decorates a function, coroutine function or generator: each of its calls is a paid call, as with ``call``.

        ``model``, ``estimate`` and ``tag`` may be functions of the call's arguments. ``usage`` finds the usage in the result;
        None puts the call in doubt. For a generator it is asked about each item, and the last usage counts. Without
        ``usage`` a call costs its estimate. A generator's hold is placed as it starts; closed early, it is in doubt.
        """
        return track(self, Terms(model, estimate, usage, tag, provider))

    def record(
        self,
        model: str,
        usage: Usage | None = None,
        *,
        cost: object = None,
        tag: str | None = None,
        provider: str | None = None,
        ok: bool = True,
    ) -> int:
        """Books a call after the fact: always recorded, never refused. Returns its number in the ledger.

        Without ``cost`` (USD) the usage is priced; an unknown price is stored as unpriced, never as 0.
        Raises ValueError for impossible numbers, before anything is written.
        """
        settings = self._refreshed()
        subject = _subject(settings, model, provider, tag)
        counted = usage or ONE_CALL
        rates = settings.prices.rates(subject.provider, model).rates_for(counted)
        nanos = rates.cost(counted) if cost is None else nanos_charged(cost)
        number = self._ledger.record(subject, Charge(counted, nanos, rates, ok))
        spending.note(nanos, subject.provider)
        return number

    def can_make_call(
        self, model: str, *, estimate: Usage | None = None, tag: str | None = None, provider: str | None = None
    ) -> Decision:
        """Whether a call would be admitted now. Advice only: another worker may take the room a moment later."""
        settings = self._refreshed()
        try:
            request = self._candidate(settings, model, provider, tag, estimate or ONE_CALL).request
        except UnpricedError as error:
            return Decision(False, str(error))
        refusal = self._ledger.advise(request.subject, request.usage, request.nanos)
        if refusal is None:
            return Decision(True, "fits in every budget")
        receipt = refusal if isinstance(refusal, Receipt) else None
        return Decision(False, str(refused(refusal)), receipt)

    def get_available_model(self, model: str, *, estimate: Usage | None = None) -> tuple[str, str]:
        """``(model, provider)`` of the first that would be admitted now: ``model``, then those after it in the cascade.

        Advice only; ``call(..., fallback=True)`` chooses and sets aside in one step. Raises BudgetExceededError,
        PausedError or UnpricedError for ``model`` itself when none would.
        """
        settings = self._refreshed()
        usage = estimate or ONE_CALL
        problem: RefusedError | None = None
        for name in (model, *settings.after(model)):
            try:
                request = self._candidate(settings, name, None, None, usage).request
            except UnpricedError as error:
                problem = problem or error
                continue
            refusal = self._ledger.advise(request.subject, usage, request.nanos)
            if refusal is None:
                return name, request.subject.provider
            problem = problem or refused(refusal)
        raise problem or UnpricedError(UNKNOWN_PROVIDER, model)

    def log_api_call(
        self,
        model: str,
        tokens_used: int,
        cost: object,
        ticker: str | None = None,
        success: bool = True,
        input_tokens: int = 0,
        output_tokens: int = 0,
    ) -> int:
        """Books a call whose cost is known, in the words of older programs; ``ticker`` becomes the tag.

        Tokens that are in neither ``input_tokens`` nor ``output_tokens`` count as input. Returns the call's number.
        """
        split = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
        total = Usage(input_tokens=tokens_used).input_tokens
        usage = Usage(input_tokens=input_tokens + max(0, total - split.tokens), output_tokens=output_tokens)
        return self.record(model, usage, cost=cost, tag=ticker, ok=success)

    def get_usage_summary(self) -> dict[str, Any]:
        """Totals over all time, in all and per local day, model and provider.

        ``{"totals": row, "days": {"2026-03-01": row}, "models": {name: row}, "providers": {name: row}}``, where a row is
        ``{"calls", "ok", "failed", "refused", "input_tokens", "output_tokens", "cost", "unpriced_calls"}`` and ``cost`` is
        a Decimal in USD over the calls with a known price.
        """
        models, days = self._ledger.totals()
        per_model: dict[str, Sums] = {}
        for (_, name), sums in models.items():
            per_model[name] = per_model.get(name, Sums()) + sums
        return {
            "totals": _row(sum(models.values(), Sums())),
            "days": {day.isoformat(): _row(sums) for day, sums in days.items()},
            "models": {name: _row(sums) for name, sums in per_model.items()},
            "providers": {name: _row(sums) for name, sums in by_provider(models.items()).items()},
        }

    def publish_cache(self, counters: Counters) -> None:
        """Carries a cache's counts to the ledger from now on. Caches call this themselves."""
        self._publisher.add(counters)

    def _add_cache_counts(self, counts: Sequence[CacheCounts]) -> None:
        self._ledger.add_cache_counts(counts, run=run_of_this_process())

    def close(self) -> None:
        """Publishes what the caches counted last and closes the ledger's connections. Closing twice is harmless."""
        if self._open:
            self._open = False
            try:
                leftovers.write_what_was_left()
                self._publisher.close()
            finally:
                open_ledgers.give_back(self._ledger)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        config = self._settings.config
        return _reopen, (config.path, config.database, config if config.path is None else None)

    def _refreshed(self) -> _Settings:
        """The settings in force: a changed config file is taken up here, whole or not at all."""
        if self._watch.due():
            config = self._watch.changed()
            if config:
                self._take_up(replace(config, database=self._settings.config.database))
            self._keep_up()
        return self._settings

    def _take_up(self, config: Config) -> None:
        try:
            self._apply(config)
        except LedgerError as error:
            _log.error("the changed configuration cannot be taken up yet, trying again: %s", error)
            self._watch.look_again()
            return
        self._settings = _Settings(config, PriceBook(config))

    def _apply(self, config: Config) -> None:
        self._ledger.doubt_policy = DoubtPolicy(config.on_death, config.in_doubt)
        if config.budgets is not None:
            self._ledger.register_budgets(config.budgets)

    def _keep_up(self) -> None:
        """Now and then, a short step of the ledger's upkeep."""
        now = time.monotonic()
        if now < self._upkeep_due:
            return
        self._upkeep_due = now + UPKEEP_EVERY_SECONDS
        try:
            if self._ledger.upkeep(self._settings.config.retention):
                self._upkeep_due = now + 1.0
        except LedgerError as error:
            # Not this call's business: what is wrong with the ledger it will hear by itself.
            _log.warning("upkeep of the ledger was put off: %s", error)

    @staticmethod
    def _candidate(settings: _Settings, model: str, provider: str | None, tag: str | None, usage: Usage) -> Candidate:
        subject = _subject(settings, model, provider, tag)
        rates = settings.prices.rates(subject.provider, model)
        return Candidate(Request(subject, usage, _worst_case(settings.config, subject, usage, rates)), rates)


@dataclass(frozen=True, slots=True)
class _Settings:
    """A config and its prices, swapped as one."""

    config: Config
    prices: PriceBook

    def after(self, model: str) -> tuple[str, ...]:
        """The models to fall back on, in the order of the cascade."""
        order = self.config.cascade
        return order[order.index(model) + 1 :] if model in order else order


def _subject(settings: _Settings, model: str, provider: str | None, tag: str | None) -> Subject:
    texts: tuple[tuple[str, object], ...] = (("model", model), ("provider", provider), ("tag", tag))
    for what, text in texts:
        if text is not None and (not isinstance(text, str) or not text):
            raise ValueError(f"{what} must be a text that is not empty, not {text!r}")
    return Subject(provider or settings.prices.provider_of(model), model, tag, run_of_this_process())


def _worst_case(config: Config, subject: Subject, usage: Usage, rates: TieredRates) -> int:
    nanos = rates.rates_for(usage).cost(usage)
    if nanos is not None:
        return nanos
    if config.unpriced is Unpriced.REFUSE:
        raise UnpricedError(subject.provider, subject.model)
    return config.unpriced_ceiling


def _path(given: str | Path | None) -> Path | None:
    return None if given is None else Path(given)


def _reopen(config_path: Path | None, db_path: Path, config: Config | None) -> UsageTracker:
    return UsageTracker(config=config) if config else UsageTracker(config_path, db_path=db_path)


def _row(sums: Sums) -> dict[str, Any]:
    return {
        "calls": sums.calls,
        "ok": sums.ok,
        "failed": sums.failed,
        "refused": sums.refused,
        "input_tokens": sums.input_tokens,
        "output_tokens": sums.output_tokens,
        "cost": to_decimal(sums.cost),
        "unpriced_calls": sums.unpriced,
    }
