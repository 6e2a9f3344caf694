"""Prices: integers throughout, rounded up once per call, and unknown is never free."""

from __future__ import annotations

import csv
from fractions import Fraction
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgetmon import Usage
from budgetmon.core.rules.money import MAX_INT64, decimal_text
from budgetmon.core.rules.prices import UNPRICED, Rates, TieredRates, flat

PER_DOLLAR = 1_000_000_000
counts = st.integers(0, 10_000_000)
rates = st.integers(0, 100 * PER_DOLLAR)


def test_that_a_price_per_million_tokens_is_exact_to_the_token() -> None:
    assert Rates(input=75_000_000).cost(Usage(input_tokens=1)) == 75  # 0.075 USD per million
    assert Rates(input=75_000_000).cost(Usage(input_tokens=1_000_000)) == 75_000_000


def test_that_fractions_of_a_nano_round_up_once_per_call() -> None:
    third = Rates(input=333_333, output=333_333)  # a third of a nano for each token
    assert third.cost(Usage(input_tokens=1, output_tokens=1)) == 1
    assert third.cost(Usage(input_tokens=2, output_tokens=2)) == 2
    assert third.cost(Usage()) == 0


@given(counts, counts, counts, counts, st.integers(0, 9), rates, rates, rates, rates, rates)
def test_that_a_cost_is_the_exact_sum_rounded_up(
    input_: int, output: int, cached: int, write: int, calls: int, r_in: int, r_out: int, r_cached: int, r_write: int, fee: int
) -> None:
    usage = Usage(input_tokens=input_, output_tokens=output, cached_input_tokens=cached, cache_write_tokens=write, calls=calls)
    exact = Fraction(input_ * r_in + output * r_out + cached * r_cached + write * r_write, 1_000_000) + calls * fee
    assert Rates(r_in, r_out, r_cached, r_write, fee).cost(usage) == ceil(exact)


def test_that_a_bucket_without_a_price_makes_the_usage_unpriced() -> None:
    only_input = Rates(input=PER_DOLLAR)
    assert only_input.cost(Usage(input_tokens=1)) == 1_000
    assert only_input.cost(Usage(output_tokens=1)) is None
    assert only_input.cost(Usage(input_tokens=1, output_tokens=1)) is None
    assert only_input.cost(Usage(credits=1)) is None
    assert Rates(output=PER_DOLLAR).cost(Usage(cached_input_tokens=1)) is None
    assert UNPRICED.cost(Usage(input_tokens=1)) is None


def test_that_a_bucket_without_use_needs_no_price() -> None:
    assert Rates(per_call=5).cost(Usage(calls=3)) == 15


def test_that_a_price_of_zero_is_a_price() -> None:
    assert Rates(input=0, output=0).cost(Usage(input_tokens=9, output_tokens=9)) == 0


def test_that_cached_input_and_cache_writes_fall_back_to_the_price_of_input() -> None:
    usage = Usage(cached_input_tokens=1_000_000, cache_write_tokens=1_000_000)
    assert Rates(input=7).cost(usage) == 14
    assert Rates(input=7, cached_input=1).cost(usage) == 8
    assert Rates(input=7, cached_input=0, cache_write=0).cost(usage) == 0


def test_that_credits_cost_what_a_credit_costs() -> None:
    assert Rates(per_call=1, per_credit=10).cost(Usage(calls=2, credits=3)) == 32


def test_that_a_cost_beyond_64_bits_raises() -> None:
    with pytest.raises(ValueError, match=r"2\*\*63"):
        Rates(input=MAX_INT64).cost(Usage(input_tokens=1_000_001))
    assert Rates(input=MAX_INT64).cost(Usage(input_tokens=1_000_000)) == MAX_INT64


def test_that_a_tier_applies_to_the_whole_call_once_the_prompt_is_past_its_start() -> None:
    tiers = TieredRates(((0, Rates(input=1_000_000)), (200_000, Rates(input=2_000_000))))
    below = Usage(input_tokens=200_000)
    above = Usage(input_tokens=200_001)
    assert tiers.rates_for(below).cost(below) == 200_000
    assert tiers.rates_for(above).cost(above) == 400_002


def test_that_cached_and_written_tokens_are_part_of_the_prompt_and_output_is_not() -> None:
    low, high = Rates(input=1), Rates(input=2)
    tiers = TieredRates(((0, low), (100, high)))
    assert tiers.rates_for(Usage(input_tokens=50, cached_input_tokens=30, cache_write_tokens=21)) == high
    assert tiers.rates_for(Usage(input_tokens=50, output_tokens=1_000)) == low


def test_that_flat_rates_hold_for_every_size() -> None:
    rates = Rates(input=5)
    assert flat(rates).rates_for(Usage()) == flat(rates).rates_for(Usage(input_tokens=10**9)) == rates


def test_that_the_recorded_trace_costs_what_it_costs(shared_data: Path) -> None:
    rates = Rates(input=3 * PER_DOLLAR, output=15 * PER_DOLLAR)
    total = calls = 0
    with (shared_data / "llm_traces" / "AzureLLMInferenceTrace_code.csv").open(newline="") as lines:
        for row in csv.DictReader(lines):
            cost = rates.cost(Usage(input_tokens=int(row["ContextTokens"]), output_tokens=int(row["GeneratedTokens"])))
            assert cost is not None
            total += cost
            calls += 1
    assert calls == 8_819
    assert decimal_text(total) == "57.868362"
