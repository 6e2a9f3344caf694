"""One banner at most: the newest message in front, the others counted and within reach."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from budgetmon.gui.theme.themer import Themer
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.banner import Banner, BannerStack, Message


@pytest.fixture
def stack(themer: Themer, qtbot: QtBot) -> BannerStack:
    stack = BannerStack(themer)
    qtbot.addWidget(stack)
    for cause in ("alert", "paused", "export"):
        stack.post(Message(cause, Tone.INFO, cause.title(), "detail"))
    stack.show()
    return stack


def seen(stack: BannerStack) -> list[str]:
    return [banner.message.cause for banner in stack.findChildren(Banner) if banner.isVisible()]


def next_button(stack: BannerStack) -> QToolButton:
    return next(each for each in stack.findChildren(QToolButton) if each.isVisible() and " of " in each.text())


def test_that_only_the_newest_message_is_seen_and_the_others_are_counted(stack: BannerStack) -> None:
    assert seen(stack) == ["export"]
    assert next_button(stack).text() == "1 of 3"
    assert stack.message("alert") is not None


def test_that_the_others_come_in_turn(stack: BannerStack, qtbot: QtBot) -> None:
    turns = []
    for _ in range(4):
        turns += seen(stack)
        qtbot.mouseClick(next_button(stack), Qt.MouseButton.LeftButton)
    assert turns == ["export", "paused", "alert", "export"]


def test_that_new_details_stay_behind_and_a_new_headline_comes_to_the_front(stack: BannerStack) -> None:
    stack.post(Message("paused", Tone.INFO, "Paused", "12 new calls"))
    assert seen(stack) == ["export"]
    stack.post(Message("alert", Tone.DANGER, "Exhausted"))
    assert seen(stack) == ["alert"]


def test_that_the_next_one_is_seen_when_the_front_one_goes(stack: BannerStack) -> None:
    stack.clear("export")
    assert seen(stack) == ["paused"]
    stack.clear("paused")
    stack.clear("alert")
    assert not stack.isVisible()
    assert stack.front is None
