"""Findings beside their goals, and the document that other programs read."""

from __future__ import annotations

import json

from budgetmon.cli.bench import document
from budgetmon.runs.bench.results import Finding, Machine, Report, at_least, at_most
from budgetmon.runs.bench.scale import QUICK

MACHINE = Machine(cores=2, load=0.5, system="Linux", python="3.11.7", budgetmon="0.1.0")


def test_that_a_goal_is_met_at_its_limit() -> None:
    assert Finding("floor", 0.7, goal=at_least(0.7)).met
    assert Finding("wait", 20.0, "ms", at_most(20)).met
    assert Finding("floor", 0.699, goal=at_least(0.7)).met is False
    assert Finding("wait", 20.1, "ms", at_most(20)).met is False


def test_that_a_figure_without_a_goal_is_neither_met_nor_missed() -> None:
    assert Finding("pairs", 100.0).met is None


def test_that_the_document_is_json_and_names_goal_and_verdict() -> None:
    report = Report("hold", "Hold", (Finding("floor", 0.75, goal=at_least(0.7)), Finding("pair", 200.0, "µs")), ("quiet",))
    read = json.loads(json.dumps(document(MACHINE, QUICK, [report])))
    assert (read["schema"], read["scale"], read["machine"]["cores"]) == (1, "quick", 2)
    assert read["subjects"] == [
        {
            "name": "hold",
            "title": "Hold",
            "findings": [
                {"name": "floor", "value": 0.75, "unit": "", "goal": {"better": ">=", "limit": 0.7}, "met": True},
                {"name": "pair", "value": 200.0, "unit": "µs", "goal": None, "met": None},
            ],
            "notes": ["quiet"],
        }
    ]
