"""Panels as docks: every layout shows what it should, and what somebody made of it comes back."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from budgetmon.gui.docks.arrangements import LayoutName, Tabs, arrangement, names_in
from budgetmon.gui.docks.dock_area import DockArea
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
    roomy, small = (arrangement(LayoutName.WATCH, *size) for size in ((1280, 620), (880, 420)))
    assert set(names_in(roomy)) == set(names_in(small)) == set(ALL)
    assert Tabs(("burnDown", "consumption", "cacheRates")) not in roomy.parts[1].parts  # type: ignore[union-attr]
    assert small.parts[1].parts[0] == Tabs(("burnDown", "consumption", "cacheRates"))  # type: ignore[union-attr]


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
