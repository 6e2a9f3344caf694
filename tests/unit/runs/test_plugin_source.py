"""What the plugin may contain: it runs in any environment."""

import ast
import importlib.util
import sys
from types import ModuleType

import pytest

from budgetmon.runs import events, pytest_command

SOURCE = (pytest_command.PLUGIN_FOLDER / f"{pytest_command.PLUGIN_NAME}.py").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plugin() -> ModuleType:
    path = pytest_command.PLUGIN_FOLDER / f"{pytest_command.PLUGIN_NAME}.py"
    spec = importlib.util.spec_from_file_location("plugin_under_test", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_that_the_plugin_imports_only_the_standard_library_and_pytest() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            imported.add(str(node.module).split(".", maxsplit=1)[0])

    assert imported <= sys.stdlib_module_names | {"pytest", "_pytest"}


def test_that_the_plugin_parses_on_python_3_8() -> None:
    ast.parse(SOURCE, feature_version=(3, 8))


def test_that_the_plugin_lies_in_no_package() -> None:
    assert not (pytest_command.PLUGIN_FOLDER / "__init__.py").exists()


def test_that_both_sides_agree_on_names(plugin: ModuleType) -> None:
    assert plugin.SCHEMA == events.SCHEMA
    assert plugin.EVENTS_VARIABLE == pytest_command.EVENTS_VARIABLE
    assert plugin.ONLY_VARIABLE == pytest_command.ONLY_VARIABLE


def test_that_an_excerpt_keeps_both_ends_and_says_what_is_missing(plugin: ModuleType) -> None:
    cut = plugin.excerpt("a" * 100 + "b" * 100, 40)

    assert cut["size"] == 200
    assert cut["text"] == "a" * 10 + "\n[... 160 characters left out ...]\n" + "b" * 30
    assert plugin.excerpt("short", 40) == {"text": "short", "size": 5}


def test_that_an_event_file_that_cannot_be_written_is_said_once_and_the_tests_go_on(
    plugin: ModuleType, tmp_path: pytest.TempPathFactory, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "__stderr__", sys.stderr)
    file = plugin.EventFile(str(tmp_path))  # a folder

    file.write("collected", total=0, ids=[])
    file.write("collected", total=0, ids=[])

    assert capfd.readouterr().err.count("no more events of this run") == 1
