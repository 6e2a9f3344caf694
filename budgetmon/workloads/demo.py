"""The demo: workers and an earnings scan that spend on a local stand-in under several budgets, one of which soon runs out."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from budgetmon.core.cache.lru import LRUCache
from budgetmon.core.cache.shared.cache import SharedCache, SharedLoadError
from budgetmon.core.rules.refusals import RefusedError
from budgetmon.core.rules.usage import Usage
from budgetmon.core.tracker import UsageTracker
from budgetmon.workloads.crew import Crew, Post
from budgetmon.workloads.demo_scanner import SCAN_COUNTS, scan_on
from budgetmon.workloads.session import NotBilled, Unclear
from budgetmon.workloads.standin.client import ChatClient
from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import ErrorKind, StandInSettings

WORKERS = 4
CALLS, REFUSED, HITS = COUNTS = ("calls", "refused", "hits")
_PORT = ("port",)
_START_SECONDS = 20.0
_STOP_SECONDS = 10.0
# What a worker does with an answer that it had at once.
_THINKS_SECONDS = 0.02

CONFIG = """\
# The demo's budgets. Prices are made up, and a local stand-in answers: nothing here costs money.
database: ledger.db
timezone: {zone}
durability: process
providers:
  northwind: {{base_url: "{url}/v1"}}
  tickerline: {{base_url: "{url}"}}
models:
  stand-in-large: {{provider: northwind, input_per_mtok: 3, output_per_mtok: 15}}
  stand-in-small: {{provider: northwind, input_per_mtok: 0.25, output_per_mtok: 1.25}}
  stand-in-search: {{provider: lumen, input_per_mtok: 1, output_per_mtok: 1, per_call: 0.005}}
  stand-in-quotes: {{provider: tickerline, per_call: 0.0001}}
  quotes: {{provider: tickerline, per_call: 0.0001}}
  expirations: {{provider: tickerline, per_call: 0.0001}}
  chains: {{provider: tickerline, per_call: 0.0002}}
  company: {{provider: tickerline, per_call: 0.0002}}
budgets:
  - {{name: northwind day, provider: northwind, limit: 100 USD, per: day, warn_at: [50%, 80%, 95%]}}
  - {{name: lumen day, provider: lumen, limit: 2 USD, per: day, warn_at: [50%, 80%, 95%]}}
  - {{name: tickerline calls, provider: tickerline, limit: 20000 calls, per: day, warn_at: [80%]}}
  - {{name: everything, limit: 250 USD, per: month, warn_at: [75%]}}
cascade: [stand-in-large, stand-in-small]
caches:
  company-answers: {{ttl: 60s}}
  quotes: {{max_size: 300, ttl: 60s}}
scan:
  market: tickerline
  timeout: 2s
"""

_STAND_IN = StandInSettings(
    latency_ms=120,
    latency_jitter=0.7,
    error_rate=0.012,
    errors=((ErrorKind.RATE_LIMITED, 6.0), (ErrorKind.SERVER_ERROR, 3.0), (ErrorKind.TIMEOUT, 1.0)),
    silence_ms=1_500,
)

_TICKERS = (
    "AAPL",
    "AMZN",
    "AVGO",
    "BA",
    "CAT",
    "COST",
    "CRM",
    "CVX",
    "DIS",
    "GOOG",
    "IBM",
    "INTC",
    "JPM",
    "KO",
    "META",
    "MSFT",
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of call that workers make: its model, how often, and how large."""

    model: str
    weight: int
    prompt: tuple[int, int]
    answer: tuple[int, int]


_QUOTES = "stand-in-quotes"
_KINDS = (
    _Kind("stand-in-large", 5, (800, 6_000), (100, 900)),
    _Kind("stand-in-small", 4, (300, 4_000), (50, 600)),
    _Kind("stand-in-search", 4, (100, 1_200), (100, 700)),
    _Kind(_QUOTES, 5, (10, 20), (10, 20)),
)


