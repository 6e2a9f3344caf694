"""``budgetmon pause``, ``resume`` and ``resolve``: what an operator orders, honoured by every running worker."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from budgetmon.cli.options import ConfigOption, DatabaseOption
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.ledger.opening import opened
from budgetmon.core.rules.calls import CallState
from budgetmon.core.rules.doubts import InDoubt

ProviderArgument = Annotated[str, typer.Argument(help="Provider, by the name that the config and the app show.")]


class Verdict(StrEnum):
    """What becomes of a call in doubt."""

    CHARGE = "charge"
    RELEASE = "release"


def pause(provider: ProviderArgument, config: ConfigOption = None, db: DatabaseOption = None) -> None:
    """Turn every new call to a provider away until it is resumed. Calls under way end as they will."""
    with opened(config_in_force(config, db)) as ledger:
        changed = ledger.pause(provider)
    typer.echo(f"{provider} is paused" if changed else f"{provider} was paused already")


def resume(provider: ProviderArgument, config: ConfigOption = None, db: DatabaseOption = None) -> None:
    """Let calls to a paused provider go ahead again."""
    with opened(config_in_force(config, db)) as ledger:
        changed = ledger.resume(provider)
    typer.echo(f"{provider} goes on" if changed else f"{provider} was not paused")


def resolve(
    call: Annotated[int, typer.Argument(help="Number of the call, as status and the app show it.")],
    verdict: Annotated[Verdict, typer.Argument(help="charge what was held, or release it.")],
    config: ConfigOption = None,
    db: DatabaseOption = None,
) -> None:
    """Say what became of a call in doubt. Exit code 1 when it is not in doubt."""
    with opened(config_in_force(config, db)) as ledger:
        before = ledger.resolve(call, InDoubt(verdict))
    if before is CallState.IN_DOUBT:
        typer.echo(f"call {call} is {'charged' if verdict is Verdict.CHARGE else 'released'}")
        return
    problem = f"there is no call {call}" if before is None else f"call {call} is {before.word}, not in doubt"
    typer.echo(f"budgetmon: {problem}; `budgetmon status --in-doubt` lists those that are", err=True)
    raise typer.Exit(1)
