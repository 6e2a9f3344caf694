"""One SQLite library: nothing but apsw ever opens a ledger's database, log or index.

Closing any other descriptor of one of these files drops SQLite's locks, and acknowledged commits vanish.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import apsw

# Runs in a process of its own: an audit hook can never be taken off again.
WATCHED = """\
import json, os, sys
opened, connected = set(), []

def watch(event, arguments):
    if event in ("open", "os.open") and isinstance(arguments[0], (str, bytes)):
        opened.add(os.path.realpath(os.fsdecode(arguments[0])))
    elif event in ("open", "os.open") and hasattr(arguments[0], "__fspath__"):
        opened.add(os.path.realpath(os.fsdecode(os.fspath(arguments[0]))))
    elif event.startswith("sqlite3."):
        connected.append(event)

sys.addaudithook(watch)

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from budgetmon import BudgetExceededError, LRUCache, Usage, UsageTracker
from budgetmon.core.ledger.verify import verify
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask

config = Path(sys.argv[1])
for _ in range(2):
    with UsageTracker(config) as tracker, LedgerReader(tracker.db_path) as reader:
        cache = LRUCache(4, name="c", tracker=tracker)
        cache.get_or_load(1, lambda: 1)
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(lambda _: tracker.record("m", Usage(input_tokens=3), tag="AAPL"), range(30)))
        with tracker.call("m") as call:
            reader.poll(Ask())
            call.settle(Usage())
        with tracker.call("m"):
            pass
        try:
            with tracker.call("m", estimate=Usage(calls=10_000)):
                pass
        except BudgetExceededError:
            pass
        tracker.get_usage_summary()
        tracker.can_make_call("m")
        reader.poll(Ask())
        child = os.fork()
        if child == 0:
            tracker.record("m")
            reader.close()
            code = 1 if any(name.endswith((".db", ".db-wal", ".db-shm")) for name in opened) else 0
            os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        reader.snapshot()
    assert verify(tracker.db_path).holds
print(json.dumps({
    "opened": sorted(Path(name).name for name in opened if Path(name).parent == config.parent),
    "connected": connected,
    "sqlite3": "sqlite3" in sys.modules or "_sqlite3" in sys.modules,
}))
"""

EVERY_MODULE = """\
import importlib, pkgutil, sys
import budgetmon.core, budgetmon.monitor
for package in (budgetmon.core, budgetmon.monitor):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
print([name for name in ("sqlite3", "_sqlite3", "PySide6", "numpy", "pyqtgraph") if name in sys.modules])
"""

CONFIG = """\
database: ledger.db
models: {m: {provider: p, per_call: 0.01, input_per_mtok: 1}}
budgets: [{name: b, limit: 1000 calls, per: day}]
"""


def run(program: str, *arguments: str) -> str:
    child = subprocess.run(
        [sys.executable, "-W", "ignore::DeprecationWarning", "-c", program, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    return child.stdout


def test_that_nothing_but_apsw_opens_a_ledgers_files(ledger_folder: Path) -> None:
    config = ledger_folder / "budget.yaml"
    config.write_text(CONFIG)
    seen = json.loads(run(WATCHED, str(config)))
    # The side files are there so that locks need not touch the database; that they appear proves that the watch works.
    assert set(seen["opened"]) == {"budget.yaml", "ledger.db-alive", "ledger.db-gate"}
    assert seen["connected"] == []
    assert seen["sqlite3"] is False


def test_that_no_module_of_core_or_monitor_brings_another_library() -> None:
    assert run(EVERY_MODULE).strip() == "[]"


def test_that_the_engine_is_one_without_the_bug_that_corrupts_a_log() -> None:
    assert tuple(map(int, apsw.sqlite_lib_version().split("."))) >= (3, 51, 3)
