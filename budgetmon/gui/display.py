"""Can a window be shown here? Asked before Qt is imported, because Qt ends the process when it cannot. Imports no Qt."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

_INSTALL = "The desktop app is not installed: pip install 'budgetmon[gui]'."
_INSTEAD = "Run `budgetmon status` for the figures, `budgetmon demo --headless` for the demo"
_NO_DISPLAY = f"There is no display here. Start it in a desktop session or with `xvfb-run budgetmon`. {_INSTEAD}."

# Libraries that Qt needs and that lean systems lack, with the packages of Debian and of Fedora that hold them.
_PACKAGES = {
    "libxcb-cursor": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-shape": ("libxcb-shape0", "libxcb"),
    "libxcb-xkb": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
    "libxkbcommon": ("libxkbcommon0", "libxkbcommon"),
    "libEGL": ("libegl1", "libglvnd-egl"),
    "libGL": ("libgl1", "libglvnd-glx"),
    "libfontconfig": ("libfontconfig1", "fontconfig"),
    "libfreetype": ("libfreetype6", "freetype"),
    "libdbus-1": ("libdbus-1-3", "dbus-libs"),
    "libglib-2.0": ("libglib2.0-0", "glib2"),
    "libX11-xcb": ("libx11-xcb1", "libX11-xcb"),
    "libX11": ("libx11-6", "libX11"),
    "libwayland-client": ("libwayland-client0", "libwayland-client"),
}


def display_problem() -> str | None:
    """One sentence or two that say why no window can be shown and what to do about it; None when one can."""
    missing = [name for name in ("PySide6", "pyqtgraph", "numpy") if importlib.util.find_spec(name) is None]
    if missing:
        return f"{_INSTALL} Missing: {', '.join(missing)}."
    if not sys.platform.startswith("linux"):
        return None
    return _linux_problem(os.environ)


def _linux_problem(environment: Mapping[str, str]) -> str | None:
    platforms = chosen_platforms(environment)
    if not platforms:
        return _NO_DISPLAY
    problems = [_platform_problem(name, environment) for name in platforms]
    # Qt tries one after the other, so a single one that works is enough.
    return None if None in problems else problems[0]


def chosen_platforms(environment: Mapping[str, str]) -> list[str]:
    """Qt's platform plugins that this environment asks for, in order; none when there is nothing to show a window on."""
    named = environment.get("QT_QPA_PLATFORM", "").strip()
    if named:
        return [part.split(":")[0] for part in named.split(";") if part]
    found = [("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY")]
    return [name for name, variable in found if environment.get(variable)]


def _platform_problem(platform: str, environment: Mapping[str, str]) -> str | None:
    problem = library_problem(platform)
    if problem:
        return problem
    if platform == "xcb" and not _x_answers():
        shown = environment.get("DISPLAY") or "no DISPLAY set"
        return (
            f"The X server ({shown}) does not answer. Start it in a desktop session or with `xvfb-run budgetmon`. {_INSTEAD}."
        )
    if platform.startswith("wayland") and not _wayland_answers(environment):
        return (
            f"The Wayland compositor does not answer. Start it in a desktop session or with `xvfb-run budgetmon`. {_INSTEAD}."
        )
    return None


def library_problem(platform: str) -> str | None:
    """Which system library Qt lacks to start on ``platform``, and the package that brings it; None when all are there."""
    for library in _libraries_of(platform):
        try:
            ctypes.CDLL(str(library))
        except OSError as error:
            return missing_library_words(str(error))
    return None


def missing_library_words(error: str) -> str:
    """What to do about the dynamic linker's complaint ``error``."""
    found = re.search(r"(lib[\w.+-]+?)\.so[.\d]*", error)
    name = found[1] if found else None
    package = _PACKAGES.get(name) if name else None
    if package is None:
        return f"A system library that Qt needs cannot be loaded: {error}. Install it, or: {_INSTEAD[0].lower()}{_INSTEAD[1:]}."
    return (
        f"The system library {name} is missing, which Qt needs to show a window. "
        f"Install it with `apt install {package[0]}` (Debian, Ubuntu) or `dnf install {package[1]}` (Fedora)."
    )


def _libraries_of(platform: str) -> list[Path]:
    """Qt's own libraries for ``platform``: loading them tells which system libraries are missing, without starting Qt."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return []
    qt = Path(next(iter(spec.submodule_search_locations))) / "Qt"
    wanted = [
        qt / "lib" / "libQt6Gui.so.6",
        qt / "lib" / "libQt6Widgets.so.6",
        qt / "plugins" / "platforms" / f"libq{platform}.so",
    ]
    return [path for path in wanted if path.is_file()]


def _x_answers() -> bool:
    """Whether the X server accepts a connection, authority included. Asked through the library that Qt uses itself."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return not xcb.xcb_connection_has_error(connection)
    finally:
        xcb.xcb_disconnect(connection)


def _wayland_answers(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY") or "wayland-0"
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    path = Path(name) if name.startswith("/") else Path(runtime) / name
    return path.is_socket()
