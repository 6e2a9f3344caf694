"""Snapshot: one consistent picture of a ledger as immutable values. Everything that shows or exports a ledger reads these."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from budgetmon.core.rules.budgets import OnExceed, Scope, Unit
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.periods import Window
from budgetmon.core.rules.runs import RunKind, RunStatus
from budgetmon.monitor.cache_advice import CacheAdvice
from budgetmon.monitor.spared import Spared

# Stands between provider and model where one name must hold both.
MODEL_MARK = "\x1f"


class Stack(StrEnum):
    """By what consumption is told apart."""

    PROVIDER = "provider"
    MODEL = "model"
    TAG = "tag"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class ChartAsk:
    """What the charts want beyond the ordinary picture: read only when somebody looks at it.

    Consumption is stacked by ``stack``, of the provider ``focus`` only when one is named; ``latency`` asks for how
    long calls took instead. ``budget`` names the budget whose burn-down is looked at closely.
    """

    stack: Stack = Stack.PROVIDER
    focus: str | None = None
    latency: bool = False
    budget: str | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """What a view wants to know. Times are UTC milliseconds.

    ``span`` is the stretch of time that charts show, ending at ``until``, or now when that is None. ``rows`` bounds each
    table, newest first; with ``in_doubt``, the table of calls holds those in doubt only.
    """

    span: timedelta = timedelta(hours=1)
    rows: int = 500
    in_doubt: bool = False
    until: int | None = None
    charts: ChartAsk = field(default_factory=ChartAsk)


@dataclass(frozen=True, slots=True)
class LedgerInfo:
    """Which ledger this is and how it does."""

    path: str
    schema: int
    durability: str
    zone: str
    created_at: int
    wal_bytes: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over calls. Money is nanos; ``cost`` covers settled calls with a known price only."""

    calls: int = 0
    ok: int = 0
    failed: int = 0
    refused: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: int = 0
    held: int = 0
    in_doubt: int = 0
    unpriced_calls: int = 0


@dataclass(frozen=True, slots=True)
class NamedTotals:
    """Totals of one provider or model. ``name`` is unique within its list except for models, told apart by ``provider``.
    What caches spared is known of providers only."""

    name: str
    provider: str
    totals: Totals
    spared: Spared = field(default_factory=Spared)


