"""Small texts of the runs panel."""

import pytest

from budgetmon.gui.state.run_tree import shown
from budgetmon.gui.widgets.run_progress import elapsed_text
from budgetmon.gui.widgets.run_text import block


@pytest.mark.parametrize(
    ("raw", "fit"),
    [
        ("plain\ttext\n", "plain\ttext\n"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x07", "link"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("nul \x00 bell \x07 lone \udcff", r"nul \x00 bell \x07 lone \udcff"),
        ("ä中😀", "ä中😀"),
    ],
)
def test_that_output_is_made_fit_to_show(raw: str, fit: str) -> None:
    assert block(raw) == fit


def test_that_an_id_is_shown_in_one_line() -> None:
    assert shown("a\nb\udcff\x1bc\u2028ä") == r"a\nb\udcff\x1bc\u2028ä"
    assert shown("a" * 3) == "aaa"


@pytest.mark.parametrize(("seconds", "text"), [(0, "0.0 s"), (59.94, "59.9 s"), (187, "3:07"), (3729, "1:02:09")])
def test_that_elapsed_time_is_short(seconds: float, text: str) -> None:
    assert elapsed_text(seconds) == text
