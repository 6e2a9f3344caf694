"""Legends save room on names, never on figures."""

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from budgetmon.gui.theme.style import interface_font
from budgetmon.gui.widgets.legend import LegendEntry, shortened

ENTRY = LegendEntry("company-answers 74% (n 2,901)", name="company-answers")


def test_that_only_the_name_is_shortened(qapp: QApplication) -> None:
    metrics = QFontMetrics(interface_font(12))
    whole = metrics.horizontalAdvance(ENTRY.text)
    short = shortened(ENTRY, whole - 30, metrics)
    assert short != ENTRY.text
    assert short.endswith(" 74% (n 2,901)")
    assert metrics.horizontalAdvance(short) <= whole - 30


def test_that_words_that_fit_stay_whole(qapp: QApplication) -> None:
    metrics = QFontMetrics(interface_font(12))
    assert shortened(ENTRY, metrics.horizontalAdvance(ENTRY.text), metrics) == ENTRY.text
