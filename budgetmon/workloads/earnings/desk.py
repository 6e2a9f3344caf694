"""Desk: everything that one process needs to analyse tickers, opened once, and the work on one ticker."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from budgetmon.core.cache.shared.cache import SharedLoadError
from budgetmon.core.config.values import Config, ProviderConfig
from budgetmon.core.rules.refusals import RefusedError
from budgetmon.core.tracker import UsageTracker
from budgetmon.workloads.earnings.analyst import Analyst, key_of
from budgetmon.workloads.earnings.criteria import score
from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker
from budgetmon.workloads.earnings.purse import Purse
from budgetmon.workloads.earnings.questions import QUESTIONS, SENTIMENT, STRATEGY, Answer, Question, sureness
from budgetmon.workloads.earnings.results import Outcome, TickerResult
from budgetmon.workloads.earnings.retries import InvalidAnswerError
from budgetmon.workloads.earnings.settings import ScanSettings
from budgetmon.workloads.earnings.sources.csv_folder import CsvSource
from budgetmon.workloads.earnings.sources.http import HttpSource
from budgetmon.workloads.earnings.sources.values import MarketSource, SourceDataError
from budgetmon.workloads.earnings.ticker_filter import Examined, TickerFilter
from budgetmon.workloads.session import NotBilled, Unclear

_log = logging.getLogger(__name__)

_FAILURES = (SourceDataError, NotBilled, Unclear, InvalidAnswerError, SharedLoadError)


@dataclass(frozen=True, slots=True, eq=False)
class ScanPlan:
    """A scan for earnings on ``day``, seen from ``today``. ``folder`` holds CSV files; None is the provider of market data.

    Pickles. Two plans are the same only if they are one object.
    """

    config: Config
    settings: ScanSettings
    day: date
    today: date
    folder: Path | None = None


class Desk:
    """A process's own tracker on the shared ledger, with source, history, filter and analyst. Belongs to one thread.

    Opening raises ConfigError, LedgerError, SourceError for unusable CSV files, and OSError.
    """

    def __init__(self, plan: ScanPlan) -> None:
        settings, timeout = plan.settings, plan.settings.timeout.total_seconds()
        self._plan = plan
        self._purse = Purse()
        with ExitStack() as opening:
            self._tracker = opening.enter_context(UsageTracker(config=plan.config))
            source = opening.enter_context(self._source(timeout))
            history = opening.enter_context(IVHistoryTracker(settings.history, minimum_history=settings.minimum_history))
            opened = TickerFilter(self._tracker, source, history, settings.criteria, day=plan.day, today=plan.today)
            self.filter = opening.enter_context(opened)
            analyst = Analyst(self._tracker, settings.model, purse=self._purse, timeout=timeout, tries=settings.tries)
            self._analyst = opening.enter_context(analyst)
            self._open = opening.pop_all()

    def analyse(self, ticker: str) -> TickerResult:
        """What comes of a ticker. Whatever goes wrong with it is its result, and what was found until then is kept."""
        result = TickerResult(ticker, Outcome.RESULT)
        self._purse.emptied()
        try:
            for step in self._steps(result):
                result = step
        except RefusedError as error:
            result = replace(result, outcome=Outcome.REFUSED, detail=str(error))
        except _FAILURES as error:
            result = replace(result, outcome=Outcome.FAILED, detail=str(error))
        except Exception as error:
            _log.exception("the analysis of %s broke down", ticker)
            result = replace(result, outcome=Outcome.FAILED, detail=f"{type(error).__name__}: {error}")
        return replace(result, nanos=self._purse.emptied())

    def close(self) -> None:
        """Closes everything."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _source(self, timeout: float) -> MarketSource:
        plan = self._plan
        if plan.folder:
            return CsvSource(plan.folder, min(plan.day, plan.today))
        market = plan.settings.market
        provider = plan.config.providers.get(market, ProviderConfig())
        if provider.base_url is None:
            raise NotBilled(f"the config names no base_url for {market}", status=400)
        tries = plan.settings.tries
        return HttpSource(
            self._tracker, market, provider.base_url, key_of(provider), purse=self._purse, timeout=timeout, tries=tries
        )

    def _steps(self, result: TickerResult) -> Iterator[TickerResult]:
        """The result, each time that more of it is known."""
        ticker = result.ticker
        examined = self.filter.examine(ticker)
        result = replace(result, figures=examined.figures)
        yield result
        if examined.misses:
            yield replace(result, outcome=Outcome.FILTERED, detail="; ".join(examined.misses))
            return
        answers: dict[str, Answer] = {}
        for question in QUESTIONS:
            answers[question.name] = answer = self._ask(question, examined)
            result = _with_answer(result, question, answer)
            yield result
        sentiment, strategy = (sureness(question, answers[question.name]) for question in (SENTIMENT, STRATEGY))
        weights = self._plan.settings.criteria.weights
        yield replace(result, score=score(examined.figures, sentiment, strategy, weights))

    def _ask(self, question: Question, examined: Examined) -> Answer:
        name = examined.company.name if examined.company else examined.ticker
        return self._analyst.ask(question, examined.ticker, name, self._plan.day, examined.figures)


def _with_answer(result: TickerResult, question: Question, answer: Answer) -> TickerResult:
    if question is SENTIMENT:
        return replace(result, sentiment=answer.choice, model=answer.model, detail=answer.reason)
    return replace(result, strategy=answer.choice, model=answer.model)
