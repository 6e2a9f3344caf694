"""One set of fork hooks for everything that must not cross a fork."""

from __future__ import annotations

import os
import weakref
from enum import IntEnum
from typing import Protocol


class ForkAware(Protocol):
    """What a participant does around a fork. All three run in the forking thread."""

    def before_fork(self) -> None:
        """Come to rest: finish what is under way, hold off what is new."""

    def after_fork_in_parent(self) -> None:
        """Go on."""

    def after_fork_in_child(self) -> None:
        """Forget everything that belongs to the parent; make locks anew."""


class Rest(IntEnum):
    """Who comes to rest first before a fork: the lowest. The order is the one in which locks are taken elsewhere, too."""

    PUBLISHER = 0
    CACHE = 1
    REGISTRY = 2
    LEDGER = 3


_participants: list[tuple[Rest, weakref.ref[ForkAware]]] = []
_resting: list[ForkAware] = []


def join(participant: ForkAware, rank: Rest) -> None:
    """Lets ``participant`` take part in every fork until it is collected."""
    _participants.append((rank, weakref.ref(participant, _leave)))


def _leave(reference: weakref.ref[ForkAware]) -> None:
    _participants[:] = [entry for entry in _participants if entry[1] is not reference]


def _before() -> None:
    for rank in Rest:
        # Looked up rank by rank: a ledger that was being opened has joined by the time the registry rests.
        for participant in [reference() for its_rank, reference in list(_participants) if its_rank is rank]:
            if participant is not None:  # an empty cache is false, and takes part all the same
                participant.before_fork()
                _resting.append(participant)


def _after_in_parent() -> None:
    while _resting:
        _resting.pop().after_fork_in_parent()


def _after_in_child() -> None:
    while _resting:
        _resting.pop().after_fork_in_child()


os.register_at_fork(before=_before, after_in_parent=_after_in_parent, after_in_child=_after_in_child)
