"""What the app remembers between starts: theme, span and layout, each kept apart so that one bad value harms no other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings

from budgetmon.gui.docks.arrangements import LayoutName
from budgetmon.gui.preferences import PERIODS_MS, Language, Preferences, ZoneChoice
from budgetmon.gui.state.number_style import Currency, Digits, NumberStyle
from budgetmon.gui.theme.themer import Scheme

LAYOUT_VERSION = 2  # raised when the layout's parts change, so that an old state is not forced onto a new window
DEFAULT_SPAN = timedelta(hours=1)

T = TypeVar("T")


class Settings:
    """Typed access to a QSettings. A value that cannot be used counts as absent."""

    def __init__(self, store: QSettings) -> None:
        self._store = store

    @classmethod
    def of_user(cls) -> Settings:
        """The settings of the person who runs the app, in the platform's place for them."""
        return cls(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "budgetmon", "budgetmon"))

    @property
    def scheme(self) -> Scheme:
        """The chosen theme."""
        try:
            return Scheme(str(self._store.value("look/scheme", Scheme.SYSTEM.value)))
        except ValueError:
            return Scheme.SYSTEM

    @scheme.setter
    def scheme(self, scheme: Scheme) -> None:
        self._store.setValue("look/scheme", scheme.value)

    @property
    def preferences(self) -> Preferences:
        """What is preferred; what cannot be used is as it was at first."""
        first = Preferences()
        return Preferences(
            scheme=self.scheme,
            zone=self._choice("prefer/zone", ZoneChoice, first.zone),
            period_ms=self._choice("prefer/period_ms", _period, first.period_ms),
            notifications=str(self._store.value("prefer/notifications", "true")).lower() != "false",
            language=self._choice("prefer/language", Language, first.language),
            numbers=NumberStyle(
                self._choice("prefer/digits", Digits, first.numbers.digits),
                self._choice("prefer/currency", Currency, first.numbers.currency),
            ),
        )

    @preferences.setter
    def preferences(self, chosen: Preferences) -> None:
        self.scheme = chosen.scheme
        self._store.setValue("prefer/zone", chosen.zone.value)
        self._store.setValue("prefer/period_ms", chosen.period_ms)
        self._store.setValue("prefer/notifications", chosen.notifications)
        self._store.setValue("prefer/language", chosen.language.value)
        self._store.setValue("prefer/digits", chosen.numbers.digits.value)
        self._store.setValue("prefer/currency", chosen.numbers.currency.value)

    def _choice(self, key: str, kind: Callable[[str], T], otherwise: T) -> T:
        try:
            return kind(str(self._store.value(key)))
        except ValueError:
            return otherwise

    def span(self, choices: tuple[timedelta, ...]) -> timedelta:
        """The chosen span, if it is one of ``choices``."""
        try:
            span = timedelta(seconds=float(str(self._store.value("look/span_seconds", DEFAULT_SPAN.total_seconds()))))
        except (ValueError, OverflowError):
            return DEFAULT_SPAN
        return span if span in choices else DEFAULT_SPAN

    def set_span(self, span: timedelta) -> None:
        """Remember the chosen span."""
        self._store.setValue("look/span_seconds", span.total_seconds())

    def layout(self, part: str) -> QByteArray | None:
        """The saved state of one part of the layout."""
        value = self._store.value(f"layout{LAYOUT_VERSION}/{part}")
        return value if isinstance(value, QByteArray) and not value.isEmpty() else None

    def set_layout(self, part: str, state: QByteArray) -> None:
        """Remember the state of one part of the layout."""
        self._store.setValue(f"layout{LAYOUT_VERSION}/{part}", state)

    @property
    def layout_name(self) -> LayoutName:
        """The layout that was chosen last."""
        try:
            return LayoutName(str(self._store.value(f"layout{LAYOUT_VERSION}/name", LayoutName.WATCH.value)))
        except ValueError:
            return LayoutName.WATCH

    @layout_name.setter
    def layout_name(self, name: LayoutName) -> None:
        self._store.setValue(f"layout{LAYOUT_VERSION}/name", name.value)

    def forget_layout(self) -> None:
        """Forget the whole layout."""
        self._store.remove(f"layout{LAYOUT_VERSION}")

    @property
    def recent_ledgers(self) -> list[str]:
        """The ledgers that were looked at last, newest first."""
        try:
            found = json.loads(str(self._store.value("ledgers/recent", "[]")))
        except ValueError:
            return []
        return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []

    @recent_ledgers.setter
    def recent_ledgers(self, paths: list[str]) -> None:
        self._store.setValue("ledgers/recent", json.dumps(paths))

    @property
    def export_folder(self) -> Path:
        """Where the last export went, while that folder is there; home otherwise."""
        folder = Path(str(self._store.value("export/folder", "")))
        return folder if folder.is_absolute() and folder.is_dir() else Path.home()

    @export_folder.setter
    def export_folder(self, folder: Path) -> None:
        self._store.setValue("export/folder", str(folder))

    @property
    def export_format(self) -> str:
        """The format of the last export."""
        return str(self._store.value("export/format", "csv"))

    @export_format.setter
    def export_format(self, format: str) -> None:
        self._store.setValue("export/format", format)

    def alerts_on(self, kind: str) -> bool:
        """Whether alerts of ``kind`` may disturb."""
        return str(self._store.value(f"alerts/{kind}", "true")).lower() != "false"

    def set_alerts_on(self, kind: str, on: bool) -> None:
        """Remember whether alerts of ``kind`` may disturb."""
        self._store.setValue(f"alerts/{kind}", on)

    def alerts_handled(self, ledger: str) -> str:
        """What was done about the alerts of ``ledger``, as JSON."""
        return str(self._store.value(f"alerts_handled/{_key(ledger)}", "{}"))

    def set_alerts_handled(self, ledger: str, handled: str) -> None:
        """Remember what was done about the alerts of ``ledger``."""
        self._store.setValue(f"alerts_handled/{_key(ledger)}", handled)


def _key(path: str) -> str:
    """A path as one key: slashes would make groups of it."""
    return hashlib.sha256(path.encode()).hexdigest()[:16]


def _period(text: str) -> int:
    if int(text) not in PERIODS_MS:
        raise ValueError(text)
    return int(text)
