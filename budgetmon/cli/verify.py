"""``budgetmon verify``: proves the books of a ledger."""

from __future__ import annotations

import typer

from budgetmon.cli.options import ConfigOption, DatabaseOption, JsonOption
from budgetmon.cli.output import console, print_json
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.ledger.verify import verify as verify_ledger


def verify(config: ConfigOption = None, db: DatabaseOption = None, json: JsonOption = False) -> None:
    """Recompute every counter from the journal, read-only. Exit code 1 when anything differs."""
    path = config_in_force(config, db).database
    verdict = verify_ledger(path)
    if json:
        breaches = [{"where": b.where, "stored": b.stored, "computed": b.computed} for b in verdict.breaches]
        print_json(
            {
                "schema": 1,
                "ledger": str(path),
                "holds": verdict.holds,
                "calls": verdict.calls,
                "refusals": verdict.refusals,
                "counters": verdict.counters,
                "breaches": breaches,
            }
        )
    else:
        out = console()
        for breach in verdict.breaches:
            out.print(f"[red]breach[/red] {breach}")
        checked = f"{verdict.calls:,} calls, {verdict.refusals:,} refusals, {verdict.counters:,} counters"
        out.print(f"[green]The books add up[/green]: {checked}." if verdict.holds else f"Checked {checked}.")
    if not verdict.holds:
        raise typer.Exit(1)
