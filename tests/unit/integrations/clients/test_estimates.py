"""The worst case of a request."""

from __future__ import annotations

from typing import Any

import pytest

from budgetmon import Usage
from budgetmon.integrations.clients.estimates import seen_so_far, worst_case
from budgetmon.integrations.clients.policy import Assumptions
from budgetmon.integrations.clients.recognise import Asked, Shape

ASSUMED = Assumptions(bytes_per_token=2, media_tokens=1_000, carried_tokens=5_000, output_tokens=700)


def worst(shape: Shape = Shape.CHAT, size: int = 101, **document: Any) -> Usage:
    return worst_case(Asked(shape, "m", document), size, ASSUMED)


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens", "max_output_tokens"])
def test_that_the_limit_of_the_reply_is_its_worst_case(name: str) -> None:
    assert worst(**{name: 30}) == Usage(input_tokens=51, output_tokens=30)


@pytest.mark.parametrize("limit", [None, 0, -1, True, "30", 1.5, 2**53])
def test_that_a_reply_without_a_sound_limit_is_assumed_to_be_long(limit: object) -> None:
    assert worst(max_tokens=limit).output_tokens == 700


@pytest.mark.parametrize(
    ("asks", "times"), [({"n": 3}, 3), ({"best_of": 4, "n": 2}, 4), ({"prompt": ["a", "b"]}, 2), ({"n": None}, 1)]
)
def test_that_several_replies_count_several_times(asks: dict[str, Any], times: int) -> None:
    assert worst(max_tokens=10, **asks).output_tokens == 10 * times


def test_that_a_limit_beyond_all_counts_does_not_overflow() -> None:
    assert worst(max_tokens=2**53 - 1, n=5).output_tokens == 2**53 - 1


def test_that_embeddings_have_no_output_and_endpoints_no_tokens() -> None:
    assert worst(Shape.EMBEDDINGS, max_tokens=5) == Usage(input_tokens=51)
    assert worst(Shape.ENDPOINT) == Usage()


def test_that_the_bytes_of_an_image_do_not_count_as_text() -> None:
    image = {"type": "image_url", "image_url": {"url": "data:" + "x" * 10_000}}
    messages = [{"role": "user", "content": [{"type": "text", "text": "what is it?"}, image, image]}]
    assert 2_000 < worst(size=20_200, messages=messages, max_tokens=1).input_tokens < 2_110


@pytest.mark.parametrize("name", ["previous_response_id", "conversation"])
def test_that_a_conversation_that_the_provider_remembers_counts(name: str) -> None:
    assert worst(Shape.RESPONSES, **{name: "resp_1"}).input_tokens == 5_051


def test_that_what_was_seen_never_exceeds_the_worst_case() -> None:
    estimate = Usage(input_tokens=50, output_tokens=30)
    assert seen_so_far(estimate, 11, ASSUMED) == Usage(input_tokens=50, output_tokens=6)
    assert seen_so_far(estimate, 1_000, ASSUMED) == estimate
