"""Market data over HTTP, in the shape of the Tradier API. Each request is a call of its provider, under its budgets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import TracebackType
from typing import Self
from urllib.parse import urlencode

from budgetmon.core.rules.usage import ONE_CALL
from budgetmon.core.tracker import UsageTracker
from budgetmon.workloads.earnings.history.arithmetic import DayIV
from budgetmon.workloads.earnings.purse import Purse
from budgetmon.workloads.earnings.retries import tried
from budgetmon.workloads.earnings.sources import tradier_shapes
from budgetmon.workloads.earnings.sources.values import Company, Options, Quote, SourceDataError
from budgetmon.workloads.session import HttpSession

QUOTES, EXPIRATIONS, CHAINS, COMPANY = "quotes", "expirations", "chains", "company"
_AT_ONCE = 50


class HttpSource:
    """A MarketSource at ``base_url``, paid to ``provider``; each kind of request is a model of that name. Plain retries.

    ``key`` goes out as a bearer token. ``purse`` counts what is spent.
    """

    def __init__(
        self, tracker: UsageTracker, provider: str, base_url: str, key: str | None, *, purse: Purse, timeout: float, tries: int
    ) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else None
        self._session = HttpSession(base_url.rstrip("/").removesuffix("/v1"), timeout, headers)
        self._tracker = tracker
        self._provider = provider
        self._purse = purse
        self._tries = tries

    def quotes(self, tickers: Iterable[str]) -> dict[str, Quote]:
        """Quotes, fifty to a call."""
        asked = list(tickers)
        found: dict[str, Quote] = {}
        for start in range(0, len(asked), _AT_ONCE):
            symbols = ",".join(asked[start : start + _AT_ONCE])
            answer = self._ask(QUOTES, "/v1/markets/quotes", {"symbols": symbols, "greeks": "false"})
            found |= tradier_shapes.read_quotes(answer)
        return found

    def options(self, ticker: str, price: float, day: date) -> Options:
        """One call for the expirations, one for the chain of the first that is not before ``day``."""
        path, query = "/v1/markets/options/expirations", {"symbol": ticker}
        expirations = tradier_shapes.read_expirations(self._ask(EXPIRATIONS, path, query, ticker), ticker)
        expiration = next((each for each in expirations if each >= day), None)
        if expiration is None:
            raise SourceDataError(f"{ticker}: no options expire on {day} or later")
        query = {"symbol": ticker, "expiration": expiration.isoformat(), "greeks": "true"}
        return tradier_shapes.read_chain(self._ask(CHAINS, "/v1/markets/options/chains", query, ticker), price, expiration)

    def company(self, ticker: str) -> Company:
        """One call of the company information."""
        answer = self._ask(COMPANY, "/beta/markets/fundamentals/company", {"symbols": ticker}, ticker)
        return tradier_shapes.read_company(answer, ticker)

    def past(self, ticker: str) -> list[DayIV]:  # noqa: ARG002  # the protocol's question
        """Nothing: this API only knows the present."""
        return []

    def close(self) -> None:
        """Closes the connection."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _ask(self, model: str, path: str, query: dict[str, str], ticker: str | None = None) -> bytes:
        address = f"{path}?{urlencode(query, safe=',')}"
        return tried(lambda: self._pay(model, address, ticker), self._tries)

    def _pay(self, model: str, address: str, ticker: str | None) -> bytes:
        with self._purse.paying(), self._tracker.call(model, provider=self._provider, tag=ticker) as call:
            answer = self._session.get(address)
            call.settle(ONE_CALL)
        return answer
