"""``budgetmon run``: real runs through the command line, and what the ledger says of them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from budgetmon.core.ledger.run_book import RunBook
from budgetmon.core.ledger.runs import KEPT_RUNS
from budgetmon.core.ledger.sqlite_ledger import SqliteLedger
from budgetmon.core.ledger.verify import verify
from budgetmon.core.rules.runs import RunEnd, RunKind, RunOrder, RunStatus
from budgetmon.runs.process_group import descendants

SAMPLES = Path(__file__).parent / "sample_projects"
WAIT_SECONDS = 20.0

CONFIG = """
database: ledger.db
timezone: UTC
durability: process
models: {m: {provider: p, per_call: 0.01}}
budgets: [{name: day, limit: 5 USD, per: day}]
runs:
  - {name: every outcome, kind: pytest, cwd: every_outcome}
  - {name: uncaptured, kind: pytest, cwd: every_outcome, args: [-s, --color=yes]}
  - {name: abort, kind: pytest, cwd: abort}
  - {name: early exit, kind: pytest, cwd: early_exit}
  - {name: hang, kind: pytest, cwd: hang, time_limit: 2s}
  - {name: hang for ever, kind: pytest, cwd: hang}
  - {name: spend, kind: workload, args: [spend.py], budget: 0.05 USD, env: {ROUNDS: "3"}}
  - {name: fail, kind: workload, args: [-c, "raise SystemExit(3)"]}
  - {name: speak, kind: workload, args: [-c, "print('spoken')"]}
  - {name: nowhere, kind: pytest, cwd: missing}
  - {name: no python, kind: workload, args: [x.py], python: no-such-python-anywhere}
  - {name: stray, kind: workload, args: [stray.py], time_limit: 1s}
"""

# Grandchildren make the calls: three processes with four calls each.
SPEND = """
import os, subprocess, sys
from decimal import Decimal
from budgetmon import BudgetExceededError, LRUCache, UsageTracker

if len(sys.argv) == 1:
    for _ in range(int(os.environ["ROUNDS"])):
        subprocess.run([sys.executable, __file__, "child"], check=True)
else:
    with UsageTracker() as tracker:
        cache = LRUCache(max_size=5, name="c", tracker=tracker)
        cache.set("a", 1)
        assert cache.get("a") == 1
        for _ in range(4):
            try:
                with tracker.call("m") as call:
                    call.settle(cost=Decimal("0.01"))
            except BudgetExceededError:
                pass
