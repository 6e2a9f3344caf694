"""From a run profile to the command that it stands for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from budgetmon.core.config.locate import CONFIG_VARIABLE
from budgetmon.core.config.values import Config, RunConfig
from budgetmon.core.rules.runs import RUN_VARIABLE, RunKind
from budgetmon.runs.events import EVENTS_VARIABLE
from budgetmon.runs.pytest_command import RunCommand, pytest_command


class ProfileError(Exception):
    """A run profile cannot be started. The message says what to change."""


def command_of(
    profile: RunConfig, name: str, files: Path, config: Config, *, only: Sequence[str] = (), environ: Mapping[str, str]
) -> RunCommand:
    """The command of ``profile`` as run ``name``, which reports to the folder ``files``.

    Trackers in it that name no config of their own take the runner's. ``only`` limits a run of pytest to these node ids.
    Raises ProfileError, NoPytestError, and OSError when ``files`` cannot be written.
    """
    environment = {**environ, **profile.env, RUN_VARIABLE: name}
    if config.path is not None:
        environment[CONFIG_VARIABLE] = str(config.path)
    if profile.kind is RunKind.PYTEST:
        python = _interpreter(profile)
        return pytest_command(profile.cwd, files, python=python, args=profile.args, only=only, environ=environment)
    events = files / "events.jsonl"
    environment[EVENTS_VARIABLE] = str(events)
    python = _interpreter(profile) or Path(sys.executable)
    argv = (str(python), *_arguments(profile))
    return RunCommand(argv, MappingProxyType(environment), profile.cwd, events, files / "output.txt")


def _arguments(profile: RunConfig) -> tuple[str, ...]:
    return ("-m", "budgetmon", "audit", *profile.args) if profile.kind is RunKind.AUDIT else profile.args


def _interpreter(profile: RunConfig) -> Path | None:
    """The interpreter that the profile names; None when it names none."""
    named = profile.python
    if named is None:
        return None
    if os.sep not in named:
        found = shutil.which(named)
        if found is None:
            raise ProfileError(f"run {profile.name!r}: there is no {named!r} on PATH; give 'python' a path")
        return Path(found)
    path = Path(named)
    path = path / "bin" / "python" if path.is_dir() else path
    if not os.access(path, os.X_OK):
        raise ProfileError(f"run {profile.name!r}: {path} is no interpreter; 'python' names one, or a virtual environment")
    return path
