"""Usage blocks of every dialect as disjoint buckets."""

from __future__ import annotations

from typing import Any

import pytest

from budgetmon import Usage
from budgetmon.integrations.clients.replies import usage_block, usage_of


@pytest.mark.parametrize(
    ("block", "usage"),
    [
        ({"prompt_tokens": 10, "completion_tokens": 5}, Usage(10, 5)),
        ({"prompt_tokens": 10, "total_tokens": 10}, Usage(10)),
        ({"prompt_tokens": 10, "completion_tokens": 5, "prompt_tokens_details": None}, Usage(10, 5)),
        (
            {
                "prompt_tokens": 10,
                "completion_tokens": 9,
                "prompt_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 1, "audio_tokens": 0},
                "completion_tokens_details": {"reasoning_tokens": 7},
            },
            Usage(5, 9, 4, 1),
        ),
        ({"prompt_tokens": 10, "completion_tokens": 5, "prompt_cache_hit_tokens": 8}, Usage(2, 5, 8)),
        (
            {
                "input_tokens": 10,
                "output_tokens": 9,
                "input_tokens_details": {"cached_tokens": 4, "cache_write_tokens": None},
                "output_tokens_details": {"reasoning_tokens": 7},
            },
            Usage(6, 9, 4),
        ),
        ({"input_tokens": 10, "output_tokens": 5}, Usage(10, 5)),
        (
            {"input_tokens": 10, "output_tokens": 5, "cache_read_input_tokens": 90, "cache_creation_input_tokens": 20},
            Usage(10, 5, 90, 20),
        ),
        ({"input_tokens": 10, "cache_read_input_tokens": None, "cache_creation_input_tokens": 0}, Usage(10)),
    ],
)
def test_that_buckets_never_overlap(block: dict[str, Any], usage: Usage) -> None:
    assert usage_of(block) == usage


@pytest.mark.parametrize(
    "block",
    [
        None,
        [],
        "10",
        {},
        {"total_tokens": 5},
        {"prompt_tokens": None},
        {"prompt_tokens": "10"},
        {"prompt_tokens": 10.0, "completion_tokens": 1},
        {"prompt_tokens": True, "completion_tokens": 1},
        {"prompt_tokens": -1, "completion_tokens": 1},
        {"prompt_tokens": 5, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 6}},
        {"prompt_tokens": 5, "completion_tokens": 1, "prompt_tokens_details": [1]},
        {"input_tokens": 5, "output_tokens": {"a": 1}},
        {"input_tokens": 5, "output_tokens": 2**60},
    ],
)
def test_that_a_block_that_makes_no_sense_is_no_usage(block: object) -> None:
    assert usage_of(block) is None


@pytest.mark.parametrize(
    "document", [{"usage": {"a": 1}}, {"response": {"usage": {"a": 1}}}, {"message": {"usage": {"a": 1}}, "usage": None}]
)
def test_that_the_block_is_found_where_the_dialect_keeps_it(document: dict[str, Any]) -> None:
    assert usage_block(document) == {"a": 1}


@pytest.mark.parametrize("document", [{}, {"usage": None}, {"usage": 5}, {"response": None}, {"message": "text"}])
def test_that_no_block_is_none(document: dict[str, Any]) -> None:
    assert usage_block(document) is None