"""

# A grandchild that left the process group and holds the output.
STRAY = """
import pathlib, subprocess, sys, time
code = "import time; print('up', flush=True); time.sleep(600)"
child = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
pathlib.Path("stray.txt").write_text(str(child.pid))
time.sleep(600)
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a config, its projects, and the environment of an operator who works in it."""
    for variable in ("BUDGETMON_CONFIG", "BUDGETMON_DB", "BUDGETMON_RUN"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    folder = tmp_path / "desk"
    shutil.copytree(SAMPLES, folder)
    (folder / "budget.yaml").write_text(CONFIG)
    (folder / "spend.py").write_text(SPEND)
    (folder / "stray.py").write_text(STRAY)
    return folder


def budgetmon(desk: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "budgetmon", "run", *args]
    return subprocess.run(command, cwd=desk, capture_output=True, text=True, timeout=60, check=False)


def run(desk: Path, *args: str, code: int) -> dict[str, Any]:
    done = budgetmon(desk, "start", *args, "--json")
    assert done.returncode == code, done.stderr
    row: dict[str, Any] = json.loads(done.stdout)["run"]
    assert verify(desk / "ledger.db").holds
    return row


def results(desk: Path, number: int) -> dict[str, dict[str, Any]]:
    shown = json.loads(budgetmon(desk, "show", str(number), "--json").stdout)
    return {result["test"]: result for result in shown["results"]}


def waited_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return text[text.rindex(")") + 2] not in "ZX"


def test_that_every_outcome_is_in_the_ledger_as_what_it_is(desk: Path) -> None:
    row = run(desk, "every outcome", code=1)

    assert (row["kind"], row["status"], row["exit_code"], row["total"]) == ("pytest", "failed", 1, 28)
    assert row["counts"] == {"passed": 14, "failed": 8, "error": 3, "skipped": 2, "xfailed": 2, "xpassed": 1}
    assert (row["calls"], row["cost"], row["hit_rate"]) == (0, "0", None)
    found = results(desk, row["id"])
    phases = {test: found[f"check_outcomes.py::{test}"]["phase"] for test in ("test_fails", "test_error_at_setup")}
    assert phases == {"test_fails": "call", "test_error_at_setup": "setup"}
    assert found["check_outcomes.py::test_error_at_teardown"]["phase"] == "teardown"
    assert found["check_broken_import.py"]["phase"] == found["check_skips_itself.py"]["phase"] == "collect"
    assert "assert (1 + 1) == 3" in found["check_outcomes.py::test_fails"]["longrepr"]
    assert len(found["check_noisy.py::test_prints_four_megabytes"]["longrepr"]) < 20_000


def test_that_the_output_is_whole_on_disk(desk: Path) -> None:
    row = run(desk, "uncaptured", code=1)

    output = (Path(row["files"]) / "output.txt").read_bytes()
    assert b"before \xff\xfe\x80 after" in output
    assert output.count(b"x" * 1023) >= 4096
    assert b"y" * 300_000 in output
    assert b"\x1b[31m" in output
    assert row["counts"]["failed"] == 8


@pytest.mark.parametrize(("name", "code"), [("abort", -signal.SIGABRT), ("early exit", 0)])
def test_that_a_run_without_its_closing_report_has_crashed_whatever_its_exit_code(desk: Path, name: str, code: int) -> None:
    row = run(desk, name, code=1)

    assert (row["status"], row["exit_code"]) == ("crashed", code)
    assert row["counts"] == {"passed": 1, "crashed": 1}
    assert "in the middle of the run" in row["detail"]


def test_that_a_hang_ends_at_its_time_limit_with_its_grandchild(desk: Path) -> None:
    row = run(desk, "hang", code=1)

    assert (row["status"], row["counts"]) == ("timed out", {"passed": 1})
    assert 2_000 <= row["took_ms"] < 12_000
    assert not is_alive(int((desk / "hang" / "grandchild.txt").read_text()))


def test_that_a_grandchild_in_a_session_of_its_own_ends_too(desk: Path) -> None:
    row = run(desk, "stray", code=1)

    assert row["status"] == "timed out"
    assert not is_alive(int((desk / "stray.txt").read_text()))


def test_that_the_budget_of_a_run_holds_for_its_grandchildren(desk: Path) -> None:
    first = run(desk, "spend", code=0)
    second = run(desk, "spend", code=0)

    for row in (first, second):
        assert (row["status"], row["calls"], row["cost"], row["refused"]) == ("passed", 5, "0.05", 7)
        assert (row["cache_hits"], row["cache_misses"], row["hit_rate"]) == (3, 0, 1.0)
    status = subprocess.run(
        [sys.executable, "-m", "budgetmon", "status", "--json"], cwd=desk, capture_output=True, check=True, timeout=60
    )
    budgets = {budget["name"]: budget["spent"] for budget in json.loads(status.stdout)["budgets"]}
    assert budgets == {"day": "0.1"}


def test_that_a_workload_is_judged_by_its_exit_code(desk: Path) -> None:
    row = run(desk, "fail", code=1)

    assert (row["status"], row["exit_code"]) == ("failed", 3)
    assert row["detail"] == "It ended with exit code 3: see its output."


@pytest.mark.parametrize(
    ("name", "words"), [("nowhere", "missing is not a folder"), ("no python", "no 'no-such-python-anywhere' on PATH")]
)
def test_that_a_run_that_cannot_start_says_why(desk: Path, name: str, words: str) -> None:
    row = run(desk, name, code=1)

    assert row["status"] == "error"
    assert words in row["detail"]


def test_that_an_unknown_profile_is_wrong_usage(desk: Path) -> None:
    done = budgetmon(desk, "start", "nope")

    assert done.returncode == 2
    assert "no run named 'nope'" in done.stderr


def test_that_a_folder_runs_without_a_profile_and_only_what_is_asked_for(desk: Path) -> None:
    only = desk / "only.json"
    only.write_text(json.dumps(["check_outcomes.py::test_passes"]))

    row = run(desk, "--folder", "every_outcome", "--only", str(only), code=0)

    assert (row["profile"], row["status"], row["counts"]) == ("every_outcome", "passed", {"passed": 1})


def test_that_a_detached_run_is_listed_and_can_be_cancelled(desk: Path) -> None:
    begun = json.loads(budgetmon(desk, "start", "hang for ever", "--detach", "--json").stdout)
    grandchild = desk / "hang" / "grandchild.txt"
    waited_for(lambda: grandchild.exists() and grandchild.read_text())
    listed = json.loads(budgetmon(desk, "list", "--json").stdout)

    assert [(run["id"], run["status"]) for run in listed["runs"]] == [(begun["id"], "running")]
    assert [profile["name"] for profile in listed["profiles"]][:2] == ["every outcome", "uncaptured"]
    assert budgetmon(desk, "cancel", str(begun["id"])).returncode == 0
    waited_for(lambda: not is_alive(begun["pid"]))
    assert not is_alive(int(grandchild.read_text()))
    (row,) = json.loads(budgetmon(desk, "list", "--json").stdout)["runs"]
    assert (row["status"], row["counts"]) == ("cancelled", {"passed": 1})
    assert budgetmon(desk, "cancel", str(begun["id"])).returncode == 1


def test_that_a_run_whose_runner_was_killed_has_crashed(desk: Path) -> None:
    begun = json.loads(budgetmon(desk, "start", "hang for ever", "--detach", "--json").stdout)
    waited_for((desk / "hang" / "grandchild.txt").exists)
    left_behind = descendants(begun["pid"])

    os.kill(begun["pid"], signal.SIGKILL)
    waited_for(lambda: not is_alive(begun["pid"]))

    (row,) = json.loads(budgetmon(desk, "list", "--json").stdout)["runs"]
    assert (row["status"], row["detail"]) == ("crashed", "Its runner died before it ended.")
    for pid in left_behind:
        os.kill(pid, signal.SIGKILL)


def test_that_a_new_ledger_in_the_place_of_another_starts_its_runs_beside_what_that_left(desk: Path) -> None:
    first = Path(run(desk, "speak", code=0)["files"])
    for file in desk.glob("ledger.db*"):
        if file.is_file():
            file.unlink()
    second = Path(run(desk, "speak", code=0)["files"])
    assert second == first
    assert [(folder / "output.txt").read_text() for folder in first.parent.iterdir()] == ["spoken\n"] * 2


def test_that_the_copy_of_a_ledger_leaves_the_files_of_its_runs_to_the_first(desk: Path) -> None:
    files = Path(run(desk, "speak", code=0)["files"])
    shutil.copyfile(desk / "ledger.db", desk / "copy.db")
    ledger = SqliteLedger(desk / "copy.db", zone="UTC", power_safe=False)
    book = RunBook(ledger)
    for _ in range(KEPT_RUNS):
        order = RunOrder("speak", RunKind.WORKLOAD, str(desk), (), str(desk / "copy.db.runs"))
        book.finish(book.begin(order).id, RunEnd(RunStatus.PASSED))
    ledger.close()
    assert budgetmon(desk, "start", "speak", "--db", "copy.db").returncode == 0
    assert (files / "output.txt").read_text() == "spoken\n"
