"""The house keeps its shape: what lies where, how large it is, and what importing it costs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "budgetmon").rglob("*.py"))

# Much longer files have more than one subject.
MOST_LINES = 440

DRAWERS = {"misc", "utils", "util", "helpers", "helper", "common", "manager", "managers", "stuff"}


def test_that_the_top_level_holds_only_what_belongs_there() -> None:
    allowed = {"pyproject.toml", "budgetmon", "resources", "tests", "README.md", "LICENSE"}
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".") and path.name not in ("build", "dist")}
    assert found <= allowed


def test_that_no_file_is_too_long_for_one_subject() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {str(path): lines for path, lines in lengths.items() if lines > MOST_LINES}


def test_that_every_module_says_what_it_is_for() -> None:
    silent = [path for path in SOURCES if path.stat().st_size and not path.read_text(encoding="utf-8").startswith('"""')]
    assert not silent


def test_that_no_module_is_a_drawer() -> None:
    assert not [path for path in SOURCES if path.stem in DRAWERS or path.parent.name in DRAWERS]


def test_that_importing_the_core_loads_nothing_heavy() -> None:
    heavy = ("PySide6", "pyqtgraph", "numpy", "pydantic", "genai_prices", "typer", "rich", "sqlite3", "asyncio", "http.client")
    code = f"import sys, budgetmon; print([name for name in {heavy!r} if name in sys.modules])"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout.strip() == "[]"


def test_that_ci_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"<!-- test command -->\n```\w*\n(.+?)\n```", readme, flags=re.DOTALL)
    assert len(commands) == 1
    assert "pytest" in commands[0]
    assert "tests/constraints.txt" in commands[0]
    assert "<!-- test command -->" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_that_no_file_names_a_place_of_one_machine() -> None:
    # Assembled, so that this file does not name one itself.
    places = re.compile("|".join(("/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w+/", "pypi" + r"\.org", "file" + "s.python")))
    files = [path for folder in ("budgetmon", "tests", "resources") for path in (ROOT / folder).rglob("*") if path.is_file()]
    texts = [path for path in [*files, ROOT / "README.md", ROOT / "pyproject.toml"] if path.suffix in TEXTS]
    assert not [path for path in texts if places.search(path.read_text(encoding="utf-8", errors="replace"))]


TEXTS = {".py", ".md", ".toml", ".txt", ".json", ".yaml", ".svg", ".css", ".qss"}
