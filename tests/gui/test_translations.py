"""German and Chinese say all that English says: nothing untranslated, no placeholder lost, nothing stale in what is shipped."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
from gui.snapshots import NOW
from gui.texts import called, modules, texts_of_app
from gui.translations import ENGLISH, LANGUAGES, source_of, translations
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu
from pytestqt.qtbot import QtBot

from budgetmon.core.rules.budgets import Unit
from budgetmon.gui.charts.axes import Measure, amount_label, time_label
from budgetmon.gui.main_window import MainWindow
from budgetmon.gui.preferences import Language
from budgetmon.gui.state import formatting
from budgetmon.gui.state.caches_model import CachesModel
from budgetmon.gui.state.calls_model import CallsModel
from budgetmon.gui.state.models_model import ModelsModel
from budgetmon.gui.state.refusals_model import RefusalsModel
from budgetmon.gui.state.rows_model import RowsModel
from budgetmon.gui.state.run_history_model import RunHistoryModel
from budgetmon.gui.state.workers_model import WorkersModel
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.translation import speak
from budgetmon.gui.widgets.table import Table

REFRESH = "run PYTHONPATH=tests python -m gui.translations, then translate"


@pytest.fixture
def spoken(qapp: QApplication) -> Iterator[Callable[[Language], None]]:
    """Lets the app speak a language until the end of the test."""
    old, installed = QLocale(), []

    def choose(language: Language) -> None:
        installed.extend(speak(qapp, language))

    yield choose
    for translator in installed:
        qapp.removeTranslator(translator)
    QLocale.setDefault(old)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_text_of_the_code_is_translated_and_no_other(language: str) -> None:
    said, texts = translations(language), texts_of_app()
    assert sorted(texts - set(said)) == [], REFRESH
    assert sorted(set(said) - texts) == [], REFRESH
    assert [text for text, translation in said.items() if not translation.finished] == []


def test_that_english_has_both_forms_of_every_text_that_counts() -> None:
    said = translations(ENGLISH)
    assert set(said) == {text for text in texts_of_app() if text.counts}, REFRESH
    assert all(translation.finished and len(set(translation.forms)) == 2 for translation in said.values())


@pytest.mark.parametrize("language", [ENGLISH, *LANGUAGES])
def test_that_placeholders_mnemonics_and_ends_agree(language: str) -> None:
    for text, translation in translations(language).items():
        for form in translation.forms:
            assert marks(form) == marks(text.source), (text, form)


def marks(text: str) -> tuple[list[str], int, int, bool]:
    """What has to be the same in every language: placeholders, mnemonics, lines, and whether a dialog follows."""
    return (
        sorted(re.findall(r"\{\w*\}", text)),
        len(re.findall(r"&\w", text)),
        text.count("\n"),
        text.endswith(("...", "…")),
    )


@pytest.mark.parametrize("language", [ENGLISH, *LANGUAGES])
def test_that_what_is_shipped_was_made_from_the_sources(qapp: QApplication, language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(source_of(language).with_suffix(".qm")))
    for text, translation in translations(language).items():
        numbers = (1, 2) if len(translation.forms) == 2 else (-1,)
        if text.counts and len(translation.forms) == 1:
            numbers = (7,)
        for form, number in zip(translation.forms, numbers, strict=True):
            assert translator.translate(text.context, text.source, None, number) == form, REFRESH


def test_that_no_text_is_translated_before_a_language_is_chosen() -> None:
    early = [
        f"{path.name}:{call.lineno}"
        for path in modules()
        for call in _calls_at_import(ast.parse(path.read_text(encoding="utf-8")))
        if called(call) in {"translate", "tr", "_tr"}
    ]
    assert early == []


def _calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child
        if not isinstance(child, ast.FunctionDef | ast.Lambda):
            yield from _calls_at_import(child)


def test_that_english_counts_one_and_many_to_any_size() -> None:
    assert [formatting.counted(number, "entry") for number in (0, 1, 2)] == ["0 entries", "1 entry", "2 entries"]
    assert formatting.counted(12_000_000_001, "token") == "12,000,000,001 tokens"
    assert formatting.short_amount_words(Unit.TOKENS, 5_000_000_000) == "5G tokens"


def test_that_german_writes_numbers_money_and_dates_its_own_way(spoken: Callable[[Language], None]) -> None:
    spoken(Language.GERMAN)
    assert formatting.money(1_234_500_000_000) == "1.234,50\u202f$"
    assert formatting.money(-4_200_000_000) == "-4,20\u202f$"
    assert formatting.percent(0.63) == "63\u202f%"
    assert [formatting.counted(number, "call") for number in (1, 12_000)] == ["1 Aufruf", "12.000 Aufrufe"]
    assert formatting.stamp(NOW - 40 * 86_400_000, "UTC", NOW).startswith("31. Jan")
    assert amount_label(2.5, 0.5, Unit.USD) == "2,50\u202f$"
    assert amount_label(50, 25, Measure.SHARE) == "50\u202f%"


def test_that_chinese_writes_dates_its_own_way(spoken: Callable[[Language], None]) -> None:
    spoken(Language.CHINESE)
    assert formatting.counted(3, "call") == "3 次调用"
    assert formatting.full_stamp(NOW, "UTC").startswith("2026-03-12")
    assert formatting.stamp(NOW - 40 * 86_400_000, "UTC", NOW).startswith("1月31日")
    assert time_label(NOW / 1000, 30 * 86_400.0, ZoneInfo("UTC")) == "3月"


@pytest.mark.parametrize(
    ("language", "titles", "menu"),
    [
        (Language.GERMAN, {"Verbrauch", "Ablehnungen", "Alarme", "Testläufe"}, "&Datei"),
        (Language.CHINESE, {"消耗", "拒绝", "告警", "测试运行"}, "文件(&F)"),
    ],
)
def test_that_the_window_speaks_the_language(
    open_window: Callable[[], MainWindow],
    spoken: Callable[[Language], None],
    qtbot: QtBot,
    language: Language,
    titles: set[str],
    menu: str,
) -> None:
    spoken(language)
    window = open_window()
    qtbot.waitUntil(lambda: window.snapshot is not None)
    assert {re.sub(r" \(\d+\)", "", dock.windowTitle()) for dock in window.findChildren(QDockWidget)} >= titles
    assert menu in [action.text() for action in window.menuBar().actions()]
    english = {text.source for text in texts_of_app()} - {said.forms[0] for said in translations(language.value[:2]).values()}
    shown = [action.text() for each in window.findChildren(QMenu) for action in each.actions()]
    assert [text for text in shown if text in english] == []


@pytest.mark.parametrize("language", [Language.GERMAN, Language.CHINESE, Language.ENGLISH])
@pytest.mark.parametrize("model", [CallsModel, RefusalsModel, WorkersModel, ModelsModel, CachesModel, RunHistoryModel])
def test_that_no_title_or_state_is_cut_off_in_a_table(
    qtbot: QtBot,
    themer: Themer,
    spoken: Callable[[Language], None],
    language: Language,
    model: Callable[[], RowsModel[object]],
) -> None:
    spoken(language)
    table = Table(themer, model(), "table")
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.show()
    title, cell = table.horizontalHeader().fontMetrics(), table.fontMetrics()
    for number, column in enumerate(table.model().sourceModel().columns):
        if not table.isColumnHidden(number):
            words = [title.horizontalAdvance(column.title), *map(cell.horizontalAdvance, column.whole)]
            assert table.columnWidth(number) > max(words) + 8, column.title


@pytest.mark.parametrize("language", [Language.GERMAN, Language.CHINESE, Language.ENGLISH])
def test_that_no_menu_has_one_mnemonic_twice(
    open_window: Callable[[], MainWindow], spoken: Callable[[Language], None], language: Language
) -> None:
    spoken(language)
    window = open_window()
    for menu in [window.menuBar(), *window.menuBar().findChildren(QMenu)]:
        keys = [found[1].lower() for action in menu.actions() if (found := re.search(r"&(\w)", action.text()))]
        assert len(keys) == len(set(keys)), [action.text() for action in menu.actions()]


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"LANG": "de_DE.UTF-8"}, "nie 1.000"),
        ({"LANG": "zh_CN.UTF-8"}, "永不 1,000"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "en_US:de"}, "never 1,000"),
        ({"LANG": "C"}, "never 1,000"),
    ],
)
def test_that_the_language_is_the_systems_unless_one_is_chosen(environment: dict[str, str], words: str) -> None:
    program = (
        "from PySide6.QtWidgets import QApplication\nfrom budgetmon.gui.translation import speak\n"
        "from budgetmon.gui.preferences import Language\nfrom budgetmon.gui.state.formatting import count, translate\n"
        "app = QApplication([])\nspeak(app, Language.SYSTEM)\nprint(translate('units', 'never'), count(1000))\n"
    )
    kept = {
        name: value for name, value in os.environ.items() if name not in ("LANG", "LANGUAGE") and not name.startswith("LC_")
    }
    child = subprocess.run(
        [sys.executable, "-c", program],
        env=kept | environment | {"QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert child.stdout.strip() == words, child.stderr
