"""What the cards say: budgets grouped by provider, and the words for how fast each burns. Pure; the clock is passed in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from budgetmon.core.rules.budgets import OnExceed, Unit
from budgetmon.core.rules.periods import FAR_FUTURE
from budgetmon.gui.state.formatting import (
    NOTHING,
    amount_words,
    count,
    counted,
    duration,
    moment,
    money,
    percent,
    rough_duration,
)
from budgetmon.monitor.snapshot import Buckets, BudgetState, BudgetStatus, Snapshot, Totals
from budgetmon.monitor.spared import Spared

translate = QCoreApplication.translate

ALL_PROVIDERS = "All providers"
# Looked up where they are shown.
_LATER = (
    QT_TRANSLATE_NOOP("cards", "All providers"),
    QT_TRANSLATE_NOOP("cards", "ok"),
    QT_TRANSLATE_NOOP("cards", "warning"),
    QT_TRANSLATE_NOOP("cards", "exhausted"),
)
_LITTLE = 0.05
_MINUTE = 60_000
_SOONEST = _MINUTE
_STEP = 1.25
_ANY_MOMENT = 5_000  # a countdown of seconds would be wrong before it is read


@dataclass(frozen=True, slots=True)
class Trend:
    """What a provider took over the span of the charts, in equal stretches, oldest first."""

    unit: Unit = Unit.USD
    amounts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """One card: a provider, or all of them when ``provider`` is None. ``budgets`` come in the order of their run-out.

    ``paused`` says that somebody paused the provider: its calls are turned away until it is resumed.
    ``refused_at`` is the UTC millisecond of the latest refusal by each budget that refused. ``spared`` is what caches spared
    the provider, over all time as ``totals`` are.
    """

    provider: str | None
    totals: Totals
    budgets: tuple[BudgetStatus, ...]
    paused: bool = False
    refused_at: dict[str, int] = field(default_factory=dict)
    trend: Trend = field(default_factory=Trend)
    spared: Spared = field(default_factory=Spared)

    @property
    def title(self) -> str:
        """The provider's name, or the words for all of them."""
        return self.provider if self.provider is not None else translate("cards", ALL_PROVIDERS)


@dataclass(frozen=True, slots=True)
class Outlook:
    """When a budget runs out, in words. ``certain`` is False where only an en dash is honest."""

    text: str
    detail: str
    certain: bool
    urgent: bool


def cards_of(snapshot: Snapshot) -> tuple[Card, ...]:
    """One card per provider, by time to the run-out; budgets over more than one provider come last."""
    now = snapshot.as_of
    history = snapshot.consumption
    by_provider: dict[str | None, list[BudgetStatus]] = {}
    for budget in snapshot.budgets:
        by_provider.setdefault(budget.scope.provider, []).append(budget)
    shared = by_provider.pop(None, [])
    refused_at = last_refused(snapshot)
    named = {each.name: each for each in snapshot.providers}
    names = sorted(named.keys() | set(snapshot.paused) | {name for name in by_provider if name is not None})
    cards = [
        Card(
            name,
            named[name].totals if name in named else Totals(),
            soonest_first(by_provider.get(name, []), now, refused_at),
            name in snapshot.paused,
            refused_at,
            _trend(history, (name,)),
            named[name].spared if name in named else Spared(),
        )
        for name in names
    ]
    cards.sort(key=lambda card: _card_order(card, now))
    if shared:
        everyone = _trend(history, tuple(history.calls))
        budgets = soonest_first(shared, now, refused_at)
        cards.append(Card(None, snapshot.totals, budgets, False, refused_at, everyone, snapshot.spared))
    return tuple(cards)


def last_refused(snapshot: Snapshot) -> dict[str, int]:
    """When each budget that refused did so last, in UTC milliseconds, as far as the newest refusals tell."""
    # Newest first, so the first one seen of a budget must win.
    return {row.budget: row.at for row in reversed(snapshot.refusals)}


