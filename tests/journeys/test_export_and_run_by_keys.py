"""Exporting the ledger and running tests, without a mouse."""

from __future__ import annotations

import json
from pathlib import Path

from journeys.desk import App, Scene

_TESTS = """\
def test_that_two_and_two_is_four():
    assert 2 + 2 == 4

def test_that_two_and_two_is_five():
    assert 2 + 2 == 5
"""


def test_that_an_export_is_made_by_keys(app: App, tmp_path: Path) -> None:
    target = tmp_path / "desk.json"
    app.press("ctrl+e")
    app.until(lambda scene: scene.within("Export"), "the dialog")
    down_to(app, "JSON: ")
    app.press("alt+s", "ctrl+a")
    app.write(str(target))
    app.until(lambda scene: scene.find("Where to export to", "QLineEdit", "Export")["text"] == str(target), "the path")
    app.press("Return")
    app.until_words("Exported", str(target))
    document = json.loads(target.read_text(encoding="utf-8"))
    assert str(document).count("tickerline") >= 1
    app.close()


def down_to(app: App, words: str) -> None:
    """Go down the list of formats until the one with ``words`` is chosen."""
    format_now = app.until(format_in_focus, "a format with the focus")
    while not format_now.startswith(words):
        app.press("Down")
        before = format_now
        format_now = app.until(lambda scene: _other(format_in_focus(scene), before), "the next format")  # noqa: B023


def format_in_focus(scene: Scene) -> str:
    return next((part["text"] for part in scene.within("Export") if part["focus"] and "QRadioButton" in part["kind"]), "")


def _other(found: str, before: str) -> str:
    return found if found != before else ""


def test_that_tests_are_run_by_keys(app: App, tmp_path: Path) -> None:
    folder = tmp_path / "suite"
    folder.mkdir()
    (folder / "test_sums.py").write_text(_TESTS, encoding="utf-8")
    app.press("ctrl+r")
    app.until(lambda scene: scene.within("Run the tests of a folder"), "the dialog")
    app.press("ctrl+a")
    app.write(str(folder))
    app.press("Return")
    app.until(lambda scene: "runs" in scene.panels(), "the runs in front")
    app.until_words("test_that_two_and_two_is_five", panel="runs")
    app.until(lambda scene: "1 failed" in scene.words("runs") and "1 passed" in scene.words("runs"), "both outcomes")
    app.close()
