"""What became of a test or a run, as a word in the language of the app. The models keep the words of the report."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# Outcomes of tests, how a run stands and how it ended: ``run_word`` looks them up.
_WORDS = (
    QT_TRANSLATE_NOOP("runs", "passed"),
    QT_TRANSLATE_NOOP("runs", "failed"),
    QT_TRANSLATE_NOOP("runs", "error"),
    QT_TRANSLATE_NOOP("runs", "skipped"),
    QT_TRANSLATE_NOOP("runs", "xfailed"),
    QT_TRANSLATE_NOOP("runs", "xpassed"),
    QT_TRANSLATE_NOOP("runs", "crashed"),
    QT_TRANSLATE_NOOP("runs", "running"),
    QT_TRANSLATE_NOOP("runs", "waiting"),
    QT_TRANSLATE_NOOP("runs", "not run"),
    QT_TRANSLATE_NOOP("runs", "starting"),
    QT_TRANSLATE_NOOP("runs", "collecting"),
    QT_TRANSLATE_NOOP("runs", "no tests"),
    QT_TRANSLATE_NOOP("runs", "interrupted"),
    QT_TRANSLATE_NOOP("runs", "cancelling"),
    QT_TRANSLATE_NOOP("runs", "cancelled"),
    QT_TRANSLATE_NOOP("runs", "timed out"),
    QT_TRANSLATE_NOOP("runs", "not started"),
)


def run_word(word: str) -> str:
    """An Outcome, Verdict or RunStatus, or what ``run_tree`` says of a test without one, in the reader's language."""
    return QCoreApplication.translate("runs", word)
