"""The feed: the window asks, the poller answers, one question in flight, the latest one wins."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from budgetmon.gui.feed.page_feed import PageFeed
from budgetmon.gui.feed.poller import Answer, Poller, Question, ReaderFactory
from budgetmon.monitor.snapshot import Ask, Snapshot

PERIOD_MS = 1000
RELAXED_PERIOD_MS = 5000
QUIET_PERIOD_MS = 2000
QUIET_AFTER_MS = 60_000


class Feed(QObject):
    """Pulls pictures of one ledger; ``pages`` pulls pages of its long tables.

    GUI thread only; call ``shutdown`` before the window goes.
    A timer that is armed anew after each answer keeps the pace, so a slow disk slows the questions instead of queueing them.
    Where nothing was written for a minute it asks every two seconds; the first change brings its own period back.
    """

    pictured = Signal(object)  # Snapshot
    unchanged = Signal()
    troubled = Signal(object)  # LedgerTrouble
    failed = Signal(str)  # report of an unexpected error

    _asked = Signal(object)
    _finishing = Signal()

    def __init__(
        self,
        path: Path,
        factory: ReaderFactory,
        *,
        ask: Ask | None = None,
        period_ms: int = PERIOD_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._path = path
        self._ask = ask or Ask()
        self._period_ms = period_ms
        self._relaxed = False
        self._asleep = False
        self._quiet_ms = 0
        self._told: Snapshot | None = None
        self._in_flight = False
        self._again = False
        self._fresh = False
        self._ended = False
        self._cost: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._put_question)
        self._thread = QThread(self)
        self._thread.setObjectName("budgetmon poller")
        self._poller = Poller(factory)
        self.pages = PageFeed(path, self._poller, self)
        self._poller.moveToThread(self._thread)
        self._asked.connect(self._poller.answer)
        self._finishing.connect(self._poller.finish)
        self._poller.answered.connect(self._on_answer)
        self._poller.mishap.connect(self._on_mishap)
        self.pages.failed.connect(self._on_mishap)

    @property
    def path(self) -> Path:
        """The ledger that is asked about."""
        return self._path

    @property
    def ask(self) -> Ask:
        """What is asked for."""
        return self._ask

    @property
    def period_seconds(self) -> float:
        """How often an answer is due."""
        if self._relaxed:
            return max(self._period_ms, RELAXED_PERIOD_MS) / 1000
        quiet = self._quiet_ms >= QUIET_AFTER_MS
        return (max(self._period_ms, QUIET_PERIOD_MS) if quiet else self._period_ms) / 1000

    @property
    def cost_seconds(self) -> float | None:
        """How long the last picture took to read in the poller's thread; None before the first one."""
        return self._cost

    def start(self) -> None:
        """Start the poller and put the first question."""
        self._thread.start()
        self._put_question()

    def ask_for(self, ask: Ask) -> None:
        """Ask for something else from now on, at once."""
        if ask != self._ask:
            self._ask = ask
            self.ask_now()

    def open(self, path: Path) -> None:
        """Ask about another ledger from now on."""
        self._path = path
        self.pages.open(path)
        self.ask_now(fresh=True)

    def ask_now(self, *, fresh: bool = False) -> None:
        """Ask without waiting for the timer. ``fresh`` gets a whole picture even if nothing changed."""
        self._fresh = self._fresh or fresh
        self._quiet_ms = 0
        if self._in_flight or self._asleep:
            self._again = True
        else:
            self._put_question()

    def set_period(self, period_ms: int) -> None:
        """Ask every ``period_ms`` milliseconds from now on."""
        self._period_ms = period_ms
        self.ask_now()

    def relax(self, relaxed: bool) -> None:
        """Ask less often, while nobody is looking."""
        if relaxed != self._relaxed:
            self._relaxed = relaxed
            if not relaxed:
                self.ask_now()

    def sleep(self, asleep: bool) -> None:
        """Ask nothing at all, while nobody can be looking; awake again, ask at once."""
        if asleep != self._asleep:
            self._asleep = asleep
            if asleep:
                self._timer.stop()
            else:
                self.ask_now()

    def shutdown(self) -> None:
        """Stop asking, close the reader in its thread, and wait for that thread. Safe to call twice."""
        if self._ended:
            return
        self._ended = True
        self._timer.stop()
        self.pages.shutdown()
        if self._thread.isRunning():
            self._finishing.emit()
            self._thread.wait()

    @Slot()
    def _put_question(self) -> None:
        if self._ended or self._in_flight or self._asleep:
            return
        self._timer.stop()
        self._in_flight = True
        question = Question(self._path, self._ask, self._fresh)
        self._again = self._fresh = False
        self._asked.emit(question)

    @Slot(object)
    def _on_answer(self, answer: Answer) -> None:
        self._in_flight = False
        if self._ended:
            return
        if answer.question.path == self._path and answer.question.ask == self._ask:
            self._tell(answer)
        if self._again:
            self._put_question()
        elif not self._in_flight and not self._asleep:
            self._timer.start(round(self.period_seconds * 1000))

    def _tell(self, answer: Answer) -> None:
        if answer.trouble is not None:
            self.troubled.emit(answer.trouble)
        elif answer.report is not None:
            self.failed.emit(answer.report)
        elif answer.snapshot is not None:
            self._cost = answer.took
            self._note_news(answer.snapshot)
            self.pictured.emit(answer.snapshot)
        else:
            self._quiet_ms += round(self.period_seconds * 1000)
            self.unchanged.emit()

    def _note_news(self, snapshot: Snapshot) -> None:
        """Now and then the reader brings a new picture though nobody wrote: that is no news."""
        before, self._told = self._told, snapshot
        if before is None or _written(before) != _written(snapshot):
            self._quiet_ms = 0

    @Slot(str)
    def _on_mishap(self, report: str) -> None:
        self.failed.emit(report)


def _written(snapshot: Snapshot) -> tuple[object, ...]:
    """What changes when anybody writes, and with nothing else."""
    return (snapshot.ledger.path, snapshot.totals, snapshot.workers, snapshot.runs, snapshot.paused)
