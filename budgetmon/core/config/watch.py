"""Notices that the config file has changed."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from budgetmon.core.config.errors import ConfigError
from budgetmon.core.config.loader import load_config
from budgetmon.core.config.values import Config

_log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0


class ConfigWatch:
    """Looks at a file now and then, and loads it when it is another one than before. Safe between threads: at worst two
    that come at the same moment both load it."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._seen = self._mark()
        self._next = time.monotonic() + LOOK_EVERY_SECONDS

    def due(self) -> bool:
        """Whether a second has passed since the last look."""
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + LOOK_EVERY_SECONDS
        return True

    def changed(self) -> Config | None:
        """The new configuration; None when the file is the same, or cannot be used: then the old one stays in force."""
        mark = self._mark()
        if self._path is None or mark == self._seen:
            return None
        self._seen = mark
        try:
            config = load_config(self._path)
        except ConfigError as error:
            _log.error("the changed configuration cannot be used, the old one stays in force: %s", error)
            return None
        _log.info("the configuration has changed: %s", self._path)
        return config

    def look_again(self) -> None:
        """Takes the file for a changed one at the next look, too: what it says could not be taken up."""
        self._seen = None

    def _mark(self) -> tuple[int, int, int] | None:
        if self._path is None:
            return None
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino
