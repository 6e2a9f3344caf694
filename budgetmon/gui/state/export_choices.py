"""What can be chosen for an export: as what, of which stretch of time, of which provider. Pure but for the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec

from PySide6.QtCore import QCoreApplication

from budgetmon.core.rules.periods import FAR_FUTURE, iso_utc
from budgetmon.gui.state.formatting import count, decimal, moment, stretch_words, zone_of
from budgetmon.monitor.snapshot import Snapshot

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """One way to write an export. ``option`` is what ``budgetmon export`` calls it, ``ending`` that of its file's name;
    ``module`` is the library that it takes, and ``extra`` what brings that."""

    key: str
    option: str
    ending: str
    name: str
    sentence: str
    module: str = ""
    extra: str = ""

    @property
    def is_there(self) -> bool:
        """Whether its library is installed."""
        return not self.module or find_spec(self.module) is not None

    @property
    def is_whole(self) -> bool:
        """Whether it is always the whole ledger."""
        return self.option == "sqlite"

    @property
    def words(self) -> str:
        """Its line in the list."""
        missing = translate("export", "needs: {command}").format(command=f"pip install 'budgetmon[{self.extra}]'")
        return f"{self.name}: {self.sentence if self.is_there else missing}"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time to choose. ``since`` and ``until`` are UTC milliseconds, None for no end."""

    words: str
    since: int | None = None
    until: int | None = None

    def options(self) -> list[str]:
        """The options of ``budgetmon export`` that name it."""
        named = (("--since", self.since), ("--until", self.until))
        return [text for option, at in named if at is not None for text in (option, iso_utc(at))]


def formats() -> tuple[FormatChoice, ...]:
    """All formats, in the order of the list."""
    csv = translate("export", "a folder with one file per table, for any spreadsheet")
    archive = translate("export", "the same CSV files in one archive")
    excel = translate("export", "one workbook, a sheet per table")
    html = translate("export", "one page with charts and tables, for a browser")
    pdf = translate("export", "the same page for paper and for mail")
    json = translate("export", "one document with everything, for programs")
    lines = translate("export", "a row a line, for streams and log stores")
    sqlite = translate("export", "a copy of the whole ledger, to open again here")
    parquet = translate("export", "a folder of typed tables, for analysis")
    focus = translate("export", "a bill by the hour, for FinOps tools")
    return (
        FormatChoice("csv", "csv", "", "CSV", csv),
        FormatChoice("zip", "csv", ".zip", "ZIP", archive),
        FormatChoice("xlsx", "xlsx", ".xlsx", "Excel", excel, "xlsxwriter", "xlsx"),
        FormatChoice("html", "html", ".html", "HTML", html),
        FormatChoice("pdf", "pdf", ".pdf", "PDF", pdf),
        FormatChoice("json", "json", ".json", "JSON", json),
        FormatChoice("jsonl", "jsonl", ".jsonl", "JSON lines", lines),
        FormatChoice("sqlite", "sqlite", ".db", "SQLite", sqlite),
        FormatChoice("parquet", "parquet", "", "Parquet", parquet, "pyarrow", "parquet"),
        FormatChoice("focus", "focus", ".csv", "FOCUS", focus),
    )


def stretches(snapshot: Snapshot) -> tuple[Stretch, ...]:
    """The whole ledger, what the charts show, and each window of a budget that has a start."""
    ask, zone, now = snapshot.ask, snapshot.ledger.zone, snapshot.as_of
    shown = (ask.until or now) - round(ask.span.total_seconds() * 1000)
    words = translate("export", "What is shown: {stretch}")
    found = [
        Stretch(translate("export", "Everything in the ledger")),
        Stretch(
            translate("export", "What is shown: {stretch}").format(stretch=stretch_words(ask, zone, now)), shown, ask.until
        ),
    ]
    for budget in snapshot.budgets:
        if budget.window.end < FAR_FUTURE and not budget.rolls:
            words = translate("export", "This window of {budget}: since {time}")
            since = budget.window.start
            found.append(Stretch(words.format(budget=budget.name, time=moment(since, zone, now)), since))
    return tuple(found)


def stem(as_of: int, zone: str) -> str:
    """The name of an export of ``as_of``, without its ending: ``"budgetmon-2026-03-12-152010"``."""
    return f"budgetmon-{datetime.fromtimestamp(as_of / 1000, zone_of(zone)):%Y-%m-%d-%H%M%S}"


def size_words(size: int) -> str:
    """A size in bytes, about: ``"12 kB"``, ``"1.4 MB"``."""
    for unit, letters in ((1_000_000_000, "GB"), (1_000_000, "MB")):
        if size >= unit:
            return f"{decimal(size / unit, 1)} {letters}"
    return f"{count(max(1, size // 1000))} kB"
