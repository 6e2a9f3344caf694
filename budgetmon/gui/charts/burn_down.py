"""Burn-down: what is left of one budget over its window, against an even pace, and when it runs out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QComboBox, QToolButton, QWidget

from budgetmon.core.rules.budgets import Unit
from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.gui.charts.burn_down_items import BurnDownItems
from budgetmon.gui.charts.burn_down_labels import Place, burn_down_labels
from budgetmon.gui.charts.burn_down_legend import burn_down_legend
from budgetmon.gui.charts.burn_down_menu import BurnDownMenu
from budgetmon.gui.charts.burn_down_open import PAUSE_MARKS, Levels, Mark, levels, marks
from budgetmon.gui.charts.burn_down_pauses import pauses_of, stretch_of, told_at, told_words
from budgetmon.gui.charts.burn_down_shape import BurnDownShape, burn_down_shape, in_unit
from budgetmon.gui.charts.burn_down_view import View, is_late, range_view, recent_view, whole_view
from budgetmon.gui.charts.burn_down_words import burn_down_sheet, mark_words, readout
from budgetmon.gui.charts.frame import ChartFrame
from budgetmon.gui.charts.sheet import Sheet
from budgetmon.gui.state.budget_cards import scope_words
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.themer import Themer
from budgetmon.monitor.snapshot import BudgetStatus, CloseUp, PauseRow, Snapshot

_HEADROOM_PIXELS = 24.0  # room above the limit for its words
_FOOT_PIXELS = 6.0  # room below zero, so that dots show whole
_STEP_PIXELS = 2.0  # "now" moves by so much, but stands no longer than:
_LONGEST_STEP = 600_000
_NEAR_PIXELS = 7.0  # a mark this near to the mouse is told


class BurnDownChart(ChartFrame):
    """Shows the chosen budget out of those it is given. ``asked`` when another one is looked at. GUI thread only."""

    asked = Signal()

    def __init__(self, themer: Themer, looks: SeriesLooks, parent: QWidget | None = None) -> None:
        super().__init__(themer, QCoreApplication.translate("burn-down", "Burn-down"), ("", ""), parent)
        self.say_empty(
            self.tr("No budget to burn down"), self.tr("Budgets from the config appear here with their first window.")
        )
        self._looks = looks
        self._snapshot: Snapshot | None = None
        self._budgets: tuple[BudgetStatus, ...] = ()
        self._picked = False
        self._recent_chosen: bool | None = None
        self._stretch: tuple[float, float] | None = None
        self._span = 3600.0
        self._shape: BurnDownShape | None = None
        self._open: Levels | None = None
        self._marks: tuple[Mark, ...] = ()
        self._pauses: tuple[PauseRow, ...] = ()
        self._make_controls()
        self._options = BurnDownMenu(self.menu, self.menu_end)
        self._options.changed.connect(self._redraw)
        self._items = BurnDownItems(self.canvas.getPlotItem())
        self.canvas.restyled.connect(self._redraw)
        self.canvas.restyled.connect(self._draw_icon)
        self.canvas.getPlotItem().getViewBox().sigResized.connect(self._redraw)
        self._draw_icon()
        self.show_drawing(False)

    def _make_controls(self) -> None:
        self._choice = QComboBox()
        self._choice.setAccessibleName(self.tr("Budget shown in the burn-down"))
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._choice.setMaximumWidth(260)
        self._choice.activated.connect(self._on_chosen)
        self._recent = QToolButton()
        self._recent.setProperty("plain", True)
        self._recent.setCheckable(True)
        self._recent.setAccessibleName(self.tr("Show the recent stretch of the burn-down only"))
        self._recent.setToolTip(self.tr("Show the recent stretch only"))
        self._recent.clicked.connect(self._on_recent)
        self.controls.addWidget(self._choice)
        self.controls.addWidget(self._recent)

    @Slot()
    def _draw_icon(self) -> None:
        self._recent.setIcon(themed_icon("zoom", self.themer.tokens.muted))

    def minimumSizeHint(self) -> QSize:
        return QSize(260, 136)

    @property
    def chosen(self) -> BudgetStatus | None:
        """The budget that is shown."""
        index = self._choice.currentIndex()
        return self._budgets[index] if 0 <= index < len(self._budgets) else None

    def show_picture(self, snapshot: Snapshot, budgets: Sequence[BudgetStatus], now: int, *, keep_choice: bool = True) -> None:
        """Offer ``budgets`` of ``snapshot`` at the UTC millisecond ``now``, with what the snapshot knows of the chosen one."""
        self._snapshot = snapshot
        ask = snapshot.ask
        span = ask.span.total_seconds()
        self._stretch = None if ask.until is None else (ask.until / 1000.0 - span, ask.until / 1000.0)
        self.show_budgets(budgets, snapshot.ledger.zone, now, span=span, keep_choice=keep_choice)

    def show_budgets(
        self, budgets: Sequence[BudgetStatus], zone: str, now: int, *, span: float = 3600.0, keep_choice: bool = True
    ) -> None:
        """Offer ``budgets`` at the UTC millisecond ``now``. The first one is shown, or the one that somebody chose if the
        choice is kept.

        ``span`` is how many seconds the recent stretch looks back.
        """
        before = self.chosen.name if self.chosen else None
        self._picked = self._picked and keep_choice
        names = [budget.name for budget in budgets]
        changed = not keep_choice or names != [budget.name for budget in self._budgets]
        self._budgets = tuple(budgets)
        self.zone, self.now, self._span = zone, now, span
        if changed:
            self._choice.clear()
            self._choice.addItems(names)
        if changed or not self._picked:
            kept = before if self._picked else None
            self._choice.setCurrentIndex(names.index(kept) if kept in names else min(0, len(names) - 1))
        self._choice.setVisible(len(names) > 0)
        self._redraw()
        if before != (self.chosen.name if self.chosen else None):
            self.asked.emit()

    def is_due(self, now: int) -> bool:
        across, _ = self.canvas.pixels_per_unit()
        passed = now - self.now
        return self._shown is not None and (passed * across >= _STEP_PIXELS * 1000 or passed >= _LONGEST_STEP)

    def choose(self, name: str) -> None:
        """Show the budget called ``name``, if it is on offer."""
        index = self._choice.findText(name)
        if index >= 0:
            self._choice.setCurrentIndex(index)
            self._on_chosen(index)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._picked = True
        self._redraw()
        self.asked.emit()

    @Slot(bool)
    def _on_recent(self, recent: bool) -> None:
        self._recent_chosen = recent
        self._redraw()

    @property
    def _close_up(self) -> CloseUp | None:
        """What is known of the chosen budget beyond its line, once the reader was asked."""
        close_up = self._snapshot.close_up if self._snapshot else None
        return close_up if close_up and self.chosen and close_up.budget == self.chosen.name else None

    @property
    def _shown(self) -> BudgetStatus | None:
        """The chosen budget, counted in the unit that was asked for."""
        budget, close_up, unit = self.chosen, self._close_up, self._options.unit
        if budget is None or close_up is None or unit in (None, budget.unit):
            return budget
        return in_unit(budget, close_up.by_unit[unit], unit)

    @Slot()
    def _redraw(self) -> None:
        budget = self._shown
        self._recent.setVisible(budget is not None and self._stretch is None)
        if budget is None or self.chosen is None:
            self.show_drawing(False)
            return
        self._options.offer(self.chosen.unit, known=self._close_up is not None)
        self._shape = shape = burn_down_shape(budget, self.now)
        view = self._view(shape)
        self._draw(budget, shape, view)
        self._choice.setToolTip(f"{budget.name}: {scope_words(budget)}")
        self.show_drawing(True)

    def _view(self, shape: BurnDownShape) -> View:
        recent = is_late(shape) if self._recent_chosen is None else self._recent_chosen
        self._recent.setChecked(recent)
        if self._stretch is not None:
            return range_view(shape, *self._stretch)
        return recent_view(shape, self._span) if recent else whole_view(shape)

    @property
    def _limited(self) -> bool:
        """Whether the limit belongs to what is shown: not when it is counted in another unit."""
        return self._shown is self.chosen

    @property
    def _as_spent(self) -> bool:
        return self._options.spent or not self._limited

    def _draw(self, budget: BudgetStatus, shape: BurnDownShape, view: View) -> None:
        tokens, spent, limited = self.themer.tokens, self._as_spent, self._limited
        low, high = self._amounts(view)
        self.canvas.getPlotItem().invertY(spent)
        self.canvas.amount_axis.count_from(shape.limit if spent else None)
        self.canvas.set_units(self.zone, budget.unit)
        self.canvas.amount_axis.stop_at(shape.limit - view.low if spent else view.high)
        self.canvas.set_range((view.start, view.end), (low, high))
        self.canvas.show_now(shape.now)
        colour = self._colour(budget)
        resets = budget.window.end < FAR_FUTURE and not budget.rolls
        self._items.draw(shape, view, colour, tokens, spent=spent, limited=limited, resets=resets)
        foot = (high - low) / max(1.0, self.canvas.getPlotItem().getViewBox().height()) * _FOOT_PIXELS
        self._draw_happenings(budget, shape, view, colour, high - foot if spent else low + foot)
        place = Place(view, low if spent else high, *self.canvas.pixels_per_unit(), spent=spent, limited=limited)
        self.canvas.show_labels(burn_down_labels(budget, shape, place, tokens, colour.name(), self.zone, self.now))
        self.legend.show_entries(
            burn_down_legend(
                budget,
                shape,
                tokens,
                colour,
                spent=spent,
                even=self._items.even.isVisible(),
                open_calls=self._open is not None,
                kinds={mark.kind for mark in self._marks},
                unpriced=self._unpriced_count(),
            )
        )

    def _draw_happenings(self, budget: BudgetStatus, shape: BurnDownShape, view: View, colour: QColor, ground: float) -> None:
        close_up, tokens = self._close_up, self.themer.tokens
        wanted = close_up is not None and self._options.bands and self._limited
        self._open = levels(budget, shape, close_up, view) if wanted and close_up else None
        self._marks = marks(self._snapshot, budget, close_up, view) if self._snapshot and close_up else ()
        self._pauses = pauses_of(self._snapshot.pauses, budget) if self._snapshot and close_up else ()
        stretches = [stretch for pause in self._pauses if (stretch := stretch_of(pause, shape.now))]
        self._items.draw_pauses(stretches, self.canvas.getPlotItem().getViewBox().viewRange()[1], tokens)
        self._items.draw_bands(shape, self._open, colour, tokens, spent=self._as_spent)
        self._items.draw_pins(self._marks, shape, tokens)
        instants = np.array(close_up.unpriced.at if close_up and self._options.bands else (), dtype=np.float64) / 1000.0
        self._items.draw_unpriced(instants[(instants >= view.start) & (instants <= view.end)], ground, tokens)

    def _unpriced_count(self) -> int:
        close_up = self._close_up
        return close_up.unpriced.total[-1] if close_up and close_up.unpriced.total and self._options.bands else 0

    def _amounts(self, view: View) -> tuple[float, float]:
        """The range of amounts with room at the foot for dots and at the head for words."""
        height = max(80.0, float(self.canvas.getPlotItem().getViewBox().height()))
        per_pixel = max(view.high - view.low, 1e-9) / (height - _HEADROOM_PIXELS - _FOOT_PIXELS)
        below, above = (_HEADROOM_PIXELS, _FOOT_PIXELS) if self._as_spent else (_FOOT_PIXELS, _HEADROOM_PIXELS)
        return view.low - below * per_pixel, view.high + above * per_pixel

    def _colour(self, budget: BudgetStatus) -> QColor:
        provider = budget.scope.provider
        return self._looks[provider].colour(self.themer.tokens) if provider else QColor(self.themer.tokens.accent)

    def lines_at(self, at: float) -> Sequence[str]:
        budget, shape = self._shown, self._shape
        if budget is None or shape is None:
            return ()
        across = self.canvas.pixels_per_unit()[0]
        marks = [mark for mark in self._marks if mark.kind not in PAUSE_MARKS]
        near = [mark_words(mark) for mark in marks if abs(mark.at - at) * across <= _NEAR_PIXELS]
        paused = told_at(self._pauses, at, _NEAR_PIXELS / across if across else 0.0, shape.now)
        lines = readout(budget, shape, self._open, at, spent=self._as_spent, limited=self._limited)
        return (budget.name, *lines, *near, *told_words(paused, self.zone, self.now))

    def sheet(self) -> Sheet:
        budget, close_up = self._shown, self._close_up
        if budget is None:
            return Sheet()
        refused = close_up.refused if close_up else ()
        return burn_down_sheet(budget, refused, self._pauses, self.now, self.zone, limited=self._limited)

    def count_in(self, unit: Unit | None) -> None:
        """Count in ``unit``; None is the budget's own."""
        self._options.choose_unit(unit)
