"""``budgetmon replay``: a recorded trace through real workers."""

from __future__ import annotations

import time
from dataclasses import replace as changed
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from budgetmon.cli.caps import capped
from budgetmon.cli.options import ConfigOption, DatabaseOption, JsonOption
from budgetmon.cli.output import console, print_json, progress_console
from budgetmon.cli.status_table import print_status
from budgetmon.core.config.loader import config_in_force
from budgetmon.core.config.quantities import parse_per_million
from budgetmon.core.config.values import Config, Durability, ModelConfig
from budgetmon.core.rules.prices import Rates
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask
from budgetmon.workloads.crew import Crew
from budgetmon.workloads.replay import HITS, PAID, REFUSED, STEPS, ReplayPlan, replay_crew
from budgetmon.workloads.trace import AZURE, TraceColumns

REPLAY_PROVIDER = "replay"
REPLAY_MODEL = "replay-model"


def replay(
    trace: Annotated[Path, typer.Argument(help="CSV with one call a line, such as the Azure LLM inference trace.")],
    config: ConfigOption = None,
    db: DatabaseOption = None,
    workers: Annotated[int, typer.Option(min=1, max=256, help="Worker processes.")] = 4,
    speed: Annotated[str, typer.Option(help="A multiple of recorded time, or max.")] = "max",
    model: Annotated[str, typer.Option(help="Model of calls that name none.")] = REPLAY_MODEL,
    input_price: Annotated[
        str | None, typer.Option(help="USD per million input tokens of --model.", show_default="its price, or 3")
    ] = None,
    output_price: Annotated[
        str | None, typer.Option(help="USD per million output tokens of --model.", show_default="its price, or 15")
    ] = None,
    budget: Annotated[str | None, typer.Option(help="A limit for this replay alone, such as '20 USD'.")] = None,
    durability: Annotated[Durability | None, typer.Option(help="Instead of the config's.")] = None,
    keys: Annotated[Path | None, typer.Option(help="Trace of cache keys: ask a cache first, pay on a miss.")] = None,
    cache_size: Annotated[int, typer.Option(min=1, help="Entries of that cache, in each worker.")] = 1000,
    time_column: Annotated[str, typer.Option(help="Column with the time of a call.")] = AZURE.at,
    input_column: Annotated[str, typer.Option(help="Column with its input tokens.")] = AZURE.input_tokens,
    output_column: Annotated[str, typer.Option(help="Column with its output tokens.")] = AZURE.output_tokens,
    model_column: Annotated[str | None, typer.Option(help="Column with its model.")] = None,
    tag_column: Annotated[str | None, typer.Option(help="Column with its tag.")] = None,
    json: JsonOption = False,
) -> None:
    """Play a recorded trace of LLM calls through worker processes that spend under one budget."""
    settings = config_in_force(config, db)
    if durability:
        settings = changed(settings, durability=durability)
    settings = _priced(settings, model, input_price, output_price)
    plan = ReplayPlan(
        trace=trace,
        config=settings,
        model=model,
        workers=workers,
        speed=_speed(speed),
        columns=TraceColumns(time_column, input_column, output_column, model_column, tag_column),
        keys=keys,
        cache_size=cache_size,
    )
    total = plan.total()
    crew = replay_crew(plan)
    began = time.monotonic()
    with capped(settings, budget, "replay"):
        endings = _watch(crew, total)
    _report(crew, time.monotonic() - began, settings.database, json=json)
    for ending in endings:
        typer.echo(f"budgetmon: {ending}", err=True)
    if endings:
        raise typer.Exit(1)


def _priced(settings: Config, model: str, input_price: str | None, output_price: str | None) -> Config:
    if input_price is None and output_price is None and (model != REPLAY_MODEL or model in settings.models):
        return settings
    rates = Rates(
        input=_price(input_price or "3", "--input-price"),
        output=_price(output_price or "15", "--output-price"),
    )
    provider = settings.models[model].provider if model in settings.models else REPLAY_PROVIDER
    return changed(settings, models={**settings.models, model: ModelConfig(provider, rates)})


def _price(text: str, option: str) -> int:
    try:
        return parse_per_million(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None


def _speed(text: str) -> float | None:
    if text == "max":
        return None
    try:
        speed = float(text.removesuffix("x"))
    except ValueError:
        speed = 0.0
    if not 0 < speed < float("inf"):
        raise typer.BadParameter(f"expected max, or a multiple of recorded time such as 10, not {text!r}", param_hint="--speed")
    return speed


def _watch(crew: Crew, total: int) -> tuple[str, ...]:
    """Shows progress until the workers are done. Ctrl+C lets them finish the call they are at; a second one ends them."""
    crew.start()
    columns = (TextColumn("[bold]replay"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=progress_console()) as progress:
        task = progress.add_task("replay", total=total)
        try:
            while crew.running:
                progress.update(task, completed=crew.count(STEPS))
                time.sleep(0.05)
        except KeyboardInterrupt:
            crew.stop()
        progress.update(task, completed=crew.count(STEPS))
    try:
        return crew.join()
    except KeyboardInterrupt:
        return crew.join(patience=0)


def _report(crew: Crew, seconds: float, ledger: Path, *, json: bool) -> None:
    counts = {name: crew.count(name) for name in (STEPS, PAID, REFUSED, HITS)}
    if json:
        print_json({"schema": 1, "ledger": str(ledger), **counts, "seconds": round(seconds, 3)})
        return
    out = console()
    rate = counts[PAID] / seconds if seconds else 0.0
    out.print(
        f"{counts[STEPS]:,} steps in {seconds:.1f} s: {counts[PAID]:,} calls paid, {counts[REFUSED]:,} refused, "
        f"{counts[HITS]:,} cache hits; {rate:,.0f} paid calls a second."
    )
    with LedgerReader(ledger) as reader:
        print_status(out, reader.snapshot(Ask(rows=0)))
