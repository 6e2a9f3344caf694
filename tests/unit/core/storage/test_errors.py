"""SQLite's errors by code, each with a name and a sentence that says what to do."""

from __future__ import annotations

import pickle
from pathlib import Path

import apsw
import pytest

from budgetmon.core.storage import errors
from budgetmon.core.storage.errors import LedgerError, ledger_errors

PATH = Path("/books/ledger.db")

KINDS = [
    (apsw.BusyError, errors.LedgerBusyError),
    (apsw.FullError, errors.LedgerFullError),
    (apsw.CorruptError, errors.LedgerDamagedError),
    (apsw.NotADBError, errors.NotALedgerError),
    (apsw.ReadOnlyError, errors.LedgerAccessError),
    (apsw.CantOpenError, errors.LedgerAccessError),
    (apsw.IOError, errors.LedgerError),
]


@pytest.mark.parametrize(("theirs", "ours"), KINDS)
def test_that_an_error_is_told_by_its_code_and_keeps_its_cause(theirs: type[apsw.Error], ours: type[LedgerError]) -> None:
    cause = theirs("words that mean nothing here")
    cause.result = getattr(apsw, {"IOError": "SQLITE_IOERR"}.get(theirs.__name__, f"SQLITE_{theirs.__name__[:-5].upper()}"))
    with pytest.raises(LedgerError) as caught, ledger_errors(PATH):
        raise cause
    assert issubclass(type(caught.value), ours)
    assert caught.value.__cause__ is cause
    assert str(caught.value).startswith(str(PATH))


@pytest.mark.parametrize("extended", [apsw.SQLITE_BUSY_SNAPSHOT, apsw.SQLITE_BUSY_RECOVERY])
def test_that_extended_codes_count_as_what_they_extend(extended: int) -> None:
    cause = apsw.BusyError("busy")
    cause.result = extended
    with pytest.raises(errors.LedgerBusyError), ledger_errors(PATH):
        raise cause


def every_kind() -> list[type[LedgerError]]:
    kinds = [LedgerError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return kinds


@pytest.mark.parametrize("kind", every_kind())
def test_that_each_error_says_what_to_do_and_travels_between_processes(kind: type[LedgerError]) -> None:
    error = kind(PATH)
    assert kind.advice
    assert str(error) == f"{PATH}: {kind.advice}"
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), str(copy), copy.path) == (kind, str(error), str(PATH))


def test_that_errors_of_others_pass_unchanged() -> None:
    with pytest.raises(KeyError), ledger_errors(PATH):
        raise KeyError("not SQLite's")
