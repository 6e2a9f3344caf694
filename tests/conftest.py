"""Fixtures that tests share: a ledger whose books are proved at the end of each test, and the recorded data. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from budgetmon import UsageTracker
from budgetmon.core.ledger.verify import verify

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"

# No example database: tests leave nothing in the checkout. No deadline: the machine may be busy.
settings.register_profile("budgetmon", database=None, deadline=None)
settings.load_profile("budgetmon")


@pytest.fixture
def shared_data() -> Path:
    """The folder of recorded data beside the checkout; the test is skipped where there is none."""
    if not SHARED_DATA.is_dir():
        pytest.skip("needs the recorded data: no ../shared/data beside the checkout")
    return SHARED_DATA


@pytest.fixture
def ledger_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder. If the test leaves a ``ledger.db`` in it, its books must add up."""
    for variable in ("BUDGETMON_CONFIG", "BUDGETMON_DB", "BUDGETMON_RUN"):
        monkeypatch.delenv(variable, raising=False)
    folder = tmp_path / "books"
    folder.mkdir()
    yield folder
    if (folder / "ledger.db").exists():
        breaches = verify(folder / "ledger.db").breaches
        assert not breaches, "\n".join(map(str, breaches))


@pytest.fixture
def make_tracker(ledger_folder: Path) -> Iterator[Callable[..., UsageTracker]]:
    """Opens trackers on the folder's one ledger; ``config`` goes below the settings that all tests share."""
    with ExitStack() as opened:

        def make(config: str = "", *, name: str = "budget.yaml", durability: str = "process") -> UsageTracker:
            path = ledger_folder / name
            path.write_text(f"database: ledger.db\ntimezone: UTC\ndurability: {durability}\n{config}", encoding="utf-8")
            return opened.enter_context(UsageTracker(path))

        yield make
