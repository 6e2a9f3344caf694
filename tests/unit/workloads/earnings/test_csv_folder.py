"""Market data from a folder of CSV files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from budgetmon.core.storage.foreign import SourceError
from budgetmon.workloads.earnings.history.arithmetic import DayIV
from budgetmon.workloads.earnings.sources.csv_folder import CsvSource
from budgetmon.workloads.earnings.sources.values import Company, Options, Quote, SourceDataError

PRICES = "date,ticker,close,volume\n2026-03-02,aapl,231.5,900\n2026-02-27,AAPL,229,\n2026-03-03,AAPL,240,1\n"
VOLATILITIES = "date,ticker,iv\n2026-03-02,AAPL,0.31\n2026-02-27,AAPL,0.28\n2026-02-26,AAPL,0\n2026-03-03,AAPL,0.9\n"
TODAY = date(2026, 3, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "prices.csv").write_text(PRICES, encoding="utf-8")
    (tmp_path / "iv.csv").write_text(VOLATILITIES, encoding="utf-8")
    return tmp_path


def test_that_nothing_later_than_the_day_is_known(folder: Path) -> None:
    source = CsvSource(folder, TODAY)
    assert source.quotes(["AAPL", "MSFT"]) == {"AAPL": Quote("AAPL", 231.5, 900)}
    assert source.options("AAPL", 231.5, TODAY) == Options(iv=0.31)
    assert source.past("AAPL") == [DayIV(date(2026, 2, 27), 0.28), DayIV(TODAY, 0.31)]


def test_that_what_the_files_do_not_hold_is_not_known(folder: Path) -> None:
    source = CsvSource(folder, TODAY)
    assert source.company("AAPL") == Company("AAPL", "AAPL")
    with pytest.raises(SourceDataError, match="MSFT"):
        source.options("MSFT", 1.0, TODAY)
    (folder / "companies.csv").write_text("ticker,name,market_cap\nAAPL,Apple,3.1e12\n", encoding="utf-8")
    assert CsvSource(folder, TODAY).company("AAPL") == Company("AAPL", "Apple", 3.1e12)


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("prices.csv", "date,ticker\n", "expected the column close"),
        ("prices.csv", PRICES + "3 March,AAPL,1,\n", "line 5: expected a date"),
        ("prices.csv", PRICES + "2026-03-02,,1,\n", "line 5: expected a ticker"),
        ("prices.csv", PRICES + "2026-03-02,AAPL,0,\n", "line 5: expected a number above zero as close, not '0'"),
        ("iv.csv", VOLATILITIES + "2026-03-02,AAPL,nan\n", "line 6: expected a number as iv"),
    ],
)
def test_that_what_is_wrong_is_named_with_its_line(folder: Path, name: str, content: str, complaint: str) -> None:
    (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=complaint) as caught:
        CsvSource(folder, TODAY)
    assert caught.value.path.endswith(name)


def test_that_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "iv.csv").write_bytes(b"date,ticker,iv\n\xff\xfe\n")
    with pytest.raises(SourceError, match="no CSV file"):
        CsvSource(folder, TODAY)
