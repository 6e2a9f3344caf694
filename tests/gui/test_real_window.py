"""The window on a real X server, looked at pixel by pixel."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from budgetmon.gui.theme.series import SeriesLooks
from budgetmon.gui.theme.tokens import load_tokens

CHILD = Path(__file__).with_name("real_window.py")

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb: apt install xvfb"),
]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """A screen of its own; the server picks a free number and tells it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture(scope="module")
def pictures(display: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The window as it was shown, light and dark."""
    folder = tmp_path_factory.mktemp("pictures")
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, str(CHILD), str(folder)], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return folder


def share_of(image: QImage, colour: str, step: int = 1) -> float:
    """How much of ``image`` has nearly this colour."""
    wanted = QColor(colour)
    seen = found = 0
    for y in range(0, image.height(), step):
        for x in range(0, image.width(), step):
            pixel = image.pixelColor(x, y)
            seen += 1
            near = max(abs(pixel.red() - wanted.red()), abs(pixel.green() - wanted.green()), abs(pixel.blue() - wanted.blue()))
            found += near <= 6
    return found / seen


def test_that_sigterm_closes_the_window_and_its_reader(pictures: Path) -> None:
    assert (pictures / "done.txt").read_text(encoding="utf-8") == "xcb opened 1 closed 1"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_that_cards_lines_and_bars_have_the_colours_of_the_theme(pictures: Path, name: str) -> None:
    image = QImage(str(pictures / f"{name}.png"))
    tokens = load_tokens(name)
    looks = SeriesLooks()
    looks.learn(["alphavantage", "gemini", "openai", "perplexity"])
    assert (image.width(), image.height()) == (1280, 800)
    assert share_of(image, tokens.surface, 4) > 0.4
    assert share_of(image, tokens.window, 4) > 0.05
    charts = image.copy(350, 170, 920, 400)
    assert share_of(charts, looks["perplexity"].colour(tokens).name(), 2) > 0.003, (
        "the line and the bars of the chosen provider"
    )
    assert share_of(charts, tokens.danger, 2) > 0.0002, "the projection to the run-out"
    assert share_of(image.copy(0, 170, 340, 600), tokens.bar_warning, 2) > 0.005, "the pace bar of a budget in warning"


def test_that_light_and_dark_differ_everywhere(pictures: Path) -> None:
    light, dark = QImage(str(pictures / "light.png")), QImage(str(pictures / "dark.png"))
    points = [(x, y) for x in range(5, light.width(), 40) for y in range(5, light.height(), 40)]
    brighter = [light.pixelColor(*point).lightness() > dark.pixelColor(*point).lightness() for point in points]
    assert sum(brighter) / len(brighter) > 0.9


def test_that_the_window_is_gone_before_the_application(pictures: Path) -> None:
    assert (pictures / "windows.txt").read_text(encoding="utf-8") == "0"
