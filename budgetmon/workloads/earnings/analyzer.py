"""EarningsAnalyzer: scans tickers for earnings with worker processes that share one budget."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import lru_cache

from budgetmon.core.ledger.opening import opened
from budgetmon.core.rules.refusals import RefusedError
from budgetmon.workloads.earnings.desk import Desk, ScanPlan
from budgetmon.workloads.earnings.pool import Lost, WorkPool
from budgetmon.workloads.earnings.results import Outcome, TickerResult, ordered
from budgetmon.workloads.session import NotBilled, Unclear

WORKERS = 4
# Below this many tickers, starting processes takes longer than the work.
_WORTH_A_POOL = 3

_log = logging.getLogger(__name__)


class EarningsAnalyzer:
    """Scans for ``plan`` with so many ``workers``. Use it from one thread.

    What goes wrong with a ticker, its time limit and the death of its worker included, costs that ticker only; what it has
    spent until then is in the ledger. Fewer than three tickers are analysed in this process, where no time limit holds.
    """

    def __init__(self, plan: ScanPlan, workers: int = WORKERS) -> None:
        self._plan = plan
        limit = plan.settings.time_limit.total_seconds()
        self._pool = WorkPool("scan", workers, _analyze_single_ticker, plan, time_limit=limit)

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of the workers that are at work."""
        return self._pool.pids

    def scan(self, tickers: Sequence[str], told: Callable[[TickerResult], None] = lambda _: None) -> list[TickerResult]:
        """One result for each ticker, the highest score first; ``told`` hears of each as it comes.

        Raises what opening a Desk raises. An interrupt waits for the work under way and passes on.
        """
        wanted = list(dict.fromkeys(ticker.strip().upper() for ticker in tickers))
        results: list[TickerResult] = []
        with closing(self._analysed(wanted)) as stream:
            for result in stream:
                results.append(result)
                told(result)
        if any(result.nanos is None for result in results):
            self._settle_doubts()
        return ordered(results)

    def _analysed(self, tickers: list[str]) -> Generator[TickerResult]:
        with Desk(self._plan) as desk:
            _prefetch(desk, tickers)
            if len(tickers) < _WORTH_A_POOL:
                for ticker in tickers:
                    yield desk.analyse(ticker)
                return
        with closing(self._pool.run(tickers)) as outcomes:
            for outcome in outcomes:
                yield _failed(outcome) if isinstance(outcome, Lost) else outcome

    def _settle_doubts(self) -> None:
        """Lets the ledger see which workers have died, so that what they held is listed as in doubt at once."""
        with opened(self._plan.config) as ledger:
            ledger.sweep()


def _analyze_single_ticker(plan: ScanPlan, ticker: str) -> TickerResult:
    """What a worker process does: it opens its own tracker on the shared ledger with its first ticker."""
    return _desk_of_this_process(plan).analyse(ticker)


@lru_cache(maxsize=1)
def _desk_of_this_process(plan: ScanPlan) -> Desk:
    """Stays open until the process ends, which closes trackers and caches."""
    return Desk(plan)


def _prefetch(desk: Desk, tickers: list[str]) -> None:
    """Quotes of all tickers in as few calls as there can be. What is wrong with them, each ticker will say by itself."""
    try:
        desk.filter.prefetch(tickers)
    except (RefusedError, NotBilled, Unclear) as error:
        _log.info("quotes are left to the single tickers: %s", error)


def _failed(lost: Lost[str]) -> TickerResult:
    return TickerResult(lost.item, Outcome.FAILED, lost.reason)
