"""What the operator can do, as values: name, words, icon and shortcut, in the order in which menus and sheet show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from budgetmon.gui.docks.arrangements import LayoutName
from budgetmon.gui.theme.themer import Scheme

translate = QCoreApplication.translate

SPANS: tuple[timedelta, ...] = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
    timedelta(days=7),
    timedelta(days=30),
)


class ActionGroup(StrEnum):
    """What an action is about."""

    LEDGER = "ledger"
    TIME = "time"
    VIEW = "view"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing to do. ``local`` shortcuts act only while the window itself has the focus: Space must still press buttons."""

    name: str
    group: ActionGroup
    text: str
    icon: str
    tip: str
    shortcut: str = ""
    checkable: bool = False
    local: bool = False


def action_specs() -> tuple[ActionSpec, ...]:
    """All of them, in the language in force."""
    return (*_about_ledger(), *_about_time(), *_about_view(), *_about_help())


def _about_ledger() -> tuple[ActionSpec, ...]:
    group = ActionGroup.LEDGER
    return (
        ActionSpec("open", group, _tr("&Open..."), "open", _tr("Open another ledger"), "Ctrl+O"),
        ActionSpec("export", group, _tr("&Export..."), "export", _tr("Export a snapshot of the ledger"), "Ctrl+E"),
        ActionSpec("run_tests", group, _tr("&Run tests..."), "run", _tr("Run the tests of a folder"), "Ctrl+R"),
        ActionSpec(
            "preferences", group, _tr("&Preferences..."), "settings", _tr("Theme, zone, refresh, notifications"), "Ctrl+,"
        ),
        ActionSpec("quit", group, _tr("&Quit"), "quit", _tr("Close the window"), "Ctrl+Q"),
    )


def _about_time() -> tuple[ActionSpec, ...]:
    group = ActionGroup.TIME
    return (
        ActionSpec("range_back", group, _tr("Range &back"), "left", _tr("Back to the range before"), "Alt+Left"),
        ActionSpec("range_forward", group, _tr("Range &forward"), "right", _tr("Forward to the next range"), "Alt+Right"),
        ActionSpec("range_follow", group, _tr("Follow the &present"), "clock", _tr("Let the charts end now again"), "0"),
        ActionSpec("range_window", group, _tr("This &window"), "wallet", _tr("Show the window of the chosen budget"), "W"),
        ActionSpec("range_custom", group, _tr("&Custom range..."), "range", _tr("Choose both ends of the range"), "Ctrl+T"),
        ActionSpec("refresh", group, _tr("Re&fresh"), "refresh", _tr("Read the whole picture again now"), "F5"),
        ActionSpec(
            "pause",
            group,
            _tr("Pa&use view"),
            "pause",
            _tr("Hold this picture still; collection goes on"),
            "Space",
            checkable=True,
            local=True,
        ),
    )


def _about_view() -> tuple[ActionSpec, ...]:
    group = ActionGroup.VIEW
    return (
        ActionSpec(
            "all_providers", group, _tr("Show &all providers"), "chart", _tr("Show the burn-down of every budget again"), "Esc"
        ),
        ActionSpec("find", group, _tr("&Filter the table"), "search", _tr("Type what calls or refusals to show"), "Ctrl+F"),
        ActionSpec("reset_layout", group, _tr("Reset la&yout"), "layout", _tr("Put every part back where it was at first")),
    )


def _about_help() -> tuple[ActionSpec, ...]:
    group = ActionGroup.HELP
    return (
        ActionSpec("palette", group, _tr("&Commands..."), "search", _tr("Find a command by its letters"), "Ctrl+Shift+P"),
        ActionSpec("shortcuts", group, _tr("&Shortcuts"), "help", _tr("What the keys do"), "F1"),
        ActionSpec("about", group, _tr("&About budgetmon"), "info", _tr("Versions and licences")),
    )


def group_titles() -> dict[ActionGroup, str]:
    """The heading of each group."""
    return {
        ActionGroup.LEDGER: _tr("Ledger"),
        ActionGroup.TIME: _tr("Time"),
        ActionGroup.VIEW: _tr("View"),
        ActionGroup.HELP: _tr("Help"),
    }


def span_choices() -> tuple[tuple[str, timedelta], ...]:
    """The spans: words, value."""
    words = (_tr("15 m"), _tr("1 h"), _tr("6 h"), _tr("24 h"), _tr("7 d"), _tr("30 d"))
    return tuple(zip(words, SPANS, strict=True))


def scheme_choices() -> tuple[tuple[str, Scheme, str], ...]:
    """The themes: words, value, icon."""
    return (
        (_tr("Light"), Scheme.LIGHT, "sun"),
        (_tr("Dark"), Scheme.DARK, "moon"),
        (_tr("High contrast"), Scheme.CONTRAST, "contrast"),
        (_tr("As the system"), Scheme.SYSTEM, "system"),
    )


def layout_choices() -> tuple[tuple[str, LayoutName], ...]:
    """The named layouts."""
    return (
        (_tr("&Watch"), LayoutName.WATCH),
        (_tr("&Investigate"), LayoutName.INVESTIGATE),
        (_tr("Test &runs"), LayoutName.RUNS),
        (_tr("&Compact"), LayoutName.COMPACT),
    )


def _tr(text: str) -> str:
    return translate("Actions", text)
