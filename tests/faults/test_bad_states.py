"""Every state that a ledger can be found in, seen by its owner and by another user: the right words, and no byte changed."""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import apsw
import pytest
from faults.other_user import NOBODY, as_nobody

from budgetmon import UsageTracker
from budgetmon.monitor.reader import LedgerReader
from budgetmon.monitor.snapshot import Ask
from budgetmon.monitor.trouble import LedgerTrouble, Trouble

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0, reason="needs the superuser, to become another user"),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]

CONFIG = "database: ledger.db\nmodels: {m: {provider: p, per_call: 1}}\n"
CALLS = 3


@dataclass(frozen=True)
class State:
    """How to bring it about, what owner and other users see (a trouble, or a picture: None), and words that must be said."""

    arrange: Callable[[Path, ExitStack], object]
    owner: Trouble | None
    other: Trouble | None
    words: str = ""


def ledger(folder: Path) -> Path:
    return folder / "ledger.db"


def record(folder: Path) -> None:
    with UsageTracker(folder / "budget.yaml") as tracker:
        for _ in range(CALLS):
            tracker.record("m")


def lone(folder: Path, stack: ExitStack) -> None:
    """Only the one file, as a copy or a restored backup is."""
    record(folder)
    for suffix in ("-wal", "-shm"):
        (folder / f"ledger.db{suffix}").unlink()


def at_rest(folder: Path, stack: ExitStack) -> None:
    record(folder)


def written(folder: Path, stack: ExitStack) -> None:
    tracker = stack.enter_context(UsageTracker(folder / "budget.yaml"))
    for _ in range(CALLS):
        tracker.record("m")


def killed(folder: Path, stack: ExitStack) -> None:
    child = os.fork()
    if child == 0:
        tracker = UsageTracker(folder / "budget.yaml")
        for _ in range(CALLS):
            tracker.record("m")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert (folder / "ledger.db-wal").stat().st_size > 0


def killed_without_index(folder: Path, stack: ExitStack) -> None:
    killed(folder, stack)
    (folder / "ledger.db-shm").unlink()


def locked(folder: Path, stack: ExitStack) -> None:
    record(folder)
    locker = apsw.Connection(str(ledger(folder)))
    stack.callback(locker.close)
    locker.execute("PRAGMA locking_mode = EXCLUSIVE")
    locker.execute("BEGIN IMMEDIATE; UPDATE ledger SET zone = zone; COMMIT")


def newer(folder: Path, stack: ExitStack) -> None:
    lone(folder, stack)
    db = apsw.Connection(str(ledger(folder)))
    db.execute("PRAGMA user_version = 99")
    db.close()


def foreign(folder: Path, stack: ExitStack) -> None:
    db = apsw.Connection(str(ledger(folder)))
    db.execute("CREATE TABLE call (id INTEGER)")
    db.close()


def damaged(folder: Path, stack: ExitStack) -> None:
    lone(folder, stack)
    content = ledger(folder).read_bytes()
    ledger(folder).write_bytes(content[:2048] + b"\xa5" * (len(content) - 2048))


