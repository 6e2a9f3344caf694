"""One provider at a glance."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from budgetmon.gui.panels.budget_rows import FullBudget, ThinBudget
from budgetmon.gui.state.budget_cards import ALL_PROVIDERS, Card, Trend, spared_detail, spared_words, state_word
from budgetmon.gui.state.formatting import NOTHING, amount_words, count, counted, money
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.widgets.labels import elided_role_label, set_dynamic
from budgetmon.gui.widgets.sparkline import Sparkline
from budgetmon.gui.widgets.state_chip import StateChip

translate = QCoreApplication.translate

_TREND_FROM_PIXELS = 250


class _Swatch(QWidget):
    """The colour that the provider has in the charts."""

    def __init__(self, themer: Themer, looks: SeriesLooks, name: str | None) -> None:
        super().__init__()
        self._themer, self._looks, self._name = themer, looks, name
        self.setFixedSize(10, 10)
        themer.changed.connect(self._redraw)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._themer.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._looks[self._name].colour(tokens) if self._name else QColor(tokens.accent))
        painter.drawRoundedRect(QRectF(0, 0, 10, 10), 2.5, 2.5)
        painter.end()

    @Slot()
    def _redraw(self) -> None:
        self.update()


class ProviderCard(QFrame):
    """A card that can be chosen with mouse and keyboard. ``chosen`` carries the provider, None for all of them.

    ``menu_asked`` carries the same and the point on the screen where its menu is wanted.
    """

    chosen = Signal(object)
    menu_asked = Signal(object, object)

    def __init__(self, themer: Themer, looks: SeriesLooks, provider: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._themer = themer
        self.provider = provider
        self.setProperty("card", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title = elided_role_label("title", provider if provider is not None else translate("cards", ALL_PROVIDERS))
        self._chip = StateChip(themer)
        self._full = FullBudget(themer)
        self._unlimited = elided_role_label("muted")
        self._thin: list[ThinBudget] = []
        self._thin_layout = QVBoxLayout()
        self._thin_layout.setSpacing(5)
        self._counts = elided_role_label("small")
        self._spared = elided_role_label("small")
        self._trend = Sparkline(themer, looks, provider)
        self._lay_out(_Swatch(themer, looks, provider))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A small picture is worth less than the end of an amount.
        self._trend.setVisible(event.size().width() >= _TREND_FROM_PIXELS)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self.provider, event.globalPos())

    def _lay_out(self, swatch: QWidget) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(swatch)
        top.addWidget(self._title, 1)
        top.addWidget(self._chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(5)
        layout.addLayout(top)
        layout.addWidget(self._full)
        layout.addWidget(self._unlimited)
        layout.addLayout(self._thin_layout)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._counts)
        words.addWidget(self._spared)
        foot.addLayout(words, 1)
        foot.addWidget(self._trend)
        layout.addLayout(foot)

    def show_card(self, card: Card, zone: str, now: int, stretch: str = "") -> None:
        """Show ``card`` at the UTC millisecond ``now``; ``stretch`` names the time that its trend covers."""
        tightest = card.budgets[0] if card.budgets else None
        self._chip.show_state(tightest.state if tightest else None, paused=card.paused)
        self._full.setVisible(tightest is not None)
        self._unlimited.setVisible(tightest is None)
        if tightest is not None:
            self._full.show_budget(tightest, zone, now, card.refused_at.get(tightest.name))
            self._title.setToolTip(f"{card.title}: {tightest.name}")
        else:
            self._unlimited.setText(translate("cards", "{amount} spent, without a limit").format(amount=_spent(card)))
        self._show_thin(card, zone, now)
        self._counts.setText(counts_words(card))
        self._show_spared(card)
        self._trend.show_amounts(card.trend.amounts, trend_words(card.trend, stretch))
        state = state_word(tightest.state) if tightest else translate("cards", "no budget")
        if card.paused:
            state = translate("cards", "paused")
        self.setAccessibleName(f"{card.title}, {state}")
        words = translate("cards", "{amount} spent, {counts}. Press Enter to show its burn-down.")
        described = words.format(amount=_spent(card), counts=counts_words(card))
        self.setAccessibleDescription(f"{described} {spared_detail(card.spared)}".rstrip())

    def _show_spared(self, card: Card) -> None:
        words = spared_words(card.spared)
        self._spared.setText(words)
        self._spared.setToolTip(spared_detail(card.spared))
        self._spared.setVisible(bool(words))

    def _show_thin(self, card: Card, zone: str, now: int) -> None:
        others = card.budgets[1:]
        while len(self._thin) < len(others):
            row = ThinBudget(self._themer)
            self._thin.append(row)
            self._thin_layout.addWidget(row)
        while len(self._thin) > len(others):
            row = self._thin.pop()
            self._thin_layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        for row, budget in zip(self._thin, others, strict=True):
            row.show_budget(budget, zone, now, card.refused_at.get(budget.name))

    def select(self, selected: bool) -> None:
        """Mark it as the one whose burn-down is shown."""
        set_dynamic(self, "selected", selected)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.provider)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.provider)
        else:
            super().keyPressEvent(event)


def trend_words(trend: Trend, stretch: str) -> str:
    """``"$0.42 in the last 1 h"``."""
    return f"{amount_words(trend.unit, sum(trend.amounts))} {stretch}"


def counts_words(card: Card) -> str:
    """``"312 calls · 4 failed · 12 refused"``; what is nothing is left out."""
    totals = card.totals
    parts = [counted(totals.calls, "call")]
    if totals.failed:
        parts.append(translate("cards", "{count} failed").format(count=count(totals.failed)))
    if totals.refused:
        parts.append(translate("cards", "{count} refused").format(count=count(totals.refused)))
    if totals.unpriced_calls:
        parts.append(translate("cards", "{count} unpriced").format(count=count(totals.unpriced_calls)))
    return " · ".join(parts)


def _spent(card: Card) -> str:
    totals = card.totals
    return NOTHING if totals.calls and totals.unpriced_calls == totals.calls else money(totals.cost)
