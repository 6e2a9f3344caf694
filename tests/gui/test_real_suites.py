"""The test suites that two real packages ship, run from the panel in their own environment: counted as pytest counts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from budgetmon.gui.panels.runs_panel import RunsPanel
from budgetmon.gui.process.command import Place
from budgetmon.gui.theme.themer import Themer

PACKAGES = ("cachetools", "humanize")
FETCH_SECONDS = 40
RUN_MS = 60_000


def run_quietly(*command: str | Path, cwd: Path, seconds: float) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "BUDGETMON_"))}
    return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, timeout=seconds, check=False)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the packages' sources, an environment with them and pytest, and a config that runs their tests."""
    folder = tmp_path_factory.mktemp("suites")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "-q", "--retries", "1", "--timeout", "10")
    try:
        fetched = run_quietly(
            *pip, "download", "--no-binary", ",".join(PACKAGES), "--no-deps", "-d", folder, *PACKAGES,
            cwd=folder, seconds=FETCH_SECONDS,
        )  # fmt: skip
        if fetched.returncode:
            pytest.skip(f"the packages cannot be downloaded here: {fetched.stderr.strip().splitlines()[-1:]}")
        run_quietly(sys.executable, "-m", "venv", "--without-pip", "venv", cwd=folder, seconds=FETCH_SECONDS)
        python = folder / "venv" / "bin" / "python"
        installed = run_quietly(
            *pip, "--python", python, "install", "pytest", "freezegun", *map(str, folder.glob("*.tar.gz")),
            cwd=folder, seconds=FETCH_SECONDS,
        )  # fmt: skip
        if installed.returncode:
            pytest.skip(f"the packages cannot be installed here: {installed.stderr.strip().splitlines()[-1:]}")
    except subprocess.TimeoutExpired:
        pytest.skip("the packages cannot be fetched here in time")
    profiles = []
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        source = archive.name.removesuffix(".tar.gz")
        profiles.append(
            f"  - {{name: {source.partition('-')[0]}, kind: pytest, cwd: {source}, python: ./venv, time_limit: 50s}}"
        )
    (folder / "budget.yaml").write_text("\n".join(["database: ledger.db", "runs:", *profiles]))
    return folder


def plain_counts(desk: Path, package: str) -> Counter[str]:
    """What pytest says by itself, in our words; subtests that pass are no tests of their own to us."""
    (source,) = (path for path in desk.glob(f"{package}-*") if path.is_dir())
    ended = run_quietly(desk / "venv" / "bin" / "python", "-m", "pytest", "-q", cwd=source, seconds=60)
    words = {"errors": "error"}
    found = re.findall(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)", ended.stdout.splitlines()[-1])
    return Counter({words.get(word, word): int(number) for number, word in found})


@pytest.mark.timeout(180)
@pytest.mark.parametrize("package", PACKAGES)
def test_that_a_real_suite_has_the_counts_that_pytest_gives_it(
    qtbot: QtBot, themer: Themer, desk: Path, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "PYTEST_ADDOPTS", "BUDGETMON_CONFIG", "BUDGETMON_DB", "BUDGETMON_RUN"):
        monkeypatch.delenv(variable, raising=False)
    panel = RunsPanel(themer)
    qtbot.addWidget(panel)
    panel.use(Place(desk / "ledger.db", desk / "budget.yaml"))

    with qtbot.waitSignal(panel.run_finished, timeout=RUN_MS):
        panel.start_profile(package)
    panel.shutdown()

    expected = plain_counts(desk, package)
    assert expected["passed"] > 100
    assert {outcome.value: count for outcome, count in panel.state.counts.items()} == expected
    assert panel.state.done == panel.state.total
