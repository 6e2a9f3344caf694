"""The legend of a burn-down. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor

from budgetmon.gui.charts.burn_down_items import PIN_SYMBOLS, pin_colour
from budgetmon.gui.charts.burn_down_open import Happening
from budgetmon.gui.charts.burn_down_shape import BurnDownShape
from budgetmon.gui.charts.burn_down_words import legend_word
from budgetmon.gui.charts.canvas import thin_pen
from budgetmon.gui.state.budget_cards import rate_words
from budgetmon.gui.state.formatting import count
from budgetmon.gui.theme.tokens import Tokens
from budgetmon.gui.widgets.legend import LegendEntry
from budgetmon.monitor.snapshot import BudgetStatus

translate = QCoreApplication.translate


def burn_down_legend(
    budget: BudgetStatus,
    shape: BurnDownShape,
    tokens: Tokens,
    colour: QColor,
    *,
    spent: bool,
    even: bool,
    open_calls: bool,
    kinds: set[Happening],
    unpriced: int,
) -> list[LegendEntry]:
    """One entry per thing that is drawn."""
    line = translate("burn-down", "spent") if spent else translate("burn-down", "left")
    entries = [LegendEntry(line, thin_pen(colour, Qt.PenStyle.SolidLine, 2.2))]
    if even:
        entries.append(LegendEntry(translate("burn-down", "even pace"), thin_pen(tokens.faint, Qt.PenStyle.DashLine, 1.5)))
    if shape.projection is not None:
        pen = thin_pen(tokens.danger if budget.pace.runs_out_at else colour, Qt.PenStyle.DotLine, 2.0)
        entries.append(LegendEntry(translate("burn-down", "at {rate}").format(rate=rate_words(budget)), pen))
    if open_calls and budget.held:
        entries.append(LegendEntry(translate("burn-down", "held"), fill=colour, pattern=Qt.BrushStyle.BDiagPattern))
    if open_calls and budget.in_doubt:
        doubt = QColor(tokens.bar_warning)
        entries.append(LegendEntry(translate("burn-down", "in doubt"), fill=doubt, pattern=Qt.BrushStyle.Dense5Pattern))
    for kind in Happening:
        if kind in kinds:
            entries.append(LegendEntry(legend_word(kind), fill=QColor(pin_colour(kind, tokens)), symbol=PIN_SYMBOLS[kind]))
    if unpriced:
        words = translate("burn-down", "{count} unpriced").format(count=count(unpriced))
        entries.append(LegendEntry(words, fill=QColor(tokens.warning), symbol="+"))
    return entries
