"""The audit's report as Markdown."""

from __future__ import annotations

from budgetmon.runs.audit.claims import Result, Verdict
from budgetmon.runs.audit.report import AuditReport

_MARKS = {Verdict.PASS: "✓ pass", Verdict.FAIL: "✗ **fail**", Verdict.NOT_POSSIBLE: "not possible here"}


def markdown(report: AuditReport) -> str:
    """The whole report: summary, table of claims with figures, and what failed."""
    lines = ["# budgetmon audit", "", f"**{report.headline}**", ""]
    lines += [f"- {name}: {text}" for name, text in report.facts]
    lines += ["", "| claim | verdict | measured |", "|---|---|---|"]
    lines += [_row(result) for result in report.results]
    lines += ["", "## What was done", ""]
    for result in report.results:
        lines += _section(result)
    return "\n".join(lines) + "\n"


def _row(result: Result) -> str:
    figures = "<br>".join(f"{_cell(figure.name)}: {_cell(figure.value)}" for figure in result.figures)
    return f"| {_cell(result.claim.claimed)} | {_MARKS[result.verdict]} | {figures} |"


def _section(result: Result) -> list[str]:
    lines = [f"### {result.claim.title}: {result.verdict.value}", "", result.claim.claimed]
    if result.did:
        lines += ["", f"Done, in {result.seconds:.1f} s: {result.did}"]
    if result.detail:
        lines += ["", "```text", result.detail, "```"]
    return [*lines, ""]


def _cell(text: str) -> str:
    """A text that cannot end its cell."""
    return text.replace("|", "\\|").replace("\n", " ")
