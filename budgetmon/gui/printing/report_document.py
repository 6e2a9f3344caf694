"""A report as a text document for paper: figures, charts and tables, laid out in pages of a given size."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor, QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFormat

from budgetmon.gui.printing.chart_rows import KIND, ChartRows
from budgetmon.gui.theme.style import interface_font
from budgetmon.monitor.export.page.drawing import INK, MUTED
from budgetmon.monitor.export.page.report import Report, Section, Table

_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
_FIGURES_A_ROW = 5
# What the text engine knows of CSS; sizes are pixels of 1/96 inch.
_STYLE = f"""
.muted, th {{ color: {MUTED}; }}
th {{ font-weight: 500; text-align: left; }}
.rows th, .rows td {{ font-size: 9px; padding: 2px 8px 2px 0; }}
.facts td {{ padding: 0 16px 2px 0; }}
.figures td {{ padding: 4px 18px 8px 0; }}
"""


def report_document(report: Report, page: QSizeF) -> QTextDocument:
    """The document, laid out in pages of the size ``page``, in pixels of 1/96 inch. Needs a QGuiApplication."""
    document = QTextDocument()
    document.setDefaultFont(interface_font(12))
    document.setDefaultStyleSheet(_STYLE)
    document.setDocumentMargin(0)
    document.setUseDesignMetrics(True)
    document.setUndoRedoEnabled(False)
    document.setPageSize(page)
    rows = ChartRows(page.width(), document)
    document.documentLayout().registerHandler(KIND, rows)
    cursor = QTextCursor(document)
    cursor.insertText(report.title, _letters(24, INK, QFont.Weight.DemiBold))
    _begin_paragraph(cursor)
    cursor.insertHtml(_facts(report) + _figures(report))
    headings = [_write(section, cursor, rows) for section in report.sections]
    _keep_with_next(document, headings)
    return document


def _write(section: Section, cursor: QTextCursor, rows: ChartRows) -> int:
    """Writes a section at the end, and returns where its heading is."""
    _begin_paragraph(cursor, above=20)
    heading = cursor.position()
    cursor.insertText(section.title, _letters(16, INK, QFont.Weight.DemiBold))
    if section.note or section.is_empty:
        _remark(section.empty if section.is_empty else section.note, cursor)
    for format in rows.add(section.charts):
        _begin_paragraph(cursor)
        cursor.insertText(_OBJECT, format)
    if section.table is not None and section.table.rows:
        if section.table.note:
            _remark(section.table.note, cursor)
        _begin_paragraph(cursor)
        cursor.insertHtml(_table(section.table))
    return heading


def _remark(words: str, cursor: QTextCursor) -> None:
    _begin_paragraph(cursor, below=8)
    cursor.insertText(words, _letters(12, MUTED))


def _begin_paragraph(cursor: QTextCursor, *, above: float = 0, below: float = 4) -> None:
    cursor.movePosition(QTextCursor.MoveOperation.End)
    format = QTextBlockFormat()
    format.setTopMargin(above)
    format.setBottomMargin(below)
    cursor.insertBlock(format, QTextCharFormat())


def _letters(pixels: int, colour: str, weight: QFont.Weight = QFont.Weight.Normal) -> QTextCharFormat:
    format = QTextCharFormat()
    format.setFont(interface_font(pixels, weight))
    format.setForeground(QColor(colour))
    return format


def _facts(report: Report) -> str:
    rows = "".join(f'<tr><td class="muted">{escape(name)}</td><td>{escape(text)}</td></tr>' for name, text in report.facts)
    return f'<table class="facts">{rows}</table>'


def _figures(report: Report) -> str:
    cells = [
        f'<td><span class="muted">{escape(name)}</span><br><span style="font-size: 16px; font-weight: 600">{escape(text)}'
        "</span></td>"
        for name, text in report.figures
    ]
    rows = ("".join(cells[first : first + _FIGURES_A_ROW]) for first in range(0, len(cells), _FIGURES_A_ROW))
    return f'<table class="figures" width="100%">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>'


def _table(table: Table) -> str:
    sides = [' align="right"' if name in table.numbers else "" for name in table.columns]
    head = "".join(f"<th{side}>{escape(name)}</th>" for side, name in zip(sides, table.columns, strict=True))
    rows = "".join(
        f"<tr>{''.join(f'<td{side}>{escape(cell)}</td>' for side, cell in zip(sides, row, strict=True))}</tr>"
        for row in table.rows
    )
    return f'<table class="rows" width="100%"><thead><tr>{head}</tr></thead>{rows}</table>'


def _keep_with_next(document: QTextDocument, headings: list[int]) -> None:
    """No heading stands alone at the foot of a page."""
    for position in headings:
        block = document.findBlock(position)
        if block.next().isValid() and _page(document, block) != _page(document, block.next()):
            format = block.blockFormat()
            format.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).setBlockFormat(format)


def _page(document: QTextDocument, block: QTextBlock) -> int:
    bottom = document.documentLayout().blockBoundingRect(block).bottom()
    return int((bottom - 1) // document.pageSize().height())
