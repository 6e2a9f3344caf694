"""Where recorded traces lie, beside the checkout; tests that need them skip where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "data"


def shared_file(*parts: str) -> Path:
    """A file of the shared data; skips the running test when it is absent."""
    path = FOLDER.joinpath(*parts)
    if not path.is_file():
        pytest.skip(f"needs the recorded traces: no {'/'.join(parts)} in ../shared/data beside the checkout")
    return path
