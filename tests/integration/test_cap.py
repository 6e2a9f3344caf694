"""The cap is never crossed: many processes, forked and spawned, threads inside, some of them killed on the way."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable

import pytest
from integration.cap_workers import hammer

from budgetmon import UsageTracker
from budgetmon.core.ledger.opening import opened
from budgetmon.monitor.reader import LedgerReader

CONFIG = """
models: {fee: {provider: p, per_call: 0.10}}
budgets: [{name: cap, limit: 5.00 USD, per: lifetime}]
"""


@pytest.mark.parametrize("kills", [0, 5])
def test_that_exactly_fifty_calls_fit(make_tracker: Callable[..., UsageTracker], kills: int) -> None:
    tracker = make_tracker(CONFIG)
    notes = tracker.db_path.parent / "admitted"
    notes.mkdir()
    processes = [
        multiprocessing.get_context(method).Process(target=hammer, args=(tracker.config.path, notes, 1000, 2))
        for method in ("fork", "spawn")
        for _ in range(8)
    ]
    for process in processes:
        process.start()
    chance = random.Random(kills)
    for victim in chance.sample(processes, kills):
        time.sleep(chance.uniform(0.01, 0.15))
        os.kill(victim.pid or 0, signal.SIGKILL)
    for process in processes:
        process.join()
    with opened(tracker.config) as ledger:
        ledger.sweep()
    with LedgerReader(tracker.db_path) as reader:
        snapshot = reader.snapshot()
    budget = snapshot.budgets[0]
    admitted = sum(len(file.read_text().splitlines()) for file in notes.iterdir())
    assert budget.spent + budget.in_doubt == 5 * 10**9
    assert budget.held == 0
    # A killed process may have been admitted without having noted it.
    assert 50 - kills * 2 <= admitted <= 50
    assert snapshot.totals.calls + snapshot.totals.in_doubt // 10**8 == 50
    if not kills:
        assert admitted == 50
        assert snapshot.totals.refused == 16 * 1000 - 50
