"""Commands are found by some of their letters."""

import pytest

from budgetmon.gui.state.fuzzy import ranked, score

TEXTS = ("Open", "Export", "Run tests", "Refresh", "Burn-down", "Reset layout", "Range back", "Theme: Dark")


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("op", "Open"),
        ("brn", "Burn-down"),
        ("rt", "Run tests"),
        ("DARK", "Theme: Dark"),
        ("rl", "Reset layout"),
        ("ref", "Refresh"),
    ],
)
def test_that_letters_at_the_start_of_words_and_in_a_row_win(query: str, best: str) -> None:
    assert TEXTS[ranked(query, TEXTS)[0]] == best


def test_that_letters_have_to_come_in_order() -> None:
    assert score("nepo", "Open") is None
    assert ranked("zz", TEXTS) == []


def test_that_an_empty_query_keeps_everything_in_its_order_and_spaces_do_not_count() -> None:
    assert ranked("  ", TEXTS) == list(range(len(TEXTS)))
    assert score("r t", "Run tests") == score("rt", "Run tests")


def test_that_the_tighter_match_wins() -> None:
    assert ranked("ab", ("xaxxxxb", "xaxb")) == [1, 0]