class BudgetState(StrEnum):
    """How a budget stands. The words are shown as they are."""

    OK = "ok"
    WARNING = "warning"  # past the first of its warn_at thresholds
    EXHAUSTED = "exhausted"  # nothing left to set aside


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a budget burns. ``per_hour`` is in the budget's unit; None where it is too early to say.

    ``runs_out_at`` is None when the limit outlasts the window or it is too early. UTC milliseconds. ``slow_per_hour`` and
    ``fast_per_hour`` bound the rates of the recent past, ``per_hour`` among them.
    """

    per_hour: float | None = None
    runs_out_at: int | None = None
    slow_per_hour: float | None = None
    fast_per_hour: float | None = None


@dataclass(frozen=True, slots=True)
class BudgetStatus:
    """One budget now. Amounts are in its unit: nanos for USD, counts otherwise.

    ``spent_at`` and ``spent`` of its burn-down lie in ``burn_down``.
    """

    name: str
    scope: Scope
    unit: Unit
    limit: int
    per: str
    on_exceed: OnExceed
    warn_at: tuple[int, ...]
    window: Window
    spent: int
    held: int
    in_doubt: int
    remaining: int
    state: BudgetState
    pace: Pace
    burn_down: Steps

    @property
    def rolls(self) -> bool:
        """Whether it counts the last hours or days, so that it frees bit by bit and never starts anew."""
        return self.per.endswith("rolling")


@dataclass(frozen=True, slots=True)
class Steps:
    """A cumulative count as steps: from ``at[i]`` (UTC milliseconds, ascending) on, the total is ``total[i]``."""

    at: tuple[int, ...] = ()
    total: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Buckets:
    """Amounts per bucket of time, stacked by name. ``starts`` are UTC milliseconds, ``width`` apart, without gaps.

    ``cost`` (nanos), ``calls``, ``failed``, ``tokens`` and ``refused`` map a name to one amount per bucket; a
    model's name is provider, ``MODEL_MARK`` and model. Where not every
    call could be read, ``complete_from`` is the instant from which on they are complete.
    """

    width: int
    starts: tuple[int, ...] = ()
    cost: dict[str, tuple[int, ...]] = field(default_factory=dict)
    calls: dict[str, tuple[int, ...]] = field(default_factory=dict)
    failed: dict[str, tuple[int, ...]] = field(default_factory=dict)
    tokens: dict[str, tuple[int, ...]] = field(default_factory=dict)
    refused: dict[str, tuple[int, ...]] = field(default_factory=dict)
    complete_from: int | None = None


@dataclass(frozen=True, slots=True)
class Latencies:
    """How long calls took, in milliseconds per bucket and name; None in buckets without a call.

    ``typical`` is the median, ``slow`` the 95th percentile. ``starts``, ``width``, ``complete_from`` as in Buckets.
    """

    width: int
    starts: tuple[int, ...] = ()
    typical: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    slow: dict[str, tuple[int | None, ...]] = field(default_factory=dict)
    complete_from: int | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """What was spent reached ``share`` percent of the limit, at ``at`` (UTC milliseconds)."""

    share: int
    at: int


@dataclass(frozen=True, slots=True)
class CloseUp:
    """One budget looked at closely, over its window in force. A count at an instant is over the calls made until then.

    ``by_unit`` is what was used, in money, calls and tokens, whatever the budget limits. ``held`` and ``in_doubt`` are in
    the budget's unit and count what is open now; ``unpriced`` counts calls. ``refused`` pairs the start of a bucket with
    the calls that were turned away in it, by whichever budget or pause.
    """

    budget: str
    by_unit: dict[Unit, Steps] = field(default_factory=dict)
    held: Steps = field(default_factory=Steps)
    in_doubt: Steps = field(default_factory=Steps)
    unpriced: Steps = field(default_factory=Steps)
    refused: tuple[tuple[int, int], ...] = ()
    crossings: tuple[Crossing, ...] = ()


@dataclass(frozen=True, slots=True)
class CacheStatus:
    """One named cache over all processes. ``size`` and ``max_size`` are sums over the live instances.

    ``starts``, ``hits_by`` and ``misses_by`` are its recent history in buckets of ``width`` milliseconds; only buckets in
    which something happened appear. Money is nanos, None where no value's cost is known: ``paid`` for loads, ``saved`` by
    hits, and lost where a value had to be paid for again because it had been evicted or had expired.
    """

    name: str
    hits: int
    misses: int
    expired: int
    evictions: int
    size: int
    max_size: int
    saved: int | None
    width: int = 0
    starts: tuple[int, ...] = ()
    hits_by: tuple[int, ...] = ()
    misses_by: tuple[int, ...] = ()
    loads: int = 0
    load_failures: int = 0
    load_seconds: float = 0.0
    paid: int | None = None
    lost_to_eviction: int | None = None
    lost_to_expiry: int | None = None
    advice: CacheAdvice | None = None

    @property
    def hit_rate(self) -> float | None:
        """Hits of all lookups, from 0 to 1; None before the first."""
        lookups = self.hits + self.misses
        return self.hits / lookups if lookups else None


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call. Times are UTC milliseconds; money is nanos; ``cost`` None means unpriced or not known yet."""

    id: int
    at: int
    took: int | None
    state: CallState
    ok: bool
    provider: str
    model: str
    tag: str | None
    run: str | None
    worker: int
    input_tokens: int
    output_tokens: int
    cached_input_tokens: int
    calls: int
    hold: int
    cost: int | None

    @property
    def overrun(self) -> int:
        """Nanos above the hold, 0 when it sufficed or there was none."""
        return max(0, self.cost - self.hold) if self.cost is not None and self.hold else 0


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """One refusal with its receipt's text. ``window`` is the budget's that refused it; None for one by a pause."""

    id: int
    at: int
    provider: str
    model: str
    tag: str | None
    budget: str
    unit: Unit
    asked: int
    free: int
    receipt: str
    window: Window | None = None
    run: str | None = None
    worker: int = 0


