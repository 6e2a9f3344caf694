"""The poller: lives in its own thread, owns the reader, answers one question at a time."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal, Slot

from budgetmon.monitor.call_details import CallDetails, DetailsAsk
from budgetmon.monitor.paging import Page, PageAsk
from budgetmon.monitor.snapshot import Ask, Snapshot
from budgetmon.monitor.trouble import LedgerTrouble


class Reader(Protocol):
    """What the poller needs of a ledger reader. Created, used and closed in the poller's thread."""

    def poll(self, ask: Ask) -> Snapshot | None: ...

    def page(self, ask: PageAsk) -> Page: ...

    def call(self, number: int) -> CallDetails | None: ...

    def close(self) -> None: ...


ReaderFactory = Callable[[Path], Reader]


@dataclass(frozen=True, slots=True)
class Question:
    """What the window asks. ``fresh`` wants a whole picture even when nothing was written since the last one."""

    path: Path
    ask: Ask
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the poller found: a new picture; or trouble; or the report of an unexpected error; or none of these: unchanged.

    ``took`` is how many seconds reading cost.
    """

    question: Question
    snapshot: Snapshot | None = None
    trouble: LedgerTrouble | None = None
    report: str | None = None
    took: float = 0.0


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """What a table asks, or the details beside it."""

    path: Path
    ask: PageAsk | DetailsAsk


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """The page or the details; or, without them, the report of an unexpected error, or neither: there is no such
    call, or the ledger is in trouble.
    """

    question: PageQuestion
    page: Page | CallDetails | None = None
    report: str | None = None


class Poller(QObject):
    """Answers questions from the GUI thread through queued signals. Never raises: what goes wrong is part of the answer."""

    answered = Signal(object)
    turned = Signal(object)
    mishap = Signal(str)  # report of an error that no answer carries

    def __init__(self, factory: ReaderFactory) -> None:
        super().__init__()
        self._factory = factory
        self._reader: Reader | None = None
        self._path: Path | None = None

    @Slot(object)
    def answer(self, question: Question) -> None:
        """Read once and emit ``answered``. After any trouble the reader is opened anew at the next question."""
        began = time.perf_counter()
        try:
            if question.fresh:
                self._drop_reader()
            snapshot = self._reader_of(question.path).poll(question.ask)
            answer = Answer(question, snapshot=snapshot, took=time.perf_counter() - began)
        except LedgerTrouble as trouble:
            self._drop_reader()
            answer = Answer(question, trouble=trouble)
        except Exception:
            self._drop_reader()
            answer = Answer(question, report=traceback.format_exc())
        self.answered.emit(answer)

    @Slot(object)
    def turn(self, question: PageQuestion) -> None:
        """Read one page, or a call's details, and emit ``turned``. What troubles the ledger is for the next picture to tell."""
        try:
            answer = PageAnswer(question, _turned(self._reader_of(question.path), question.ask))
        except LedgerTrouble:
            self._drop_reader()
            answer = PageAnswer(question)
        except Exception:
            self._drop_reader()
            answer = PageAnswer(question, report=traceback.format_exc())
        self.turned.emit(answer)

    @Slot()
    def finish(self) -> None:
        """Close the reader in the thread that used it, then end that thread's event loop."""
        self._drop_reader()
        self.thread().quit()

    def _reader_of(self, path: Path) -> Reader:
        if path != self._path:
            self._drop_reader()
        if self._reader is None:
            self._reader = self._factory(path)
            self._path = path
        return self._reader

    def _drop_reader(self) -> None:
        reader, self._reader = self._reader, None
        if reader is None:
            return
        try:
            reader.close()
        except Exception:
            self.mishap.emit(traceback.format_exc())


def _turned(reader: Reader, ask: PageAsk | DetailsAsk) -> Page | CallDetails | None:
    return reader.page(ask) if isinstance(ask, PageAsk) else reader.call(ask.call)
