"""LRUCache on recorded access traces: the hits are those that independent implementations count."""

from __future__ import annotations

import gzip
import json
import lzma
import struct
from functools import cache as remember
from pathlib import Path

import pytest

from budgetmon import LRUCache


@remember
def accesses(folder: Path, name: str) -> tuple[int, ...]:
    if name == "web12":
        packed = lzma.decompress((folder / "web12.trace.xz").read_bytes())
        return struct.unpack(f">{len(packed) // 4}i", packed)
    lines = gzip.decompress((folder / "multi1.trace.gz").read_bytes()).decode().split()
    return tuple(int(line) for line in lines if line != "*")


@pytest.mark.parametrize(
    ("name", "size"),
    [*(("web12", size) for size in (100, 500, 1000, 2500)), *(("multi1", size) for size in (250, 500, 1000, 2000))],
)
@pytest.mark.parametrize("ttl", [None, 3_600.0], ids=["for ever", "with a ttl"])
def test_that_hits_are_exact_on_recorded_traces(name: str, size: int, ttl: float | None, shared_data: Path) -> None:
    expected = json.loads((shared_data / "cache_traces" / "lru_hits.json").read_text())[name]
    keys = accesses(shared_data / "cache_traces", name)
    assert len(keys) == expected["accesses"]
    cache: LRUCache[int, bool] = LRUCache(size, ttl=ttl)
    for key in keys:
        if cache.get(key) is None:
            cache.set(key, True)
    stats = cache.stats()
    assert stats.hits == expected["lru_hits"][str(size)]
    assert stats.hits + stats.misses == len(keys)
    assert stats.evictions == stats.misses - size
    assert len(cache) == size


def test_that_every_size_on_the_list_is_tested(shared_data: Path) -> None:
    listed = json.loads((shared_data / "cache_traces" / "lru_hits.json").read_text())
    assert {name: sorted(map(int, one["lru_hits"])) for name, one in listed.items()} == {
        "web12": [100, 500, 1000, 2500],
        "multi1": [250, 500, 1000, 2000],
    }
