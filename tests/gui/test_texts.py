"""Nothing is said to people past the translators, as far as the code can tell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from gui.texts import GUI, UnreadableTextError, modules, texts_in, untranslated

# Modules whose words stay as they are.
OF_MACHINES = {
    "diagnosis.py": "a report for whoever mends it, in one language",
    "display.py": "said in a terminal, where no window can come up",
    "first_steps.py": "lines of code",
    "printing/report_document.py": "markup",
    "process/editor.py": "command lines of editors",
    "theme/style.py": "names of fonts",
    "widgets/run_outcome_look.py": "drawings",
}
# Single words of code that look like words for people.
OF_CODE = {
    "All providers",  # looked up where it is shown, as are the counted nouns and the outcomes
    "new call",
    "live worker",
    "not run",
    "cost an hour",  # values of enumerations
    "calls a minute",
    "failed and refused",
    "Excel",  # names
    "JSON lines",
    "Parquet",
    "Fusion",
    "ActiveChanged",  # a signal on the bus
    "Row",
    "pip install 'budgetmon[",
    "Deutsch",  # a language is named in itself
    "English",
    "yyyy-MM-dd HH:mm:ss",
    "; border: 1px solid ",
}
KEYS = re.compile(r"(Ctrl|Alt|Shift)\+.*|Space|Esc|Tab|Enter")


def test_that_all_words_for_people_go_through_the_translators() -> None:
    found = [
        f"{name}:{line}: {text}"
        for path in modules()
        if (name := str(path.relative_to(GUI))) not in OF_MACHINES
        for line, text in untranslated(path)
        if text not in OF_CODE and not KEYS.fullmatch(text)
    ]
    assert found == []


def test_that_every_exception_is_still_needed() -> None:
    assert [name for name in OF_MACHINES if not any(untranslated(GUI / name))] == []
    seen = {text for path in modules() for _, text in untranslated(path)}
    assert OF_CODE - seen == set()


def test_that_texts_are_found_wherever_they_stand(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        "class Panel(QWidget):\n"
        "    def show(self):\n"
        "        tr = self.tr\n"
        "        tr('One')\n"
        "        self.tr('Two ' '{n}')\n"
        "        f\"{translate('ctx', 'Three')} and\"\n"
        "        _tr('Four\\N{EN DASH}')\n"
        "NOUN = QT_TRANSLATE_NOOP('ctx', '{count} call(s)')\n"
        "def _tr(text):\n"
        "    return QCoreApplication.translate('Own', text)\n",
        encoding="utf-8",
    )
    found = {(text.context, text.source, text.counts) for text in texts_in(source)}
    assert found == {
        ("Panel", "One", False),
        ("Panel", "Two {n}", False),
        ("ctx", "Three", False),
        ("Own", "Four\N{EN DASH}", False),
        ("ctx", "{count} call(s)", True),
    }


@pytest.mark.parametrize("call", ["self.tr(words)", "self.tr(f'{number} calls')", "other.tr('One')", "_tr(words)"])
def test_that_a_text_that_cannot_be_read_is_an_error(call: str, tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(f"class Panel:\n    def show(self):\n        {call}\n", encoding="utf-8")
    with pytest.raises(UnreadableTextError, match=r"module\.py:3"):
        list(texts_in(source))
