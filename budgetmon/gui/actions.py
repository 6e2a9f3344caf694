"""The one registry of what the operator can do. Menus, tool bar, sheet of keys and palette are all fed from it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from budgetmon.gui.action_specs import ActionSpec, action_specs, layout_choices, scheme_choices, span_choices
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Themer

_MNEMONIC_BEHIND = re.compile(r"\(&.\)")  # where a script has no letters for keys


@dataclass(frozen=True, slots=True)
class Command:
    """An action in the words of the palette, which stand alone: ``"Theme: Dark"``."""

    text: str
    action: QAction


class Actions(QObject):
    """The actions as QActions of ``window``. They do nothing until objects ``serve`` them. GUI thread only."""

    def __init__(self, themer: Themer, window: QWidget) -> None:
        super().__init__(window)
        self._themer = themer
        self.specs = action_specs()
        self._by_name: dict[str, QAction] = {spec.name: self._made(spec, window) for spec in self.specs}
        self.spans = QActionGroup(self)
        # A range that is none of them leaves all of them unchecked.
        self.spans.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for text, value in span_choices():
            self._choice(self.spans, text, value, window)
        self.schemes = QActionGroup(self)
        for text, scheme, _ in scheme_choices():
            self._choice(self.schemes, text, scheme, window)
        self.layouts = QActionGroup(self)
        self.layouts.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for number, (text, layout) in enumerate(layout_choices(), 1):
            action = QAction(text, self.layouts)
            action.setData(layout)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            window.addAction(action)
        self.panels = QActionGroup(self)
        self.panels.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        self.show_scheme()
        themer.changed.connect(self._redraw)
        self._redraw()

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def serve(self, servant: QObject) -> None:
        """Let ``servant`` do each action ``name`` for which it has a slot ``on_name``."""
        for name, action in self._by_name.items():
            slot = getattr(servant, f"on_{name}", None)
            if slot is not None:
                action.triggered.connect(slot)

    def add_panels(self, panels: Iterable[tuple[str, str]]) -> None:
        """Make an action per panel, by name and title, that brings it to the front; ``panels`` is triggered with the name."""
        for name, title in panels:
            QAction(title, self.panels).setData(name)

    def commands(self) -> list[Command]:
        """Everything that can be done, in the order of the registry."""
        found = [Command(plain(action.text()), action) for action in self._by_name.values()]
        for words, group in (
            (self.tr("Range: {name}"), self.spans),
            (self.tr("Layout: {name}"), self.layouts),
            (self.tr("Panel: {name}"), self.panels),
            (self.tr("Theme: {name}"), self.schemes),
        ):
            found += [Command(words.format(name=plain(action.text())), action) for action in group.actions()]
        return found

    def _made(self, spec: ActionSpec, window: QWidget) -> QAction:
        action = QAction(spec.text, window)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        if spec.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setIconText(plain(spec.text))
        keys = QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
        window.addAction(action)
        return action

    def _choice(self, group: QActionGroup, text: str, data: object, window: QWidget) -> None:
        action = QAction(text, group)
        action.setCheckable(True)
        action.setData(data)
        window.addAction(action)

    @Slot()
    def _redraw(self) -> None:
        tokens = self._themer.tokens
        for spec in self.specs:
            name = "resume" if spec.name == "pause" and self._by_name["pause"].isChecked() else spec.icon
            self._by_name[spec.name].setIcon(themed_icon(name, tokens.text, tokens.faint))

    def show_span(self, span: timedelta | None) -> None:
        """Check the action of ``span``; none when it has none."""
        for action in self.spans.actions():
            action.setChecked(action.data() == span)

    def show_scheme(self) -> None:
        """Check the action of the theme that is chosen."""
        for action in self.schemes.actions():
            action.setChecked(action.data() == self._themer.scheme)

    def show_paused(self, paused: bool) -> None:
        """Let the pause action say what it does next."""
        action = self._by_name["pause"]
        action.setChecked(paused)
        action.setIconText(self.tr("Resume") if paused else self.tr("Pause view"))
        action.setText(self.tr("Resume view") if paused else self.tr("Pa&use view"))
        self._redraw()


def plain(text: str) -> str:
    """The words of an action without the marks of menus: ``"&Open..."`` is ``"Open"``, and so is ``"Open(&O)..."``."""
    return _MNEMONIC_BEHIND.sub("", text).replace("&", "").removesuffix("...")
