"""The demo's analyst: the earnings scan itself, ticker by ticker and day by day, beside the workers that only ask."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from budgetmon.core.config.loader import load_config
from budgetmon.workloads.crew import Post
from budgetmon.workloads.earnings.desk import Desk, ScanPlan
from budgetmon.workloads.earnings.local import remember_a_year
from budgetmon.workloads.earnings.results import Outcome
from budgetmon.workloads.earnings.settings import scan_settings

SCANS, TURNED_AWAY = SCAN_COUNTS = ("scans", "turned away")
_REST_SECONDS = 0.8


def scan_on(post: Post, config_path: Path, tickers: Sequence[str]) -> None:
    """Analyses one ticker after the other until told to stop; after each round, for the next day."""
    config = load_config(config_path)
    settings = scan_settings(config)
    today = datetime.now(ZoneInfo(config.zone)).date()
    remember_a_year(settings.history, tickers, today)
    day = today
    while True:
        with Desk(ScanPlan(config, settings, day, today)) as desk:
            for ticker in tickers:
                if post.stopped:
                    return
                result = desk.analyse(ticker)
                post.add(TURNED_AWAY if result.outcome is Outcome.REFUSED else SCANS)
                post.wait_until(time.monotonic() + _REST_SECONDS)
        day += timedelta(days=1)