class Demo:
    """Starts the stand-in, writes the demo's config into ``folder``, starts the workers; ends them when the block ends."""

    def __init__(self, folder: Path, zone: str) -> None:
        self.config_path = folder / "budget.yaml"
        self.ledger = folder / "ledger.db"
        self._zone = zone
        self._stand_in = Crew("stand-in", 1, _serve, (), _PORT)
        self._workers: Crew | None = None
        self._scanner: Crew | None = None

    def __enter__(self) -> Self:
        """Starts everything. Raises RuntimeError when the stand-in does not come up."""
        self._stand_in.start()
        try:
            url = f"http://127.0.0.1:{self._port()}"
            self.config_path.write_text(CONFIG.format(zone=self._zone, url=url), encoding="utf-8")
            self._workers = Crew("demo", WORKERS, _spend, (self.config_path, url), COUNTS)
            self._scanner = Crew("scan", 1, scan_on, (self.config_path, _TICKERS), SCAN_COUNTS)
            for crew in (self._workers, self._scanner):
                crew.start()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    @property
    def running(self) -> bool:
        """Whether any worker is at work."""
        return self._workers is not None and self._workers.running

    def count(self, name: str) -> int:
        """How many ``CALLS``, ``REFUSED`` or ``HITS`` of the workers there were so far."""
        return self._workers.count(name) if self._workers else 0

    @property
    def scanned(self) -> int:
        """How many tickers the scan has been through."""
        return sum(map(self._scanner.count, SCAN_COUNTS)) if self._scanner else 0

    def _port(self) -> int:
        deadline = time.monotonic() + _START_SECONDS
        while not (port := self._stand_in.count("port")):
            if not self._stand_in.running or time.monotonic() > deadline:
                raise RuntimeError("the stand-in provider did not start; its error stands above")
            time.sleep(0.01)
        return port

    def _end(self) -> None:
        # Workers first, so that their last calls are still answered.
        crews = [crew for crew in (self._workers, self._scanner) if crew]
        for crew in crews:
            crew.stop()
        for crew in crews:
            crew.join(_STOP_SECONDS)
        self._workers = self._scanner = None
        self._stand_in.stop()
        self._stand_in.join(_STOP_SECONDS)


def _serve(post: Post) -> None:
    with StandIn(_STAND_IN) as stand_in:
        post.add("port", int(stand_in.base_url.rsplit(":", 1)[1]))
        while not post.stopped:
            post.wait_until(time.monotonic() + 1.0)


def _spend(post: Post, config_path: Path, url: str) -> None:
    chance = random.Random(post.index)
    weights = [kind.weight for kind in _KINDS]
    with (
        UsageTracker(config_path) as tracker,
        ChatClient(url, timeout=1.0) as client,
        # What is dear is kept for all workers, what is cheap by each for itself.
        SharedCache(name="company-answers", ttl=tracker.config.caches["company-answers"].ttl, tracker=tracker) as answers,
    ):
        bounds = tracker.config.caches["quotes"]
        quotes: LRUCache[tuple[str, str], str] = LRUCache(bounds.max_size or 300, bounds.ttl, name="quotes", tracker=tracker)
        while not post.stopped:
            kind = chance.choices(_KINDS, weights)[0]
            # A few tickers are asked for again and again, the rest now and then.
            ticker = _TICKERS[min(int(chance.expovariate(0.25)), len(_TICKERS) - 1)]
            question = (kind.model, f"{ticker} {int(chance.expovariate(0.15))}")
            asked: list[str] = []

            def ask(kind: _Kind = kind, ticker: str = ticker, asked: list[str] = asked) -> str:
                asked.append(_ask(tracker, client, kind, ticker, chance))
                return asked[0]

            try:
                (quotes if kind.model == _QUOTES else answers).get_or_load(question, ask)
                post.add(CALLS if asked else HITS)
                if not asked:
                    post.wait_until(time.monotonic() + _THINKS_SECONDS)
            except RefusedError:
                post.add(REFUSED)
                post.wait_until(time.monotonic() + 0.5)
            except (NotBilled, Unclear, SharedLoadError):
                post.wait_until(time.monotonic() + 0.2)


def _ask(tracker: UsageTracker, client: ChatClient, kind: _Kind, ticker: str, chance: random.Random) -> str:
    prompt, answer = chance.randint(*kind.prompt), chance.randint(*kind.answer)
    estimate = Usage(input_tokens=prompt, output_tokens=kind.answer[1])
    messages = ({"role": "user", "content": f"What moved {ticker} today?"},)
    with tracker.call(kind.model, estimate=estimate, tag=ticker) as call:
        reply = client.chat(
            kind.model,
            messages,
            max_tokens=kind.answer[1],
            standin={"prompt_tokens": prompt, "completion_tokens": answer},
        )
        call.settle(reply.usage)
    return reply.text