def truncated(folder: Path, stack: ExitStack) -> None:
    lone(folder, stack)
    os.truncate(ledger(folder), ledger(folder).stat().st_size // 2)


def mode(name: str, bits: int) -> Callable[[Path, ExitStack], None]:
    def arrange(folder: Path, stack: ExitStack) -> None:
        killed(folder, stack)
        (folder / name).chmod(bits)

    return arrange


STATES = {
    "missing": State(lambda folder, stack: None, Trouble.MISSING, Trouble.MISSING, "first call"),
    "empty": State(lambda folder, _: ledger(folder).touch(), Trouble.NOT_A_LEDGER, Trouble.NOT_A_LEDGER, "empty"),
    "folder": State(lambda folder, _: ledger(folder).mkdir(), Trouble.NOT_A_LEDGER, Trouble.NOT_A_LEDGER, "choose"),
    "pipe": State(lambda folder, _: os.mkfifo(ledger(folder)), Trouble.NOT_A_LEDGER, Trouble.NOT_A_LEDGER, "choose"),
    "dangling": State(lambda folder, _: ledger(folder).symlink_to("nowhere"), Trouble.MISSING, Trouble.MISSING, "first call"),
    "text": State(
        lambda folder, _: ledger(folder).write_text("hello\n" * 900), Trouble.NOT_A_LEDGER, Trouble.NOT_A_LEDGER, "another"
    ),
    "foreign": State(foreign, Trouble.NOT_A_LEDGER, Trouble.NOT_A_LEDGER, "another"),
    "newer": State(newer, Trouble.NEWER, Trouble.NEWER, "Upgrade"),
    "damaged": State(damaged, Trouble.DAMAGED, Trouble.DAMAGED, "restore"),
    "truncated": State(truncated, Trouble.DAMAGED, Trouble.DAMAGED, "restore"),
    "locked": State(locked, Trouble.LOCKED, Trouble.LOCKED, "tries again"),
    "being written": State(written, None, None),
    "at rest": State(at_rest, None, None),
    "only the one file": State(lone, None, None),
    "writer killed": State(killed, None, None),
    "writer killed, no index": State(killed_without_index, None, Trouble.NEEDS_RECOVERY, "its owner"),
    "file closed to others": State(mode("ledger.db", 0o600), None, Trouble.UNREADABLE, "chmod o+r {folder}/ledger.db`."),
    "log closed to others": State(mode("ledger.db-wal", 0o600), None, Trouble.UNREADABLE, "chmod o+r {folder}/ledger.db-wal`."),
    "index closed to others": State(mode("ledger.db-shm", 0o600), None, Trouble.UNREADABLE, "ledger.db-shm`."),
    "folder closed to others": State(mode("", 0o700), None, Trouble.UNREADABLE, "chmod o+x {folder}`."),
}


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users can reach; pytest's own are for one user only."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "budget.yaml").write_text(CONFIG)
        yield folder


def look(folder: Path) -> int:
    """What a watcher sees in a while: the calls, in three polls and one picture."""
    with LedgerReader(ledger(folder)) as reader:
        snapshot = reader.poll(Ask())
        assert snapshot is not None
        deadline = time.monotonic() + 5
        while reader.poll(Ask()) is not None:
            assert time.monotonic() < deadline, "nothing new is told again and again"
        assert reader.snapshot().totals.calls == snapshot.totals.calls
        return snapshot.totals.calls


def content(folder: Path) -> dict[str, tuple[int, ...] | str]:
    """All that is in ``folder``: owners, modes, sizes and bytes; of the index, in which readers leave their marks, no bytes."""
    seen: dict[str, tuple[int, ...] | str] = {}
    for path in sorted(folder.iterdir()):
        status = path.lstat()
        seen[path.name] = (status.st_uid, status.st_gid, status.st_mode, status.st_size)
        if path.is_file() and not path.name.endswith("-shm"):
            seen[f"{path.name}: bytes"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return seen


def in_a_child(folder: Path) -> dict[str, tuple[int, ...] | str]:
    """``content``, read by a process that holds no locks: closing a file would drop them."""
    found = as_nobody(content, folder, uid=0)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("bits", [0o755, 0o777], ids=["folder of the owner", "folder of everybody"])
@pytest.mark.parametrize("name", STATES)
def test_that_another_user_gets_the_right_words_and_changes_no_byte(name: str, bits: int, folder: Path) -> None:
    state = STATES[name]
    folder.chmod(bits)
    with ExitStack() as stack:
        state.arrange(folder, stack)
        before = in_a_child(folder)
        outcome = as_nobody(look, folder)
        assert in_a_child(folder) == before
    if state.other is None:
        assert outcome == CALLS
    else:
        assert isinstance(outcome, LedgerTrouble), outcome
        assert outcome.trouble is state.other
        assert state.words.format(folder=folder) in outcome.detail


@pytest.mark.parametrize("name", STATES)
def test_that_the_owner_gets_the_right_words_and_changes_no_byte(name: str, folder: Path) -> None:
    state = STATES[name]
    with ExitStack() as stack:
        state.arrange(folder, stack)
        before = in_a_child(folder)
        outcome = as_nobody(look, folder, uid=0)
        after = in_a_child(folder)
        if name == "writer killed, no index":
            # SQLite makes the index anew to recover the log: the owner's file, which locks nobody out.
            assert after.pop("ledger.db-shm")[0] == 0
        assert after == before
    if state.owner is None:
        assert outcome == CALLS
    else:
        assert isinstance(outcome, LedgerTrouble), outcome
        assert outcome.trouble is state.owner
        assert not state.words or state.words in outcome.detail


@pytest.mark.parametrize("name", [name for name, state in STATES.items() if state.owner is None])
def test_that_whoever_looked_the_owner_writes_on(name: str, folder: Path) -> None:
    folder.chmod(0o777)
    with ExitStack() as stack:
        STATES[name].arrange(folder, stack)
        as_nobody(look, folder)
        as_nobody(look, folder, uid=0)
        record(folder)
    assert look(folder) == 2 * CALLS
    assert all(path.stat().st_uid != NOBODY for path in folder.iterdir())


def test_that_a_file_at_rest_that_is_written_meanwhile_is_read_through_its_log(folder: Path) -> None:
    with ExitStack() as stack, LedgerReader(ledger(folder)) as reader:
        lone(folder, stack)
        assert reader.snapshot().totals.calls == CALLS
        with UsageTracker(folder / "budget.yaml") as tracker:
            tracker.record("m")
            assert reader.snapshot().totals.calls == CALLS + 1
            tracker.record("m")
            snapshot = reader.poll(Ask())
            assert snapshot is not None
            assert snapshot.totals.calls == CALLS + 2
