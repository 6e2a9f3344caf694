"""The one registry of what the operator can do: name, words, icon, shortcut and slot. Menus and tool bar are fed from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from budgetmon.gui.docks.arrangements import LayoutName
from budgetmon.gui.theme.icons import themed_icon
from budgetmon.gui.theme.themer import Scheme, Themer

SPANS: tuple[tuple[str, timedelta], ...] = (
    ("15 m", timedelta(minutes=15)),
    ("1 h", timedelta(hours=1)),
    ("6 h", timedelta(hours=6)),
    ("24 h", timedelta(hours=24)),
    ("7 d", timedelta(days=7)),
    ("30 d", timedelta(days=30)),
)
SCHEMES: tuple[tuple[str, Scheme, str], ...] = (
    ("Light", Scheme.LIGHT, "sun"),
    ("Dark", Scheme.DARK, "moon"),
    ("As the system", Scheme.SYSTEM, "system"),
)
LAYOUTS: tuple[tuple[str, LayoutName], ...] = (
    ("&Watch", LayoutName.WATCH),
    ("&Investigate", LayoutName.INVESTIGATE),
    ("Test &runs", LayoutName.RUNS),
    ("&Compact", LayoutName.COMPACT),
)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing to do. ``local`` shortcuts act only while the window itself has the focus: Space must still press buttons."""

    name: str
    text: str
    icon: str
    tip: str
    shortcut: str = ""
    checkable: bool = False
    local: bool = False


SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("open", "&Open...", "open", "Open another ledger", "Ctrl+O"),
    ActionSpec("export", "&Export...", "export", "Export this picture as JSON or CSV", "Ctrl+E"),
    ActionSpec("run_tests", "&Run tests...", "run", "Run the tests of a folder", "Ctrl+R"),
    ActionSpec("quit", "&Quit", "quit", "Close the window", "Ctrl+Q"),
    ActionSpec("refresh", "Re&fresh", "refresh", "Read the whole picture again now", "F5"),
    ActionSpec(
        "pause", "&Pause view", "pause", "Hold this picture still; collection goes on", "Space", checkable=True, local=True
    ),
    ActionSpec("all_providers", "Show &all providers", "chart", "Show the burn-down of every budget again", "Esc"),
    ActionSpec("reset_layout", "Reset &layout", "layout", "Put every part back where it was at first"),
    ActionSpec("shortcuts", "&Shortcuts", "help", "What the keys do", "F1"),
    ActionSpec("about", "&About budgetmon", "info", "Version and licences"),
)


class Actions(QObject):
    """The actions as QActions. ``target`` has one slot per action, named ``on_<name>``."""

    def __init__(self, themer: Themer, target: QWidget, span: timedelta) -> None:
        super().__init__(target)
        self._themer = themer
        self._by_name: dict[str, QAction] = {}
        for spec in SPECS:
            self._by_name[spec.name] = self._made(spec, target)
        self.spans = QActionGroup(self)
        for text, value in SPANS:
            self._choice(self.spans, text, value, value == span, target)
        self.schemes = QActionGroup(self)
        for text, scheme, _ in SCHEMES:
            self._choice(self.schemes, text, scheme, scheme is themer.scheme, target)
        self.layouts = QActionGroup(self)
        self.layouts.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
        for number, (text, layout) in enumerate(LAYOUTS, 1):
            action = QAction(text, self.layouts)
            action.setData(layout)
            action.setShortcut(QKeySequence(f"Ctrl+{number}"))
            target.addAction(action)
        themer.changed.connect(self._redraw)
        self._redraw()

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def _made(self, spec: ActionSpec, target: QWidget) -> QAction:
        action = QAction(spec.text, target)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
        if spec.local:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setIconText(spec.text.replace("&", "").removesuffix("..."))
        keys = QKeySequence(spec.shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{spec.tip} ({keys})" if keys else spec.tip)
        action.triggered.connect(getattr(target, f"on_{spec.name}"))
        target.addAction(action)
        return action

    def _choice(self, group: QActionGroup, text: str, data: object, chosen: bool, target: QWidget) -> None:
        action = QAction(text, group)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.setData(data)
        target.addAction(action)

    @Slot()
    def _redraw(self) -> None:
        tokens = self._themer.tokens
        for spec in SPECS:
            name = "resume" if spec.name == "pause" and self._by_name["pause"].isChecked() else spec.icon
            self._by_name[spec.name].setIcon(themed_icon(name, tokens.text, tokens.faint))

    def choose_span(self, wanted: timedelta) -> None:
        """Choose the shortest span that covers ``wanted``, or the longest there is."""
        place = next((place for place, (_, value) in enumerate(SPANS) if value >= wanted), len(SPANS) - 1)
        self.spans.actions()[place].trigger()

    def chosen_span(self) -> timedelta:
        """The span whose action is checked."""
        return next(value for action, (_, value) in zip(self.spans.actions(), SPANS, strict=True) if action.isChecked())

    def chosen_scheme(self) -> Scheme:
        """The theme whose action is checked."""
        return next(
            scheme for action, (_, scheme, _) in zip(self.schemes.actions(), SCHEMES, strict=True) if action.isChecked()
        )

    def show_paused(self, paused: bool) -> None:
        """Let the pause action say what it does next."""
        action = self._by_name["pause"]
        action.setChecked(paused)
        action.setIconText("Resume" if paused else "Pause view")
        action.setText("Resume view" if paused else "&Pause view")
        self._redraw()
