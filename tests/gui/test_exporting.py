"""Exporting from the app: the question, the child process that does it, and what is left when it is cancelled."""

from __future__ import annotations

import csv
import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gui.snapshots import rich_snapshot
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from budgetmon import UsageTracker
from budgetmon.gui.dialogs.export_dialog import ExportDialog
from budgetmon.gui.exporting import Exporting
from budgetmon.gui.notices import Notices
from budgetmon.gui.process.command import Place
from budgetmon.gui.settings import Settings
from budgetmon.gui.state import export_choices
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.reader import LedgerReader

CONFIG = """
models: {m: {provider: p, per_call: 0.01}, n: {provider: q, per_call: 1}}
budgets: [{name: all, limit: 999 USD, per: month}]
"""
OK = QDialogButtonBox.StandardButton.Ok


@pytest.fixture
def tracker(make_tracker: Callable[..., UsageTracker]) -> UsageTracker:
    tracker = make_tracker(CONFIG)
    for model in ("m", "m", "m", "n"):
        tracker.record(model)
    return tracker


@pytest.fixture
def exporting(qtbot: QtBot, themer: Themer, settings: Settings, tracker: UsageTracker) -> Iterator[Exporting]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    notices = Notices(themer)
    qtbot.addWidget(notices.stack)
    exporting = Exporting(notices, settings, window)
    exporting.use(Place(tracker.db_path, tracker.config.path))
    yield exporting
    exporting.shutdown()


@pytest.fixture
def ask(exporting: Exporting, tracker: UsageTracker, tmp_path: Path, settings: Settings) -> Callable[[], ExportDialog]:
    settings.export_folder = tmp_path

    def ask() -> ExportDialog:
        with LedgerReader(tracker.db_path) as reader:
            dialog = exporting.ask(reader.snapshot())
        assert dialog is not None
        return dialog

    return ask


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name not in ("books", "settings.ini"))


def test_that_the_dialog_counts_what_is_chosen_before_it_is_written(ask: Callable[[], ExportDialog], qtbot: QtBot) -> None:
    dialog = ask()
    qtbot.waitUntil(lambda: dialog.preview.text().startswith("4 calls, refusals: 0, $1.03, about"), timeout=20_000)
    dialog.provider.setCurrentText("p")
    qtbot.waitUntil(lambda: dialog.preview.text().startswith("3 calls, refusals: 0, $0.03, about"), timeout=20_000)
    dialog.reject()


def test_that_what_was_chosen_is_exported_and_remembered(
    ask: Callable[[], ExportDialog], exporting: Exporting, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ask()
    dialog.provider.setCurrentText("p")
    dialog.stretch.setCurrentIndex(2)
    assert dialog.stretch.currentText().startswith("This window of all: since ")
    target = Path(dialog.target.text())
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: exporting._notices.stack.message("export") is not None, timeout=20_000)
    with (target / "calls.csv").open(newline="") as file:
        assert [row["provider"] for row in csv.DictReader(file)] == ["p"] * 3
    assert (settings.export_folder, settings.export_format) == (tmp_path, "csv")
    message = exporting._notices.stack.message("export")
    assert message is not None
    assert (message.button, message.other_button) == ("Show in folder", "Copy path")
    exporting._notices.stack.acted_otherwise.emit("export")
    assert QGuiApplication.clipboard().text() == str(target)


def test_that_a_cancelled_export_leaves_nothing(
    exporting: Exporting, tracker: UsageTracker, tmp_path: Path, qtbot: QtBot
) -> None:
    for format in ("csv", "json", "xlsx", "pdf"):
        with qtbot.waitSignal(exporting._process.cancelled, timeout=20_000):
            exporting.write(tmp_path / f"o.{format}", ["--format", format], format)
            assert exporting._notices.stack.message("exporting") is not None
            exporting._notices.stack.acted.emit("exporting")
        assert exporting._notices.stack.message("exporting") is None
        assert left(tmp_path) == []


def test_that_an_export_that_cannot_be_written_says_why(exporting: Exporting, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "o.json").write_text("mine")
    with qtbot.waitSignal(exporting._process.failed, timeout=20_000):
        exporting.write(tmp_path / "o.json", ["--format", "json"], "json")
    message = exporting._notices.stack.message("export")
    assert message is not None
    assert "Already there" in message.detail
    assert (tmp_path / "o.json").read_text() == "mine"


def test_that_nothing_is_replaced_unasked(
    ask: Callable[[], ExportDialog], exporting: Exporting, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = ask()
    dialog.format_radios["json"].setChecked(True)
    target = Path(dialog.target.text())
    assert target.suffix == ".json"
    assert not dialog.replace.isVisible()
    target.write_text("mine")
    dialog.target.setText(f"{target} ")
    assert dialog.replace.isVisible()
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.rename.click()
    assert Path(dialog.target.text()).name == f"{target.stem}-2.json"
    assert dialog.buttons.button(OK).isEnabled()
    dialog.target.setText(str(target))
    dialog.replace.setChecked(True)
    dialog.buttons.button(OK).click()
    qtbot.waitUntil(lambda: exporting._notices.stack.message("export") is not None, timeout=20_000)
    assert json.loads(target.read_text())["totals"]["calls"] == 4


def test_that_the_name_follows_the_format_and_the_place_must_exist(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = ExportDialog(rich_snapshot(), Place(tmp_path / "l.db"), tmp_path, "parquet")
    qtbot.addWidget(dialog)
    dialog.show()
    name = "budgetmon-2026-03-12-152010"
    assert Path(dialog.target.text()) == tmp_path / name
    for key, choice in dialog._formats.items():
        dialog.format_radios[key].setChecked(True)
        assert Path(dialog.target.text()).name == name + choice.ending
        assert dialog.stretch.isEnabled() is dialog.provider.isEnabled() is (key != "sqlite")
    dialog.target.setText("/nowhere/at/all/o.csv")
    assert "no folder /nowhere/at/all" in dialog.conflict.text()
    assert not dialog.buttons.button(OK).isEnabled()
    dialog.reject()


def test_that_a_format_whose_library_is_missing_says_how_to_get_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(export_choices, "find_spec", lambda name: None if name == "xlsxwriter" else found(name))
    dialog = ExportDialog(rich_snapshot(), Place(tmp_path / "l.db"), tmp_path, "xlsx")
    qtbot.addWidget(dialog)
    radio = dialog.format_radios["xlsx"]
    assert not radio.isEnabled()
    assert "pip install 'budgetmon[xlsx]'" in radio.text()
    assert dialog.format.key == "csv"
    dialog.reject()
