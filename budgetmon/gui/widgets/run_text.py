"""Output of tests made fit to be shown: no escape sequences, no characters that a widget cannot draw."""

from __future__ import annotations

import re

_TERMINAL_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
_LINE_END = re.compile(r"\r\n?|\u2028|\u2029")
_NOT_DRAWN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def block(text: str) -> str:
    """``text`` with its lines kept, colours of terminals removed, and other control characters and surrogates as escapes."""
    text = _LINE_END.sub("\n", _TERMINAL_SEQUENCE.sub("", text))
    return _NOT_DRAWN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
