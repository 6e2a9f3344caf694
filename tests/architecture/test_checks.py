"""The checks that every change must pass: style, types, layers. Part of the tests, so that one command proves everything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

CHECKS = {
    "ruff finds nothing": ["-m", "ruff", "check", "--no-cache", "."],
    "ruff would format nothing": ["-m", "ruff", "format", "--no-cache", "--check", "."],
    "mypy finds nothing": ["-m", "mypy"],
    "imports point one way": ["-c", "from importlinter.cli import lint_imports_command as c; c(['--no-cache'])"],
}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("check", CHECKS)
def test_that(check: str) -> None:
    finished = subprocess.run([sys.executable, *CHECKS[check]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, f"{finished.stdout}\n{finished.stderr}"
