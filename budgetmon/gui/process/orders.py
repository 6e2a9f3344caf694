"""Orders to the core: pause and resume a provider, resolve a call in doubt. The app writes nothing; a child process does."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from budgetmon.gui.process.command import Place, last_line, prepared


class Verb(StrEnum):
    """What can be ordered. Of a call in doubt, what was held is charged or released."""

    PAUSE = "pause"
    RESUME = "resume"
    CHARGE = "charge"
    RELEASE = "release"


_UNDOES = {Verb.PAUSE: Verb.RESUME, Verb.RESUME: Verb.PAUSE}


@dataclass(frozen=True, slots=True)
class Order:
    """One order: ``subject`` is a provider, or the number of a call."""

    verb: Verb
    subject: str

    @property
    def undo(self) -> Order | None:
        """The order that takes this one back; None for one that cannot be taken back."""
        verb = _UNDOES.get(self.verb)
        return None if verb is None else Order(verb, self.subject)

    def arguments(self, place: Place) -> list[str]:
        """The command line, without the program."""
        if self.verb in _UNDOES:
            return [self.verb.value, *place.options(), "--", self.subject]
        return ["resolve", *place.options(), "--", self.subject, self.verb.value]


class Orders(QObject):
    """Gives one order after the other. ``done`` carries the Order, ``failed`` the Order and one line that says why.

    GUI thread only; call ``shutdown`` before the window goes: an order under way is carried out, those that wait are not.
    """

    done = Signal(object)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = Place()
        self._waiting: deque[tuple[Order, Place]] = deque()
        self._under_way: tuple[Order, QProcess] | None = None

    def use(self, place: Place) -> None:
        """Which ledger the orders to come are for."""
        self._place = place

    def give(self, order: Order) -> None:
        """Give an order; returns at once."""
        self._waiting.append((order, self._place))
        self._start_next()

    def shutdown(self) -> None:
        """Forget the orders that wait, and let one that is under way end by itself."""
        self._waiting.clear()
        under_way, self._under_way = self._under_way, None
        if under_way is not None:
            process = under_way[1]
            process.finished.disconnect(self._on_finished)
            process.errorOccurred.disconnect(self._on_error)
            # Half an order does not exist: the ledger has it whole or not at all.
            process.waitForFinished(5_000)
            process.kill()
            process.waitForFinished(2_000)

    def _start_next(self) -> None:
        if self._under_way is not None or not self._waiting:
            return
        order, place = self._waiting.popleft()
        process = prepared(order.arguments(place), self)
        self._under_way = (order, process)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        process.start()

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._under_way is None:
            return
        order, process = self._under_way
        said = last_line(process)
        self._under_way = None
        process.deleteLater()
        if code == 0 and status is QProcess.ExitStatus.NormalExit:
            self.done.emit(order)
        else:
            self.failed.emit(order, said or self.tr("budgetmon ended with exit code {code}.").format(code=code))
        self._start_next()

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if self._under_way is None or error is not QProcess.ProcessError.FailedToStart:
            return
        order, process = self._under_way
        said = process.errorString()
        self._under_way = None
        process.deleteLater()
        self.failed.emit(order, said)
        self._start_next()
