"""Answers of a market-data API in the shape of Tradier's, read into values. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from budgetmon.workloads.earnings.sources.values import Company, Options, Quote, SourceDataError

# Contracts whose strikes lie nearest to the price: both kinds of the two strikes around it.
_AT_THE_MONEY = 4


def read_quotes(answer: bytes) -> dict[str, Quote]:
    """The quotes of an answer; tickers without a price are left out."""
    rows = _listed(_part(_document(answer), "quotes", "quote"))
    quotes: dict[str, Quote] = {}
    for row in rows:
        ticker, price = row.get("symbol"), _number(row.get("last"))
        if isinstance(ticker, str) and price is not None and price > 0:
            quotes[ticker] = Quote(ticker, price, _count(row.get("volume")))
    return quotes


def read_expirations(answer: bytes, ticker: str) -> list[date]:
    """The expirations of an answer, in order."""
    found = _part(_document(answer), "expirations", "date")
    texts = [found] if isinstance(found, str) else found or []
    try:
        return sorted(date.fromisoformat(text) for text in texts)
    except (TypeError, ValueError):
        raise SourceDataError(f"{ticker}: the list of expirations cannot be read") from None


def read_chain(answer: bytes, price: float, expiration: date) -> Options:
    """What a chain comes to: the mean volatility of the contracts nearest to ``price``, and sums over all of them."""
    rows = _listed(_part(_document(answer), "options", "option"))
    known = [(strike, iv) for row in rows if (strike := _number(row.get("strike"))) is not None and (iv := _iv(row))]
    nearest = sorted(known, key=lambda pair: abs(pair[0] - price))[:_AT_THE_MONEY]
    return Options(
        expiration,
        round(sum(iv for _, iv in nearest) / len(nearest), 6) if nearest else None,
        _sum(row.get("volume") for row in rows),
        _sum(row.get("open_interest") for row in rows),
    )


def read_company(answer: bytes, ticker: str) -> Company:
    """The company of an answer."""
    document = _document(answer)
    found = [row for row in _listed(document) if row.get("request") == ticker]
    results = _listed(found[0].get("results")) if found else []
    if not results:
        raise SourceDataError(f"{ticker}: nothing is known about the company")
    tables = [result["tables"] for result in results if isinstance(result.get("tables"), dict)]
    texts = [_part(table, "company_profile", "short_description") for table in tables]
    described = next((text for text in texts if isinstance(text, str)), ticker)
    worths = [_number(_part(table, "share_class_profile", "market_cap")) for table in tables]
    return Company(ticker, described, next((worth for worth in worths if worth), None))


def _document(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except ValueError:
        raise SourceDataError("the market-data provider's answer is no JSON document") from None


def _part(document: Any, *names: str) -> Any:
    """What stands at ``names``, one inside the other; None where something is missing."""
    for name in names:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def _listed(found: Any) -> list[dict[str, Any]]:
    """The API writes a list of one as that one."""
    rows = found if isinstance(found, list) else [found]
    return [row for row in rows if isinstance(row, dict)]


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _count(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _sum(values: Iterable[Any]) -> int | None:
    counts = [count for value in values if (count := _count(value)) is not None]
    return sum(counts) if counts else None


def _iv(row: dict[str, Any]) -> float | None:
    """The volatility of a contract: the middle of bid and ask, else the smoothed one; None where neither is above zero."""
    for name in ("mid_iv", "smv_vol"):
        value = _number(_part(row, "greeks", name))
        if value is not None and value > 0:
            return value
    return None
