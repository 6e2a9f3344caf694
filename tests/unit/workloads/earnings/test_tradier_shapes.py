"""Reading answers of a market-data API: lists of one, nulls and gaps included."""

from __future__ import annotations

import json
from datetime import date

import pytest

from budgetmon.workloads.earnings.sources.tradier_shapes import read_chain, read_company, read_expirations, read_quotes
from budgetmon.workloads.earnings.sources.values import Company, Options, Quote, SourceDataError

FRIDAY = date(2026, 3, 6)


def encoded(document: object) -> bytes:
    return json.dumps(document).encode()


def test_that_a_list_of_one_is_read_as_a_list() -> None:
    apple = {"symbol": "AAPL", "last": 231.5, "volume": 10}
    one = {"quotes": {"quote": apple, "unmatched_symbols": {"symbol": "NOPE"}}}
    assert read_quotes(encoded(one)) == {"AAPL": Quote("AAPL", 231.5, 10)}
    many = {"quotes": {"quote": [apple, {"symbol": "MSFT", "last": None}, {"symbol": "GOOG", "last": 5}]}}
    assert read_quotes(encoded(many)) == {"AAPL": Quote("AAPL", 231.5, 10), "GOOG": Quote("GOOG", 5.0)}
    assert read_quotes(encoded({"quotes": None})) == {}


def test_that_expirations_are_dates_in_order() -> None:
    assert read_expirations(encoded({"expirations": {"date": ["2026-03-13", "2026-03-06"]}}), "A")[0] == FRIDAY
    assert read_expirations(encoded({"expirations": {"date": "2026-03-06"}}), "A") == [FRIDAY]
    assert read_expirations(encoded({"expirations": None}), "A") == []
    with pytest.raises(SourceDataError, match="AAPL"):
        read_expirations(encoded({"expirations": {"date": ["soon"]}}), "AAPL")


def contract(strike: float, iv: object, volume: object = 1) -> dict[str, object]:
    return {"strike": strike, "volume": volume, "open_interest": 10, "greeks": {"mid_iv": iv, "smv_vol": 0.5}}


def test_that_a_chain_comes_to_the_volatility_at_the_money_and_the_sums() -> None:
    near = [contract(99, 0.2), contract(99, 0.3), contract(101, 0.2), contract(101, 0.3)]
    chain = {"options": {"option": [contract(50, 0.9), *near, contract(150, 0.9, None)]}}
    assert read_chain(encoded(chain), 100.0, FRIDAY) == Options(FRIDAY, 0.25, 5, 60)
    without_greeks = {"options": {"option": {"strike": 100, "volume": 3, "open_interest": 4, "greeks": None}}}
    assert read_chain(encoded(without_greeks), 100.0, FRIDAY) == Options(FRIDAY, None, 3, 4)
    assert read_chain(encoded({"options": {"option": contract(100, 0)}}), 100.0, FRIDAY).iv == 0.5
    assert read_chain(encoded({"options": None}), 100.0, FRIDAY) == Options(FRIDAY)


def test_that_a_company_is_found_in_whichever_table_it_stands() -> None:
    tables = [
        {"tables": {"company_profile": {"short_description": "Phones"}}},
        {"tables": {"share_class_profile": {"market_cap": 9}}},
    ]
    assert read_company(encoded([{"request": "AAPL", "results": tables}]), "AAPL") == Company("AAPL", "Phones", 9.0)
    assert read_company(encoded([{"request": "AAPL", "results": [{"tables": None}]}]), "AAPL") == Company("AAPL", "AAPL")
    with pytest.raises(SourceDataError, match="nothing is known"):
        read_company(encoded([{"request": "AAPL", "error": "not found"}]), "AAPL")


def test_that_what_is_no_json_is_said_to_be() -> None:
    with pytest.raises(SourceDataError, match="JSON"):
        read_quotes(b"<html>")
