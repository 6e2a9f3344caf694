"""Check of the IV history: no write of many processes and threads is lost, and ranks are those of a direct count."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from budgetmon.runs.audit.claims import Evidence, NotPossibleError
from budgetmon.runs.audit.ground import Ground, KeepsVolatilities, in_processes

_FIRST = date(2024, 1, 1)
_WRITES = 4
_YEAR = timedelta(days=365)
_DAYS = 700
_CHECKED = 10


def check_history(ground: Ground, evidence: Evidence) -> None:
    """Everybody writes to one file at once; then it holds what was written. Ranks are counted again from the values."""
    open_history = ground.on_trial.history
    if open_history is None:
        raise NotPossibleError("this audit was given no history to check")
    count, threads = ground.sizes.processes, ground.sizes.threads
    evidence.did = (
        f"{count} processes with {threads} threads each wrote {_WRITES} values one by one, each thread those of its own "
        f"ticker; ranks of {_CHECKED} days of a series of {_DAYS} were counted again from its values."
    )
    path = ground.folder / "iv.db"
    in_processes(count, _write, open_history, path, threads)
    with open_history(path) as history:
        lost = 0
        for number in range(count * threads):
            found = [day.iv for day in history.history(_ticker(number), on=_FIRST + timedelta(days=_WRITES))]
            lost += found != [_value(number, place) for place in range(_WRITES)]
        evidence.figure("values written", count * threads * _WRITES)
        evidence.figure("tickers with anything lost", lost)
        evidence.expect(not lost, f"{lost} tickers do not hold what was written")
        _check_ranks(history, evidence)


def _write(process: int, open_history: Callable[[Path], KeepsVolatilities], path: Path, threads: int) -> None:
    with open_history(path) as history:

        def write(number: int) -> None:
            for place in range(_WRITES):
                history.record(_ticker(number), _FIRST + timedelta(days=place), _value(number, place))

        crowd = [threading.Thread(target=write, args=(process * threads + place,)) for place in range(threads)]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join()


def _check_ranks(history: KeepsVolatilities, evidence: Evidence) -> None:
    chance = random.Random(0)
    series = [(_FIRST + timedelta(days=place), round(chance.uniform(0.1, 0.9), 2)) for place in range(_DAYS)]
    history.record_many(("SERIES", day, value) for day, value in series)
    evidence.figure("ranks counted again", _CHECKED)
    for day, value in chance.sample(series[50:], _CHECKED):
        evidence.expect_equal(f"rank on {day}", history.iv_rank("SERIES", on=day), _rank(series, day, value))


def _rank(series: Sequence[tuple[date, float]], day: date, value: float) -> float:
    year = [other for when, other in series if day - _YEAR < when <= day]
    return round(100 * len([other for other in year if other < value]) / len(year), 1)


def _ticker(number: int) -> str:
    return f"T{number}"


def _value(number: int, place: int) -> float:
    return 0.1 + number + place / 100
