"""What a run profile says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from budgetmon.core.config.loader import config_from_text
from budgetmon.core.config.values import RunConfig
from budgetmon.core.rules.runs import RunKind

PROFILES = """
runs:
  - name: nightly
    kind: workload
    cwd: jobs
    args: [nightly.py, --all]
    env: {REGION: eu, EMPTY: }
    python: .venv/bin/python
    time_limit: 90m
    budget: 0.50 USD
  - {name: audit, kind: audit}
  - {name: own, kind: pytest, python: .venv}
  - {name: by name, kind: pytest, python: python3.12, cwd: ~/project}
"""


def test_that_every_part_of_a_profile_is_kept() -> None:
    nightly = config_from_text(PROFILES, Path("/srv/desk/budget.yaml")).runs[0]

    assert nightly == RunConfig(
        name="nightly",
        kind=RunKind.WORKLOAD,
        cwd=Path("/srv/desk/jobs"),
        args=("nightly.py", "--all"),
        budget=500_000_000,
        env={"REGION": "eu", "EMPTY": ""},
        python="/srv/desk/.venv/bin/python",
        time_limit=timedelta(minutes=90),
    )


def test_that_what_is_left_out_has_a_default() -> None:
    _, audit, own, by_name = config_from_text(PROFILES, Path("/srv/desk/budget.yaml")).runs

    assert audit == RunConfig("audit", RunKind.AUDIT, Path("/srv/desk"))
    assert own.python == "/srv/desk/.venv"
    assert by_name.python == "python3.12"  # looked for on PATH, when the run starts
    assert by_name.cwd == Path.home() / "project"
