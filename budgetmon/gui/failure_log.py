"""Failures of the app itself, written to a file in the platform's folder for logs."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_log_path

_MOST_BYTES = 1_000_000


def log_file() -> Path:
    """Where failures are written."""
    return user_log_path("budgetmon", appauthor=False) / "app.log"


class FailureLog:
    """Appends reports to ``path``; one megabyte and the one before it are kept. Never raises: it is the last resort."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._last = ""
        self._again = 0

    def write(self, report: str) -> None:
        """Append ``report`` with the time. One that comes again and again, as when painting, is written at powers of two."""
        self._again = self._again + 1 if report == self._last else 1
        self._last = report
        if self._again & (self._again - 1):
            return
        times = f" ({self._again} times)" if self._again > 1 else ""
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > _MOST_BYTES:
                self._path.replace(self._path.with_suffix(".old.log"))
            with self._path.open("a", encoding="utf-8") as file:
                file.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}{times}\n{report.rstrip()}\n\n")
