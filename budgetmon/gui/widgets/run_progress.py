"""How far a run is: progress bar, verdict, elapsed time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from budgetmon.core.rules.runs import RunKind
from budgetmon.gui.state.formatting import count, in_seconds
from budgetmon.gui.state.run_tree import shown
from budgetmon.gui.state.run_words import run_word
from budgetmon.gui.theme.tokens import Tone
from budgetmon.gui.widgets.labels import elided_role_label, role_label, set_dynamic, set_tone
from budgetmon.gui.widgets.run_outcome_look import verdict_tone
from budgetmon.runs.summary import RunState

_VISIBLE_STEPS = 300


class RunProgress(QWidget):
    """Shows a RunState in two lines. The bar is busy until it is known how many tests there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._times: tuple[float, float | None] = (0.0, None)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self._bar.setObjectName("runProgress")
        self._bar.setAccessibleName(self.tr("Progress of the run"))
        self._verdict = role_label("title")
        self._verdict.setAccessibleName(self.tr("State of the run"))
        self._explanation = elided_role_label("muted", mode=Qt.TextElideMode.ElideRight)
        self._done = role_label("muted")
        self._spent = role_label("muted")
        self._spent.setAccessibleName(self.tr("What the run spent"))
        self._elapsed = role_label("muted")
        self._elapsed.setAccessibleName(self.tr("Elapsed and remaining time"))
        words = QHBoxLayout()
        words.setSpacing(10)
        words.addWidget(self._verdict)
        words.addWidget(self._explanation, 1)
        words.addWidget(self._spent)
        words.addWidget(self._done)
        words.addWidget(self._elapsed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(words)
        layout.addWidget(self._bar)

    def show_state(self, state: RunState, *, cancelling: bool = False) -> None:
        """Show ``state``. ``cancelling``: the user has asked for its end."""
        over = state.end is not None
        word = "cancelling" if cancelling and not over else str(state.verdict)
        tone = verdict_tone(state.verdict)
        self._verdict.setText(run_word(word).capitalize())
        set_tone(self._verdict, tone.value if tone else None)
        sentence = _sentence(state)
        self._explanation.setText(sentence)
        self._explanation.setToolTip(sentence)
        total = state.total
        self._done.setText(
            "" if total is None else self.tr("{done} of {total}").format(done=count(state.done), total=count(total))
        )
        self._colour_bar(state)
        # A range of 0 to 0 is Qt's busy bar; it must not go on for ever after a run that collected nothing.
        self._bar.setRange(0, total or (1 if over or total == 0 else 0))
        # A run without tests, such as a workload, has come to its end all the same.
        done = min(state.done, total) if total else int(over and state.kind is RunKind.WORKLOAD)
        self._move_bar(done, total or 0, at_once=over)
        self.show_elapsed(*self._times)

    def _move_bar(self, value: int, total: int, *, at_once: bool) -> None:
        """A bar that is set repaints at once, and what lies below it too: not for a step that nobody could see."""
        step = abs(value - self._bar.value())
        if at_once or value == total or step * _VISIBLE_STEPS >= total:
            self._bar.setValue(value)

    def _colour_bar(self, state: RunState) -> None:
        """Red once something is wrong, green at a good end; the words and counts beside it say the same."""
        tone = Tone.DANGER if state.bad else verdict_tone(state.verdict) or Tone.INFO
        if self._bar.property("tone") != tone.value:
            set_dynamic(self._bar, "tone", tone.value)

    def show_elapsed(self, seconds: float, left: float | None = None) -> None:
        """Show the time since the start, and about how long it will still take where that is known."""
        self._times = (seconds, left)
        text = elapsed_text(seconds)
        if left is not None:
            text = self.tr("{elapsed}, about {left} left").format(elapsed=text, left=elapsed_text(round(left)))
        self._elapsed.setText(text)

    def show_spent(self, words: str) -> None:
        """Show what the run has cost."""
        self._spent.setText(words)

    def words(self) -> str:
        """Verdict, explanation and progress, for tests."""
        return " ".join(filter(None, (self._verdict.text(), self._explanation.text(), self._done.text())))


def elapsed_text(seconds: float) -> str:
    """``"4.2 s"``, ``"3:07"``, ``"1:02:09"``."""
    if seconds < 60:
        return in_seconds(seconds, 1)
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _sentence(state: RunState) -> str:
    if state.end is None and state.running:
        return shown(next(iter(state.running)))
    parts = [state.explanation]
    if state.problem_count:
        unread = QCoreApplication.translate(
            "RunProgress", "{count} line(s) of the report could not be read.", None, state.problem_count
        )
        parts.append(unread.format(count=count(state.problem_count)))
    return " ".join(filter(None, parts))
