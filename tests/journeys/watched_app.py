"""The app as a person starts it, with an observer inside that tells what is on the screen and touches nothing.

Usage: watched_app.py ARGUMENT...: the arguments of ``budgetmon``. Each line on stdin is a question, its answer one JSON line:
``scene`` is everything that can be seen, ``keys`` the number of the window that keys belong to, ``focus`` the control that
has them and whether that shows, ``shot PATH`` writes the window's picture.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPoint, QRect, QSocketNotifier, Qt, Slot
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDockWidget,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTabBar,
    QTextEdit,
    QWidget,
)

from budgetmon.cli.app import main
from budgetmon.gui.app import make_application

_AROUND = 4  # pixels around a control where its focus may be drawn


class Observer(QObject):
    """Answers questions. Works on whatever widgets there are: it knows Qt, and nothing of how the app is built."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._before = QImage()
        self._asked = b""
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_ready)

    @Slot()
    def _on_ready(self) -> None:
        came = os.read(sys.stdin.fileno(), 65_536)
        if not came:
            self._notifier.setEnabled(False)
            return
        *questions, self._asked = (self._asked + came).split(b"\n")
        for question in questions:
            answer = self._answer(*question.decode().split(" ", 1))
            print(json.dumps(answer), flush=True)  # noqa: T201 - this is how it talks

    def _answer(self, verb: str, rest: str = "") -> Any:
        match verb:
            case "scene":
                return scene()
            case "keys":
                return key_taker()
            case "focus":
                return self._focus()
            case "shot":
                return picture().save(rest)
        raise ValueError(verb)

    def _focus(self) -> dict[str, Any] | None:
        before, self._before = self._before, picture()
        widget = QApplication.focusWidget()
        if widget is None:
            return None
        window = widget.window()
        found = next((each for each in seen(window, window.frameGeometry()) if each["focus"]), None)
        place = QRect(widget.mapTo(window, QPoint()), widget.size())
        place = place.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND) & window.rect()
        shows = before.size() != self._before.size() or before.copy(place) != self._before.copy(place)
        return {**(found or described(widget, ())), "shows": shows and found is not None}


def picture() -> QImage:
    """The main window as the screen has it."""
    window = main_window()
    return window.screen().grabWindow(window.winId()).toImage() if window else QImage()


def main_window() -> QMainWindow | None:
    return next((each for each in QApplication.topLevelWidgets() if isinstance(each, QMainWindow) and each.isVisible()), None)


def scene() -> dict[str, Any]:
    """What can be seen."""
    window = main_window()
    tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return {
        "window": int(window.winId()) if window else None,
        "title": window.windowTitle() if window else None,
        "actions": {each.objectName(): _action(each) for each in window.actions() if each.objectName()} if window else {},
        "parts": [part for top in tops for part in seen(top, top.frameGeometry())],
    }


def key_taker() -> int | None:
    """The window that keys belong to."""
    taker = QApplication.activePopupWidget() or QApplication.activeModalWidget() or main_window()
    return int(taker.winId()) if taker else None


def seen(widget: QWidget, clip: QRect, panels: tuple[str, ...] = ()) -> Iterator[dict[str, Any]]:
    """A widget and what is in it, as far as it lies inside of ``clip``: panels behind others lie outside of the window."""
    place = QRect(widget.mapToGlobal(QPoint()), widget.size()) & clip
    if place.isEmpty():
        return
    yield described(widget, panels)
    if isinstance(widget, QDockWidget) or widget.isWindow():
        panels = (*filter(None, (widget.objectName(), widget.windowTitle())), *panels)
    for child in widget.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield from seen(child, place, panels)


def _action(action: QAction) -> dict[str, Any]:
    return {"enabled": action.isEnabled(), "checked": action.isChecked(), "keys": action.shortcut().toString()}


def described(widget: QWidget, panels: Sequence[str]) -> dict[str, Any]:
    """A widget in words and pixels of the screen, and the panels and dialogs around it."""
    return {
        "kind": [each.__name__ for each in type(widget).__mro__ if each.__name__.startswith("Q")],
        "object": widget.objectName(),
        "name": widget.accessibleName(),
        "text": _text(widget),
        "rect": _on_screen(widget, widget.rect()),
        "enabled": widget.isEnabled(),
        "focus": widget == QApplication.focusWidget(),
        "in": panels,
        "items": _items(widget),
    }


def _text(widget: QWidget) -> str:
    match widget:
        case QLabel() | QLineEdit() | QAbstractButton():
            return widget.text()
        case QTextEdit():
            return widget.toPlainText()
        case _ if widget.isWindow() or isinstance(widget, QDockWidget):
            return widget.windowTitle()
    return ""


def _items(widget: QWidget) -> list[dict[str, Any]]:
    """Rows, tabs and entries of menus that are seen."""
    match widget:
        case QMenu():
            named = [(each.text(), widget.actionGeometry(each)) for each in widget.actions() if each.isVisible()]
        case QTabBar():
            named = [(widget.tabText(place), widget.tabRect(place)) for place in range(widget.count())]
        case QAbstractItemView():
            return _rows(widget)
        case _:
            return []
    return [{"text": [text], "rect": _on_screen(widget, rect)} for text, rect in named]


def _rows(view: QAbstractItemView) -> list[dict[str, Any]]:
    found, model, viewport = [], view.model(), view.viewport()
    y, last = 1, -1
    while model is not None and y < viewport.height():
        index = view.indexAt(QPoint(2, y))
        if not index.isValid() or (index.row() <= last and not index.parent().isValid()):
            break
        rect = view.visualRect(index)
        columns = range(model.columnCount(index.parent()))
        cells = [str(index.siblingAtColumn(each).data(Qt.ItemDataRole.DisplayRole) or "") for each in columns]
        chosen = view.selectionModel() is not None and view.selectionModel().isSelected(QModelIndex(index))
        found.append({"text": cells, "rect": _on_screen(viewport, rect), "chosen": chosen})
        last, y = index.row(), rect.bottom() + 2
    return found


def _on_screen(widget: QWidget, rect: QRect) -> list[int]:
    corner = widget.mapToGlobal(rect.topLeft())
    return [corner.x(), corner.y(), rect.width(), rect.height()]


if __name__ == "__main__":
    Observer(make_application())
    sys.argv[0] = "budgetmon"
    main()
