"""Whether a window can be shown is known before Qt is imported, and the answer says what to do."""

import ctypes
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from budgetmon.gui import display


def test_that_no_display_says_what_to_do_instead() -> None:
    words = display._linux_problem({})
    assert words is not None
    for way_out in ("xvfb-run", "budgetmon status", "budgetmon demo --headless"):
        assert way_out in words


def test_that_offscreen_needs_no_display() -> None:
    assert display._linux_problem({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.parametrize(
    ("environment", "platforms"),
    [
        ({}, []),
        ({"DISPLAY": ":0"}, ["xcb"]),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, ["wayland", "xcb"]),
        ({"QT_QPA_PLATFORM": "offscreen:size=800x600"}, ["offscreen"]),
        ({"QT_QPA_PLATFORM": "wayland;xcb", "DISPLAY": ":0"}, ["wayland", "xcb"]),
    ],
)
def test_that_the_platform_is_the_one_that_qt_would_take(environment: dict[str, str], platforms: list[str]) -> None:
    assert display.chosen_platforms(environment) == platforms


def test_that_an_x_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.setattr(display, "library_problem", lambda platform: None)
    words = display._linux_problem({"DISPLAY": ":987"})
    assert words is not None
    assert words.startswith("The X server (:987) does not answer.")


def test_that_a_wayland_socket_that_is_gone_is_not_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "library_problem", lambda platform: None)
    words = display._linux_problem({"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": str(tmp_path)})
    assert words is not None
    assert "Wayland" in words


def test_that_one_platform_that_works_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "_platform_problem", lambda name, environment: "broken" if name == "wayland" else None)
    assert display._linux_problem({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}) is None


@pytest.mark.parametrize(
    ("error", "package"),
    [
        ("libxcb-cursor.so.0: cannot open shared object file: No such file or directory", "apt install libxcb-cursor0"),
        ("libEGL.so.1: cannot open shared object file: No such file or directory", "apt install libegl1"),
        ("libGL.so.1: cannot open shared object file: No such file or directory", "apt install libgl1"),
        ("libxkbcommon-x11.so.0: cannot open shared object file: No such file or directory", "dnf install libxkbcommon-x11"),
    ],
)
def test_that_a_missing_library_names_its_package(error: str, package: str) -> None:
    assert package in display.missing_library_words(error)


def test_that_a_library_that_nobody_knows_is_passed_on_as_it_is() -> None:
    assert "libweird.so.3: no such file" in display.missing_library_words("libweird.so.3: no such file")


def test_that_the_linker_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: str) -> object:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(ctypes, "CDLL", broken)
    words = display.library_problem("xcb")
    assert words is not None
    assert "libxcb-cursor0" in words


def test_that_a_missing_package_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "pyqtgraph" else real(name))
    words = display.display_problem()
    assert words is not None
    assert "pip install 'budgetmon[gui]'" in words
    assert "pyqtgraph" in words


def test_that_asking_imports_no_qt() -> None:
    code = "import sys; from budgetmon.gui.display import display_problem; display_problem(); print('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "False"