def soonest_first(budgets: Iterable[BudgetStatus], now: int, refused_at: Mapping[str, int]) -> tuple[BudgetStatus, ...]:
    """The budget that runs out first at the head; of those that last, the one with the smallest share left."""
    return tuple(sorted(budgets, key=lambda budget: (urgency(budget, now, refused_at.get(budget.name)), budget.name)))


def urgency(budget: BudgetStatus, now: int, refused_at: int | None = None) -> tuple[int, int, float]:
    """Smaller is sooner: used up, then by the time to the run-out, then by the share left.

    The time counts in steps of a quarter, so that two forecasts that differ by a hair don't change places every second.
    """
    if budget.state is BudgetState.EXHAUSTED or turns_away(budget, refused_at):
        return (0, 0, share_left(budget))
    if budget.pace.runs_out_at is None:
        return (2, 0, share_left(budget))
    ahead = max(_SOONEST, budget.pace.runs_out_at - now)
    return (1, round(math.log(ahead, _STEP)), share_left(budget))


def turns_away(budget: BudgetStatus, refused_at: int | None) -> bool:
    """Whether so little is left that calls are refused: used up for those who ask, whatever its pace says."""
    return refused_at is not None and refused_at >= budget.window.start and share_left(budget) < _LITTLE


def share_left(budget: BudgetStatus) -> float:
    """What is left of the limit, from 0 to 1; a limit of nothing has nothing left."""
    return max(0.0, budget.remaining / budget.limit) if budget.limit > 0 else 0.0


def share_elapsed(budget: BudgetStatus, now: int) -> float | None:
    """How much of its window has passed, from 0 to 1; None for a lifetime and a rolling period, which don't end."""
    window = budget.window
    if window.end >= FAR_FUTURE or budget.rolls:
        return None
    return min(1.0, max(0.0, (now - window.start) / (window.end - window.start)))


def outlook(budget: BudgetStatus, zone: str, now: int, refused_at: int | None = None) -> Outlook:
    """When ``budget`` runs out: date and duration, and how long before its window starts anew.

    ``refused_at`` is when it refused last.
    """
    endless = budget.window.end >= FAR_FUTURE or budget.rolls
    end = budget.window.end
    resets = (
        _endless_words(budget)
        if endless
        else translate("cards", "Resets {when}, in {time}").format(when=moment(end, zone, now), time=duration(end - now))
    )
    if budget.state is BudgetState.EXHAUSTED:
        return Outlook(translate("cards", "Used up"), resets, certain=True, urgent=True)
    if turns_away(budget, refused_at):
        return Outlook(translate("cards", "Too little left for the next call"), resets, certain=True, urgent=True)
    if budget.pace.runs_out_at is not None:
        at = budget.pace.runs_out_at
        soon = at - now < _ANY_MOMENT
        words = translate("cards", "Runs out any moment") if soon else translate("cards", "Runs out {when}, in {time}")
        when = words.format(when=moment(at, zone, now), time=duration(at - now))
        before = (
            resets
            if endless
            else translate("cards", "{time} before it resets {when}").format(
                time=rough_duration(end - at), when=moment(end, zone, now)
            )
        )
        return Outlook(when, before, certain=True, urgent=True)
    if budget.pace.per_hour is None:
        unknown = translate("cards", "Runs out {when}").format(when=NOTHING)
        return Outlook(unknown, f"{translate('cards', 'Too early to tell.')} {resets}", certain=False, urgent=False)
    if endless:
        at_rest = not budget.pace.per_hour
        lasts = translate("cards", "Nothing is being spent") if at_rest else translate("cards", "Lasts at this rate")
        return Outlook(lasts, resets, certain=True, urgent=False)
    return Outlook(translate("cards", "Lasts until it resets"), resets, certain=True, urgent=False)


