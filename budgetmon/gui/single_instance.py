"""One window per ledger and user: a second start finds the first by a lock, tells it to come to the front, and ends."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QObject, QThread, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_RAISE = b"raise\n"
_ANSWER = b"raised\n"
_PATIENCE_MS = 3000


class SingleInstance(QObject):
    """Holds the claim on one ledger. ``raise_asked`` when somebody started the app on it again. GUI thread only.

    Who holds the lock is the first: the kernel drops it with the process, whatever the end, so a socket that was left
    behind is known to be stale and is removed by whoever gets the lock.
    """

    raise_asked = Signal()

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or _folder()
        self._lock: int | None = None
        self._key: str | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self, ledger: Path) -> bool:
        """Claim ``ledger`` instead of what was claimed before. False when another instance has it and came to the front; what
        was claimed before stays claimed then.

        Where a claim cannot be made at all, or the other one does not answer, a second window is better than none: True.
        """
        key = instance_key(ledger)
        if key == self._key:
            return True
        stem = self._folder / f"budgetmon-{key}"
        lock = _locked(Path(f"{stem}.lock"))
        if lock is None and _wake(f"{stem}.socket"):
            return False
        self.release()
        if lock is not None:
            self._key, self._lock = key, lock
            QLocalServer.removeServer(f"{stem}.socket")
            self._server.listen(f"{stem}.socket")
        return True

    def release(self) -> None:
        """Give the claim up."""
        self._server.close()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = self._key = None

    @Slot()
    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_words)
            socket.disconnected.connect(socket.deleteLater)

    @Slot()
    def _on_words(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.readAll().startsWith(_RAISE):
            socket.write(_ANSWER)
            socket.flush()
            self.raise_asked.emit()


def instance_key(ledger: Path) -> str:
    """The same for every way to name one file, and another one for each user."""
    real = os.path.realpath(ledger)
    return f"{os.getuid()}-{hashlib.sha256(os.fsencode(real)).hexdigest()[:16]}"


def _folder() -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    return Path(runtime) if runtime and os.access(runtime, os.W_OK) else Path(tempfile.gettempdir())


def _locked(path: Path) -> int | None:
    """The descriptor of the file at ``path``, locked; None when somebody else has it or the file is not ours to open."""
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def _wake(name: str) -> bool:
    """Tell the instance behind the socket ``name`` to come to the front; whether it answered."""
    patience = QDeadlineTimer(_PATIENCE_MS)
    socket = QLocalSocket()
    socket.connectToServer(name)
    # One that has just started has the lock already and not yet the socket.
    while not socket.waitForConnected(int(patience.remainingTime())):
        if patience.hasExpired():
            return False
        QThread.msleep(50)
        socket.connectToServer(name)
    socket.write(_RAISE)
    answered = socket.waitForReadyRead(int(patience.remainingTime())) and socket.readAll().startsWith(_ANSWER)
    socket.abort()
    return bool(answered)
