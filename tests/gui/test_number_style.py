"""Numbers and currency are written as the language does it, as the desktop does, or as somebody chose, everywhere at once."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from gui.fakes import FakeLedger
from gui.snapshots import rich_snapshot
from gui.texts import GUI, modules
from PySide6.QtCore import QAbstractItemModel, QLocale, QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QDockWidget, QLabel, QWidget
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.axes import Measure, amount_label
from budgetmon.gui.charts.canvas import Canvas
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.preferences import Preferences
from budgetmon.gui.settings import Settings
from budgetmon.gui.state import formatting
from budgetmon.gui.state.number_style import Currency, Digits, NumberStyle, number_locale, write_numbers
from budgetmon.gui.widgets.legend import Legend
from budgetmon.gui.widgets.table import Table
from budgetmon.monitor.snapshot import Snapshot

FIGURES_OF_COPIES = ("sheet.py", "consumption_words.py")  # copied as data, with a point in any style

POINT = NumberStyle(Digits.POINT_COMMA, Currency.CODE_LAST)
NARROW, FIXED = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def plain(text: str) -> str:
    """``text`` with every space and apostrophe as a keyboard types it."""
    return text.replace(NARROW, " ").replace(FIXED, " ").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


@pytest.mark.parametrize("digits", [each for each in Digits if each not in (Digits.LANGUAGE, Digits.DESKTOP)])
def test_that_digits_are_written_as_the_choice_itself_is(digits: Digits) -> None:
    write_numbers(NumberStyle(digits))
    assert plain(formatting.decimal(1234.56, 2)) == digits.value
    assert plain(formatting.money(1_234_560_000_000)) == f"${digits.value}"
    assert plain(formatting.count(1234)) == digits.value[:-3]
    assert plain(amount_label(1234.0, 0.5, Unit.USD)) == f"${digits.value[:-2]}00"
    assert plain(amount_label(1234.0, 1.0, Measure.ENTRIES)) == digits.value[:-3]
    assert formatting.data_size(1_500_000) == f"1{digits.value[-3]}4 MiB"


@pytest.mark.parametrize("currency", [each for each in Currency if each is not Currency.LANGUAGE])
def test_that_the_currency_is_written_as_the_choice_itself_is(currency: Currency) -> None:
    write_numbers(NumberStyle(currency=currency))
    assert plain(formatting.money(4_200_000_000)) == currency.value
    assert plain(formatting.money(-4_200_000_000)) == f"-{currency.value}"
    assert plain(amount_label(4.2, 0.1, Unit.USD)) == currency.value


def test_that_names_of_days_and_months_stay_with_the_language() -> None:
    write_numbers(NumberStyle(Digits.SPACE_COMMA))
    assert formatting.day_and_month(formatting.local(1_773_325_210_000, "UTC")) == "12 Mar"


def test_that_the_app_follows_its_language_at_first() -> None:
    assert formatting.money(1_234_500_000_000) == "$1,234.50"
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert formatting.count(1234) == "1.234"
    write_numbers(NumberStyle(Digits.COMMA_POINT))
    assert formatting.count(1234) == "1,234"


@pytest.mark.parametrize(("lang", "written"), [("de_DE.UTF-8", "1.234"), ("C", "1,234")])
def test_that_the_desktops_digits_do_not_hang_on_the_language_of_the_app(lang: str, written: str) -> None:
    program = (
        "from PySide6.QtCore import QLocale\nfrom budgetmon.gui.state.formatting import count\n"
        "from budgetmon.gui.state.number_style import Digits, NumberStyle, write_numbers\n"
        "QLocale.setDefault(QLocale('zh_CN'))\nwrite_numbers(NumberStyle(Digits.DESKTOP))\nprint(count(1234))\n"
    )
    kept = {name: value for name, value in os.environ.items() if name != "LANGUAGE" and not name.startswith("LC_")}
    child = subprocess.run(
        [sys.executable, "-c", program], env=kept | {"LANG": lang}, capture_output=True, text=True, timeout=60, check=False
    )
    assert child.stdout.strip() == written, child.stderr


def test_that_a_switch_reaches_every_text_of_the_window(
    open_window: Callable[[], MainWindow], ledger: FakeLedger, settings: Settings, qtbot: QtBot
) -> None:
    ledger.snapshot = expensive(rich_snapshot())
    switched = open_window()
    qtbot.waitUntil(lambda: settled(switched))
    before = texts_of(switched)
    assert any("$" in text for text in before)
    switched.preferences.apply(replace(settings.preferences, numbers=POINT))
    qtbot.waitUntil(lambda: settled(switched))
    later = open_window()
    qtbot.waitUntil(lambda: settled(later))
    assert texts_of(switched) == texts_of(later)
    assert texts_of(switched) != before
    assert [text for text in texts_of(switched) if "$" in text] == []


def test_that_the_style_is_remembered_and_what_is_of_no_use_is_the_languages(
    settings: Settings, open_window: Callable[[], MainWindow]
) -> None:
    settings.preferences = Preferences(numbers=POINT)
    open_window()
    assert formatting.money(1_234_500_000_000) == f"1.234,50{FIXED}USD"
    settings._store.setValue("prefer/digits", "roman")
    settings._store.setValue("prefer/currency", "shells")
    assert settings.preferences == Preferences()


def test_that_what_is_copied_as_data_is_written_in_no_style(window: MainWindow) -> None:
    chart = window.dashboard.charts.consumption
    chart.copy_data()
    before = QApplication.clipboard().text()
    assert before
    write_numbers(POINT)
    chart.copy_data()
    assert QApplication.clipboard().text() == before


def test_that_numbers_are_written_in_one_place_only() -> None:
    """Any use of a locale's own formatting elsewhere would go past the style."""
    past = [
        f"{path.relative_to(GUI)}:{node.lineno}"
        for path in modules()
        if path.name not in ("formatting.py", "number_style.py", "translation.py", "diagnosis.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Name) and node.id in ("QLocale", "number_locale", "reader_locale"))
        or (isinstance(node, ast.FormattedValue) and is_a_number(node) and path.name not in FIGURES_OF_COPIES)
    ]
    assert past == []
    assert number_locale().language() == QLocale.Language.English


def is_a_number(node: ast.FormattedValue) -> bool:
    """Whether it is formatted with separators or decimals of Python's own."""
    spec = node.format_spec
    words = "".join(str(part.value) for part in spec.values if isinstance(part, ast.Constant)) if spec else ""
    return "," in words or words.endswith(("f", "g", "e", "%"))


def expensive(snapshot: Snapshot) -> Snapshot:
    """The same with amounts that have thousands."""
    totals = replace(snapshot.totals, cost=1_234_567_890_000, calls=12_345, unpriced_calls=1_234)
    providers = tuple(replace(each, totals=replace(each.totals, cost=2_345_670_000_000)) for each in snapshot.providers)
    return replace(snapshot, totals=totals, providers=providers)


def settled(window: MainWindow) -> bool:
    return (
        window.snapshot is not None
        and window.dashboard.turns.is_done
        and window.dashboard.calls.window_of_rows.loaded
        and (window.dashboard.refusals.window_of_rows.loaded or not window.dashboard.refusals.isVisible())
    )


def texts_of(window: MainWindow) -> list[str]:
    """All that a window says, in the order of its widgets: words, tool tips, what is read out, cells, axes and legends."""
    said = (text for widget in [window, *window.findChildren(QWidget)] for text in texts_in(widget) if text)
    return [re.sub(r"poll [\d,.]+", "poll", text) for text in said]  # what a poll costs is never the same twice


def texts_in(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QDockWidget):
        yield widget.windowTitle()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, Legend):
        yield from (entry.text for entry in widget._entries)
    if isinstance(widget, Canvas):
        yield from widget.label_words()
        axis = widget.amount_axis
        yield str(axis.width())
        yield from axis.tickStrings([0.5, 1234.0], 1.0, 0.5)
    if isinstance(widget, Table):
        yield str([widget.columnWidth(number) for number in range(widget.model().columnCount())])
    if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
        yield from cells(model)


def cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    top = parent or QModelIndex()
    for row in range(model.rowCount(top)):
        for column in range(model.columnCount(top)):
            index = model.index(row, column, top)
            yield from (str(index.data(role) or "") for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole))
        yield from cells(model, model.index(row, 0, top))
