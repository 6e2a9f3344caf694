"""What a report of a failure needs to know about this installation: versions, platform, screens. No amounts, no names."""

from __future__ import annotations

import locale
import platform
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QLocale, QTimeZone, qVersion
from PySide6.QtGui import QGuiApplication

from budgetmon.gui.failure_log import log_file
from budgetmon.monitor.reader import engine_version

Fact = tuple[str, str]


def versions() -> list[Fact]:
    """What is installed."""
    return [
        ("budgetmon", _version("budgetmon")),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("Qt", qVersion()),
        ("PySide6", _version("PySide6-Essentials")),
        ("pyqtgraph", _version("pyqtgraph")),
        ("numpy", _version("numpy")),
        ("SQLite", engine_version()),
        ("Platform", platform.platform()),
    ]


def diagnosis() -> str:
    """Versions, and what this desktop is like, a line each. Needs a QGuiApplication."""
    screens = ", ".join(
        f"{screen.size().width()}x{screen.size().height()} at {screen.devicePixelRatio():g}"
        for screen in QGuiApplication.screens()
    )
    facts = [
        *versions(),
        ("Display", f"{QGuiApplication.platformName()}, {screens}"),
        ("Locale", f"{QLocale().name()}, {locale.getpreferredencoding(do_setlocale=False)}"),
        ("Zone", bytes(QTimeZone.systemTimeZoneId().data()).decode()),
        ("Log", str(log_file())),
    ]
    return "\n".join(f"{name}: {value}" for name, value in facts)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "from a checkout"
