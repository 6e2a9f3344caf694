"""The icon in the tray, and notifications on the desktop: where there is a tray."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from budgetmon.gui.state.alert_words import headline, sentence
from budgetmon.monitor.alerts.values import Alert, Reference, Severity

_ICONS = {
    Severity.NOTE: QSystemTrayIcon.MessageIcon.Information,
    Severity.WARNING: QSystemTrayIcon.MessageIcon.Warning,
    Severity.URGENT: QSystemTrayIcon.MessageIcon.Critical,
}


class Tray(QObject):
    """Notifies of alerts. ``window_asked`` when the icon is pressed, ``asked`` with the reference of the alert whose
    notification is. ``menu`` has to be kept by the caller. GUI thread only."""

    window_asked = Signal()
    asked = Signal(object)  # Reference

    def __init__(self, icon: QSystemTrayIcon, menu: QMenu, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._icon.setContextMenu(menu)
        self._notified: Reference | None = None
        icon.activated.connect(self._on_activated)
        icon.messageClicked.connect(self._on_message)

    def show(self, tool_tip: str) -> None:
        """Put the icon in the tray."""
        self._icon.setToolTip(tool_tip)
        self._icon.show()

    def hide(self) -> None:
        """Take it away."""
        self._icon.hide()

    @Slot(object)
    def notify(self, alert: Alert) -> None:
        """Show a notification. A click on it asks for the cause of the newest alert: desktops do not say which was meant."""
        finding = alert.finding
        self._notified = finding.reference
        self._icon.showMessage(headline(finding), sentence(finding), _ICONS[finding.severity])

    @Slot(QSystemTrayIcon.ActivationReason)
    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is QSystemTrayIcon.ActivationReason.Trigger:
            self.window_asked.emit()

    @Slot()
    def _on_message(self) -> None:
        self.window_asked.emit()
        if self._notified is not None:
            self.asked.emit(self._notified)


def system_tray_icon(icon: QIcon, parent: QObject) -> QSystemTrayIcon | None:
    """An icon for the desktop's tray, not shown yet; None where there is no tray."""
    return QSystemTrayIcon(icon, parent) if QSystemTrayIcon.isSystemTrayAvailable() else None
