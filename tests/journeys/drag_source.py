"""Another program on the desk, from which a file can be dragged: a window with the file in it.

Usage: drag_source.py FILE X Y
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel


class File(QLabel):
    """Starts a drag as soon as the mouse moves with its button down."""

    def __init__(self, path: str) -> None:
        super().__init__("a file")
        self._path = path
        self.resize(120, 80)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt calls it so
        drag = QDrag(self)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(self._path)])
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)


def main(path: str, x: str, y: str) -> int:
    app = QApplication(["files"])
    file = File(path)
    file.move(int(x), int(y))
    file.show()
    file.windowHandle().requestActivate()
    print("shown", flush=True)  # noqa: T201 - this is how it tells that it is ready
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
