"""Usage: whole, non-negative counts in buckets that never overlap."""

from __future__ import annotations

import pickle
from dataclasses import fields

import pytest

from budgetmon import Usage
from budgetmon.core.rules.usage import MAX_COUNT

BUCKETS = [field.name for field in fields(Usage)]


@pytest.mark.parametrize("bucket", BUCKETS)
@pytest.mark.parametrize("impossible", [True, False, 1.0, 0.5, float("nan"), float("inf"), "1", None, -1, 2**53, 2**63])
def test_that_impossible_counts_are_refused_by_name(bucket: str, impossible: object) -> None:
    with pytest.raises(ValueError, match=rf"Usage\.{bucket} must be an int"):
        Usage(**{bucket: impossible})  # type: ignore[arg-type]


@pytest.mark.parametrize("bucket", BUCKETS)
def test_that_counts_reach_from_zero_to_the_largest_that_a_double_can_hold(bucket: str) -> None:
    assert getattr(Usage(**{bucket: 0}), bucket) == 0
    assert getattr(Usage(**{bucket: MAX_COUNT}), bucket) == 2**53 - 1


def test_that_a_usage_is_one_call_unless_it_says_otherwise() -> None:
    assert Usage().calls == 1
    assert Usage().tokens == 0


def test_that_tokens_are_the_sum_of_their_buckets_and_nothing_else() -> None:
    usage = Usage(input_tokens=1, output_tokens=20, cached_input_tokens=300, cache_write_tokens=4_000, calls=7, credits=90)
    assert usage.tokens == 4_321


def test_that_a_usage_cannot_be_changed_and_travels_between_processes() -> None:
    usage = Usage(input_tokens=5)
    with pytest.raises(AttributeError):
        usage.input_tokens = 6  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(usage)) == usage
