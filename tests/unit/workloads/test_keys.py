"""Traces of cache accesses."""

from __future__ import annotations

import gzip
import json
import lzma
import struct
from pathlib import Path

import pytest
from unit.workloads.shared_data import shared_file

from budgetmon.workloads.keys import KeysError, read_keys

PACKED = struct.pack(">4i", 7, 0, -1, 2**31 - 1)


def written(folder: Path, content: bytes) -> Path:
    path = folder / "keys"
    path.write_bytes(content)
    return path


def keys(folder: Path, content: bytes) -> list[int]:
    return list(read_keys(written(folder, content)))


@pytest.mark.parametrize("name", ["web12.trace.xz", "multi1.trace.gz"])
def test_that_the_recorded_traces_read_exactly(name: str) -> None:
    known = json.loads(shared_file("cache_traces", "lru_hits.json").read_text())[name.partition(".")[0]]
    found = list(read_keys(shared_file("cache_traces", name)))
    assert (len(found), len(set(found))) == (known["accesses"], known["unique"])


def test_that_the_recorded_traces_have_the_sizes_that_were_published() -> None:
    web12 = list(read_keys(shared_file("cache_traces", "web12.trace.xz")))
    multi1 = list(read_keys(shared_file("cache_traces", "multi1.trace.gz")))
    assert (len(web12), len(set(web12))) == (95_607, 13_756)
    assert (len(multi1), len(set(multi1))) == (15_858, 2_606)


def test_that_xz_holds_big_endian_integers(tmp_path: Path) -> None:
    assert keys(tmp_path, lzma.compress(PACKED)) == [7, 0, -1, 2**31 - 1]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_that_text_has_one_integer_a_line_packed_or_not(pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    assert keys(tmp_path, pack(b"1\n\n*\n* a remark\r\n -2 \r\n30000000000\n4")) == [1, -2, 30_000_000_000, 4]


def test_that_the_name_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "keys.gz"
    path.write_bytes(lzma.compress(PACKED))
    assert next(read_keys(path)) == 7


def test_that_more_than_one_block_reads_in_order(tmp_path: Path) -> None:
    many = range(70_001)
    assert keys(tmp_path, lzma.compress(struct.pack(f">{len(many)}i", *many))) == list(many)


@pytest.mark.parametrize("content", [b"", gzip.compress(b""), lzma.compress(b"")])
def test_that_an_empty_trace_has_no_keys(content: bytes, tmp_path: Path) -> None:
    assert keys(tmp_path, content) == []


@pytest.mark.parametrize("line", [b"seven", b"1.5", b"1_0", b"--1", b"-", b"1 2", b"\xff\x00", b"9" * 10_000])
def test_that_what_is_no_integer_names_file_and_line(line: bytes, tmp_path: Path) -> None:
    with pytest.raises(KeysError, match=r"keys, line 3: expected one integer") as caught:
        keys(tmp_path, b"1\n2\n" + line + b"\n")
    assert len(str(caught.value)) < 200 + len(str(tmp_path))


def test_that_a_cut_key_names_its_position(tmp_path: Path) -> None:
    with pytest.raises(KeysError, match="unpacked byte 16: expected 4 bytes for a key, found 3"):
        keys(tmp_path, lzma.compress(PACKED + b"abc"))


@pytest.mark.parametrize("pack", [lzma.compress, gzip.compress])
def test_that_a_damaged_or_cut_file_is_refused(pack: object, tmp_path: Path) -> None:
    assert callable(pack)
    whole = pack(b"1\n" * 2_000)
    flipped = bytes([*whole[:20], whole[20] ^ 0xFF, *whole[21:]])
    for broken in (whole[:-9], flipped):
        with pytest.raises(KeysError, match=r"from .* on: damaged or cut off"):
            keys(tmp_path, broken)


def test_that_a_missing_file_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        next(read_keys(tmp_path / "none"))
