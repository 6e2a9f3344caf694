"""Where config and ledger are found: options, then environment, then this folder, then the platform's folders."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from budgetmon.core.config import locate


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("BUDGETMON_CONFIG", "BUDGETMON_DB"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return tmp_path


def test_that_without_any_there_is_none() -> None:
    assert locate.find_config() is None
    assert locate.find_database_override() is None


def test_that_each_place_gives_way_to_the_one_before(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    general = bare / "XDG_CONFIG_HOME" / "budgetmon" / "budget.yaml"
    general.parent.mkdir(parents=True)
    general.touch()
    assert locate.find_config() == general
    Path("budget.yaml").touch()
    assert locate.find_config() == Path("budget.yaml")
    monkeypatch.setenv("BUDGETMON_CONFIG", "/somewhere/named.yaml")
    assert locate.find_config() == Path("/somewhere/named.yaml")
    assert locate.find_config(Path("option.yaml")) == Path("option.yaml")


def test_that_a_ledger_is_named_by_option_then_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDGETMON_DB", "/somewhere/ledger.db")
    assert locate.find_database_override() == Path("/somewhere/ledger.db")
    assert locate.find_database_override(Path("mine.db")) == Path("mine.db")


def test_that_the_last_resort_is_the_platforms_data_folder(bare: Path) -> None:
    assert locate.default_database() == bare / "XDG_DATA_HOME" / "budgetmon" / "ledger.db"


@pytest.mark.parametrize(("variable", "zone"), [("Asia/Kathmandu", "Asia/Kathmandu"), ("UTC", "UTC")])
def test_that_the_machines_zone_is_an_iana_name(variable: str, zone: str) -> None:
    program = "from budgetmon.core.config.locate import machine_zone; print(machine_zone())"
    environment = {**os.environ, "TZ": variable}
    child = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    assert child.stdout.strip() == zone
