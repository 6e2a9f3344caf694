"""What is certainly not billed."""

from __future__ import annotations

import socket

import pytest

from budgetmon.integrations.clients.outcomes import answered, never_sent, not_billed


class RetriesError(Exception):
    """An error that keeps its cause as a reason, as urllib3's does."""

    def __init__(self, reason: Exception) -> None:
        super().__init__("gave up")
        self.reason = reason


@pytest.mark.parametrize(
    ("error", "proof"),
    [
        (ConnectionRefusedError(), True),
        (socket.gaierror(), True),
        (KeyError(), True),
        (ConnectionError(RetriesError(KeyError())), True),
        (ConnectionError(RetriesError(ValueError())), False),
        (ConnectionResetError(), False),
        (TimeoutError(), False),
        (KeyboardInterrupt(), False),
        (ValueError("text"), False),
    ],
)
def test_that_only_a_missing_connection_proves_that_nothing_was_sent(error: BaseException, proof: bool) -> None:
    assert never_sent(error, (KeyError,)) is proof


@pytest.mark.parametrize(
    ("status", "free", "tells"),
    [(200, False, True), (204, False, True), (302, True, False), (400, True, False), (429, True, False), (500, False, False)],
)
def test_that_the_callers_faults_are_free_and_the_servers_are_not(status: int, free: bool, tells: bool) -> None:
    assert (not_billed(status), answered(status)) == (free, tells)
