"""Market data in the shape of the Tradier API, pure: quotes, expirations, chains with greeks, company info. All of it made up.

The same ticker has the same figures on the same day. Any ticker of one to five letters is known. Each answer is one call
of a model that is named after what was asked for, and has no tokens.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from urllib.parse import parse_qs

from budgetmon.workloads.standin.completions import BadRequestError, Tokens

QUOTES, EXPIRATIONS, CHAINS, COMPANY = "quotes", "expirations", "chains", "company"
MARKET_PATHS = MappingProxyType(
    {
        "/markets/quotes": QUOTES,
        "/markets/options/expirations": EXPIRATIONS,
        "/markets/options/chains": CHAINS,
        "/markets/fundamentals/company": COMPANY,
    }
)
_TICKER = re.compile(r"[A-Z]{1,5}")
_FRIDAY = 4
_STRIKES = range(-8, 9)


@dataclass(frozen=True, slots=True)
class MarketRequest:
    """A market-data request that can be served."""

    model: str
    answer: object
    tokens: Tokens


def parse_market(path: str, query: str, today: date) -> MarketRequest:
    """The request for ``path``, which is one of MARKET_PATHS; BadRequestError says what its query lacks."""
    model = MARKET_PATHS[path]
    given = {name: values[-1] for name, values in parse_qs(query).items()}
    answers: dict[str, Callable[[], object]] = {
        QUOTES: lambda: _quotes(_symbols(given, "symbols"), today),
        EXPIRATIONS: lambda: _expirations(_symbols(given, "symbol")[0], today),
        CHAINS: lambda: _chain(_symbols(given, "symbol")[0], _expiration(given), today),
        COMPANY: lambda: [_company(symbol) for symbol in _symbols(given, "symbols")],
    }
    return MarketRequest(model, answers[model](), Tokens(0, 0))


def past_volatility(ticker: str, day: date) -> float:
    """The implied volatility that the stand-in gives ``ticker`` on ``day``: around a level of its own, in slow waves."""
    of_ticker = random.Random(f"{ticker} volatility")
    level, swing, phase = of_ticker.uniform(0.18, 0.6), of_ticker.uniform(0.1, 0.45), of_ticker.uniform(0, 360)
    wave = math.sin(math.radians(day.toordinal() * 360 / 83 + phase))
    jitter = random.Random(f"{ticker} {day}").uniform(-0.06, 0.06)
    return round(level * (1 + swing * wave + jitter), 4)


def _symbols(given: dict[str, str], name: str) -> list[str]:
    symbols = [symbol for part in given.get(name, "").split(",") if (symbol := part.strip().upper())]
    if not symbols:
        raise BadRequestError(f"'{name}' is missing from the query", name)
    return symbols


def _expiration(given: dict[str, str]) -> date:
    try:
        return date.fromisoformat(given.get("expiration", ""))
    except ValueError:
        raise BadRequestError("'expiration' must be a date such as 2026-03-20", "expiration") from None


def _one_or_many(rows: list[object]) -> object:
    """The API writes a list of one as that one, and an empty one as null."""
    return rows[0] if len(rows) == 1 else rows or None


def _quotes(symbols: list[str], today: date) -> object:
    known = [symbol for symbol in symbols if _TICKER.fullmatch(symbol)]
    unknown: list[object] = [symbol for symbol in symbols if symbol not in known]
    quotes: dict[str, object] = {"quote": _one_or_many([_quote(symbol, today) for symbol in known])}
    if unknown:
        quotes["unmatched_symbols"] = {"symbol": _one_or_many(unknown)}
    return {"quotes": quotes}


def _price(ticker: str, today: date) -> float:
    base = math.exp(random.Random(f"{ticker} price").uniform(math.log(8), math.log(600)))
    return round(base * random.Random(f"{ticker} {today} price").uniform(0.96, 1.04), 2)


def _quote(ticker: str, today: date) -> object:
    price, chance = _price(ticker, today), random.Random(f"{ticker} {today} quote")
    average = chance.randint(200_000, 40_000_000)
    return {
        "symbol": ticker,
        "description": f"{ticker} (made up)",
        "type": "stock",
        "last": price,
        "bid": round(price - 0.01, 2),
        "ask": round(price + 0.01, 2),
        "volume": int(average * chance.uniform(0.4, 1.8)),
        "average_volume": average,
    }


def _expirations(ticker: str, today: date) -> object:
    if not _TICKER.fullmatch(ticker):
        return {"expirations": None}
    friday = today + timedelta(days=(_FRIDAY - today.weekday()) % 7)
    return {"expirations": {"date": [(friday + timedelta(weeks=week)).isoformat() for week in range(8)]}}


def _chain(ticker: str, expiration: date, today: date) -> object:
    if not _TICKER.fullmatch(ticker) or expiration < today:
        return {"options": None}
    price, volatility = _price(ticker, today), past_volatility(ticker, today)
    chance = random.Random(f"{ticker} {expiration} {today} chain")
    step = max(0.5, round(price * 0.025 * 2) / 2)
    at_the_money = round(price / step) * step
    options = [
        _option(ticker, expiration, kind, at_the_money + place * step, volatility * (1 + 0.004 * place * place), chance)
        for place in _STRIKES
        if at_the_money + place * step > 0
        for kind in ("call", "put")
    ]
    return {"options": {"option": options}}


def _option(
    ticker: str, expiration: date, kind: str, strike: float, volatility: float, chance: random.Random
) -> dict[str, object]:
    return {
        "symbol": f"{ticker}{expiration:%y%m%d}{kind[0].upper()}{round(strike * 1000):08d}",
        "underlying": ticker,
        "option_type": kind,
        "strike": strike,
        "expiration_date": expiration.isoformat(),
        "volume": chance.randint(0, 900),
        "open_interest": chance.randint(50, 6_000),
        "greeks": {"delta": 0.5 if kind == "call" else -0.5, "mid_iv": round(volatility, 4), "smv_vol": round(volatility, 3)},
    }


def _company(ticker: str) -> object:
    if not _TICKER.fullmatch(ticker):
        return {"request": ticker, "type": "Symbol", "error": "not found"}
    chance = random.Random(f"{ticker} company")
    worth = round(math.exp(chance.uniform(math.log(3e8), math.log(2e12))))
    tables = {"company_profile": {"short_description": f"{ticker} makes things up."}}
    results = [
        {"type": "Company", "id": f"C-{ticker}", "tables": tables},
        {"type": "Stock", "id": f"S-{ticker}", "tables": {"share_class_profile": {"market_cap": worth}}},
    ]
    return {"request": ticker, "type": "Symbol", "results": results}
