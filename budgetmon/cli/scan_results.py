"""Results of a scan: a table for people, CSV and JSON for programs, events for a runner."""

from __future__ import annotations

import csv
import io
import os
import platform
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from budgetmon.cli.output import titled_table
from budgetmon.core.rules.money import display_usd, to_decimal
from budgetmon.monitor.export.csv_export import field
from budgetmon.monitor.snapshot import CallRow
from budgetmon.runs.event_log import EventLog
from budgetmon.runs.events import Collected, RunFinished, RunStarted, TestFinished, TestStarted
from budgetmon.runs.events import Outcome as TestOutcome
from budgetmon.workloads.earnings import analyzer
from budgetmon.workloads.earnings.results import Outcome, TickerResult

_STYLES = {Outcome.RESULT: "green", Outcome.FILTERED: "dim", Outcome.REFUSED: "yellow", Outcome.FAILED: "bold red"}
_TESTS = {Outcome.RESULT: TestOutcome.PASSED, Outcome.FILTERED: TestOutcome.SKIPPED}
_FILE = analyzer.__file__
_DASH = "–"  # noqa: RUF001  # an en dash is what stands for nothing to say


def _number(value: float | None, form: str) -> str:
    return _DASH if value is None else format(value, form)


# Left out on terminals of fewer columns than this.
_WIDE_ONLY, _WIDE = ("price", "IV", "model"), 110
_COLUMNS: dict[str, Callable[[TickerResult], str]] = {
    "ticker": lambda result: result.ticker,
    "score": lambda result: _number(result.score, ".1f"),
    "price": lambda result: _number(result.figures.price, ",.2f"),
    "IV": lambda result: _number(result.figures.iv, ".1%"),
    "IV rank": lambda result: _number(result.figures.iv_rank, ".1f"),
    "sentiment": lambda result: result.sentiment or _DASH,
    "strategy": lambda result: result.strategy or _DASH,
    "model": lambda result: result.model or _DASH,
    "cost": lambda result: _DASH if result.nanos is None else display_usd(result.nanos),
}


def counts_of(results: Sequence[TickerResult]) -> dict[str, int]:
    """How many tickers there are of each outcome."""
    counted = Counter(result.outcome for result in results)
    return {outcome.value: counted[outcome] for outcome in Outcome}


def print_results(out: Console, results: Sequence[TickerResult]) -> None:
    """The table, in the order of ``results``. Reasons of answers are left to CSV and JSON: they are long."""
    columns = {name: cell for name, cell in _COLUMNS.items() if out.width >= _WIDE or name not in _WIDE_ONLY}
    table = titled_table("Scan", *columns)
    table.add_column("outcome", min_width=24, overflow="fold")
    for result in results:
        told = "" if result.outcome is Outcome.RESULT else f": {result.detail}"
        outcome = Text(f"{result.outcome.value}{told}", style=_STYLES[result.outcome])
        table.add_row(*(cell(result) for cell in columns.values()), outcome)
    out.print(table)


def as_csv(results: Sequence[TickerResult]) -> str:
    """A line for each ticker. Text that a spreadsheet would run as a formula has an apostrophe before it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(TickerResult("", Outcome.RESULT).row()), lineterminator="\n")
    writer.writeheader()
    for result in results:
        writer.writerow({name: field(value) for name, value in result.row().items()})
    return out.getvalue()


def document(results: Sequence[TickerResult], spent: int, in_doubt: Sequence[CallRow], **facts: object) -> dict[str, Any]:
    """The results as one JSON document. ``spent`` in nanos is all that the scan cost; ``facts`` are about it as a whole."""
    doubts = [
        {"call": call.id, "provider": call.provider, "model": call.model, "tag": call.tag, "held": f"{to_decimal(call.hold):f}"}
        for call in in_doubt
    ]
    return {
        "schema": 1,
        **facts,
        "counts": counts_of(results),
        "cost": f"{to_decimal(spent):f}",
        "in_doubt": doubts,
        "results": [result.row() for result in results],
    }


class ScanTelling:
    """Tells a runner how a scan goes on, in the events of every test run: a ticker is a test. Raises OSError."""

    def __init__(self, tickers: Sequence[str], arguments: Sequence[str]) -> None:
        self._log = EventLog.of_this_process()
        self._began = time.monotonic()
        self._counts: Counter[TestOutcome] = Counter()
        here = str(Path.cwd())
        self._log.write(RunStarted(platform.python_version(), "", here, here, tuple(arguments), os.getpid()))
        self._log.write(Collected(len(tickers), tuple(map(_test, tickers))))

    def came(self, result: TickerResult) -> None:
        """A ticker is done."""
        outcome = _TESTS.get(result.outcome, TestOutcome.FAILED)
        self._counts[outcome] += 1
        self._log.write(TestStarted(_test(result.ticker), _FILE))
        self._log.write(TestFinished(_test(result.ticker), outcome, 0.0, result.detail, None, (), _FILE))

    def ended(self, exit_status: int) -> None:
        """The scan is over, and the process about to end with ``exit_status``."""
        self._log.write(RunFinished(exit_status, dict(self._counts), time.monotonic() - self._began))


def _test(ticker: str) -> str:
    return f"scan::{ticker}"
