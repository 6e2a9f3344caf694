"""What the cards say."""

from dataclasses import replace

import pytest
from gui.snapshots import HOUR, NOW, SPARED, ZONE, budget, budgets, empty_snapshot, rich_snapshot

from budgetmon.core.rules.budgets import Scope, Unit
from budgetmon.core.rules.periods import FAR_FUTURE, Window
from budgetmon.gui.state.budget_cards import (
    cards_of,
    outlook,
    rate_words,
    scope_words,
    share_elapsed,
    soonest_first,
    spared_detail,
    spared_words,
)
from budgetmon.gui.state.formatting import NOTHING
from budgetmon.gui.state.freshness import Freshness, freshness
from budgetmon.gui.widgets.sparkline import in_at_most
from budgetmon.monitor.snapshot import BudgetState, BudgetStatus, Pace
from budgetmon.monitor.spared import Spared

BUDGETS = {each.name: each for each in budgets()}


def make(pace: Pace, state: BudgetState = BudgetState.OK, window: Window | None = None) -> BudgetStatus:
    window = window or Window(NOW - 12 * HOUR, NOW + 12 * HOUR)
    return replace(budget("b", Scope("p"), Unit.CALLS, 100, "day", window, 50, NOW), pace=pace, state=state)


def test_that_the_provider_nearest_to_its_limit_comes_first_and_shared_budgets_last() -> None:
    titles = [card.title for card in cards_of(rich_snapshot())]
    assert titles == ["alphavantage", "perplexity", "gemini", "openai", "All providers"]


def test_that_the_tightest_budget_of_a_provider_comes_first() -> None:
    cards = {card.title: card for card in cards_of(rich_snapshot())}
    assert [each.name for each in cards["perplexity"].budgets] == ["perplexity month", "sonar-pro day"]
    assert [each.name for each in cards["gemini"].budgets] == ["gemini tokens", "gemini month"]


def test_that_what_is_used_up_comes_before_what_runs_out_and_that_before_what_lasts() -> None:
    used_up = replace(make(Pace(1.0, None), BudgetState.EXHAUSTED), name="used up", remaining=0)
    soon, later = (replace(make(Pace(1.0, NOW + hours * HOUR)), name=f"in {hours} h") for hours in (1, 9))
    lasts, scarce = (replace(make(Pace(0.1, None)), name=f"{left} left", remaining=left) for left in (50, 3))
    order = soonest_first([lasts, later, scarce, used_up, soon], NOW, {})
    assert [each.name for each in order] == ["used up", "in 1 h", "in 9 h", "3 left", "50 left"]


def test_that_what_turns_calls_away_is_used_up_whatever_its_pace_says() -> None:
    soon = replace(make(Pace(1.0, NOW + HOUR)), name="soon")
    scarce = replace(make(Pace(0.1, None)), name="scarce", remaining=3)
    assert [each.name for each in soonest_first([soon, scarce], NOW, {})] == ["soon", "scarce"]
    assert [each.name for each in soonest_first([soon, scarce], NOW, {"scarce": NOW - HOUR})] == ["scarce", "soon"]


def test_that_two_forecasts_that_differ_by_a_hair_keep_their_places() -> None:
    for ahead in (0, 1_000, -1_000):
        pair = [replace(make(Pace(1.0, NOW + HOUR + each)), name=name) for name, each in (("a", ahead), ("b", 0))]
        assert [each.name for each in soonest_first(pair, NOW, {})] == ["a", "b"]


def test_that_the_trend_is_money_or_else_calls_and_keeps_its_sum() -> None:
    snapshot = rich_snapshot()
    cards = {card.title: card for card in cards_of(snapshot)}
    assert sum(cards["perplexity"].trend.amounts) == sum(snapshot.consumption.cost["perplexity"])
    assert cards["alphavantage"].trend.unit is Unit.CALLS
    assert sum(cards["All providers"].trend.amounts) == sum(map(sum, snapshot.consumption.cost.values()))
    for points in (1, 7, 60, 500):
        joined = in_at_most(tuple(range(100)), points)
        assert len(joined) <= points
        assert sum(joined) == sum(range(100))


def test_that_a_budget_without_any_call_has_a_card_and_an_empty_ledger_none() -> None:
    lonely = replace(empty_snapshot(), budgets=(BUDGETS["gemini month"],))
    assert [card.title for card in cards_of(lonely)] == ["gemini"]
    assert cards_of(empty_snapshot()) == ()


def test_that_run_out_is_told_as_date_duration_and_against_the_reset() -> None:
    words = outlook(make(Pace(10.0, NOW + 2 * HOUR + 600_000)), ZONE, NOW)
    assert words.text == "Runs out 17:30, in 2 h 10 min"
    assert words.detail == "9 h before it resets Fri 03:20"
    assert words.urgent


def test_that_it_is_an_en_dash_while_it_is_too_early() -> None:
    words = outlook(make(Pace(None, None)), ZONE, NOW)
    assert words.text == f"Runs out {NOTHING}"
    assert words.detail.startswith("Too early to tell.")
    assert not words.certain
    assert rate_words(make(Pace(None, None))) == NOTHING


