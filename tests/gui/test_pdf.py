"""The page of an export as a PDF: made without a screen, in a process of its own, whole or not at all."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from pytestqt.qtbot import QtBot

from budgetmon import UsageTracker
from budgetmon.gui.printing.chart_rows import KIND
from budgetmon.gui.printing.report_document import report_document
from budgetmon.monitor.export.page.contents import report_of
from budgetmon.monitor.export.page.report import Report, Section, Table
from budgetmon.monitor.export.source import Chosen
from budgetmon.monitor.reader.export_reader import ExportReader

CONFIG = "models: {m: {provider: p, per_call: 0.01}}\nbudgets: [{name: all, limit: 9 USD, per: month}]"
HOSTILE = "<b>bold</b> & \u202egnp.exe"
A4 = QSizeF(680, 980)


def test_that_the_verb_writes_a_pdf_of_several_pages_with_the_names_as_they_are(
    make_tracker: Callable[..., UsageTracker], tmp_path: Path
) -> None:
    tracker = make_tracker(CONFIG)
    for number in range(120):
        tracker.record("m", tag=f"{HOSTILE} {number}")
    target = tmp_path / "o.pdf"
    command = [sys.executable, "-m", "budgetmon", "export", "--config", str(tracker.config.path), "--out", str(target)]
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    written = target.read_bytes()
    assert written.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", written)) >= 3
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    if reader := shutil.which("pdftotext"):
        text = subprocess.run([reader, "-layout", str(target), "-"], check=True, capture_output=True, text=True).stdout
        assert "<b>bold</b> & \\u202egnp.exe 119" in text


def test_that_a_document_holds_charts_and_names_as_text(
    make_tracker: Callable[..., UsageTracker], tmp_path: Path, qtbot: QtBot
) -> None:
    tracker = make_tracker(CONFIG)
    tracker.record("m", tag=HOSTILE)
    with ExportReader(tracker.db_path) as reader, reader.source(Chosen()) as source:
        document = report_document(report_of(source), A4)
    text = document.toPlainText()
    assert "<b>bold</b> & \\u202egnp.exe" in text
    rows_of_charts = [format for format in document.allFormats() if format.objectType() == KIND]
    assert len(rows_of_charts) == 2  # the budget's bar and burn-down, cost and calls


@pytest.mark.parametrize("rows", range(30, 45))
def test_that_no_heading_stands_alone_at_the_foot(rows: int, qtbot: QtBot) -> None:
    table = Table(("a",), (("x",),) * rows)
    sections = tuple(Section(name, empty="", table=table) for name in ("first", "second"))
    document = report_document(Report("title", (), (), sections), A4)
    heading = document.find("second").block()
    layout = document.documentLayout()
    tops = [layout.blockBoundingRect(block).bottom() - 1 for block in (heading, heading.next())]
    assert tops[0] // A4.height() == tops[1] // A4.height()
