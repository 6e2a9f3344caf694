"""Pages beside the pictures: each table asks for one page at a time, of its questions the latest wins, one is in flight."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from budgetmon.gui.feed.poller import PageAnswer, PageQuestion, Poller
from budgetmon.monitor.call_details import DetailsAsk
from budgetmon.monitor.paging import Listing, Page, PageAsk


class PageFeed(QObject):
    """Puts the tables' questions to the poller. GUI thread only; ends with the feed that owns the poller's thread."""

    turned = Signal(object)  # Page
    detailed = Signal(object)  # CallDetails
    missed = Signal(object)  # PageAsk or DetailsAsk that brought nothing: the next picture says what the trouble is
    failed = Signal(str)  # report of an unexpected error

    _asked = Signal(object)

    def __init__(self, path: Path, poller: Poller, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._waiting: dict[Listing | None, PageAsk | DetailsAsk] = {}
        self._in_flight = False
        self._ended = False
        self._asked.connect(poller.turn)
        poller.turned.connect(self._on_answer)

    @Slot(object)
    def ask(self, ask: PageAsk | DetailsAsk) -> None:
        """Ask for a page, or for a call's details; an earlier question about the same that still waits is forgotten."""
        about = ask.listing if isinstance(ask, PageAsk) else None
        self._waiting.pop(about, None)
        self._waiting[about] = ask
        self._put_question()

    def open(self, path: Path) -> None:
        """Ask about another ledger from now on; what was asked about the old one is missed."""
        self._path = path
        waiting, self._waiting = self._waiting, {}
        for ask in waiting.values():
            self.missed.emit(ask)

    def shutdown(self) -> None:
        """Ask nothing more. Safe to call twice."""
        self._ended = True
        self._waiting.clear()

    def _put_question(self) -> None:
        if self._ended or self._in_flight or not self._waiting:
            return
        self._in_flight = True
        about = next(iter(self._waiting))
        self._asked.emit(PageQuestion(self._path, self._waiting.pop(about)))

    @Slot(object)
    def _on_answer(self, answer: PageAnswer) -> None:
        self._in_flight = False
        if self._ended:
            return
        if answer.question.path == self._path:
            self._tell(answer)
        else:
            self.missed.emit(answer.question.ask)
        self._put_question()

    def _tell(self, answer: PageAnswer) -> None:
        if isinstance(answer.page, Page):
            self.turned.emit(answer.page)
            return
        if answer.page is not None:
            self.detailed.emit(answer.page)
            return
        self.missed.emit(answer.question.ask)
        if answer.report is not None:
            self.failed.emit(answer.report)
