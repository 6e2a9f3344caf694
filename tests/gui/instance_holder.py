"""A process that claims a ledger and says so; it answers who comes later until it is ended."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from budgetmon.gui.single_instance import SingleInstance


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _on_raise() -> None:
    _say("raised")


if __name__ == "__main__":
    app = QCoreApplication([])
    instance = SingleInstance(Path(sys.argv[1]))
    instance.raise_asked.connect(_on_raise)
    _say("claimed" if instance.claim(Path(sys.argv[2])) else "elsewhere")
    app.exec()
