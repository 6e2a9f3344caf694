"""A desk: a screen of its own with the app on it, and a person's hands and eyes. Hands are xdotool's; nothing else acts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

_APP = Path(__file__).with_name("watched_app.py")
_WORKER = Path(__file__).with_name("worker.py")
_PATIENCE_SECONDS = 20.0
_LOOK_SECONDS = 0.03

T = TypeVar("T")


@contextmanager
def screen(width: int = 1600, height: int = 1000) -> Iterator[str]:
    """A screen of its own; the server picks a free number and tells it."""
    read, write = os.pipe()
    size = f"{width}x{height}x24"
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


@dataclass(frozen=True)
class Part:
    """Something that can be seen: a control, or a row of one."""

    facts: dict[str, Any]

    @property
    def words(self) -> str:
        """What it says to people: its name, its text, or its cells."""
        text = self.facts["text"]
        return " | ".join(text) if isinstance(text, list) else text or self.facts.get("name", "")

    @property
    def centre(self) -> tuple[int, int]:
        """Its middle, in pixels of the screen."""
        x, y, width, height = self.facts["rect"]
        return x + width // 2, y + height // 2

    @property
    def rect(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in pixels of the screen."""
        x, y, width, height = self.facts["rect"]
        return x, y, width, height

    @property
    def items(self) -> list[Part]:
        """Its rows, tabs or entries."""
        return [Part(each) for each in self.facts["items"]]

    def __getitem__(self, fact: str) -> Any:
        return self.facts[fact]


class Scene:
    """What can be seen at one instant."""

    def __init__(self, facts: dict[str, Any]) -> None:
        self.facts = facts
        self.title: str = facts["title"] or ""
        self.actions: dict[str, dict[str, Any]] = facts["actions"]

    @cached_property
    def parts(self) -> list[Part]:
        """Every control."""
        return [Part(each) for each in self.facts["parts"]]

    def within(self, panel: str) -> list[Part]:
        """The controls of a panel or dialog, by its object name or title."""
        return [part for part in self.parts if panel in part["in"]]

    def words(self, panel: str | None = None) -> str:
        """Everything that is written on the screen, or in one panel, tables included."""
        parts = self.parts if panel is None else self.within(panel)
        lines = [each.words for part in parts for each in (part, *part.items)]
        return "\n".join(line for line in lines if line)

    def panels(self) -> set[str]:
        """The panels that are in front."""
        return {part["object"] for part in self.parts if "QDockWidget" in part["kind"]}

    def find(self, words: str, kind: str = "QWidget", panel: str | None = None) -> Part | None:
        """The smallest control of a kind whose name or text has ``words``."""
        parts = self.parts if panel is None else self.within(panel)
        found = [part for part in parts if kind in part["kind"] and (words in part["name"] or words in part["text"])]
        return min(found, key=lambda part: part.rect[2] * part.rect[3], default=None)

    def item(self, words: str, kind: str = "QWidget", panel: str | None = None) -> Part | None:
        """The first row, tab or entry that has ``words``."""
        parts = self.parts if panel is None else self.within(panel)
        rows = (item for part in parts if kind in part["kind"] for item in part.items)
        return next((item for item in rows if words in item.words), None)


