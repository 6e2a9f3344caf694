"""An export as a PDF: the same page as the HTML export, on A4, with numbered pages.

It is made in a process of its own, by ``budgetmon export``, which the app starts: laying out takes longer than a frame.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextDocument

from budgetmon.gui.printing.report_document import report_document
from budgetmon.gui.theme.style import interface_font
from budgetmon.monitor.export.landing import landing_file
from budgetmon.monitor.export.page.contents import report_of
from budgetmon.monitor.export.page.drawing import MUTED
from budgetmon.monitor.export.page.report import Report
from budgetmon.monitor.export.sheets import Moved, rows_of
from budgetmon.monitor.export.source import Source

_DPI = 96
_MARGIN_MM = 14
_FOOT = 24.0


def export_pdf(source: Source, target: Path, *, overwrite: bool, moved: Moved) -> None:
    """Writes the pages of ``source`` to the file ``target``, whole or not at all; without a QGuiApplication it starts one
    that needs no screen. Raises FileExistsError and OSError."""
    with landing_file(target, overwrite=overwrite) as file:
        file.write(pdf(report_of(source)))
        moved(rows_of(source))


def pdf(report: Report) -> bytes:
    """The whole document."""
    app = QGuiApplication.instance() or QGuiApplication(["budgetmon", "-platform", "offscreen"])
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(report.title)
    writer.setCreator("budgetmon")
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    scale = writer.resolution() / _DPI
    area = writer.pageLayout().paintRectPixels(writer.resolution())
    page = QSizeF(area.width() / scale, area.height() / scale - _FOOT)
    painter = QPainter(writer)
    painter.scale(scale, scale)
    _draw(report_document(report, page), page, painter, writer)
    painter.end()
    buffer.close()
    del app
    return bytes(buffer.data().data())


def _draw(document: QTextDocument, page: QSizeF, painter: QPainter, writer: QPdfWriter) -> None:
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * page.height())
        document.drawContents(painter, QRectF(0, number * page.height(), page.width(), page.height()))
        painter.restore()
        painter.setFont(interface_font(9))
        painter.setPen(QColor(MUTED))
        foot = QRectF(0, page.height(), page.width(), _FOOT)
        painter.drawText(
            foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, f"{number + 1} / {document.pageCount()}"
        )
