"""Subject: what the desktop app costs: first picture, idling, and frames while calls pour in."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from budgetmon.core.config.values import Config
from budgetmon.core.rules.usage import Usage
from budgetmon.core.tracker import UsageTracker
from budgetmon.runs.bench.generate import History, generate, model_name
from budgetmon.runs.bench.results import Finding, Report, at_most
from budgetmon.runs.bench.scale import Scale

# The app is launched by name: nothing here imports it.
_APP = "budgetmon.gui.measure"
_WRITERS = 2
_IDLE_SECONDS = 5.0
_PATIENCE_SECONDS = 120.0
_MIB = 1024 * 1024


def measure(folder: Path, scale: Scale) -> Report:
    """Shows a window, offscreen, on a ledger with a long history; then writers add calls as fast as they can.

    Raises RuntimeError when the app ends before it was asked to, such as where its libraries are missing.
    """
    home = folder / "window"
    home.mkdir()
    config = generate(home / "ledger.db", History(scale.large_history, until=time.time_ns() // 1_000_000))
    warm = _phases(config, calls=0)
    first, idle, busy = _phases(config, calls=scale.calls_for_window)
    return Report(
        "gui",
        f"The app on a ledger of {scale.large_history:,} calls",
        (
            Finding("first picture after the process starts", first["seconds"], "s", at_most(1.5)),
            Finding("first picture, first start", warm[0]["seconds"], "s"),
            Finding("idle, the whole app", idle["share"] * 100, "% of a core"),
            Finding("typical frame", busy["typical_frame_ms"], "ms", at_most(16)),
            Finding("longest frame", busy["longest_ms"], "ms", at_most(50)),
            Finding("frames over 16 ms", busy["over_frame"]),
            Finding("pictures meanwhile", busy["pictures"]),
            Finding("memory that was added", (busy["memory"] - idle["memory"]) / _MIB, "MiB"),
        ),
        (f"Frames while {_WRITERS} processes added {scale.calls_for_window:,} calls in {busy['seconds']:.0f} s.",),
    )


def _phases(config: Config, *, calls: int) -> list[dict[str, Any]]:
    """What the app tells in each of its phases; the calls are written in the last one."""
    app = subprocess.Popen(
        [sys.executable, "-m", _APP, str(config.database), repr(time.time()), str(_IDLE_SECONDS if calls else 0.1)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        phases = [_told(app), _told(app)]
        _write(config, calls)
        assert app.stdin is not None
        app.stdin.close()
        phases.append(_told(app))
        app.wait(_PATIENCE_SECONDS)
        return phases
    finally:
        app.kill()
        with suppress(subprocess.TimeoutExpired):
            app.wait(_PATIENCE_SECONDS)
        for pipe in (app.stdin, app.stdout):
            if pipe is not None:
                pipe.close()


def _told(app: subprocess.Popen[str]) -> dict[str, Any]:
    assert app.stdout is not None
    line = app.stdout.readline()
    if not line:
        raise RuntimeError("the app ended before it was measured; its error stands above")
    found: dict[str, Any] = json.loads(line)
    return found


def _write(config: Config, calls: int) -> None:
    context = get_context("spawn")
    crew = [context.Process(target=_record, args=(config, calls // _WRITERS), daemon=True) for _ in range(_WRITERS)]
    for process in crew if calls else ():
        process.start()
    for process in crew if calls else ():
        process.join(_PATIENCE_SECONDS)
        process.kill()


def _record(config: Config, calls: int) -> None:
    with UsageTracker(config=config) as tracker:
        for number in range(calls):
            tracker.record(model_name(number % 3), Usage(input_tokens=1_000, output_tokens=200))
