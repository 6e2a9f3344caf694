"""Answers of language models: valid JSON of the right form, or nothing."""

from __future__ import annotations

import json
from datetime import date

import pytest

from budgetmon.workloads.earnings.criteria import Figures
from budgetmon.workloads.earnings.questions import (
    SENTIMENT,
    STRATEGY,
    Answer,
    Question,
    messages,
    read_answer,
    response_format,
    sureness,
)
from budgetmon.workloads.earnings.retries import InvalidAnswerError
from budgetmon.workloads.standin.structured import structured_text

GOOD = {"answer": "bullish", "confidence": 0.8, "reason": "Good news."}


def test_that_a_valid_answer_is_read_in_a_fence_or_bare() -> None:
    text = json.dumps(GOOD)
    expected = Answer("bullish", 0.8, "Good news.", "m")
    assert read_answer(SENTIMENT, text, "m") == expected
    assert read_answer(SENTIMENT, f"```json\n{text}\n```", "m") == expected


@pytest.mark.parametrize(
    "wrong",
    [{"answer": "up"}, {"confidence": 2}, {"confidence": True}, {"confidence": "0.5"}, {"confidence": None}, {"reason": 3}],
)
def test_that_anything_else_is_invalid(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidAnswerError, match="sentiment: m"):
        read_answer(SENTIMENT, json.dumps({**GOOD, **wrong}), "m")


@pytest.mark.parametrize("text", ["", "I think so.", "[]", '"bullish"', json.dumps(GOOD)[:20]])
def test_that_what_is_no_object_is_invalid(text: str) -> None:
    with pytest.raises(InvalidAnswerError):
        read_answer(SENTIMENT, text, "m")


@pytest.mark.parametrize("question", [SENTIMENT, STRATEGY])
def test_that_the_form_that_is_asked_for_is_the_one_that_is_read(question: Question) -> None:
    for seed in "abcdef":
        text = structured_text(response_format(question), seed) or ""
        assert read_answer(question, text, "m").choice in question.choices


def test_that_the_question_holds_what_is_known() -> None:
    text = str(messages(STRATEGY, "AAPL", "Apple", date(2026, 3, 5), Figures(price=100.0, iv=0.4)))
    assert "AAPL (Apple) reports earnings on 2026-03-05" in text
    assert "implied volatility 0.4" in text
    assert "IV rank" not in text


def test_that_an_answer_against_a_ticker_does_not_speak_for_it() -> None:
    assert sureness(SENTIMENT, Answer("bearish", 0.7, "", "m")) == 0.7
    assert sureness(SENTIMENT, Answer("neutral", 0.7, "", "m")) == 0.0
    assert sureness(STRATEGY, Answer("none", 1.0, "", "m")) == 0.0
