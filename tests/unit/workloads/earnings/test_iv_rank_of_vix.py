"""IV ranks on a real series, the daily VIX, beside the same thing computed directly."""

from __future__ import annotations

import csv
import gzip
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest

from budgetmon.workloads.earnings.history.tracker import IVHistoryTracker


def recorded_vix() -> bytes:
    """The packed series, found without importing the package, which would load half of what computes."""
    package = find_spec("arch")
    if package is None or package.origin is None:
        pytest.skip("needs the package arch for its daily VIX series")
    return (Path(package.origin).parent / "data" / "vix" / "vix.csv.gz").read_bytes()


def test_that_ranks_of_the_vix_equal_a_direct_computation(tmp_path: Path) -> None:
    numpy = pytest.importorskip("numpy")
    rows = list(csv.DictReader(gzip.decompress(recorded_vix()).decode().splitlines()))
    series = [
        (datetime.strptime(row["Date"], "%m/%d/%Y").date(), float(row["vix"]))  # noqa: DTZ007  # a day has no zone
        for row in rows
        if row["vix"] != "."  # a holiday
    ]
    dates = numpy.array([day.toordinal() for day, _ in series])
    values = numpy.array([value for _, value in series])
    with IVHistoryTracker(tmp_path / "iv.db") as history:
        assert history.record_many([("VIX", day, value) for day, value in series]) == len(series)
        for place in numpy.linspace(260, len(series) - 1, 10).astype(int):
            day, value = series[place]
            year = values[(dates > (day - timedelta(days=365)).toordinal()) & (dates <= day.toordinal())]
            assert history.iv_rank("VIX", on=day) == round(float(100 * numpy.mean(year < value)), 1)
            spread = (value - year.min()) / (year.max() - year.min())
            assert history.min_max_rank("VIX", on=day) == round(float(100 * spread), 1)
