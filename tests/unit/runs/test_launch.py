"""What a profile is started as."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from budgetmon.core.config.loader import default_config
from budgetmon.core.config.values import Config, RunConfig
from budgetmon.core.rules.runs import RunKind
from budgetmon.runs.launch import ProfileError, command_of
from budgetmon.runs.pytest_command import RunCommand


def command(profile: RunConfig, tmp_path: Path, config: Config | None = None, **environ: str) -> RunCommand:
    return command_of(profile, "it #1", tmp_path, config or default_config(tmp_path / "l.db"), environ=environ)


def environment(tmp_path: Path) -> Path:
    """A folder like a virtual environment's."""
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    return python


def test_that_the_audit_is_our_own_program_and_reports_events(tmp_path: Path) -> None:
    made = command(RunConfig("a", RunKind.AUDIT, tmp_path, ("--quick",)), tmp_path)

    assert made.argv == (sys.executable, "-m", "budgetmon", "audit", "--quick")
    assert made.env["BUDGETMON_EVENTS"] == str(made.events_path)


def test_that_every_call_of_a_run_is_attributed_and_finds_the_config(tmp_path: Path) -> None:
    config = Config(database=tmp_path / "l.db", zone="UTC", path=tmp_path / "budget.yaml")
    profile = RunConfig("w", RunKind.WORKLOAD, tmp_path, ("x.py",), env={"A": "mine"})

    made = command(profile, tmp_path, config, A="inherited", B="kept")

    assert made.argv == (sys.executable, "x.py")
    assert made.env["BUDGETMON_RUN"] == "it #1"
    assert made.env["BUDGETMON_CONFIG"] == str(tmp_path / "budget.yaml")
    assert (made.env["A"], made.env["B"]) == ("mine", "kept")
    assert "BUDGETMON_DB" not in made.env


@pytest.mark.parametrize("kind", [RunKind.PYTEST, RunKind.WORKLOAD])
def test_that_an_interpreter_is_a_path_or_an_environment(tmp_path: Path, kind: RunKind) -> None:
    python = environment(tmp_path)

    for named in (python, tmp_path / "venv"):
        made = command(RunConfig("x", kind, tmp_path, ("y",), python=str(named)), tmp_path)
        assert made.argv[0] == str(python)  # not resolved: the link is what makes it the environment's


def test_that_an_interpreter_without_a_slash_is_looked_for_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(environment(tmp_path).parent))

    assert command(RunConfig("x", RunKind.WORKLOAD, tmp_path, ("y",), python="python"), tmp_path).argv[0].endswith("/python")
    with pytest.raises(ProfileError, match="no 'python9' on PATH"):
        command(RunConfig("x", RunKind.WORKLOAD, tmp_path, ("y",), python="python9"), tmp_path)
    with pytest.raises(ProfileError, match="no interpreter"):
        command(RunConfig("x", RunKind.WORKLOAD, tmp_path, ("y",), python=f"{tmp_path}/none"), tmp_path)
