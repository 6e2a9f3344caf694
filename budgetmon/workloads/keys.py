"""Recorded accesses to a cache: one integer key each, in two formats that published traces come in."""

from __future__ import annotations

import gzip
import lzma
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

XZ_MAGIC = b"\xfd7zXZ\x00"
GZIP_MAGIC = b"\x1f\x8b"
KEY = struct.Struct(">i")
_CHUNK = KEY.size * 16_384
_LONGEST_LINE = 4096

_Read = Callable[[int], bytes]


class KeysError(ValueError):
    """A trace of keys that cannot be read: the text names file and position, and what was expected there."""

    def __init__(self, path: Path, position: str, message: str) -> None:
        super().__init__(path, position, message)
        self.path = path
        self.position = position
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}, {self.position}: {self.message}"


def read_keys(path: Path) -> Iterator[int]:
    """The keys of a trace in order, as a stream. The file's first bytes tell its format, whatever its name:

    xz holds signed 32-bit big-endian integers, one key each; gzip and anything else hold text with one integer a line, where
    blank lines and those that start with ``*`` are skipped. Raises KeysError for what cannot be read, where it is reached,
    and OSError. The file is open while the iterator is in use.
    """
    with path.open("rb") as file:
        magic = file.read(len(XZ_MAGIC))
        file.seek(0)
        if magic == XZ_MAGIC:
            with lzma.open(file) as unpacked:
                yield from _binary_keys(path, unpacked.read)
        elif magic.startswith(GZIP_MAGIC):
            with gzip.open(file) as unpacked:
                yield from _text_keys(path, unpacked.readline)
        else:
            yield from _text_keys(path, file.readline)


def _binary_keys(path: Path, read: _Read) -> Iterator[int]:
    offset = 0
    while chunk := _read(path, f"from unpacked byte {offset} on", read, _CHUNK):
        whole = len(chunk) - len(chunk) % KEY.size
        for (key,) in KEY.iter_unpack(chunk[:whole]):
            yield key
        offset += whole
        if whole < len(chunk):
            raise KeysError(path, f"unpacked byte {offset}", f"expected {KEY.size} bytes for a key, found {len(chunk) - whole}")


def _text_keys(path: Path, readline: _Read) -> Iterator[int]:
    number = 1
    while line := _read(path, f"from line {number} on", readline, _LONGEST_LINE):
        text = line.strip()
        if len(line) == _LONGEST_LINE or not (_is_integer(text) or _is_skipped(text)):
            raise KeysError(path, f"line {number}", f"expected one integer, not {text[:40].decode('latin-1')!r}")
        if not _is_skipped(text):
            yield int(text)
        number += 1


def _is_integer(text: bytes) -> bool:
    return text.removeprefix(b"-").isdigit()


def _is_skipped(text: bytes) -> bool:
    return not text or text.startswith(b"*")


def _read(path: Path, position: str, read: _Read, size: int) -> bytes:
    try:
        return read(size)
    except (gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        raise KeysError(path, position, f"damaged or cut off, cannot be unpacked: {error}") from None
