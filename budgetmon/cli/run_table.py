"""Runs as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from budgetmon.cli.output import titled_table
from budgetmon.core.config.values import Config
from budgetmon.core.rules.money import display_usd
from budgetmon.core.rules.runs import RunResult, RunStatus
from budgetmon.monitor.snapshot import RunRow
from budgetmon.runs.comparison import Comparison

_STYLES = {RunStatus.PASSED: "green", RunStatus.RUNNING: "cyan"}
_BAD = ("failed", "error", "crashed")
_FAILURES_SHOWN = 20
_MESSAGE = 200
_DASH = "–"  # noqa: RUF001  # an en dash is what stands for nothing to say


def counts_text(counts: Iterable[tuple[str, int]]) -> str:
    """``"14 passed, 8 failed"``."""
    return ", ".join(f"{count:,} {outcome}" for outcome, count in counts if count)


def print_runs(console: Console, settings: Config, runs: Sequence[RunRow]) -> None:
    """The profiles, and the newest runs with what each cost."""
    if not settings.runs and not runs:
        console.print("No profiles and no runs yet: add profiles under 'runs' in budget.yaml.")
    if settings.runs:
        profiles = titled_table("Profiles", "name", "kind", "folder", "budget")
        for one in settings.runs:
            budget = _DASH if one.budget is None else display_usd(one.budget)
            profiles.add_row(one.name, one.kind.value, str(one.cwd), budget)
        console.print(profiles)
    if runs:
        shown = titled_table(
            "Runs", "run", "name", "state", "started", "took", "results", "calls", "refused", "cost", "hit rate"
        )
        for run in runs:
            started = datetime.fromtimestamp(run.started_at / 1000, ZoneInfo(settings.zone))
            shown.add_row(
                str(run.id),
                Text(run.name),
                _status(run),
                f"{started:%Y-%m-%d %H:%M:%S}",
                _took(run),
                counts_text(run.counts) or _DASH,
                f"{run.calls:,}",
                f"{run.refused:,}",
                display_usd(run.cost),
                _DASH if run.hit_rate is None else f"{100 * run.hit_rate:.1f} %",
            )
        console.print(shown)


def print_run(console: Console, run: RunRow, results: Sequence[RunResult]) -> None:
    """One run, and what went wrong in it."""
    bad = [result for result in results if result.outcome in _BAD]
    for result in bad[:_FAILURES_SHOWN]:
        place = result.file if result.line is None else f"{result.file}:{result.line}"
        console.print(Text.assemble((result.outcome, "red"), f" {result.test}  {result.message[:_MESSAGE]}  ", (place, "dim")))
    if len(bad) > _FAILURES_SHOWN:
        console.print(f"and {len(bad) - _FAILURES_SHOWN:,} more")
    counts = counts_text(run.counts) or "no results"
    spent = f"{run.calls:,} calls, {display_usd(run.cost)}, {run.refused:,} refused"
    rate = "" if run.hit_rate is None else f", cache hit rate {100 * run.hit_rate:.1f} %"
    console.print(Text.assemble((f"{run.name}: ", "bold"), _status(run), f" in {_took(run)}: {counts}; {spent}{rate}"))
    if run.detail:
        console.print(Text(run.detail))
    if run.files:
        console.print(Text(f"output: {run.files}/output.txt", style="dim"))


def print_comparison(console: Console, run: RunRow, before: RunRow | None, comparison: Comparison) -> None:
    """What a run did differently from an earlier one."""
    if before is None:
        console.print(f"{run.name}: there is no earlier run of it to compare with.")
        return
    console.print(
        Text(f"{run.name} beside {before.name}: {comparison.added} tests added, {comparison.gone} gone", style="bold")
    )
    for title, style, changes in (
        ("newly failing", "red", comparison.newly_failing),
        ("newly passing", "green", comparison.newly_passing),
        ("slower", "yellow", comparison.slower),
    ):
        for change in changes:
            times = f"  {change.seconds_before:.2f} s to {change.seconds_after:.2f} s" if title == "slower" else ""
            console.print(Text.assemble((title, style), f" {change.test}{times}"))
    if not (comparison.newly_failing or comparison.newly_passing or comparison.slower):
        console.print("No test changed.")


def _status(run: RunRow) -> Text:
    if run.status is None:
        return Text(_DASH)
    return Text(run.status.value, style=_STYLES.get(run.status, "red"))


def _took(run: RunRow) -> str:
    return _DASH if run.took_ms is None else f"{run.took_ms / 1000:,.1f} s"
