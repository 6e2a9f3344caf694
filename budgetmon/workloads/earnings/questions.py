"""What a language model is asked about a ticker, and reading its JSON answers. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from budgetmon.workloads.earnings.criteria import Figures
from budgetmon.workloads.earnings.retries import InvalidAnswerError

MAX_TOKENS = 300
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Question:
    """One question. The answer is one of ``choices``; for those in ``against`` nothing speaks for the ticker."""

    name: str
    task: str
    choices: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A valid answer. ``confidence`` goes from 0 to 1; ``model`` is the one that gave it."""

    choice: str
    confidence: float
    reason: str
    model: str


SENTIMENT = Question(
    "sentiment",
    "What is the sentiment in the news and among analysts ahead of these earnings?",
    ("bearish", "neutral", "bullish"),
    ("neutral",),
)
STRATEGY = Question(
    "strategy",
    "Which option strategy suits these earnings best, given implied volatility and liquidity?",
    ("calendar spread", "iron condor", "straddle", "strangle", "none"),
    ("none",),
)
QUESTIONS = (SENTIMENT, STRATEGY)


def messages(question: Question, ticker: str, company: str, day: date, figures: Figures) -> list[dict[str, object]]:
    """The conversation that asks ``question``."""
    known = {"price": figures.price, "implied volatility": figures.iv, "IV rank in percent": figures.iv_rank}
    facts = "; ".join(f"{name} {value}" for name, value in known.items() if value is not None)
    return [
        {"role": "system", "content": "You analyse stocks before earnings. Answer with one JSON object and nothing else."},
        {
            "role": "user",
            "content": f"{ticker} ({company}) reports earnings on {day}. {facts}.\n{question.task} Give 'answer' as one of "
            f"{', '.join(question.choices)}; 'confidence' from 0 to 1; 'reason' in one sentence.",
        },
    ]


def response_format(question: Question) -> Mapping[str, object]:
    """The form of the answer, as the chat API is told it."""
    properties = {
        "answer": {"type": "string", "enum": list(question.choices)},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "reason": {"type": "string"},
    }
    schema = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {"type": "json_schema", "json_schema": {"name": question.name, "schema": schema, "strict": True}}


def read_answer(question: Question, text: str, model: str) -> Answer:
    """The answer in ``text``, which may stand in a Markdown fence. Raises InvalidAnswerError for anything else."""
    bare = text.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        found: Any = json.loads(bare)
    except (ValueError, RecursionError):
        raise InvalidAnswerError(f"{question.name}: {model} did not answer in JSON: {text[:80]!r}") from None
    if not isinstance(found, dict) or found.get("answer") not in question.choices:
        raise InvalidAnswerError(f"{question.name}: {model} gave none of the answers {', '.join(question.choices)}")
    confidence, reason = found.get("confidence"), found.get("reason")
    if isinstance(confidence, bool) or not isinstance(confidence, int | float) or not 0 <= confidence <= 1:
        raise InvalidAnswerError(f"{question.name}: {model} gave a confidence of {confidence!r}, not 0 to 1")
    if not isinstance(reason, str):
        raise InvalidAnswerError(f"{question.name}: {model} gave no reason")
    return Answer(str(found["answer"]), float(confidence), reason[:_LONGEST_REASON], model)


def sureness(question: Question, answer: Answer) -> float:
    """How much speaks for the ticker, from 0 to 1."""
    return 0.0 if answer.choice in question.against else answer.confidence
