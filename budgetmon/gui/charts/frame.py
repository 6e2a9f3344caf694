"""The card around a chart: title, legend, controls, a menu to copy and save it, and words when there is nothing to draw."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from budgetmon.gui.charts.canvas import Canvas
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.empty_state import EmptyState
from budgetmon.gui.widgets.labels import elided_role_label
from budgetmon.gui.widgets.legend import Legend


class ChartFrame(QFrame):
    """Base of the charts. Subclasses draw into ``canvas`` and add controls to ``controls``. ``saved`` names a written PNG."""

    saved = Signal(str)
    save_failed = Signal(str)

    def __init__(self, themer: Themer, title: str, empty: tuple[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setAccessibleName(title)
        self.themer = themer
        self.canvas = Canvas(themer, self)
        self.canvas.setAccessibleName(f"{title}, chart")
        self.legend = Legend(themer, self)
        self.legend.setAccessibleName(f"{title}, legend")
        self.title = elided_role_label("title", title)
        self.controls = QHBoxLayout()
        self.controls.setSpacing(4)
        self._empty = EmptyState(themer, "chart", empty[0], empty[1])
        self._pages = QStackedWidget()
        self._pages.addWidget(self.canvas)
        self._pages.addWidget(self._empty)
        self._menu = self._made_menu()
        self._more = QToolButton()
        self._more.setProperty("plain", True)
        self._more.setAccessibleName(f"{title}: copy or save the chart")
        self._more.setToolTip("Copy or save this chart")
        self._more.setMenu(self._menu)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._lay_out()
        themer.changed.connect(self._on_theme)
        self._on_theme()

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
        """Show the chart, or the words that say why there is none."""
        self._pages.setCurrentIndex(0 if drawing else 1)
        self.legend.setVisible(drawing)
        self._more.setEnabled(drawing)

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
        self._copy = QAction("Copy image", menu)
        self._copy.triggered.connect(self.copy_image)
        self._save = QAction("Save as PNG...", menu)
        self._save.triggered.connect(self.choose_file)
        menu.addActions([self._copy, self._save])
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self.is_empty:
            self._menu.popup(event.globalPos() if event.globalPos() != QPoint() else self.mapToGlobal(QPoint(8, 8)))
            event.accept()

    @Slot()
    def copy_image(self) -> None:
        """Put the chart with its title and legend on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.grab())

    @Slot()
    def choose_file(self) -> None:
        """Ask where to save the chart."""
        name = f"{self.title.text().split(',')[0].lower().replace(' ', '-')}.png"
        dialog = QFileDialog(self, "Save chart", str(Path.home() / name), "PNG images (*.png)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    @Slot(str)
    def save_to(self, path: str) -> None:
        """Write the chart as a PNG to ``path``."""
        if self.grab().save(path, "PNG"):
            self.saved.emit(path)
        else:
            self.save_failed.emit(path)

    @Slot()
    def _on_theme(self) -> None:
        tokens = self.themer.tokens
        self._more.setIcon(themed_icon("more", tokens.muted, tokens.border))
        self._copy.setIcon(themed_icon("copy", tokens.text))
        self._save.setIcon(themed_icon("save", tokens.text))
