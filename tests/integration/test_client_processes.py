"""Guarded clients in many processes at once, under one cap."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.client_workers import spend
from integration.ledger_view import budget, picture
from integration.paid_clients import CONFIG

from budgetmon.core.rules.calls import CallState

pytestmark = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


@pytest.fixture
def url() -> Iterator[str]:
    """A stand-in in a process of its own, next to which workers may fork."""
    command = [sys.executable, "-m", "budgetmon.workloads.standin"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.terminate()


def test_that_workers_spend_up_to_the_cap_and_the_bill_equals_the_ledger(url: str, ledger_folder: Path) -> None:
    config = ledger_folder / "budget.yaml"
    config.write_text("database: ledger.db\ntimezone: UTC\ndurability: process\n" + CONFIG.format(url=url, limit="0.3"))
    with multiprocessing.get_context("fork").Pool(4) as pool:
        answered = pool.starmap(spend, [(config, f"{url}/v1")] * 4)
    ledger = ledger_folder / "ledger.db"
    with urllib.request.urlopen(f"{url}/standin/billed") as reply:
        bill = json.load(reply)["total"]
    billed = 5_000_000 * bill["calls"] + 3_000 * bill["prompt_tokens"] + 15_000 * bill["completion_tokens"]
    status = budget(ledger, "usd")
    assert (status.spent, status.held, status.in_doubt) == (billed, 0, 0)
    assert billed <= 300_000_000
    assert sum(answered) == bill["calls"] > 4
    assert {row.state for row in picture(ledger).calls} == {CallState.SETTLED}