def test_that_the_last_seconds_are_not_counted_down() -> None:
    assert outlook(make(Pace(10.0, NOW + 3000)), ZONE, NOW).text == "Runs out any moment"


def test_that_a_budget_that_turns_calls_away_is_not_said_to_last() -> None:
    scarce = replace(make(Pace(0.0, None)), remaining=2)
    assert outlook(scarce, ZONE, NOW).text == "Lasts until it resets"
    assert outlook(scarce, ZONE, NOW, refused_at=NOW - HOUR).text == "Too little left for the next call"
    assert outlook(scarce, ZONE, NOW, refused_at=NOW - 20 * HOUR).text == "Lasts until it resets", "a window before this one"
    assert outlook(make(Pace(0.0, None)), ZONE, NOW, refused_at=NOW - HOUR).text == "Lasts until it resets", "half is left"


def test_that_a_card_knows_the_latest_refusal_of_each_budget() -> None:
    snapshot = rich_snapshot()
    latest = max(row.at for row in snapshot.refusals if row.budget == "sonar-pro day")
    assert cards_of(snapshot)[0].refused_at["sonar-pro day"] == latest


def test_that_a_budget_that_lasts_says_until_when() -> None:
    words = outlook(make(Pace(1.0, None)), ZONE, NOW)
    assert (words.text, words.detail, words.urgent) == ("Lasts until it resets", "Resets Fri 03:20, in 12 h", False)


def test_that_an_exhausted_budget_says_so_whatever_its_pace() -> None:
    assert outlook(make(Pace(9.0, NOW), BudgetState.EXHAUSTED), ZONE, NOW).text == "Used up"


def test_that_a_lifetime_never_resets() -> None:
    forever = Window(0, FAR_FUTURE)
    assert outlook(make(Pace(5.0, NOW + HOUR), window=forever), ZONE, NOW).detail == "Never resets"
    assert outlook(make(Pace(0.0, None), window=forever), ZONE, NOW).text == "Nothing is being spent"
    assert share_elapsed(make(Pace(0.0, None), window=forever), NOW) is None


def test_that_a_rolling_budget_frees_bit_by_bit_and_never_resets() -> None:
    rolling = replace(make(Pace(2.0, None), window=Window(NOW - 5 * HOUR, NOW + 60_000)), per="5h rolling")
    words = outlook(rolling, ZONE, NOW)
    assert (words.text, words.detail) == ("Lasts at this rate", "Frees bit by bit, what was spent 5h ago")
    assert share_elapsed(rolling, NOW) is None
    assert scope_words(rolling) == "5h rolling"


def test_that_a_paused_provider_is_known_even_before_its_first_call() -> None:
    cards = {card.title: card for card in cards_of(replace(rich_snapshot(), paused=("gemini", "mistral")))}
    assert cards["gemini"].paused
    assert cards["mistral"].paused
    assert not cards["openai"].paused


def test_that_the_scope_says_period_model_and_whether_it_only_warns() -> None:
    assert scope_words(BUDGETS["sonar-pro day"]) == "model sonar-pro, per day"
    assert scope_words(BUDGETS["gemini tokens"]) == "per week, warns only"
    assert scope_words(BUDGETS["AAPL ever"]) == "tag AAPL, lifetime"


@pytest.mark.parametrize(
    ("age", "period", "tier"),
    [
        (0.5, 1, Freshness.FRESH),
        (4, 1, Freshness.FRESH),
        (12, 1, Freshness.AGEING),
        (21, 1, Freshness.STALE),
        (14, 5, Freshness.FRESH),
        (49, 5, Freshness.AGEING),
        (51, 5, Freshness.STALE),
    ],
)
def test_that_a_picture_ages_in_tiers_that_follow_the_period(age: float, period: float, tier: Freshness) -> None:
    assert freshness(age, period) is tier


@pytest.mark.parametrize(
    ("spared", "words"),
    [
        (Spared(), ""),
        (Spared(hits=62, loads=38, paid=760_000_000, saved=1_240_000_000), "62% hits · $1.24 saved"),
        (Spared(hits=0, loads=3, paid=30_000_000), "0% hits · $0.00 saved"),
        (Spared(hits=1_208, loads=114), "91% hits"),
    ],
    ids=["nothing looked up", "hits", "no hit", "a provider that charges nothing"],
)
def test_that_a_card_says_what_caches_spared_its_provider(spared: Spared, words: str) -> None:
    assert spared_words(spared) == words


def test_that_the_figures_behind_a_hit_rate_are_told() -> None:
    detail = spared_detail(Spared(hits=1_240, loads=760, paid=760_000_000, saved=1_240_000_000))
    assert detail == ("Caches answered 1,240 of 2,000 lookups without a paid call: $1.24 saved. The rest cost $0.76.")
    assert spared_detail(Spared()) == ""


def test_that_each_card_knows_what_was_spared_and_the_shared_one_the_sum() -> None:
    snapshot = rich_snapshot()
    cards = {card.provider: card.spared for card in cards_of(snapshot)}
    assert cards["perplexity"] == SPARED["perplexity"]
    assert cards["openai"] == Spared()
    assert cards[None] == sum(SPARED.values(), Spared())
