"""Calls: all of them, newest first, page by page, and the details of one."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from budgetmon.gui.panels.call_details_view import CallDetailsView
from budgetmon.gui.panels.listing_panel import ListingPanel
from budgetmon.gui.panels.order_menu import offer_resolution
from budgetmon.gui.state.calls_model import CallsModel
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.call_details import CallDetails, DetailsAsk
from budgetmon.monitor.paging import Listing
from budgetmon.monitor.snapshot import CallRow


class CallsPanel(ListingPanel):
    """The table of calls, and beside it the details of the chosen one once somebody asked for them.

    ``details_asked`` carries a DetailsAsk.
    """

    details_asked = Signal(object)

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        empty = ("ledger", self.tr("No calls yet"), self.tr("The first call of any worker appears here."))
        super().__init__(themer, Listing.CALLS, CallsModel(), self.tr("Calls"), empty, parent)
        self.details = CallDetailsView(themer)
        self.details.setVisible(False)
        self.split.addWidget(self.details)
        self.split.setStretchFactor(1, 2)
        self.split.setSizes([640, 340])
        self.table.row_activated.connect(self._on_activated)
        self.table.current_row.connect(self._on_current)
        self.details.closed.connect(self._on_closed)
        self.details.order_asked.connect(self.order_asked)
        self.changed.connect(self._on_rows)

    @Slot(object)
    def show_details(self, details: CallDetails) -> None:
        """What is known of the call that was asked about."""
        if details.row.id == self.details.number:
            self.details.show_details(details, self.clock)

    def fill_menu(self, menu: QMenu, row: CallRow) -> None:
        """A call in doubt can be resolved."""
        menu.addAction(self.tr("Show details")).setData(row)
        offer_resolution(menu, row)
        super().fill_menu(menu, row)

    def choose_from_menu(self, chosen: object) -> None:
        """Show the details of a row whose menu offered them."""
        if isinstance(chosen, CallRow):
            self._on_activated(chosen)
        else:
            super().choose_from_menu(chosen)

    @Slot(object)
    def _on_activated(self, row: CallRow | None) -> None:
        if row is not None:
            self.details.setVisible(True)
            self._ask_about(row)

    @Slot(object)
    def _on_current(self, row: CallRow | None) -> None:
        if row is not None and not self.details.isHidden():
            self._ask_about(row)

    @Slot()
    def _on_rows(self) -> None:
        """The row that is looked at may have changed since."""
        shown = next((row for row in self.window_of_rows.rows if row.id == self.details.number), None)
        if isinstance(shown, CallRow) and not self.details.isHidden() and self.details.is_outdated(shown):
            self._ask_about(shown)

    def _ask_about(self, row: CallRow) -> None:
        self.details.begin(row, self.clock)
        self.details_asked.emit(DetailsAsk(row.id))

    @Slot()
    def _on_closed(self) -> None:
        self.details.setVisible(False)
        self.table.setFocus()