class Worker:
    """A process that makes calls when it is told to."""

    def __init__(self, config: Path) -> None:
        command = [sys.executable, str(_WORKER), str(config)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def call(self, model: str) -> str:
        """Make a call; ``"ok"``, or why not."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{model}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        """Let it end by itself."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        assert self._process.wait(_PATIENCE_SECONDS) == 0


class App:
    """The app on a screen. ``end`` fails when it said anything on stderr."""

    def __init__(self, display: str, home: Path, arguments: Sequence[str]) -> None:
        self.display = display
        self._errors = home / "stderr.txt"
        self._errors.touch()
        (home / "run").mkdir(mode=0o700, exist_ok=True)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("BUDGETMON_", "QT_", "XDG_"))},
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "LC_ALL": "C.UTF-8",
        }
        with self._errors.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, str(_APP), *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=self.environment,
                text=True,
            )

    # Eyes

    def ask(self, question: str) -> Any:
        """Put a question to the observer."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{question}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the app ended:\n{self._errors.read_text()}"
        return json.loads(answer)

    def look(self) -> Scene:
        """What can be seen now."""
        return Scene(self.ask("scene"))

    def until(self, seen: Callable[[Scene], T | None], what: str) -> T:
        """Look until ``seen`` finds what it wants, and return that."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            scene = self.look()
            if found := seen(scene):
                return found
            if time.monotonic() > deadline:
                raise AssertionError(f"never seen: {what}\n--- but:\n{scene.words()}")
            time.sleep(_LOOK_SECONDS)

    def until_words(self, *words: str, panel: str | None = None) -> None:
        """Look until all of ``words`` stand there."""
        where = "the window" if panel is None else panel
        self.until(lambda scene: all(each in scene.words(panel) for each in words), f"{words} in {where}")

    # Hands

    def press(self, *keys: str) -> None:
        """Press keys one after another, such as ``"ctrl+e"``, in the window that the keyboard belongs to."""
        self._give_keyboard()
        self._hands("key", "--delay", "8", *keys)

    def tab(self) -> dict[str, Any] | None:
        """Press Tab, and say where the keyboard is once it has moved on; None when that is nowhere in sight."""
        before = _place(self.ask("focus"))
        self.press("Tab")
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            focus: dict[str, Any] | None = self.ask("focus")
            if _place(focus) != before or time.monotonic() > deadline:
                return focus
            time.sleep(_LOOK_SECONDS)

    def write(self, text: str) -> None:
        """Type ``text``."""
        self._give_keyboard()
        self._hands("type", "--delay", "8", text)

    def command(self, words: str) -> None:
        """Find a command in the palette by its words, and do it."""
        self.press("ctrl+shift+p")
        self.until(lambda scene: scene.within("palette"), "the palette")
        self.write(words)
        self.until(lambda scene: _first_command(scene).casefold().startswith(words.casefold()), f"{words} as the first choice")
        self.press("Return")
        self.until(lambda scene: not scene.within("palette"), "the palette gone")

    def click_on(self, words: str, kind: str = "QWidget", panel: str | None = None, *, button: int = 1) -> None:
        """Click on the control, row, tab or entry with these words as soon as it is there and can be used."""
        self.click(self.until(lambda scene: _usable(scene, words, kind, panel), f"{words} to click on"), button)

    def click(self, part: Part, button: int = 1) -> None:
        """Click in the middle of something."""
        x, y = part.centre
        self._hands("mousemove", str(x), str(y), "click", str(button))

    def drag(self, begin: tuple[int, int], *through: tuple[int, int]) -> None:
        """Press the left button at ``begin`` and let it go at the last of ``through``."""
        self._hands("mousemove", *map(str, begin), "mousedown", "1")
        for x, y in through:
            self._hands("mousemove", str(x), str(y), "sleep", "0.06")
        self._hands("mouseup", "1")

    def resize(self, width: int, height: int) -> None:
        """Make the window so large, as its frame's corner would."""
        self._hands("windowsize", "--sync", str(self.look().facts["window"]), str(width), str(height))

    def _give_keyboard(self) -> None:
        """There is no window manager on this screen, so giving the keyboard to a new dialog is up to us."""
        taker = self.ask("keys")
        if taker is not None:
            self._hands("windowfocus", "--sync", str(taker))

    def _hands(self, *what: str) -> None:
        subprocess.run(["xdotool", *what], env=self.environment, check=True, capture_output=True, timeout=20)

    # The end

    def close(self) -> None:
        """Press Ctrl+Q and wait until it has ended by itself, without a word of complaint."""
        self.press("ctrl+q")
        code = self._process.wait(_PATIENCE_SECONDS)
        assert code == 0, f"exit code {code}: {self._errors.read_text()}"
        self.end()

    def end(self) -> None:
        """End it if it still runs. What it wrote to stderr is a failure."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait(_PATIENCE_SECONDS)
        said = self._errors.read_text()
        self._errors.write_text("")
        assert not said, said


def _place(focus: dict[str, Any] | None) -> object:
    return focus and (focus["rect"], focus["in"], focus["name"])


def _first_command(scene: Scene) -> str:
    commands = next((part.items for part in scene.within("palette") if part.items), [])
    return commands[0].words if commands else ""


def _usable(scene: Scene, words: str, kind: str, panel: str | None) -> Part | None:
    control = scene.find(words, kind, panel)
    if control is None:
        return scene.item(words, kind, panel)
    return control if control["enabled"] else None
