"""Recorded traces of calls: CSV files with one call a line, read as a stream."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from budgetmon.core.rules.usage import MAX_COUNT

MICROSECOND = timedelta(microseconds=1)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECONDS_PER_SECOND = 1_000_000
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?([eE][+-]?\d{1,3})?", re.ASCII)


class TraceError(ValueError):
    """A trace that cannot be read: the text names file and line, and what was expected there."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(path, line, message)
        self.path = path
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class TraceColumns:
    """Which columns hold what. ``model`` and ``tag`` are None for a trace without them.

    Each time may be ISO 8601, taken as UTC where it names no zone, or a plain number: seconds since 1970.
    """

    at: str
    input_tokens: str
    output_tokens: str
    model: str | None = None
    tag: str | None = None


AZURE = TraceColumns(at="TIMESTAMP", input_tokens="ContextTokens", output_tokens="GeneratedTokens")


@dataclass(frozen=True, slots=True)
class TraceCall:
    """One recorded call. Times are integer microseconds: ``at_us`` since 1970 UTC, ``offset_us`` since the trace began.

    Digits finer than a microsecond are cut off. ``model`` and ``tag`` are None where the trace has none or an empty field.
    """

    at_us: int
    offset_us: int
    input_tokens: int
    output_tokens: int
    model: str | None = None
    tag: str | None = None

    @property
    def at(self) -> datetime:
        """When it was made, as an aware datetime in UTC."""
        return EPOCH + self.at_us * MICROSECOND


def read_trace(path: Path, columns: TraceColumns = AZURE) -> Iterator[TraceCall]:
    """The calls of a trace in the order of the file. The file is open while the iterator is in use; blank lines are skipped.

    The trace begins with its first row. Rows out of time order are given where they stand; one that is earlier than the
    first row has the offset 0. Raises TraceError for what cannot be read, at the row that is wrong, and OSError.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        try:
            parser = _RowParser(path, columns, next(reader, []))
            for row in reader:
                if row:
                    yield parser.call(row, reader.line_num)
        except UnicodeDecodeError as error:
            raise TraceError(path, _undecodable_line(path), f"expected text in UTF-8: {error.reason}") from None
        except csv.Error as error:
            raise TraceError(path, reader.line_num, f"expected CSV: {error}") from None


def count_calls(path: Path) -> int:
    """How many calls a trace has, without parsing them: for the total of a progress bar.

    Counts lines that are not blank, but for the header: too many only where quoted fields contain line breaks.
    """
    with path.open("rb") as file:
        return max(0, sum(1 for line in file if not line.isspace()) - 1)


def _undecodable_line(path: Path) -> int:
    """Which line is not UTF-8. The decoder works by blocks, so it does not know."""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1


class _RowParser:
    """Turns rows into calls. Knows the header and when the trace began."""

    def __init__(self, path: Path, columns: TraceColumns, header: list[str]) -> None:
        self._path = path
        self._width = len(header)
        self._columns = columns
        names = [name.strip() for name in header]
        self._at = self._place(names, columns.at)
        self._input = self._place(names, columns.input_tokens)
        self._output = self._place(names, columns.output_tokens)
        self._model = self._place(names, columns.model) if columns.model else None
        self._tag = self._place(names, columns.tag) if columns.tag else None
        self._began: int | None = None

    def _place(self, names: list[str], wanted: str) -> int:
        if names.count(wanted) == 1:
            return names.index(wanted)
        if wanted in names:
            raise TraceError(self._path, 1, f"the column {wanted!r} is there more than once")
        there = ", ".join(repr(name) for name in names) or "none"
        raise TraceError(self._path, 1, f"expected a column {wanted!r}; the columns are: {there}")

    def call(self, row: list[str], line: int) -> TraceCall:
        """The call in ``row``, which ends at ``line``."""
        if len(row) != self._width:
            raise TraceError(self._path, line, f"expected {self._width} fields as in the header, found {len(row)}")
        try:
            at_us = _microseconds(row[self._at])
        except ValueError as error:
            raise TraceError(self._path, line, f"column {self._columns.at!r}: {error}") from None
        if self._began is None:
            self._began = at_us
        return TraceCall(
            at_us,
            max(0, at_us - self._began),
            self._tokens(row[self._input], self._columns.input_tokens, line),
            self._tokens(row[self._output], self._columns.output_tokens, line),
            _text(row, self._model),
            _text(row, self._tag),
        )

    def _tokens(self, text: str, column: str, line: int) -> int:
        digits = text.strip()
        if digits.isascii() and digits.isdigit() and len(digits) <= 16 and int(digits) <= MAX_COUNT:
            return int(digits)
        raise TraceError(self._path, line, f"column {column!r}: expected a whole number from 0 to 2**53 - 1, not {text[:80]!r}")


def _text(row: list[str], place: int | None) -> str | None:
    return (row[place].strip() or None) if place is not None else None


def _microseconds(text: str) -> int:
    """Microseconds since 1970 of a time as it stands in a trace."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        number = Decimal(text)
        if not 0 <= number < 253_402_300_800:
            raise ValueError(f"expected seconds since 1970 up to the year 9999, not {text[:80]!r}")
        return int(number * MICROSECONDS_PER_SECOND)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"expected an ISO 8601 time such as 2023-11-16 18:17:03.9799600, or seconds since 1970, not {text[:80]!r}"
        ) from None
    return ((at if at.tzinfo else at.replace(tzinfo=UTC)) - EPOCH) // MICROSECOND
