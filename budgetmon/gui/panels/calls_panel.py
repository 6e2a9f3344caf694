"""Calls: all of them, newest first, page by page."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QWidget

from budgetmon.gui.panels.listing_panel import ListingPanel
from budgetmon.gui.panels.order_menu import offer_resolution
from budgetmon.gui.state.calls_model import CallsModel
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.paging import Listing
from budgetmon.monitor.snapshot import CallRow


class CallsPanel(ListingPanel):
    """The table of calls."""

    def __init__(self, themer: Themer, parent: QWidget | None = None) -> None:
        empty = ("ledger", self.tr("No calls yet"), self.tr("The first call of any worker appears here."))
        super().__init__(themer, Listing.CALLS, CallsModel(), self.tr("Calls"), empty, parent)

    def fill_menu(self, menu: QMenu, row: CallRow) -> None:
        """A call in doubt can be resolved."""
        offer_resolution(menu, row)
        super().fill_menu(menu, row)