def words_move(budgets: Iterable[BudgetStatus], then: int, now: int) -> bool:
    """Whether what was said of ``budgets`` at ``then`` may read differently at ``now``: the time to an end counts in minutes,
    and in seconds where less than two are left.
    """
    if now // _MINUTE != then // _MINUTE:
        return True
    ends = (at for budget in budgets for at in (budget.window.end, budget.pace.runs_out_at) if at is not None)
    return now != then and any(now - _MINUTE <= at < now + 2 * _MINUTE for at in ends)


def _endless_words(budget: BudgetStatus) -> str:
    if not budget.rolls:
        return translate("cards", "Never resets")
    length = budget.per.removesuffix("rolling").strip()
    return translate("cards", "Frees bit by bit, what was spent {length} ago").format(length=length)


def rate_words(budget: BudgetStatus) -> str:
    """How fast it burns: ``"$0.12 an hour"``; an en dash where it is too early."""
    if budget.pace.per_hour is None:
        return NOTHING
    return translate("cards", "{amount} an hour").format(amount=amount_words(budget.unit, round(budget.pace.per_hour)))


def scope_words(budget: BudgetStatus) -> str:
    """What a budget covers beyond its provider, its period, and whether it only warns: ``"model sonar-pro, per day"``."""
    parts = [
        words.format(name=value)
        for words, value in (
            (translate("cards", "model {name}"), budget.scope.model),
            (translate("cards", "tag {name}"), budget.scope.tag),
            (translate("cards", "run {name}"), budget.scope.run),
        )
        if value
    ]
    parts.append(period_words(budget))
    if budget.on_exceed is OnExceed.WARN:
        parts.append(translate("cards", "warns only"))
    return ", ".join(parts)


def period_words(budget: BudgetStatus) -> str:
    """``"per month"``, ``"lifetime"``, ``"5h rolling"``."""
    fixed = {
        "day": translate("cards", "per day"),
        "week": translate("cards", "per week"),
        "month": translate("cards", "per month"),
        "lifetime": translate("cards", "lifetime"),
    }
    if budget.rolls:
        return translate("cards", "{length} rolling").format(length=budget.per.removesuffix("rolling").strip())
    return fixed.get(budget.per) or translate("cards", "per {period}").format(period=budget.per)


def state_word(state: BudgetState) -> str:
    """How a budget stands, in one word."""
    return translate("cards", state.value)


def spared_words(spared: Spared) -> str:
    """``"62% hits · $1.24 saved"``; without the money where nothing was charged, and nothing where nothing was looked up."""
    if spared.hit_rate is None:
        return ""
    words = translate("cards", "{rate} hits").format(rate=percent(spared.hit_rate))
    if not spared.paid and not spared.saved:
        return words
    return f"{words} · {translate('cards', '{amount} saved').format(amount=money(spared.saved))}"


def spared_detail(spared: Spared) -> str:
    """The same in a sentence, with the numbers behind it."""
    if spared.hit_rate is None:
        return ""
    words = translate("cards", "Caches answered {hits} of {lookups} without a paid call: {saved} saved. The rest cost {paid}.")
    return words.format(
        hits=count(spared.hits),
        lookups=counted(spared.lookups, "lookup"),
        saved=money(spared.saved),
        paid=money(spared.paid),
    )


def _card_order(card: Card, now: int) -> tuple[bool, tuple[int, int, float], str]:
    if not card.budgets:
        return (True, (0, 0, 0.0), card.title)
    first = card.budgets[0]
    return (False, urgency(first, now, card.refused_at.get(first.name)), card.title)


def _trend(history: Buckets, names: tuple[str, ...]) -> Trend:
    """Money over the charts' span where any was spent, else calls."""
    for unit, amounts in ((Unit.USD, history.cost), (Unit.CALLS, history.calls)):
        columns = [amounts[name] for name in names if name in amounts]
        sums = tuple(map(sum, zip(*columns, strict=True)))
        if any(sums) or unit is Unit.CALLS:
            return Trend(unit, sums)
    return Trend()
