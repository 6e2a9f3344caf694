"""Opens a place in a source file in the editor of whoever looks at it."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

EDITOR_VARIABLE = "BUDGETMON_EDITOR"  # such as "code -g {file}:{line}"

# Editors with a window of their own, in the order in which they are tried. Those of a terminal would have none here.
_EDITORS = (
    ("code", "code -g {file}:{line}"),
    ("codium", "codium -g {file}:{line}"),
    ("subl", "subl {file}:{line}"),
    ("zed", "zed {file}:{line}"),
    ("pycharm", "pycharm --line {line} {file}"),
    ("kate", "kate -l {line} {file}"),
    ("gvim", "gvim +{line} {file}"),
    ("emacsclient", "emacsclient -n -a emacs +{line} {file}"),
    ("gedit", "gedit +{line} {file}"),
    ("gnome-text-editor", "gnome-text-editor +{line} {file}"),
)


def editor_command(
    file: Path, line: int, environ: Mapping[str, str], which: Callable[[str], str | None] = shutil.which
) -> list[str] | None:
    """The command that opens ``file`` at ``line``; None when no editor is known here that can."""
    template = environ.get(EDITOR_VARIABLE) or next((command for name, command in _EDITORS if which(name)), None)
    if template is None:
        return None
    try:
        words = shlex.split(template)
    except ValueError:
        return None
    placed = [word.replace("{file}", str(file)).replace("{line}", str(max(1, line))) for word in words]
    return placed if any("{file}" in word for word in words) else [*placed, str(file)]


def open_in_editor(file: str, line: int) -> bool:
    """Open ``file`` at ``line``, or with the desktop's own program for such files. Whether anything could be started."""
    path = Path(file)
    if not path.is_file():
        return False
    command = editor_command(path, line, os.environ)
    if command is not None and QProcess.startDetached(command[0], command[1:])[0]:
        return True
    return QDesktopServices.openUrl(QUrl.fromLocalFile(file))
