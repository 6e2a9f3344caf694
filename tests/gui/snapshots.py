"""Snapshots made up for tests and pictures: four providers, budgets in every state and unit, caches, refusals, workers.

Everything is computed from a fixed seed and the instant that is passed in, so that two runs give the same values.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from gui.snapshot_rows import HOUR, MODELS, WEIGHTS, ZONE, call, refusal, workers

from budgetmon.core.rules.budgets import OnExceed, Scope, Unit
from budgetmon.core.rules.hit_curve import HitCurve
from budgetmon.core.rules.money import parse_usd
from budgetmon.core.rules.periods import FAR_FUTURE, Per, Period, Window, window_at
from budgetmon.monitor.cache_advice import advice
from budgetmon.monitor.snapshot import (
    Ask,
    Buckets,
    BudgetState,
    BudgetStatus,
    CacheStatus,
    CloseUp,
    Crossing,
    LedgerInfo,
    NamedTotals,
    Pace,
    Snapshot,
    Steps,
    Totals,
)
from budgetmon.monitor.spared import Spared

NOW = 1_773_325_210_000  # Thursday 12 March 2026, 15:20:10 in Zurich
MINUTE = 60_000
DAY = 24 * HOUR

COSTS = {"perplexity": 9_400_000, "gemini": 410_000, "alphavantage": 0, "openai": 1_900_000}


def empty_snapshot(now: int = NOW, *, path: str = "/srv/desk/ledger.db") -> Snapshot:
    """A ledger in which nothing has happened yet."""
    return Snapshot(
        as_of=now,
        ledger=LedgerInfo(path, 1, "power", ZONE, now - DAY, 0),
        totals=Totals(),
        providers=(),
        models=(),
        budgets=(),
        consumption=Buckets(width=MINUTE, starts=tuple(range(now - HOUR, now, MINUTE))),
        caches=(),
        calls=(),
        refusals=(),
        workers=(),
    )


def rich_snapshot(now: int = NOW, *, ask: Ask | None = None, path: str = "/srv/desk/ledger.db", calls: int = 300) -> Snapshot:
    """A busy ledger."""
    ask = ask or Ask()
    dice = random.Random(7)
    providers = tuple(NamedTotals(name, name, _totals(name, 1.0), SPARED.get(name, Spared())) for name in sorted(MODELS))
    models = tuple(
        NamedTotals(model, provider, _totals(provider, 1.0 / len(names)))
        for provider, names in sorted(MODELS.items())
        for model in names
    )
    return Snapshot(
        as_of=now,
        ledger=LedgerInfo(path, 1, "power", ZONE, now - 40 * DAY, 1_310_720),
        totals=_sum(providers),
        providers=providers,
        models=models,
        budgets=budgets(now),
        consumption=consumption(now, ask.span),
        caches=caches(now),
        calls=tuple(call(12_431 - number, now - _gap(number), dice) for number in range(calls)),
        refusals=tuple(refusal(88 - number, now - 7_000 - number * 41_000, number) for number in range(40)),
        workers=workers(now),
        ask=ask,
    )


def budgets(now: int = NOW) -> tuple[BudgetStatus, ...]:
    """Seven budgets over four providers and over all of them."""
    month = window_at(Period(Per.MONTH), ZONE, now)
    day = window_at(Period(Per.DAY), ZONE, now)
    week = window_at(Period(Per.WEEK), ZONE, now)
    ever = Window(0, FAR_FUTURE)
    usd = parse_usd
    return (
        budget(
            "perplexity month",
            Scope("perplexity"),
            Unit.USD,
            usd("4.98"),
            "month",
            month,
            usd("3.12"),
            now,
            held=usd("0.0412"),
            in_doubt=usd("0.0188"),
            warn_at=(50, 80, 95),
            per_hour=usd("0.0105"),
            state=BudgetState.WARNING,
        ),
        budget(
            "sonar-pro day",
            Scope("perplexity", "sonar-pro"),
            Unit.USD,
            usd("0.50"),
            "day",
            day,
            usd("0.2214"),
            now,
            held=usd("0.0412"),
            warn_at=(80,),
            per_hour=usd("0.0148"),
        ),
        budget(
            "gemini month",
            Scope("gemini"),
            Unit.USD,
            usd("2.00"),
            "month",
            month,
            usd("0.4712"),
            now,
            held=usd("0.0021"),
            warn_at=(80, 95),
            per_hour=usd("0.0017"),
        ),
        budget(
            "gemini tokens",
            Scope("gemini"),
            Unit.TOKENS,
            5_000_000,
            "week",
            week,
            1_942_113,
            now,
            warn_at=(80,),
            per_hour=24_500.0,
            on_exceed=OnExceed.WARN,
        ),
        budget(
            "alpha vantage day",
            Scope("alphavantage"),
            Unit.CALLS,
            25,
            "day",
            day,
            25,
            now,
            warn_at=(80,),
            state=BudgetState.EXHAUSTED,
            per_hour=1.6,
        ),
        budget(
            "everything",
            Scope(),
            Unit.USD,
            usd("8.00"),
            "month",
            month,
            usd("4.1837"),
            now,
            held=usd("0.0433"),
            in_doubt=usd("0.0188"),
            warn_at=(50, 80, 95),
            per_hour=usd("0.0122"),
        ),
        budget("AAPL ever", Scope(tag="AAPL"), Unit.USD, usd("1.50"), "lifetime", ever, usd("0.6120"), now, per_hour=None),
    )


def budget(
    name: str,
    scope: Scope,
    unit: Unit,
    limit: int,
    per: str,
    window: Window,
    spent: int,
    now: int,
    *,
    held: int = 0,
    in_doubt: int = 0,
    warn_at: tuple[int, ...] = (),
    per_hour: float | None = None,
    state: BudgetState = BudgetState.OK,
    on_exceed: OnExceed = OnExceed.BLOCK,
) -> BudgetStatus:
    """One budget with a plausible burn-down up to ``spent``."""
    remaining = max(0, limit - spent - held - in_doubt)
    runs_out_at = None
    if per_hour and remaining:
        instant = now + int(remaining / per_hour * HOUR)
        runs_out_at = instant if instant < window.end else None
    return BudgetStatus(
        name=name,
        scope=scope,
        unit=unit,
        limit=limit,
        per=per,
        on_exceed=on_exceed,
        warn_at=warn_at,
        window=window,
        spent=spent,
        held=held,
        in_doubt=in_doubt,
        remaining=remaining,
        state=state,
        pace=Pace(per_hour, runs_out_at),
        burn_down=steps(name, window.start if window.start else now - 9 * DAY, now, spent),
    )


def steps(seed: str, start: int, now: int, spent: int, points: int = 160) -> Steps:
    """Cumulative spending from ``start`` to ``now``, busier by day than by night."""
    if now <= start or not spent:
        return Steps()
    dice = random.Random(seed)
    at = [start + (now - start) * (number + 1) // (points + 1) for number in range(points)]
    weights = [dice.random() ** 2 * (0.15 if (instant // HOUR) % 24 < 6 else 1.0) for instant in at]
    whole = sum(weights)
    total, running = [], 0.0
    for weight in weights:
        running += weight
        total.append(int(spent * running / whole))
    total[-1] = spent
    return Steps(tuple(at), tuple(total))


def close_up(now: int = NOW) -> CloseUp:
    """The first budget looked at closely: two open calls, seven refusals, a threshold crossed, unpriced calls."""
    spent = budgets(now)[0].burn_down
    return CloseUp(
        budget="perplexity month",
        by_unit={
            Unit.USD: spent,
            Unit.CALLS: Steps(spent.at, tuple(900 * (number + 1) // len(spent.at) for number in range(len(spent.at)))),
            Unit.TOKENS: Steps(spent.at, tuple(total // 5_000 for total in spent.total)),
        },
        held=Steps((now - 40_000, now - 9_000), (parse_usd("0.03"), parse_usd("0.0412"))),
        in_doubt=Steps((now - 2 * DAY,), (parse_usd("0.0188"),)),
        unpriced=Steps((now - 3 * DAY, now - DAY), (2, 3)),
        refused=((now - 2 * DAY, 4), (now - HOUR, 3)),
        crossings=(Crossing(50, now - 2 * DAY - HOUR),),
    )


def consumption(now: int, span: timedelta) -> Buckets:
    """Sixty buckets over ``span``."""
    dice = random.Random(11)
    width = max(1000, int(span.total_seconds() * 1000) // 60)
    first = now // width * width - 59 * width
    starts = tuple(first + number * width for number in range(60))
    busy = [0.3 + 0.7 * abs((number % 24) - 12) / 12 for number in range(60)]
    per_bucket = {name: [int(dice.random() * WEIGHTS[name] * each) for each in busy] for name in MODELS}
    return Buckets(
        width=width,
        starts=starts,
        cost={name: tuple(number * COSTS[name] for number in numbers) for name, numbers in per_bucket.items()},
        calls={name: tuple(numbers) for name, numbers in per_bucket.items()},
        failed={name: tuple(number // 5 for number in numbers) for name, numbers in per_bucket.items()},
        tokens={
            name: tuple(number * 1500 for number in numbers) for name, numbers in per_bucket.items() if name != "alphavantage"
        },
        refused={name: tuple(number // 4 for number in numbers) for name, numbers in per_bucket.items()},
    )


def caches(now: int) -> tuple[CacheStatus, ...]:
    """Three caches; the second has a gap, the third was never asked."""
    return (
        replace(
            _cache("earnings", now, 0.58, parse_usd("1.37"), gap=range(0)),
            loads=410,
            load_failures=3,
            load_seconds=205.0,
            paid=parse_usd("0.98"),
            lost_to_eviction=parse_usd("0.31"),
            lost_to_expiry=parse_usd("0.02"),
            advice=advice(SIZING, now - 40 * MINUTE, per_day=52_000.0, load_cost=2_400_000.0),
        ),
        _cache("ticker-info", now, 0.86, parse_usd("2.95"), gap=range(24, 36)),
        CacheStatus("embeddings", 0, 0, 0, 0, 0, 500, None),
    )


SIZING = HitCurve(
    sizes=(100, 250, 500, 1_000, 2_000, 4_000, 8_000),
    rates=(0.21, 0.35, 0.47, 0.58, 0.71, 0.80, 0.802),
    lookups=262_144,
    max_size=1_000,
    ttl=900.0,
    ttls=(225.0, 900.0, 3_600.0),
    ttl_rates=(0.44, 0.58, 0.66),
)


def _cache(name: str, now: int, rate: float, saved: int, gap: range) -> CacheStatus:
    dice = random.Random(name)
    starts, hits, misses = [], [], []
    for number in range(60):
        if number in gap:
            continue
        lookups = dice.randint(4, 30)
        hit = round(lookups * min(1.0, max(0.0, rate + dice.uniform(-0.12, 0.12))))
        starts.append(now // MINUTE * MINUTE - (59 - number) * MINUTE)
        hits.append(hit)
        misses.append(lookups - hit)
    return CacheStatus(
        name, sum(hits) * 9, sum(misses) * 9, 41, 12, 812, 1000, saved, MINUTE, tuple(starts), tuple(hits), tuple(misses)
    )


def with_calls(snapshot: Snapshot, more: int) -> Snapshot:
    """The same ledger after ``more`` new calls."""
    dice = random.Random(more)
    first = snapshot.calls[0].id if snapshot.calls else 0
    at = snapshot.as_of
    new = tuple(call(first + number, at + number, dice) for number in range(more, 0, -1))
    totals = replace(snapshot.totals, calls=snapshot.totals.calls + more)
    return replace(snapshot, as_of=at + more, calls=(new + snapshot.calls)[:500], totals=totals)


def _gap(number: int) -> int:
    return number * 9_300 + (number * 37 % 11) * 400


# Nothing of openai is cached, and alphavantage charges nothing.
SPARED = {
    "alphavantage": Spared(hits=1_208, loads=114),
    "gemini": Spared(hits=97, loads=403, paid=390_000_000, saved=94_000_000),
    "perplexity": Spared(hits=12_402, loads=7_601, paid=2_900_000_000, saved=4_731_000_000),
}


def _totals(provider: str, share: float) -> Totals:
    weight = WEIGHTS[provider]
    spent = {"perplexity": "3.12", "gemini": "0.4712", "alphavantage": "0", "openai": "0.5925"}[provider]
    tokens = 0 if provider == "alphavantage" else int(weight * 381_000 * share)
    calls = int(weight * 654 * share)
    failed = int(weight * 9 * share)
    return Totals(
        calls=calls,
        ok=calls - failed,
        failed=failed,
        refused={"alphavantage": 61, "perplexity": 27}.get(provider, 0),
        input_tokens=tokens,
        output_tokens=tokens // 3,
        cost=int(parse_usd(spent) * share),
        held=parse_usd("0.0412") if provider == "perplexity" else parse_usd("0.0021") if provider == "gemini" else 0,
        in_doubt=parse_usd("0.0188") if provider == "perplexity" else 0,
        unpriced_calls=3 if provider == "openai" else 0,
    )


def _sum(parts: tuple[NamedTotals, ...]) -> Totals:
    names = Totals.__dataclass_fields__
    return Totals(**{name: sum(getattr(part.totals, name) for part in parts) for name in names})


BUDGET_CLOSE_UP = close_up()
