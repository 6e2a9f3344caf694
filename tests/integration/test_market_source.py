"""Market data over HTTP from a stand-in: every request is a paid call of its provider, under its own budget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from integration.ledger_view import picture

from budgetmon import BudgetExceededError, UsageTracker
from budgetmon.workloads.earnings.purse import Purse
from budgetmon.workloads.earnings.sources.http import HttpSource
from budgetmon.workloads.earnings.sources.values import SourceDataError
from budgetmon.workloads.session import NotBilled, Unclear
from budgetmon.workloads.standin.market import past_volatility
from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import ErrorKind, StandInSettings

CONFIG = """
models:
  quotes: {provider: tradier, per_call: 0.0001}
  expirations: {provider: tradier, per_call: 0.0002}
  chains: {provider: tradier, per_call: 0.0003}
  company: {provider: tradier, per_call: 0.0004}
budgets:
  - {name: market day, provider: tradier, limit: 6 calls, per: day}
"""
TODAY = date.today()  # noqa: DTZ011  # that of the stand-in


def source(tracker: UsageTracker, standin: StandIn, purse: Purse, tries: int = 2) -> HttpSource:
    return HttpSource(tracker, "tradier", standin.base_url, "key", purse=purse, timeout=2.0, tries=tries)


def test_that_every_request_is_a_call_of_its_provider(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker, purse = make_tracker(CONFIG), Purse()
    with StandIn() as standin, source(tracker, standin, purse) as market:
        quotes = market.quotes(["AAPL", "MSFT", "no such"])
        options = market.options("AAPL", quotes["AAPL"].price, TODAY + timedelta(days=3))
        company = market.company("AAPL")
        with pytest.raises(SourceDataError):
            market.options("no such", 1.0, TODAY)
        billed = {model: bill.calls for model, bill in standin.billed().answered.items()}
        assert sorted(quotes) == ["AAPL", "MSFT"]
        assert options.iv == pytest.approx(past_volatility("AAPL", TODAY), rel=0.03)
        assert options.expiration is not None
        assert options.expiration >= TODAY + timedelta(days=3)
        assert options.volume
        assert company.market_cap
        assert billed == {"quotes": 1, "expirations": 2, "chains": 1, "company": 1}
        assert purse.emptied() == (1 + 2 * 2 + 3 + 4) * 100_000
        assert market.past("AAPL") == []
        market.company("MSFT")
        with pytest.raises(BudgetExceededError, match="market day"):
            market.company("GOOG")
        assert standin.billed().total.calls == 6


def test_that_a_failed_request_is_tried_again_and_charged_as_what_it_was(make_tracker: Callable[..., UsageTracker]) -> None:
    tracker = make_tracker(CONFIG)
    settings = StandInSettings(script=(ErrorKind.SERVER_ERROR, None, ErrorKind.UNAUTHORIZED))
    with StandIn(settings) as standin, source(tracker, standin, Purse()) as market:
        assert market.company("AAPL").market_cap
        with pytest.raises(NotBilled, match="401"):
            market.company("MSFT")
    totals = picture(tracker.db_path).totals
    assert (totals.calls, totals.in_doubt) == (1, 400_000)  # the refused key cost nothing, and was not tried again


def test_that_the_last_try_says_what_was_wrong(make_tracker: Callable[..., UsageTracker]) -> None:
    settings = StandInSettings(script=(ErrorKind.SERVER_ERROR,) * 2)
    with (
        StandIn(settings) as standin,
        source(make_tracker(CONFIG), standin, Purse()) as market,
        pytest.raises(Unclear, match="500"),
    ):
        market.company("AAPL")
