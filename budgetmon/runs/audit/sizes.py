"""How much an audit does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """``processes`` that work at once, ``tries`` of each, ``kills`` with SIGKILL, ``writes`` of one process, ``threads``,
    ``requests`` over HTTP, ``operations`` on a cache, ``largest_cache`` in entries, ``seconds`` of measuring under load."""

    processes: int
    tries: int
    kills: int
    writes: int
    threads: int
    requests: int
    operations: int
    largest_cache: int
    seconds: float


QUICK = Sizes(
    processes=6,
    tries=150,
    kills=4,
    writes=2_000,
    threads=4,
    requests=60,
    operations=20_000,
    largest_cache=1_000_000,
    seconds=1.0,
)
FULL = Sizes(
    processes=16,
    tries=1_000,
    kills=25,
    writes=50_000,
    threads=8,
    requests=2_000,
    operations=300_000,
    largest_cache=1_000_000,
    seconds=5.0,
)
