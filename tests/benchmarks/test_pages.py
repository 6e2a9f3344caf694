"""What a page of calls costs on a ledger with a long history. Asserts nothing about time."""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import pytest

from budgetmon.monitor.filters import parse
from budgetmon.monitor.paging import Listing, PageAsk
from budgetmon.monitor.reader import LedgerReader
from budgetmon.runs.bench.generate import History, generate

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1_800)]

FILTERS = (
    "",
    "provider:provider-2",
    "tag:tag-7 failed",
    "cost>0.05",
    "worker:3",
    "since:2h",
    "state:in-doubt",
    "nothing-like-it",
)


def test_what_pages_of_a_long_history_cost(tmp_path: Path, full: bool, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ledger.db"
    history = History(10_000_000 if full else 1_000_000)
    generate(path, history)
    lines = [f"pages of {history.calls:,} calls: typical ms, longest ms, pages until the first 200 rows or the end"]
    with LedgerReader(path) as reader:
        for typed in FILTERS:
            only = parse(typed, Listing.CALLS.fields, history.until, "UTC")
            for before in (None, history.calls // 2):
                took, found, ask = [], 0, PageAsk(Listing.CALLS, only, before=before)
                while found < 200:
                    began = time.perf_counter()
                    page = reader.page(ask)
                    took.append((time.perf_counter() - began) * 1000)
                    found += len(page.rows)
                    if page.complete:
                        break
                    ask = PageAsk(Listing.CALLS, only, before=page.searched_to)
                place = "from the middle" if before else "from the newest"
                typical = statistics.median(took)
                lines.append(
                    f"  {typed or 'no filter':20} {place}: {typical:6.1f} {max(took):6.1f} {len(took):4}  {found} rows"
                )
    with capsys.disabled():
        sys.stdout.write("\n".join(("", *lines, "")))
