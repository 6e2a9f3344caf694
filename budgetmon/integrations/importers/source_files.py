"""Files to import from, read once from front to back, however large."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgetmon.core.storage.foreign import SourceError

# A record is a few kilobytes. A longer line is skipped without being kept in memory.
LONGEST_LINE = 16 * 1024 * 1024
_ARRAY_LIMIT = 512 * 1024 * 1024

Row = dict[str, Any]


class SourceFile:
    """One file. ``consumed`` counts the bytes read so far, so that progress can be shown. For one thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.consumed = 0

    def where(self, number: int) -> str:
        """Where a line stands, for people."""
        return f"{self.path.name}, line {number}"

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Numbers and bytes of the lines, from 1; an overlong line comes cut off. Raises OSError."""
        with self.path.open("rb") as file:
            number = 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                self.consumed += len(line)
                yield number, line
                while not line.endswith(b"\n") and (line := file.readline(LONGEST_LINE)):
                    self.consumed += len(line)

    def json_lines(self) -> Iterator[tuple[int, Row | str]]:
        """The object in each line that is not blank, or what is wrong with it."""
        decode = json.JSONDecoder().decode  # without the look at its options that json.loads takes at each line
        for number, line in self.lines():
            if line.isspace():
                continue
            try:
                value = decode(line.decode())
            except (ValueError, RecursionError):
                yield number, "not a whole JSON object"
                continue
            yield number, value if type(value) is dict else "not a JSON object"

    def rows(self) -> Iterator[tuple[int, Row | str]]:
        """The rows of a table: CSV with a header, one JSON object a line, or one JSON array of objects."""
        first = self._first_byte()
        if first == b"{":
            yield from self.json_lines()
        elif first == b"[":
            yield from self._array()
        else:
            yield from self._csv()

    def _first_byte(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]

    def document(self) -> Any:
        """The one JSON value in the file. Raises SourceError when it is not one, or too large to be read whole."""
        if self.size > _ARRAY_LIMIT:
            raise SourceError(self.path, "one JSON value of over 512 MiB; give it as JSON lines, one object a line")
        try:
            value = json.loads(self.path.read_bytes())
        except (ValueError, RecursionError) as error:
            raise SourceError(self.path, f"not whole JSON: {error}") from None
        self.consumed = self.size
        return value

    def _array(self) -> Iterator[tuple[int, Row | str]]:
        for number, value in enumerate(self.document(), 1):
            yield number, value if type(value) is dict else "not a JSON object"

    def _csv(self) -> Iterator[tuple[int, Row | str]]:
        texts = (line.decode("utf-8-sig" if number == 1 else "utf-8", "replace") for number, line in self.lines())
        reader = csv.reader(texts)
        header = next(reader, None)
        if not header:
            raise SourceError(self.path, "the file is empty")
        width = len(header)
        # Logs hold whole conversations, and Python's limit on a field is for all of the process.
        limit = csv.field_size_limit(LONGEST_LINE)
        try:
            while (values := _next(reader)) is not None:
                if isinstance(values, str):
                    yield reader.line_num, values
                elif any(values) and len(values) == width:
                    yield reader.line_num, dict(zip(header, values, strict=True))
                elif any(values):
                    yield reader.line_num, f"{len(values)} fields where the header has {width}"
        finally:
            csv.field_size_limit(limit)


def _next(reader: Iterator[list[str]]) -> list[str] | str | None:
    """The next row, or what is wrong with it; None after the last. After an error the reader goes on with the next line."""
    try:
        return next(reader, None)
    except csv.Error as error:
        return f"not CSV: {error}"


def source_files(path: Path, suffixes: tuple[str, ...]) -> list[SourceFile]:
    """The file at ``path``, or all below it whose names end in one of ``suffixes``, by name. Raises SourceError, OSError."""
    if not path.is_dir():
        if not path.exists():
            raise FileNotFoundError(2, "No such file or directory", str(path))
        if not path.is_file():
            raise SourceError(path, "this is no regular file")
        return [SourceFile(path)]
    found = sorted(each for each in path.rglob("*") if each.suffix in suffixes and each.is_file())
    if not found:
        raise SourceError(path, f"no file in this folder ends in {' or '.join(suffixes)}")
    return [SourceFile(each) for each in found]
