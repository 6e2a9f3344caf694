"""Ids that break naive writers and readers of ids."""

import pytest

ODD = [
    "a::b",
    "[x]",
    "line\nbreak",
    "lone \udcff surrogate",
    "\u00e4\u4e2d\U0001f600",
    'quote"\\',
    "",
    " ",
    "\u2028",
    "\x1b[31m",
]


@pytest.mark.parametrize("text", ODD, ids=ODD)
def test_odd(text):
    assert text != "[x]"


@pytest.mark.parametrize("number", range(3))
def test_numbers(number):
    assert number < 2
