"""The document of ``status --json``: its keys and types are a contract with other tools."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from unit.monitor.snapshots import AS_OF, empty_snapshot, rich_snapshot

from budgetmon.core.rules.periods import iso_utc
from budgetmon.monitor.export.document import status_document
from budgetmon.monitor.snapshot import Totals
from budgetmon.monitor.spared import Spared

TOTALS_KEYS = [
    "calls",
    "ok",
    "failed",
    "refused",
    "input_tokens",
    "output_tokens",
    "cost",
    "held",
    "in_doubt",
    "unpriced_calls",
]


def test_that_the_document_has_exactly_the_keys_of_the_contract() -> None:
    document = status_document(rich_snapshot())
    assert list(document) == ["schema", "ledger", "as_of", "totals", "providers", "models", "budgets", "caches", "pauses"]
    assert list(document["totals"]) == TOTALS_KEYS
    assert list(document["providers"][0]) == ["name", *TOTALS_KEYS, "cache_hits", "cache_loads", "hit_rate", "saved"]
    assert list(document["models"][0]) == ["name", "provider", *TOTALS_KEYS]
    assert list(document["budgets"][0]) == [
        "name",
        "limit",
        "unit",
        "per",
        "window_start",
        "window_end",
        "spent",
        "held",
        "in_doubt",
        "remaining",
        "state",
    ]
    assert list(document["caches"][0]) == [
        "name",
        "hits",
        "misses",
        "expired",
        "evictions",
        "size",
        "max_size",
        "hit_rate",
        "saved",
        "paid",
        "lost_to_eviction",
        "lost_to_expiry",
        "right_size",
        "doubled_saves_per_day",
        "halved_saves_per_day",
    ]


def test_that_the_head_names_schema_ledger_and_moment() -> None:
    document = status_document(rich_snapshot())
    assert document["schema"] == 1
    assert document["ledger"] == "/srv/desk/ledger.db"
    assert document["as_of"] == "2026-03-14T15:09:26.000Z"


def test_that_a_provider_says_what_caches_spared_it_and_null_where_nothing_was_looked_up() -> None:
    snapshot = rich_snapshot()
    spared = Spared(hits=62, loads=38, paid=760_000_000, saved=1_240_000_001)
    first, *others = snapshot.providers
    document = status_document(replace(snapshot, providers=(replace(first, spared=spared), *others)))
    keys = ("cache_hits", "cache_loads", "hit_rate", "saved")
    assert [document["providers"][0][key] for key in keys] == [62, 38, 0.62, "1.240000001"]
    assert [document["providers"][1][key] for key in keys] == [0, 0, None, None]


def test_that_money_is_exact_decimal_text_and_counts_are_ints() -> None:
    totals = status_document(rich_snapshot())["totals"]
    assert totals["cost"] == "3.141592653"
    assert totals["held"] == "0.021"
    assert totals["in_doubt"] == "0.009500001"
    assert {key: type(totals[key]) for key in ("calls", "ok", "unpriced_calls")} == dict.fromkeys(
        ("calls", "ok", "unpriced_calls"), int
    )


def test_that_the_largest_amount_survives_to_the_nano() -> None:
    largest = 2**63 - 1
    totals = status_document(rich_snapshot(totals=Totals(cost=largest)))["totals"]
    assert Decimal(totals["cost"]) * 10**9 == largest


def test_that_amounts_of_a_budget_follow_its_unit() -> None:
    money, calls, tokens = status_document(rich_snapshot())["budgets"]
    assert (money["unit"], money["limit"], money["remaining"]) == ("USD", "4.98", "1.81740735")
    assert (calls["unit"], calls["limit"], calls["remaining"]) == ("calls", 25, 0)
    assert (tokens["unit"], tokens["limit"], tokens["in_doubt"]) == ("tokens", 10_000_000, 10)


def test_that_an_overrun_shows_as_a_negative_remainder() -> None:
    budget = replace(rich_snapshot().budgets[0], remaining=-1)
    (shown,) = status_document(rich_snapshot(budgets=(budget,)))["budgets"]
    assert shown["remaining"] == "-0.000000001"


def test_that_windows_are_utc_times_and_a_lifetime_never_ends() -> None:
    month, _, lifetime = status_document(rich_snapshot())["budgets"]
    assert (month["window_start"], month["window_end"]) == ("2026-03-01T05:00:00.000Z", "2026-04-01T04:00:00.000Z")
    assert (lifetime["window_start"], lifetime["window_end"]) == ("1970-01-01T00:00:00.000Z", None)


def test_that_a_cache_nobody_asked_has_no_hit_rate_and_unknown_savings() -> None:
    asked, unasked = status_document(rich_snapshot())["caches"]
    assert (asked["hit_rate"], asked["saved"]) == (0.75, "1.2")
    assert (unasked["hit_rate"], unasked["saved"]) == (None, None)


def test_that_the_document_is_json_and_comes_back_the_same() -> None:
    for snapshot in (rich_snapshot(), empty_snapshot()):
        document = status_document(snapshot)
        assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_that_an_empty_ledger_gives_empty_lists_and_zeros() -> None:
    document = status_document(empty_snapshot())
    assert (document["budgets"], document["caches"]) == ([], [])
    assert document["totals"]["cost"] == "0"
    assert document["as_of"] == iso_utc(AS_OF)
