"""Benchmarks run only when asked for, with ``-m benchmark``: they take minutes and say nothing about right and wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if "benchmark" in config.option.markexpr:
        return
    measuring = [item for item in items if item.path.is_relative_to(HERE)]
    if measuring:
        items[:] = [item for item in items if item not in measuring]
        config.hook.pytest_deselected(items=measuring)


@pytest.fixture
def full() -> bool:
    """Whether to measure at full length: set BUDGETMON_BENCH=full."""
    return os.environ.get("BUDGETMON_BENCH") == "full"
