"""One window per ledger: the first is raised, a dead one is forgotten, and other ledgers have windows of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from budgetmon.gui import single_instance
from budgetmon.gui.single_instance import SingleInstance, instance_key

HOLDER = Path(__file__).with_name("instance_holder.py")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    path.touch()
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    # A socket's name has to be short; the folder of a test's files can be long.
    folder = tmp_path / "r"
    folder.mkdir()
    return folder


@pytest.fixture
def holder(folder: Path, ledger: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that has claimed the ledger."""
    command = [sys.executable, str(HOLDER), str(folder), str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "claimed\n"
        yield process
        process.kill()


@pytest.fixture
def instance(qapp: QApplication, folder: Path) -> Iterator[SingleInstance]:
    instance = SingleInstance(folder)
    yield instance
    instance.release()


def test_that_a_second_start_raises_the_first(
    holder: subprocess.Popen[str], instance: SingleInstance, ledger: Path, tmp_path: Path
) -> None:
    link = tmp_path / "link.db"
    link.symlink_to(ledger)
    assert not instance.claim(link), "another name of the same file"
    assert holder.stdout is not None
    assert holder.stdout.readline() == "raised\n"


def test_that_what_a_killed_one_left_behind_does_not_matter(
    holder: subprocess.Popen[str], instance: SingleInstance, ledger: Path, folder: Path
) -> None:
    holder.kill()
    holder.wait()
    assert list(folder.glob("*.socket")), "it left its socket"
    assert instance.claim(ledger)


def test_that_another_ledger_is_another_claim_and_one_that_is_taken_leaves_the_old_one(
    holder: subprocess.Popen[str], instance: SingleInstance, ledger: Path, folder: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.db"
    assert instance.claim(mine)
    assert instance.claim(mine), "it is claimed already"
    assert not instance.claim(ledger)
    second = SingleInstance(folder)
    assert instance_key(mine) != instance_key(ledger)
    assert instance._key == instance_key(mine)
    instance.release()
    assert second.claim(mine)
    second.release()


def test_that_a_folder_that_cannot_be_used_does_not_keep_the_window_away(
    qapp: QApplication, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_PATIENCE_MS", 1)
    assert SingleInstance(ledger / "nowhere").claim(ledger)


def test_that_the_app_itself_ends_with_0_when_its_ledger_is_shown_already(tmp_path: Path, ledger: Path) -> None:
    runtime = tmp_path / "r"
    runtime.mkdir()
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    command = [sys.executable, str(HOLDER), str(runtime), str(ledger)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "claimed\n"
        second = subprocess.run(
            [sys.executable, "-m", "budgetmon", "gui", str(ledger)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (second.returncode, second.stderr) == (0, "")
        assert first.stdout.readline() == "raised\n"
        first.kill()
