"""The card around a chart: title, legend, controls, a menu to copy and save it, and words when there is nothing to draw."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from budgetmon.gui.charts.axes import AmountAxis
from budgetmon.gui.charts.canvas import Canvas
from budgetmon.gui.charts.picture import save_picture
from budgetmon.gui.charts.sheet import Sheet, as_tsv
from budgetmon.gui.charts.table_twin import TableTwin
from budgetmon.gui.charts.time_drag import chosen_stretch
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.empty_state import EmptyState
from budgetmon.gui.widgets.labels import elided_role_label
from budgetmon.gui.widgets.legend import Legend
from budgetmon.gui.widgets.table import Table

_LOW, _TALL = 132, 230


class ChartFrame(QFrame):
    """Base of the charts. Subclasses draw into ``canvas``, add controls to ``controls`` and entries to ``menu``.

    ``saved`` names a written picture. ``pointed`` carries this chart and the instant under the mouse, or None;
    ``stretch_chosen`` two UTC milliseconds; ``follow_asked`` wants the present back.
    """

    saved = Signal(str)
    save_failed = Signal(str)
    pointed = Signal(object, object)
    stretch_chosen = Signal(object, object)
    follow_asked = Signal()

    def __init__(
        self,
        themer: Themer,
        title: str,
        empty: tuple[str, str],
        parent: QWidget | None = None,
        *,
        across: AmountAxis | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.themer = themer
        self.canvas = Canvas(themer, self, across=across)
        self.canvas.setAccessibleName(self.tr("{chart}, chart").format(chart=title))
        self.legend = Legend(themer, self)
        self.legend.setAccessibleName(self.tr("{chart}, legend").format(chart=title))
        self.title = elided_role_label("title", title)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(4)
        self._empty = EmptyState(themer, "chart", empty[0], empty[1])
        self._pages = QStackedWidget()
        # In a low panel the drawing gives way first: the frame itself says how small it may be.
        self._pages.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._pages.addWidget(self.canvas)
        self._pages.addWidget(self._empty)
        self._twin = TableTwin(themer, title)
        self._pages.addWidget(self._twin)
        self._name = title
        self._drawing = False
        self.zone = "UTC"
        self.now = 0
        self.menu = self._made_menu()
        self._more = QToolButton()
        self._more.setProperty("plain", True)
        self._more.setAccessibleName(self.tr("{chart}: table, copy, save").format(chart=title))
        self._more.setToolTip(self.tr("Table, copy, save"))
        self._more.setMenu(self.menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        themer.changed.connect(self._on_theme)
        self.canvas.hovered.connect(self._on_hovered)
        self.canvas.dragged.connect(self._on_dragged)
        self.canvas.double_clicked.connect(self.follow_asked)
        self._on_theme()

    def lines_at(self, at: float) -> Sequence[str]:
        """What is shown at ``at`` (epoch seconds) in words, the largest value first. Subclasses know."""
        return ()

    def sheet(self) -> Sheet:
        """What is shown as a table. Subclasses know."""
        return Sheet()

    def is_due(self, now: int) -> bool:
        """Whether the same picture would look different at the UTC millisecond ``now``. Subclasses know."""
        return False

    def pass_time(self, now: int) -> None:
        """Draw the same picture at a later ``now``."""
        self.now = now
        self._redraw()

    @Slot()
    def _redraw(self) -> None:
        """Draw what is known. Subclasses do."""

    def covers(self, at: float) -> bool:
        """Whether ``at`` (epoch seconds) is in view of a drawing."""
        begin, end = self.canvas.getPlotItem().getViewBox().viewRange()[0]
        return self._drawing and bool(begin <= at <= end)

    def _lay_out(self) -> None:
        self.header = QHBoxLayout()
        self.header.setSpacing(6)
        self.header.addWidget(self.title, 1)
        self.header.addStretch(0)
        self.header.addLayout(self.controls)
        self.header.addWidget(self._more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 6)
        layout.setSpacing(2)
        layout.addLayout(self.header)
        layout.addWidget(self.legend)
        layout.addWidget(self._pages, 1)

    def show_drawing(self, drawing: bool) -> None:
        """Show the chart or its table, or the words that say why there is none. To be called after each change."""
        self._drawing = drawing
        as_table = drawing and self._as_table.isChecked()
        if as_table:
            self._twin.show_sheet(self.sheet())
        self._pages.setCurrentIndex(2 if as_table else 0 if drawing else 1)
        self._show_legend()
        self._more.setEnabled(drawing)

    def minimumSizeHint(self) -> QSize:
        return QSize(220, 128)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_legend()

    def _show_legend(self) -> None:
        """One line of it where height is short, none where it is very short."""
        self.legend.take_rows(2 if self.height() >= _TALL else 1)
        self.legend.setVisible(self._drawing and self.height() >= _LOW)

    def say_empty(self, title: str, sentence: str) -> None:
        """Change the words that stand where there is nothing to draw."""
        self._empty.say("chart", title, sentence)

    @property
    def table(self) -> Table | None:
        """The table that shows the figures, while it is shown."""
        return self._twin.table if self._pages.currentIndex() == 2 else None

    def head_with(self, switch: QWidget | None) -> None:
        """Let ``switch`` stand where the title is, which then says the same; None brings the title back."""
        self.title.setVisible(switch is None)
        self.header.setStretch(1, 0 if switch is None else 1)
        if switch is not None:
            self.header.insertWidget(0, switch)
            self.header.setStretch(2, 1)

    @property
    def is_empty(self) -> bool:
        """Whether words stand where the chart would be."""
        return self._pages.currentIndex() == 1

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        self._as_table = QAction(self.tr("Show as table"), menu)
        self._as_table.setCheckable(True)
        self._as_table.triggered.connect(self._on_as_table)
        self._copy = QAction(self.tr("Copy picture"), menu)
        self._copy.triggered.connect(self.copy_image)
        self._copy_data = QAction(self.tr("Copy data"), menu)
        self._copy_data.triggered.connect(self.copy_data)
        self._save = QAction(self.tr("Save picture..."), menu)
        self._save.triggered.connect(self.choose_file)
        menu.addAction(self._as_table)
        self.menu_end = menu.addSeparator()
        menu.addActions([self._copy, self._copy_data, self._save])
        return menu

    @Slot(bool)
    def _on_as_table(self, as_table: bool) -> None:
        self.show_drawing(self._drawing)

    @Slot(object)
    def _on_hovered(self, at: float | None) -> None:
        self.pointed.emit(self, at if self._drawing else None)

    @Slot(float, float)
    def _on_dragged(self, begin: float, end: float) -> None:
        stretch = chosen_stretch(begin, end, self.now)
        if stretch is not None:
            self.stretch_chosen.emit(*stretch)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.is_empty:
            self.menu.popup(event.globalPos() if event.globalPos() != QPoint() else self.mapToGlobal(QPoint(8, 8)))
            event.accept()

    @Slot()
    def copy_image(self) -> None:
        """Put the chart with its title and legend on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.grab())

    @Slot()
    def copy_data(self) -> None:
        """Put the figures on the clipboard as TSV with headers."""
        QGuiApplication.clipboard().setText(as_tsv(self.sheet()))

    @Slot()
    def choose_file(self) -> None:
        """Ask where to save the chart, as PNG or as SVG."""
        name = f"{self._name.lower().replace(' ', '-')}.png"
        kinds = f"{self.tr('PNG image')} (*.png);;{self.tr('SVG drawing')} (*.svg)"
        dialog = QFileDialog(self, self.tr("Save picture"), str(Path.home() / name), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filterSelected.connect(self._on_kind)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix("svg" if "*.svg" in kind else "png")

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Write the chart with its title and legend to ``path``: as SVG when that is its suffix, else as PNG."""
        if save_picture(self, Path(path)):
            self.saved.emit(path)
        else:
            self.save_failed.emit(path)

    @Slot()
    def _on_theme(self) -> None:
        tokens = self.themer.tokens
        self._more.setIcon(themed_icon("more", tokens.muted, tokens.border))
        self._copy.setIcon(themed_icon("copy", tokens.text))
        self._copy_data.setIcon(themed_icon("copy", tokens.text))
        self._save.setIcon(themed_icon("save", tokens.text))
