"""Measures and prints; asserts nothing about time. ``pytest tests/benchmarks -m benchmark -s`` shows the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetmon.cli.bench import open_poller, show
from budgetmon.runs.bench.scale import FULL, QUICK
from budgetmon.runs.bench.suite import SUBJECTS, run

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(3_600)]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_that_the_core_can_be_measured(subject: str, full: bool, tmp_path: Path) -> None:
    reports = list(run([subject], FULL if full else QUICK, open_poller, folder=tmp_path))
    for report in reports:
        show(report)
    assert [report.subject for report in reports] == [subject]
    assert not list(tmp_path.iterdir())
