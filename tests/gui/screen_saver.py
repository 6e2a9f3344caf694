"""A screen saver on a session bus: tells ActiveChanged for each line on stdin. Run as a child process.

Usage: screen_saver.py ADDRESS. A line is ``INTERFACE true|false``; each is answered with a line once the bus has it.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtDBus import QDBusConnection, QDBusMessage

app = QCoreApplication([])
bus = QDBusConnection.connectToBus(sys.argv[1], "saver")
assert bus.isConnected(), bus.lastError().message()
for line in sys.stdin:
    interface, active = line.split()
    signal = QDBusMessage.createSignal("/ScreenSaver", interface, "ActiveChanged")
    signal.setArguments([active == "true"])
    assert bus.send(signal)
    # Messages of one connection keep their order: once this is answered, the signal has gone out.
    bus.call(QDBusMessage.createMethodCall("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId"))
    sys.stdout.write("told\n")
    sys.stdout.flush()
QDBusConnection.disconnectFromBus("saver")
