"""Whether the screen is locked or blanked, as the desktop's screen saver says on the session bus."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import SLOT, QCoreApplication, QEvent, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection

# Each of these desktops has a name of its own for the same signal.
_SAVERS = ("org.freedesktop", "org.gnome", "org.cinnamon", "org.mate", "org.xfce")
_CONNECTION = "budgetmon-lock"
_BY_A_PERSON = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel})


def session_bus(environment: Mapping[str, str]) -> str | None:
    """The address of the session bus that runs already; None where there is none. None is ever started."""
    address = environment.get("DBUS_SESSION_BUS_ADDRESS", "")
    if address:
        return address if address.startswith("unix:") else None
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return f"unix:path={folder}/bus" if folder and Path(folder, "bus").is_socket() else None


class ScreenLock(QObject):
    """Emits ``changed`` with True when nobody can be looking any more, and with False when somebody may.

    Without a bus, or a screen saver on it, nothing is ever emitted. A key or the mouse in the app ends a lock, too, should
    its end not be told. GUI thread only; ``close`` it before the event loop is gone.
    """

    changed = Signal(bool)

    def __init__(self, address: str | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._locked = False
        self._connected = address is not None
        if address is None:
            return
        bus = QDBusConnection.connectToBus(address, _CONNECTION)
        for saver in _SAVERS:  # a slot's name is a str here, though PySide's stubs say bytes
            bus.connect("", "", f"{saver}.ScreenSaver", "ActiveChanged", self, SLOT("on_active(bool)"))  # type: ignore[call-overload]

    @classmethod
    def of_session(cls, parent: QObject | None = None) -> ScreenLock:
        """The lock of the session that the app runs in."""
        return cls(session_bus(os.environ), parent)

    @property
    def locked(self) -> bool:
        """Whether nobody can be looking."""
        return self._locked

    @Slot(bool)
    def on_active(self, active: bool) -> None:
        """The screen saver covers the screen, or went away. Some desktops say the same thing twice."""
        app = QCoreApplication.instance()
        if active == self._locked or app is None:
            return
        self._locked = active
        if active:
            app.installEventFilter(self)
        else:
            app.removeEventFilter(self)
        self.changed.emit(active)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _BY_A_PERSON:
            self.on_active(False)
        return False

    def close(self) -> None:
        """Leave the bus. Safe to call twice."""
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        if self._connected:
            self._connected = False
            QDBusConnection.disconnectFromBus(_CONNECTION)
