"""Orders from the window: what can be undone is given at once, the rest is confirmed first; a notice says what became of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from budgetmon.gui.notices import Notices
from budgetmon.gui.process.command import Place
from budgetmon.gui.process.orders import Order, Orders, Verb
from budgetmon.gui.theme.tokens import Tone


class OrderControl(QObject):
    """Carries orders from menus to child processes. ``carried_out`` when the ledger has changed. GUI thread only."""

    carried_out = Signal()

    def __init__(self, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._notices = notices
        self._orders = Orders(self)
        self._offered: Order | None = None  # what the button of the notice gives
        self._orders.done.connect(self._on_done)
        self._orders.failed.connect(self._on_failed)
        notices.order_given.connect(self._on_given)

    def use(self, place: Place) -> None:
        """Which ledger the orders are for. What was asked about another one is forgotten."""
        self._orders.use(place)
        self._offered = None
        self._notices.no_order()

    @Slot(object)
    def ask(self, order: Order) -> None:
        """Give an order; one that cannot be taken back only once its notice was answered."""
        if order.undo is not None:
            self._notices.no_order()
            self._orders.give(order)
            return
        self._offered = order
        headline, button = self._question(order)
        self._notices.order(Tone.WARNING, headline, self.tr("This cannot be undone."), button)

    def shutdown(self) -> None:
        """End before the window goes."""
        self._orders.shutdown()

    @Slot()
    def _on_given(self) -> None:
        order, self._offered = self._offered, None
        self._notices.no_order()
        if order is not None:
            self._orders.give(order)

    @Slot(object)
    def _on_done(self, order: Order) -> None:
        self._offered = order.undo
        headline, detail = self._answer(order)
        self._notices.order(Tone.OK, headline, detail, self.tr("Undo") if order.undo is not None else "")
        self.carried_out.emit()

    @Slot(object, str)
    def _on_failed(self, order: Order, problem: str) -> None:
        self._offered = order
        self._notices.order(Tone.DANGER, self._failure(order), problem, self.tr("Try again"))
        self.carried_out.emit()

    def _question(self, order: Order) -> tuple[str, str]:
        if order.verb is Verb.CHARGE:
            words = self.tr("Charge call {call} with what was set aside for it?")
            return words.format(call=order.subject), self.tr("Charge it")
        return self.tr("Release call {call}, as one that cost nothing?").format(call=order.subject), self.tr("Release it")

    def _answer(self, order: Order) -> tuple[str, str]:
        match order.verb:
            case Verb.PAUSE:
                detail = self.tr("Every worker is refused from its next call on; calls under way end as they will.")
                return self.tr("{provider} is paused").format(provider=order.subject), detail
            case Verb.RESUME:
                return self.tr("{provider} goes on").format(provider=order.subject), self.tr("Workers may call it again.")
            case Verb.CHARGE:
                return self.tr("Call {call} is charged").format(call=order.subject), ""
        return self.tr("Call {call} is released").format(call=order.subject), ""

    def _failure(self, order: Order) -> str:
        match order.verb:
            case Verb.PAUSE:
                return self.tr("{provider} was not paused").format(provider=order.subject)
            case Verb.RESUME:
                return self.tr("{provider} was not resumed").format(provider=order.subject)
        return self.tr("Call {call} was not resolved").format(call=order.subject)
