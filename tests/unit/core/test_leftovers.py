"""What a garbage collection has left to write."""

from __future__ import annotations

import pytest

from budgetmon.core import leftovers


def test_that_what_cannot_be_written_is_told_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    written: list[str] = []

    def impossible() -> None:
        raise ValueError("a cost that no ledger can hold")

    leftovers.leave(impossible)
    leftovers.leave(lambda: written.append("next"))
    leftovers.write_what_was_left()
    assert written == ["next"]
    assert "a cost that no ledger can hold" in caplog.text