@dataclass(frozen=True, slots=True)
class PauseRow:
    """One pause of a provider: ``who`` ordered it at ``at``, ``ended_by`` lifted it at ``ended_at`` (UTC milliseconds).

    Of one that is over by now, ``ended_at`` is None where nobody wrote down when: an older program lifted it.
    """

    provider: str
    at: int
    who: str
    ended_at: int | None = None
    ended_by: str | None = None
    in_force: bool = False


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """One process that writes. ``alive`` comes from the operating system, not from a timeout; None where it cannot be told.

    ``command`` is its command line, ``engine`` the version of the database engine that it writes with.
    ``connections`` are open now; ``leaked`` ones were open when the process died without a word.
    """

    id: int
    pid: int
    host: str
    started_at: int
    last_write_at: int
    alive: bool | None
    calls: int
    held: int
    connections: int
    leaked: int = 0
    command: str = ""
    engine: str = ""


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run and what it cost. Times are UTC milliseconds; money is nanos; ``counts`` maps outcomes to numbers.

    ``profile`` is None for a run that only its calls name; then ``kind`` and ``status`` are None, too. ``hits`` and ``misses``
    are those of named caches in processes of the run. ``exit_code`` is negative for a signal, ``pid`` is the runner's.
    """

    id: int
    name: str
    started_at: int
    pid: int | None = None
    profile: str | None = None
    kind: RunKind | None = None
    status: RunStatus | None = None
    ended_at: int | None = None
    exit_code: int | None = None
    total: int | None = None
    counts: tuple[tuple[str, int], ...] = ()
    budget: int | None = None
    time_limit_ms: int | None = None
    folder: str = ""
    args: tuple[str, ...] = ()
    files: str | None = None
    detail: str = ""
    calls: int = 0
    failed_calls: int = 0
    refused: int = 0
    unpriced_calls: int = 0
    cost: int = 0
    hits: int = 0
    misses: int = 0

    @property
    def took_ms(self) -> int | None:
        """How long it took; None while it goes on."""
        return None if self.ended_at is None else self.ended_at - self.started_at

    @property
    def hit_rate(self) -> float | None:
        """Hits of all lookups, from 0 to 1; None before the first."""
        lookups = self.hits + self.misses
        return self.hits / lookups if lookups else None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent read of the ledger, made in one read transaction at ``as_of`` (UTC milliseconds).

    ``consumption`` is by provider; ``stacked``, ``latencies`` and ``close_up`` are what ``ask.charts`` asked for. ``pauses``
    are those of the stretch asked for and of every budget's window, lifted or not, newest first; ``paused`` those in force.
    """

    as_of: int
    ledger: LedgerInfo
    totals: Totals
    providers: tuple[NamedTotals, ...]
    models: tuple[NamedTotals, ...]
    budgets: tuple[BudgetStatus, ...]
    consumption: Buckets
    caches: tuple[CacheStatus, ...]
    calls: tuple[CallRow, ...]
    refusals: tuple[RefusalRow, ...]
    workers: tuple[WorkerRow, ...]
    paused: tuple[str, ...] = ()
    ask: Ask = field(default_factory=Ask)
    stacked: Buckets | None = None
    latencies: Latencies | None = None
    close_up: CloseUp | None = None
    runs: tuple[RunRow, ...] = ()
    pauses: tuple[PauseRow, ...] = ()

    @property
    def spared(self) -> Spared:
        """What caches spared all providers together."""
        return sum((each.spared for each in self.providers), Spared())
