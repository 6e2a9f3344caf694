"""The earnings scan over a stand-in, with real worker processes: what it costs, what it keeps, and what one loss costs."""

from __future__ import annotations

import os
import signal
from collections import Counter
from pathlib import Path

from integration.ledger_view import picture
from integration.scan_ground import bill, market_calls, plan, tickers, with_time_limit

from budgetmon.core.rules.calls import CallState
from budgetmon.workloads.earnings.analyzer import EarningsAnalyzer
from budgetmon.workloads.earnings.results import Outcome, TickerResult
from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import ErrorKind, StandInSettings


def test_that_a_second_scan_asks_nobody_and_that_the_ledger_equals_the_bill(ledger_folder: Path) -> None:
    with StandIn() as standin:
        made = plan(ledger_folder, standin.base_url)
        cold = EarningsAnalyzer(made, 4).scan(tickers(75))
        after_cold = standin.billed()
        warm = EarningsAnalyzer(made, 4).scan(tickers(75))
        after_warm = standin.billed()
    assert Counter(result.outcome for result in cold) == {Outcome.RESULT: 75}
    assert market_calls(after_cold.answered) == 2 + 3 * 75
    assert after_warm == after_cold
    assert sum(result.nanos or 0 for result in warm) == 0
    assert [(result.ticker, result.score) for result in warm] == [(result.ticker, result.score) for result in cold]
    assert [result.score for result in cold] == sorted((result.score or 0 for result in cold), reverse=True)
    totals = picture(made.config.database).totals
    assert totals.cost == bill(made, after_cold)
    assert (totals.held, totals.in_doubt) == (0, 0)


def test_that_the_free_model_takes_over_when_the_cap_runs_out(ledger_folder: Path) -> None:
    with StandIn() as standin:
        made = plan(ledger_folder, standin.base_url, limit="0.03", market="0")
        results = EarningsAnalyzer(made, 4).scan(tickers(30))
        billed = standin.billed()
    assert Counter(result.outcome for result in results) == {Outcome.RESULT: 30}
    assert {result.model for result in results} == {"large", "free"}
    assert billed.answered["free"].calls + billed.answered["large"].calls == 60
    totals = picture(made.config.database).totals
    assert totals.cost == bill(made, billed) <= 30_000_000


def test_that_a_cap_on_everything_ends_in_a_named_refusal_per_ticker(ledger_folder: Path) -> None:
    with StandIn() as standin:
        made = plan(ledger_folder, standin.base_url, limit="0.02", market="0.001")
        results = EarningsAnalyzer(made, 4).scan(tickers(12))
        billed = standin.billed()
    assert len(results) == 12
    refused = [result for result in results if result.outcome is Outcome.REFUSED]
    assert refused
    assert all("everything" in result.detail for result in refused)
    assert picture(made.config.database).totals.cost == bill(made, billed) <= 20_000_000


def test_that_killed_workers_cost_their_tickers_and_nothing_else(ledger_folder: Path) -> None:
    settings = StandInSettings(latency_ms=40)
    with StandIn(settings) as standin:
        made = plan(ledger_folder, standin.base_url)
        analyzer = EarningsAnalyzer(made, 4)
        came: list[TickerResult] = []

        def told(result: TickerResult) -> None:
            came.append(result)
            if len(came) in (6, 12):
                os.kill(analyzer.pids[-1], signal.SIGKILL)

        results = analyzer.scan(tickers(24), told)
    lost = [result for result in results if result.outcome is not Outcome.RESULT]
    assert len(results) == 24
    assert [result.detail for result in lost] == ["its worker was ended by SIGKILL"] * 2
    seen = picture(made.config.database)
    in_doubt = [call for call in seen.calls if call.state is CallState.IN_DOUBT]
    assert {call.tag for call in in_doubt} <= {result.ticker for result in lost}
    assert seen.totals.held == 0


def test_that_a_ticker_out_of_time_costs_itself_only(ledger_folder: Path) -> None:
    script = (None,) * 8 + (ErrorKind.TIMEOUT,)
    with StandIn(StandInSettings(script=script, silence_ms=60_000)) as standin:
        made = with_time_limit(plan(ledger_folder, standin.base_url, extra="  tries: 1\n"), 5)
        results = EarningsAnalyzer(made, 2).scan(tickers(8))
    assert Counter(result.outcome for result in results) == {Outcome.RESULT: 7, Outcome.FAILED: 1}
    assert results[-1].detail == "no result within 5 s; its worker was ended"
    assert picture(made.config.database).totals.in_doubt > 0


def test_that_failures_are_tried_again_and_charged_as_what_they_were(ledger_folder: Path) -> None:
    errors = ((ErrorKind.RATE_LIMITED, 1.0), (ErrorKind.SERVER_ERROR, 1.0))
    settings = StandInSettings(error_rate=0.1, errors=errors, seed=7, retry_after_s=0)
    with StandIn(settings) as standin:
        made = plan(ledger_folder, standin.base_url, extra="  tries: 6\n")
        results = EarningsAnalyzer(made, 2).scan(tickers(2))
        billed = standin.billed()
    assert Counter(result.outcome for result in results) == {Outcome.RESULT: 2}
    assert billed.rejected
    assert picture(made.config.database).totals.cost == bill(made, billed)


def test_that_one_bad_ticker_costs_itself_only(ledger_folder: Path) -> None:
    with StandIn() as standin:
        made = plan(ledger_folder, standin.base_url)
        results = EarningsAnalyzer(made, 2).scan([*tickers(4), "NO SUCH", "aaa"])
    assert [result.outcome for result in results] == [*[Outcome.RESULT] * 4, Outcome.FAILED]
    assert results[-1].detail == "NO SUCH: no quote; is there such a ticker?"
