"""The orders that menus offer; each action's data is the Order."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from budgetmon.core.rules.calls import CallState
from budgetmon.gui.process.orders import Order, Verb
from budgetmon.gui.state.formatting import money
from budgetmon.monitor.snapshot import CallRow

translate = QCoreApplication.translate


def offer_pause(menu: QMenu, provider: str, paused: Collection[str]) -> None:
    """Offer to pause ``provider``, or to resume it when it is paused."""
    if provider in paused:
        words, verb = translate("orders", "Resume {provider}"), Verb.RESUME
    else:
        words, verb = translate("orders", "Pause {provider}"), Verb.PAUSE
    menu.addAction(words.format(provider=_literal(provider))).setData(Order(verb, provider))


def offer_resolution(menu: QMenu, call: CallRow) -> None:
    """Offer what can become of a call in doubt; nothing for other calls."""
    if call.state is not CallState.IN_DOUBT:
        return
    charge = translate("orders", "Charge {amount} for this call...").format(amount=money(call.hold))
    menu.addAction(charge).setData(Order(Verb.CHARGE, str(call.id)))
    menu.addAction(translate("orders", "Release this call...")).setData(Order(Verb.RELEASE, str(call.id)))


def _literal(text: str) -> str:
    """Text of an action in which an ampersand stands for itself."""
    return text.replace("&", "&&")
