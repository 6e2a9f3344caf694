"""Finding a command by some of its letters: ``"brn"`` finds ``"Burn-down"``. Pure."""

from __future__ import annotations

from collections.abc import Iterable

_AT_START, _AT_WORD, _IN_A_ROW, _PLAIN = 9, 7, 5, 1
_GAP = 0.05  # what each letter passed over costs, so that the tighter match wins


def score(query: str, text: str) -> float | None:
    """How well the letters of ``query`` are found in ``text``, in order and whatever their case; None when they are not.

    Spaces in the query are passed over. Letters at the start of words and letters in a row count more.
    """
    letters = [letter for letter in query.casefold() if not letter.isspace()]
    return _best(letters, text.casefold())


def ranked(query: str, texts: Iterable[str]) -> list[int]:
    """The places of those ``texts`` that match, the best first; equal ones in their own order. All for an empty query."""
    found = ((score(query, text), place) for place, text in enumerate(texts))
    return [place for value, place in sorted(((-value, place) for value, place in found if value is not None))]


def _best(letters: list[str], text: str) -> float | None:
    """The best way to lay ``letters`` over ``text``: for each place, the best value of a match whose last letter lies there."""
    ends: dict[int, float] = {-1: 0.0}
    for number, letter in enumerate(letters):
        after: dict[int, float] = {}
        for place, found in enumerate(text):
            if found != letter:
                continue
            worth = _worth(text, place)
            ways = [
                value + max(worth, _IN_A_ROW if number and place == last + 1 else 0) - _GAP * (place - last - 1)
                for last, value in ends.items()
                if last < place
            ]
            if ways:
                after[place] = max(ways)
        if not after:
            return None
        ends = after
    return max(ends.values())


def _worth(text: str, place: int) -> int:
    if place == 0:
        return _AT_START
    return _PLAIN if text[place - 1].isalnum() else _AT_WORD
