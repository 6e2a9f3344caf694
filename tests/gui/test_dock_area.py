"""Panels as docks: every layout shows what it should, and what somebody made of it comes back."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from budgetmon.gui.docks.arrangements import LayoutName, Tabs, arrangement, names_in
from budgetmon.gui.docks.dock_area import DockArea
from budgetmon.gui.docks.screens import repaired
from budgetmon.gui.theme.themer import Themer

ALL = tuple(names_in(arrangement(LayoutName.WATCH, 1920, 1080)))


@pytest.fixture
def area(qtbot: QtBot, themer: Themer) -> DockArea:
    area = DockArea(themer)
    qtbot.addWidget(area)
    for name in ALL:
        area.add(name, name.title(), QLabel(name))
    area.resize(1400, 900)
    area.show()
    qtbot.waitUntil(lambda: area.is_in_front("calls"))
    return area


def test_that_panels_lie_side_by_side_where_there_is_room_and_take_turns_where_there_is_not() -> None:
    roomy, small, low = (arrangement(LayoutName.WATCH, *size) for size in ((1280, 620), (880, 480), (880, 420)))
    assert set(names_in(roomy)) == set(names_in(small)) == set(names_in(low)) == set(ALL)
    charts = Tabs(("burnDown", "consumption", "cacheRates"))
    assert charts not in roomy.parts[1].parts  # type: ignore[union-attr]
    assert small.parts[1].parts[0] == charts  # type: ignore[union-attr]
    assert isinstance(low.parts[1], Tabs)  # type: ignore[union-attr]


@pytest.mark.parametrize("layout", list(LayoutName))
def test_that_a_layout_shows_its_panels_and_closes_the_others(layout: LayoutName, area: DockArea) -> None:
    area.lay(layout)
    shown = set(names_in(arrangement(layout, area.width(), area.height())))
    assert {name for name in ALL if not area.dock(name).isHidden()} == shown
    assert area.chosen is layout


def test_that_the_panels_get_their_shares(area: DockArea, qtbot: QtBot) -> None:
    area.lay(LayoutName.WATCH)
    width = area.width()
    qtbot.waitUntil(lambda: abs(area.dock("overview").width() / width - 0.25) < 0.03)
    assert area.dock("burnDown").y() < area.dock("calls").y()
    assert area.dock("burnDown").x() < area.dock("consumption").x()
    assert area.dock("consumption").y() < area.dock("cacheRates").y()


def test_that_a_closed_panel_comes_back_to_the_front_when_it_is_asked_for(area: DockArea) -> None:
    area.dock("workers").close()
    area.bring("workers")
    assert area.is_in_front("workers")
    assert not area.is_in_front("calls")


def test_that_a_state_that_cannot_be_used_leaves_the_layout(area: DockArea, qtbot: QtBot) -> None:
    area.dock("calls").setFloating(True)
    area.restore(LayoutName.INVESTIGATE, area.state()[:20])
    assert not area.dock("calls").isFloating()
    assert area.dock("overview").isHidden()


def test_that_only_panels_with_a_place_of_their_own_show_a_handle(area: DockArea, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _grip(area, "calls") == 0)
    assert _grip(area, "burnDown") > 0
    area.dock("calls").setFloating(True)
    qtbot.waitUntil(lambda: _grip(area, "calls") > 0)
    area.dock("calls").setFloating(False)
    qtbot.waitUntil(lambda: _grip(area, "calls") == 0)
    area.lay(LayoutName.COMPACT)
    assert _grip(area, "overview") > 0


def _grip(area: DockArea, name: str) -> int:
    return area.dock(name).titleBarWidget().sizeHint().height()


def test_that_a_frame_is_a_card(qtbot: QtBot, themer: Themer) -> None:
    area = DockArea(themer)
    qtbot.addWidget(area)
    panel = QLabel("x")
    assert area.add("a", "A", panel, framed=True).widget().property("card")
    assert area.add("b", "B", QLabel("y")).widget().property("card") is None


SCREENS = [QRect(0, 0, 1920, 1040), QRect(1920, 0, 1280, 1000)]


@pytest.mark.parametrize(
    "window", [QRect(100, 100, 1280, 800), QRect(2000, 50, 900, 600), QRect(1800, 0, 1000, 700), QRect(-900, 10, 1100, 700)]
)
def test_that_a_window_that_can_be_grasped_stays_where_it_is(window: QRect) -> None:
    assert repaired(window, SCREENS) == window


@pytest.mark.parametrize(
    "window", [QRect(4000, 100, 1280, 800), QRect(100, -400, 1280, 800), QRect(0, 2000, 5000, 3000), QRect(-1270, 0, 1280, 800)]
)
def test_that_a_window_from_a_screen_that_is_gone_comes_back(window: QRect) -> None:
    found = repaired(window, SCREENS)
    assert SCREENS[0].contains(found)
    assert found.size() == window.size().boundedTo(SCREENS[0].size())
