"""How to start pytest in a folder: arguments, environment and files, as one value."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from budgetmon.runs.events import EVENTS_VARIABLE

PLUGIN_NAME = "budgetmon_pytest_events"
# A folder with the plugin and nothing else: on PYTHONPATH it cannot shadow anything of the project under test.
PLUGIN_FOLDER = Path(__file__).parent / "plugin"
ONLY_VARIABLE = "BUDGETMON_ONLY"

_ENVIRONMENT_FOLDERS = (".venv", "venv")
# Left behind by a pytest or an environment that budgetmon itself runs in; they would mislead the child.
_NOT_INHERITED = ("PYTEST_CURRENT_TEST", "PYTEST_VERSION", "PYTHONHOME", EVENTS_VARIABLE, ONLY_VARIABLE)


class NoPytestError(Exception):
    """There is no interpreter with pytest for a folder. The message says what to do."""


@dataclass(frozen=True, slots=True)
class RunCommand:
    """A process to start, without a shell. ``env`` is the whole environment.

    Its events go to ``events_path``; what it prints goes to ``output_path``, both streams together.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path
    events_path: Path
    output_path: Path


def find_interpreter(folder: Path) -> Path:
    """The Python to run the tests of ``folder`` with: of its own .venv or venv if pytest is installed there, else ours.

    Only looks at files: nothing is executed. Raises NoPytestError when ours has no pytest either.
    """
    for name in _ENVIRONMENT_FOLDERS:
        environment = folder / name
        python = environment / "bin" / "python"
        if os.access(python, os.X_OK) and any(environment.glob("lib/python3*/site-packages/pytest/__init__.py")):
            return python
    if importlib.util.find_spec("pytest") is None:
        raise NoPytestError(
            f"Neither {folder / _ENVIRONMENT_FOLDERS[0]} nor budgetmon's own environment has pytest: "
            "install it into one of them."
        )
    return Path(sys.executable)


def pytest_command(
    folder: Path,
    scratch: Path,
    *,
    python: Path | None = None,
    args: Sequence[str] = (),
    only: Sequence[str] = (),
    environ: Mapping[str, str] | None = None,
) -> RunCommand:
    """The command that runs pytest with ``args`` in ``folder`` and reports to files in ``scratch``, a folder of this run alone.

    ``only`` limits the run to these node ids; they are written to a file in ``scratch``. Raises NoPytestError, and OSError when
    that file cannot be written.
    """
    folder, scratch = folder.absolute(), scratch.absolute()
    interpreter = python.absolute() if python else find_interpreter(folder)
    events_path = scratch / "events.jsonl"
    inherited = os.environ if environ is None else environ
    env = {name: value for name, value in inherited.items() if name not in _NOT_INHERITED}
    env["PYTHONPATH"] = os.pathsep.join(filter(None, (str(PLUGIN_FOLDER), env.get("PYTHONPATH"))))
    env[EVENTS_VARIABLE] = str(events_path)
    if only:
        env[ONLY_VARIABLE] = str(_write_ids(scratch / "only.json", only))
    return RunCommand(
        argv=(str(interpreter), "-m", "pytest", "-p", PLUGIN_NAME, *args),
        env=MappingProxyType(env),
        cwd=folder,
        events_path=events_path,
        output_path=scratch / "output.txt",
    )


def _write_ids(path: Path, ids: Sequence[str]) -> Path:
    path.write_text(json.dumps(list(ids)), encoding="ascii")
    return path
