"""The ``runs:`` section of budget.yaml: what the Run button and ``budgetmon run start`` can start."""

from __future__ import annotations

import os
import re
from pathlib import Path

from budgetmon.core.config.document import Entry
from budgetmon.core.config.quantities import parse_duration
from budgetmon.core.config.values import RunConfig
from budgetmon.core.rules.money import parse_usd
from budgetmon.core.rules.runs import RUN_VARIABLE, RunKind

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def run_profiles(section: Entry | None, folder: Path) -> tuple[RunConfig, ...]:
    """The profiles in their order; relative paths start from ``folder``. Raises ConfigError."""
    profiles: dict[str, RunConfig] = {}
    for entry in section.items() if section else ():
        profile = _profile(entry, folder)
        if profile.name in profiles:
            entry.fail(f"a run named {profile.name!r} is already there; names tell runs apart")
        profiles[profile.name] = profile
    return tuple(profiles.values())


def _profile(entry: Entry, folder: Path) -> RunConfig:
    keys = entry.known("name", "kind", "cwd", "args", "env", "python", "time_limit", "budget")
    for required in ("name", "kind"):
        if required not in keys:
            entry.fail(f"expected '{required}' in this run")
    kind = _kind(keys["kind"])
    args = tuple(arg.text() for arg in keys["args"].items()) if "args" in keys else ()
    if kind is RunKind.WORKLOAD and not args:
        entry.fail("expected 'args' in this run: what its python is given, such as [-m, budgetmon, replay, trace.csv]")
    return RunConfig(
        name=keys["name"].text(),
        kind=kind,
        cwd=folder / Path(keys["cwd"].text()).expanduser() if "cwd" in keys else folder,
        args=args,
        budget=keys["budget"].parsed(parse_usd) if "budget" in keys else None,
        env=_environment(keys["env"]) if "env" in keys else {},
        python=_interpreter(keys["python"].text(), folder) if "python" in keys else None,
        time_limit=keys["time_limit"].parsed(parse_duration) if "time_limit" in keys else None,
    )


def _kind(entry: Entry) -> RunKind:
    word = entry.text()
    if word not in tuple(RunKind):
        entry.fail(f"expected one of audit, pytest, workload, not {word!r}")
    return RunKind(word)


def _environment(entry: Entry) -> dict[str, str]:
    variables = entry.mapping()
    for name, value in variables.items():
        if not _VARIABLE.fullmatch(name):
            value.fail(f"expected the name of an environment variable, not {name!r}")
        if name == RUN_VARIABLE:
            value.fail("this variable names the run itself, and is set for each run")
    return {name: "" if value.is_empty() else value.text() for name, value in variables.items()}


def _interpreter(text: str, folder: Path) -> str:
    """A bare name is looked for on PATH, when the run starts; ``.venv`` and what has a slash are paths."""
    bare = os.sep not in text and not text.startswith(".")
    return text if bare else str(folder / Path(text).expanduser())
