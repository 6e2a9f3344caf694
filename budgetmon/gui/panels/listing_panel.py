"""A long table that is read page by page: its filter above, what was searched below, details of the chosen row beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QByteArray, Qt, Signal, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from budgetmon.gui.panels.order_menu import offer_pause
from budgetmon.gui.panels.table_panel import TablePanel
from budgetmon.gui.process.orders import Order
from budgetmon.gui.settings import Settings
from budgetmon.gui.state.filter_words import known_values
from budgetmon.gui.state.formatting import count, stamp
from budgetmon.gui.state.page_window import PageWindow
from budgetmon.gui.state.rows_model import Clock, RowsModel
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.filter_line import FilterLine
from budgetmon.gui.widgets.labels import elided_role_label
from budgetmon.gui.widgets.table import Table
from budgetmon.monitor.call_details import DetailsAsk
from budgetmon.monitor.filters import Field, Filter
from budgetmon.monitor.paging import Listing, Page, PageAsk
from budgetmon.monitor.snapshot import Snapshot


class ListingPanel(QWidget):
    """Asks for pages by ``page_asked`` while it is in view, and shows what it is told by ``take``. GUI thread only.

    ``order_asked`` carries an Order from a row's menu. ``changed`` is emitted when the rows that are shown changed.
    """

    page_asked = Signal(object)
    order_asked = Signal(object)
    changed = Signal()

    def __init__(
        self,
        themer: Themer,
        listing: Listing,
        model: RowsModel[Any],
        name: str,
        empty: tuple[str, str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._listing = listing
        self._empty = empty
        self._clock = Clock()
        self._paused: tuple[str, ...] = ()
        self._wanted: tuple[int, ...] = ()
        self._ledger: tuple[str, int] | None = None
        self.window_of_rows = PageWindow(listing)
        self.filter = FilterLine(listing, self.tr("Filter of {table}").format(table=name), self)
        self.filter.line.setPlaceholderText(self.hint())
        self._panel = TablePanel(themer, model, name, empty, sortable=False)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self._found = elided_role_label("small")
        self.new_rows = _button("")
        self.go_on = _button(self.tr("Search further back"))
        self._lay_out()
        self.filter.filtered.connect(self._on_filtered)
        self.table.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.table.verticalScrollBar().rangeChanged.connect(self._on_range)
        self.table.menu_filling.connect(self._on_menu_filling)
        self.new_rows.clicked.connect(self._on_new_rows)
        self.go_on.clicked.connect(self._on_go_on)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 6, 8, 0)
        head.setSpacing(8)
        head.addWidget(self.filter, 1)
        head.addWidget(self.new_rows, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 8, 4)
        foot.addWidget(self._found, 1)
        foot.addWidget(self.go_on)
        self.split.addWidget(self._panel)
        self.split.setStretchFactor(0, 3)
        self.split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.split, 1)
        layout.addLayout(foot)

    def hint(self) -> str:
        """What stands in the empty filter line."""
        return self.tr("Filter: provider:x cost>0.10 -failed since:10:00 (Ctrl+F)")

    @property
    def table(self) -> Table:
        """The table, for focus and tests."""
        return self._panel.table

    @property
    def clock(self) -> Clock:
        """What turns stored times into words."""
        return self._clock

    def found_words(self) -> str:
        """What is said about how much was found."""
        return self._found.text()

    # What it is told

    def show_picture(self, snapshot: Snapshot, clock: Clock) -> None:
        """The ledger changed: ask for what is new."""
        self._clock = clock
        ledger = (snapshot.ledger.path, snapshot.ledger.created_at)
        if ledger != self._ledger:
            self._ledger = ledger
            self.window_of_rows.clear()
        self._paused = snapshot.paused
        self.filter.know(known_values(snapshot), clock.zone, clock.now)
        self.window_of_rows.something_was_written()
        self._show()
        self._ask()

    @Slot(object)
    def take(self, page: Page) -> None:
        """Show a page that was asked for."""
        if page.ask.listing is not self._listing or not self.window_of_rows.take(page):
            return
        self._show(still_at_top=not self.window_of_rows.following)
        if self._wanted:
            self._choose_wanted()
        self._look()

    @Slot(object)
    def miss(self, ask: PageAsk | DetailsAsk) -> None:
        """A page that was asked for will not come. Details are asked for again when their row changes."""
        if isinstance(ask, PageAsk) and ask.listing is self._listing:
            self.window_of_rows.missed(ask)

    def show_filter(self, text: str) -> None:
        """Show what passes ``text``, a filter as it is typed."""
        self.filter.show_filter(text)

    def show_numbers(self, numbers: tuple[int, ...]) -> None:
        """Choose the rows with these numbers. When they are not all among the newest, they are filtered for."""
        self._wanted = numbers
        if self.window_of_rows.loaded:
            self._choose_wanted()

    def _choose_wanted(self) -> None:
        there = len(self.table.places(self._wanted))
        if there < len(set(self._wanted)) and not self.window_of_rows.only.of(Field.ID):
            self.show_filter(" ".join(f"{Field.ID}:{number}" for number in self._wanted))
        elif there:
            numbers, self._wanted = self._wanted, ()
            self.table.choose(numbers)

    def save(self, settings: Settings) -> None:
        """Remember the filter."""
        settings.set_layout(f"{self._listing}/filter", QByteArray(self.filter.text.encode()))

    def restore(self, settings: Settings) -> None:
        """Filter as last time."""
        text = settings.layout(f"{self._listing}/filter")
        if text is not None:
            self.show_filter(bytes(text.data()).decode(errors="replace"))

    # What the operator does

    @Slot(object)
    def _on_filtered(self, only: Filter) -> None:
        self.window_of_rows.filter(only)
        self.table.scrollToTop()
        self._show_words()
        self._ask()

    @Slot()
    def _on_new_rows(self) -> None:
        self.window_of_rows.go_to_newest()
        self.table.scrollToTop()
        self._ask()

    @Slot(object, object, object)
    def _on_menu_filling(self, menu: QMenu, row: Any, token: str | None) -> None:
        if token is not None:
            menu.addSeparator()
            shown = token.replace("&", "&&")
            menu.addAction(self.tr("Filter by {token}").format(token=shown)).setData(token)
            menu.addAction(self.tr("Exclude {token}").format(token=shown)).setData(f"-{token}")
        menu.addSeparator()
        self.fill_menu(menu, row)
        menu.triggered.connect(self._on_menu)

    def fill_menu(self, menu: QMenu, row: Any) -> None:
        """What else the menu of ``row`` offers; the data of an order's action is the Order."""
        offer_pause(menu, row.provider, self._paused)

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        self.choose_from_menu(action.data())

    def choose_from_menu(self, chosen: object) -> None:
        """What an entry of a row's menu does, by its data: gives an Order, adds a token to the filter."""
        if isinstance(chosen, Order):
            self.order_asked.emit(chosen)
        elif isinstance(chosen, str):
            self.filter.add(chosen)

    @Slot()
    def _on_go_on(self) -> None:
        self.window_of_rows.go_on()
        self._ask()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        self._look()

    @Slot(int, int)
    def _on_range(self, low: int, high: int) -> None:
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()

    # The thread between the view and the pages

    def _look(self) -> None:
        """See where the view stands, and ask for what comes near."""
        self.window_of_rows.reach_top(self.table.is_at_top())
        if self.table.is_near_bottom():
            self.window_of_rows.reach_bottom()
        self._ask()

    def _ask(self) -> None:
        if not self.isVisible() or self._ledger is None:
            return
        ask = self.window_of_rows.next_ask()
        if ask is not None:
            self.page_asked.emit(ask)

    def _show(self, *, still_at_top: bool = False) -> None:
        self._panel.show_rows(self.window_of_rows.rows, self._clock, still_at_top=still_at_top)
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        window = self.window_of_rows
        number = f"{count(window.fresh)}{'+' if window.fresh_is_more else ''}"
        self.new_rows.setText(self.tr("{number} new").format(number=number))
        self.new_rows.setAccessibleName(self.tr("Show {number} new rows").format(number=number))
        self.new_rows.setVisible(window.fresh > 0)
        self.go_on.setVisible(window.stopped)
        self._found.setText(self._how_much())
        if window.only.terms:
            self._panel.empty.say("search", self.tr("Nothing passes the filter"), self._how_much())
        else:
            self._panel.empty.say(*self._empty)

    def _how_much(self) -> str:
        window = self.window_of_rows
        if not window.loaded:
            return self.tr("Searching...")
        rows = len(window.rows)
        if rows == 0 and window.complete:
            return ""
        if window.complete and not window.more_above:
            return self.tr("Rows: {rows}, all there are").format(rows=count(rows))
        if window.complete or window.searched_at is None:
            return self.tr("Rows: {rows}, down to the oldest").format(rows=count(rows))
        back = stamp(window.searched_at, self._clock.zone, self._clock.now)
        return self.tr("Rows: {rows}, searched back to {time}").format(rows=count(rows), time=back)


def _button(text: str) -> QPushButton:
    button = QPushButton(text)
    button.setAccessibleName(text)
    button.setVisible(False)
    return button
