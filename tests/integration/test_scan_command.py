"""``budgetmon scan`` from outside: against a stand-in of its own, a config's providers, and a folder of CSV files."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from integration.ledger_view import picture
from integration.scan_ground import bill, market_calls, plan, tickers

from budgetmon.core.rules.runs import RunStatus
from budgetmon.workloads.standin.server import StandIn
from budgetmon.workloads.standin.settings import StandInSettings

TICKERS = ["AAPL", "MSFT", "GOOG", "IBM"]


def scan(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The verb, run in ``folder`` with nothing set that names a config."""
    names = ("BUDGETMON_CONFIG", "BUDGETMON_DB", "BUDGETMON_RUN", "BUDGETMON_EVENTS")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    environment = {**kept, "XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    command = [sys.executable, "-m", "budgetmon", "scan", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=100, check=False)


def test_that_without_a_config_a_stand_in_answers_and_says_so(tmp_path: Path) -> None:
    finished = scan(tmp_path, *TICKERS, "--workers", "2", "--json", "--out", "found.csv")
    assert finished.returncode == 0, finished.stderr
    assert "there is no budget.yaml" in finished.stderr
    assert "nothing is billed" in " ".join(finished.stderr.split())
    told: dict[str, Any] = json.loads(finished.stdout)
    assert told["stand_in"] is True
    assert {row["ticker"] for row in told["results"]} == set(TICKERS)
    assert all(row["iv_rank"] is not None for row in told["results"])
    rows = list(csv.DictReader((tmp_path / "found.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["ticker"] for row in rows] == [row["ticker"] for row in told["results"]]
    assert not list(tmp_path.glob("*.db*"))


def test_that_a_config_reaches_its_providers_and_the_cost_is_the_bill(ledger_folder: Path) -> None:
    with StandIn() as standin:
        made = plan(ledger_folder, standin.base_url)
        first = scan(ledger_folder, *tickers(5), "--json", "--workers", "2")
        billed = standin.billed()
        again = scan(ledger_folder, *tickers(5))
        assert standin.billed() == billed
    assert first.returncode == again.returncode == 0, first.stderr
    told = json.loads(first.stdout)
    assert (told["stand_in"], told["counts"]["result"]) == (False, 5)
    assert Decimal(told["cost"]) * 10**9 == bill(made, billed) == picture(made.config.database).totals.cost
    assert market_calls(billed.answered) == 1 + 3 * 5
    assert "5 tickers: result 5. $0.00 spent." in again.stdout


def test_that_a_cap_of_its_own_ends_in_refusals_and_says_no(ledger_folder: Path) -> None:
    with StandIn() as standin:
        plan(ledger_folder, standin.base_url, market="0.001")
        finished = scan(ledger_folder, *tickers(5), "--budget", "0.004 USD", "--json")
    told = json.loads(finished.stdout)
    assert finished.returncode == 1
    assert len(told["results"]) == 5
    assert told["counts"]["refused"] > 0
    assert all(row["detail"] for row in told["results"])
    assert Decimal(told["cost"]) <= Decimal("0.004")


def test_that_a_folder_of_csv_files_needs_no_market(ledger_folder: Path) -> None:
    today = datetime.now(UTC).date()
    (ledger_folder / "prices.csv").write_text(f"date,ticker,close\n{today},AAPL,200\n{today},MSFT,400\n", encoding="utf-8")
    days = [today - timedelta(days=back) for back in range(40)]
    rows = [f"{day},{ticker},{0.5 - 0.001 * place}" for ticker in ("AAPL", "MSFT") for place, day in enumerate(days)]
    (ledger_folder / "iv.csv").write_text("\n".join(["date,ticker,iv", *rows]), encoding="utf-8")
    with StandIn() as standin:
        plan(ledger_folder, standin.base_url)
        finished = scan(ledger_folder, "AAPL", "MSFT", "--source", "csv:.", "--json")
        billed = standin.billed()
    told = json.loads(finished.stdout)
    assert [(row["outcome"], row["iv"], row["iv_rank"]) for row in told["results"]] == [("result", 0.5, 97.5)] * 2
    assert market_calls(billed.answered) == 0


def test_that_a_polite_kill_keeps_what_is_there_and_leaves_nothing(ledger_folder: Path) -> None:
    with StandIn(StandInSettings(latency_ms=50)) as standin:
        made = plan(ledger_folder, standin.base_url)
        command = [sys.executable, "-m", "budgetmon", "scan", *tickers(100), "--workers", "2", "--json"]
        with subprocess.Popen(command, cwd=ledger_folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
            while market_calls(standin.billed().answered) < 20:
                assert running.poll() is None
                time.sleep(0.02)
            running.send_signal(signal.SIGTERM)
            stdout, stderr = running.communicate(timeout=60)
        billed = standin.billed()
    told = json.loads(stdout)
    assert running.returncode == 1
    assert 0 < len(told["results"]) == told["counts"]["result"] < 100
    assert "Traceback" not in stderr
    assert Decimal(told["cost"]) * 10**9 == bill(made, billed)
    assert told["in_doubt"] == []


def test_that_a_run_profile_scans_under_caps_of_its_own(ledger_folder: Path) -> None:
    arguments = ["-m", "budgetmon", "scan", *tickers(4), "--budget", "0.05 USD"]
    profile = f"runs: [{{name: scan, kind: workload, args: {json.dumps(arguments)}, budget: 0.05 USD}}]\n"
    with StandIn() as standin:
        made = plan(ledger_folder, standin.base_url, extra=profile)
        command = [sys.executable, "-m", "budgetmon", "run", "start", "scan"]
        finished = subprocess.run(command, cwd=ledger_folder, capture_output=True, text=True, timeout=100, check=False)
        billed = standin.billed()
    assert finished.returncode == 0, finished.stdout + finished.stderr
    seen = picture(made.config.database)
    (run,) = seen.runs
    assert (run.status, dict(run.counts), run.total) == (RunStatus.PASSED, {"passed": 4}, 4)
    assert run.cost == seen.totals.cost == bill(made, billed)
    assert not [status for status in seen.budgets if status.limit == 50_000_000]  # both ended with what they capped


def test_that_a_key_that_is_not_set_is_named(tmp_path: Path) -> None:
    config = """
providers: {tradier: {base_url: "http://127.0.0.1:1", api_key_env: NO_SUCH_KEY}, northwind: {base_url: "http://127.0.0.1:1"}}
models: {large: {provider: northwind, input_per_mtok: 1, output_per_mtok: 1}}
cascade: [large]
"""
    (tmp_path / "budget.yaml").write_text(config, encoding="utf-8")
    finished = scan(tmp_path, "AAPL", "--json")
    assert "NO_SUCH_KEY, the key of tradier, is not set" in " ".join(finished.stderr.split())
    assert json.loads(finished.stdout)["stand_in"] is True


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["AAPL", "--csv", "out.csv"], "files to write go with --out"),
        (["AAPL", "--out", "out.xlsx"], "neither .csv nor .json"),
        (["AAPL", "--date", "soon"], "expected a date"),
        (["AAPL", "--source", "ftp"], "expected http or csv:FOLDER"),
        (["AAPL", "--budget", "much"], "expected a limit"),
        (["AAPL", "--source", "csv:nowhere"], "nowhere"),
    ],
)
def test_that_wrong_usage_is_named(tmp_path: Path, arguments: list[str], complaint: str) -> None:
    finished = scan(tmp_path, *arguments)
    assert finished.returncode == 2
    assert complaint in " ".join(finished.stderr.replace("│", " ").split())
