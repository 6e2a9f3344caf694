"""What an alert says: one line with its figures, and the name of each kind. Pure."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from budgetmon.gui.state.formatting import amount, amount_words, count, data_size, number, percent
from budgetmon.gui.theme.tokens import Tone
from budgetmon.monitor.alerts.values import AlertKind, Figures, Finding, Severity


def kind_name(kind: AlertKind) -> str:
    """What the switch of a kind is called."""
    names = {
        AlertKind.THRESHOLD: _tr("Thresholds"),
        AlertKind.PACE: _tr("Burning too fast"),
        AlertKind.REFUSALS: _tr("Refusals"),
        AlertKind.OVERRUN: _tr("Overruns"),
        AlertKind.UNPRICED: _tr("Unpriced calls"),
        AlertKind.HIT_RATE: _tr("Falling hit rates"),
        AlertKind.DEAD_WORKER: _tr("Dead workers with money held"),
        AlertKind.LOG: _tr("Log that grows"),
    }
    return names[kind]


def severity_name(severity: Severity) -> str:
    """The severity in a word."""
    return {Severity.NOTE: _tr("Note"), Severity.WARNING: _tr("Warning"), Severity.URGENT: _tr("Urgent")}[severity]


def tone(severity: Severity) -> Tone:
    """The tone that goes with it."""
    return {Severity.NOTE: Tone.INFO, Severity.WARNING: Tone.WARNING, Severity.URGENT: Tone.DANGER}[severity]


def headline(finding: Finding) -> str:
    """What it is about, in a few words."""
    used_up = finding.figures.share >= 100
    words = {
        AlertKind.THRESHOLD: _tr("{subject} is used up") if used_up else _tr("{subject} is past {share}%"),
        AlertKind.PACE: _tr("{subject} burns too fast"),
        AlertKind.REFUSALS: _tr("{subject} refuses calls"),
        AlertKind.OVERRUN: _tr("{subject} costs more than its holds"),
        AlertKind.UNPRICED: _tr("{subject} has no price"),
        AlertKind.HIT_RATE: _tr("Cache {subject} hits less often"),
        AlertKind.DEAD_WORKER: _tr("Process {subject} died with money held"),
        AlertKind.LOG: _tr("The ledger's log is not emptied"),
    }
    return words[finding.kind].format(subject=finding.subject, share=finding.figures.share)


def sentence(finding: Finding) -> str:
    """The figures, and what they mean."""
    words = {
        AlertKind.THRESHOLD: _tr("{amount} of {limit} are spent, held or in doubt."),
        AlertKind.PACE: _tr("{burn} times the even pace; {amount} of {limit} are left, which does not last until the reset."),
        AlertKind.REFUSALS: _tr("{count} refused in the last 10 minutes; the newest asked for {amount_words}, {of} free."),
        AlertKind.OVERRUN: _tr("Calls lately cost {amount} more than was set aside ({count}): raise the estimates."),
        AlertKind.UNPRICED: _tr("{count} of {of_count} calls are in no sum of money: give the model a price."),
        AlertKind.HIT_RATE: _tr("{now} of lookups lately, {before} before."),
        AlertKind.DEAD_WORKER: _tr("{amount} stay held until any worker makes its next call or the calls are resolved."),
        AlertKind.LOG: _tr("{size}, where {usual} is usual: a reader or a stopped writer keeps it from being emptied."),
    }
    return words[finding.kind].format(**_figures(finding.figures))


def _figures(figures: Figures) -> dict[str, str]:
    """Every figure in the forms that sentences use."""
    return {
        "amount": amount(figures.unit, figures.amount),
        "amount_words": amount_words(figures.unit, figures.amount),
        "of": amount(figures.unit, figures.of),
        "limit": amount_words(figures.unit, figures.of),
        "of_count": count(figures.of),
        "count": count(figures.count),
        "burn": number(figures.burn, 1),
        "now": percent(figures.now),
        "before": percent(figures.before),
        "size": data_size(figures.amount),
        "usual": data_size(figures.of),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("Alerts", text)
