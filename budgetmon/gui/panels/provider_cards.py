"""The column of cards: one per provider, and one for budgets that cover them all."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from budgetmon.gui.panels.provider_card import ProviderCard
from budgetmon.gui.state.budget_cards import cards_of, words_move
from budgetmon.gui.state.formatting import stretch_words
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.empty_state import EmptyState
from budgetmon.monitor.snapshot import BudgetStatus, Snapshot


class ProviderCards(QStackedWidget):
    """Cards in a scrolling column. ``chosen`` carries a provider, or None for all; a card keeps its widget while it exists.

    ``menu_asked`` carries the same and a point on the screen."""

    chosen = Signal(object)
    menu_asked = Signal(object, object)

    def __init__(self, themer: Themer, looks: SeriesLooks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer = themer
        self._looks = looks
        self._cards: dict[str | None, ProviderCard] = {}
        self._selected: tuple[str | None, ...] = ()
        self._budgets: tuple[BudgetStatus, ...] = ()
        self._now = 0
        self.setAccessibleName(self.tr("Providers and budgets"))
        content = QWidget()
        content.setObjectName("cards")
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(0, 0, 4, 0)
        self._layout.setSpacing(8)
        self._layout.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        self._scroll.viewport().setAutoFillBackground(False)
        self.addWidget(self._scroll)
        empty = EmptyState(
            themer,
            "wallet",
            self.tr("No providers yet"),
            self.tr("They appear with the first call or the first budget in the config."),
        )
        empty.setProperty("card", True)
        self.addWidget(empty)
        self.setCurrentIndex(1)

    def sizeHint(self) -> QSize:
        return QSize(330, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 100)

    def show_picture(self, snapshot: Snapshot, now: int) -> None:
        """Show the cards of ``snapshot`` at the UTC millisecond ``now``."""
        self._budgets, self._now = snapshot.budgets, now
        cards = cards_of(snapshot)
        providers = [card.provider for card in cards]
        for gone in self._cards.keys() - set(providers):
            widget = self._cards.pop(gone)
            self._layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for place, card in enumerate(cards):
            self._place(self._card(card.provider), place)
            self._cards[card.provider].show_card(
                card, snapshot.ledger.zone, now, stretch_words(snapshot.ask, snapshot.ledger.zone, now)
            )
        self.setCurrentIndex(0 if cards else 1)

    def is_due(self, now: int) -> bool:
        """Whether the same cards would say something else at the UTC millisecond ``now``."""
        return words_move(self._budgets, self._now, now)

    def select(self, providers: tuple[str | None, ...]) -> None:
        """Mark the cards of ``providers``."""
        self._selected = providers
        for each, card in self._cards.items():
            card.select(each in providers)

    def card(self, provider: str | None) -> ProviderCard | None:
        """The card of ``provider``, if there is one."""
        return self._cards.get(provider)

    def _card(self, provider: str | None) -> ProviderCard:
        if provider not in self._cards:
            card = ProviderCard(self._themer, self._looks, provider)
            card.chosen.connect(self._on_chosen)
            card.menu_asked.connect(self.menu_asked)
            card.select(provider in self._selected)
            self._cards[provider] = card
        return self._cards[provider]

    def _place(self, card: ProviderCard, place: int) -> None:
        if self._layout.indexOf(card) != place:
            self._layout.removeWidget(card)
            self._layout.insertWidget(place, card)

    @Slot(object)
    def _on_chosen(self, provider: str | None) -> None:
        self.chosen.emit(provider)
