"""The scan's section of budget.yaml: defaults, and errors that say where."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from budgetmon.core.config.errors import ConfigError
from budgetmon.core.config.loader import load_config
from budgetmon.workloads.earnings.criteria import DEFAULT_RANGES, Range, Weights
from budgetmon.workloads.earnings.settings import ScanSettings, scan_settings


def settings(folder: Path, text: str) -> ScanSettings:
    path = folder / "budget.yaml"
    path.write_text(f"database: ledger.db\ncascade: [large, small]\n{text}", encoding="utf-8")
    return scan_settings(load_config(path))


def test_that_everything_has_a_default(tmp_path: Path) -> None:
    found = settings(tmp_path, "")
    assert (found.market, found.model, found.history) == ("tradier", "large", tmp_path / "ledger.db-iv")
    assert (found.tries, found.minimum_history) == (3, 30)
    assert found.criteria.ranges == DEFAULT_RANGES


def test_that_the_section_overrides_part_by_part(tmp_path: Path) -> None:
    text = """
scan:
  market: tickerline
  model: small
  history: iv.db
  minimum_history: 5
  tries: 2
  timeout: 3s
  time_limit: 1m
  filter: {price: {min: 1_0.5, max: 20}, market_cap: {}}
  weights: {sentiment: 0}
"""
    found = settings(tmp_path, text)
    assert (found.market, found.model, found.history) == ("tickerline", "small", tmp_path / "iv.db")
    assert (found.minimum_history, found.tries) == (5, 2)
    assert (found.timeout, found.time_limit) == (timedelta(seconds=3), timedelta(minutes=1))
    assert found.criteria.ranges == {**DEFAULT_RANGES, "price": Range(10.5, 20.0), "market_cap": Range()}
    assert found.criteria.weights == Weights(sentiment=0)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("scan: {speed: 1}", r"budget.yaml:3: scan.speed: unknown key; expected one of: market"),
        ("scan: {filter: {rank: {min: 1}}}", r"scan.filter.rank: unknown key; expected one of: price"),
        ("scan: {filter: {price: {min: low}}}", r"scan.filter.price.min: expected a number of zero or more, not 'low'"),
        ("scan: {filter: {price: {min: 2, max: 1}}}", r"scan.filter.price: expected min to be at most max"),
        ("scan: {weights: {iv_rank: 0, liquidity: 0, sentiment: 0, strategy: 0}}", r"scan.weights: expected a weight above"),
        ("scan: {tries: 0}", r"scan.tries: expected a whole number"),
    ],
)
def test_that_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        settings(tmp_path, text)


def test_that_some_model_must_be_named(tmp_path: Path) -> None:
    path = tmp_path / "budget.yaml"
    path.write_text("database: ledger.db\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"scan\.model"):
        scan_settings(load_config(path))
