"""Caches: the table, and beside it what the chosen one saves and whether its size is right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from budgetmon.gui.charts.hit_curve import HitCurveChart
from budgetmon.gui.panels.table_panel import TablePanel
from budgetmon.gui.state.cache_words import basis_words, count_words, load_words, money_words, size_words, ttl_words
from budgetmon.gui.state.caches_model import CachesModel
from budgetmon.gui.state.rows_model import Clock
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import role_label
from budgetmon.gui.widgets.table import Table
from budgetmon.monitor.snapshot import CacheStatus

_WIDE = 640  # below this the table needs all the room


class CachesPanel(QSplitter):
    """The chosen cache, or the busiest one until somebody chose."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(self.tr("Caches"))
        self._rows: tuple[CacheStatus, ...] = ()
        self._chosen: str | None = None
        self._panel = TablePanel(
            themer,
            CachesModel(),
            self.tr("Caches"),
            ("chart", self.tr("No caches yet"), self.tr("A cache that is given a tracker appears here.")),
        )
        self.details = _Details(themer)
        self._area = _scrolling(self.details, self.tr("The chosen cache"))
        self.addWidget(self._panel)
        self.addWidget(self._area)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.setSizes([560, 360])
        self.setChildrenCollapsible(False)
        self._area.setVisible(False)
        self._panel.table.current_row.connect(self._on_current)

    @property
    def table(self) -> Table:
        """The table, for focus and tests."""
        return self._panel.table

    def minimumSizeHint(self) -> QSize:
        return self._panel.minimumSizeHint()  # the details go where the table needs the room

    def show_rows(self, rows: Sequence[CacheStatus], clock: Clock) -> None:
        """Show ``rows``."""
        self._rows = tuple(rows)
        self._panel.show_rows(rows, clock)
        self._show_details()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._area.setVisible(bool(self._rows) and self.width() >= _WIDE)

    @Slot(object)
    def _on_current(self, row: CacheStatus | None) -> None:
        self._chosen = row.name if row is not None else None
        self._show_details()

    def _show_details(self) -> None:
        self._area.setVisible(bool(self._rows) and self.width() >= _WIDE)
        if self._rows:
            busiest = max(self._rows, key=lambda row: row.hits + row.misses)
            self.details.show_cache(next((row for row in self._rows if row.name == self._chosen), busiest))


class _Details(QWidget):
    """One cache in words, and its curve."""

    def __init__(self, themer: Themer) -> None:
        super().__init__()
        self._title = role_label("title")
        self._size = role_label("muted")
        self._ttl = role_label("muted")
        self._money = role_label("muted")
        self._loads = role_label("muted")
        self._counts = role_label("muted")
        self._basis = role_label("small")
        self.curve = HitCurveChart(themer)
        self.curve.setMinimumHeight(190)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 10)
        layout.setSpacing(6)
        for label in (self._title, self._counts, self._size, self._money, self._loads):
            layout.addWidget(label)
        layout.addWidget(self.curve, 1)
        for label in (self._ttl, self._basis):
            layout.addWidget(label)
        for label in (self._title, self._counts, self._size, self._ttl, self._money, self._loads, self._basis):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_cache(self, cache: CacheStatus) -> None:
        """Show ``cache``."""
        self._title.setText(cache.name)
        self._counts.setText(count_words(cache))
        self._size.setText(size_words(cache.advice))
        self._money.setText(money_words(cache))
        self._loads.setText(load_words(cache))
        for label, words in ((self._ttl, ttl_words(cache.advice)), (self._basis, basis_words(cache.advice))):
            label.setText(words)
            label.setVisible(bool(words))
        self.curve.show_advice(cache.advice)

    def words(self) -> str:
        """All that it says, for tests."""
        labels = (self._title, self._counts, self._size, self._money, self._loads, self._ttl, self._basis)
        return "\n".join(label.text() for label in labels if label.text())

    def sizeHint(self) -> QSize:
        return QSize(340, 380)


def _scrolling(content: QWidget, name: str) -> QScrollArea:
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setMinimumWidth(260)
    area.setWidget(content)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area
