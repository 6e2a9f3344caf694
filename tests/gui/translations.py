"""Brings the translations up to the code: run it after a text was added or changed, then translate what is unfinished.

Usage, from the top folder: PYTHONPATH=tests python -m gui.translations

Writes resources/app/translations/budgetmon_*.ts, which Qt Linguist or an editor opens, and the compiled .qm beside them. Texts
that the code no longer has are dropped. English is shipped for its forms of one and of many only.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from gui.texts import Text, texts_of_app

FOLDER = Path(__file__).parents[2] / "resources" / "app" / "translations"
ENGLISH = "en"
LANGUAGES = ("de", "zh")


@dataclass(frozen=True, slots=True)
class Translation:
    """What a language says for a text: one form, or one for each of its grammatical numbers. Empty where it is unfinished."""

    forms: tuple[str, ...]
    finished: bool


def source_of(language: str) -> Path:
    """The .ts of a language."""
    return FOLDER / f"budgetmon_{language}.ts"


def translations(language: str) -> dict[Text, Translation]:
    """What the .ts of a language holds."""
    found = {}
    for context in ElementTree.parse(source_of(language)).getroot().iter("context"):
        for message in context.iter("message"):
            said = message.find("translation")
            assert said is not None
            forms = tuple(form.text or "" for form in said.iter("numerusform")) or (said.text or "",)
            text = Text(context.findtext("name", ""), message.findtext("source", ""))
            found[text] = Translation(forms, finished=said.get("type") is None and all(forms))
    return found


def main() -> int:
    """Write all files, say what is still to be translated, and return the exit code: 1 while anything is."""
    texts = sorted(texts_of_app())
    with tempfile.TemporaryDirectory() as name:
        listing = Path(name) / "texts.cpp"
        listing.write_text("".join(map(_declared, texts)), encoding="utf-8")
        for language in (ENGLISH, *LANGUAGES):
            _merge(listing, language)
            _compile(language)
    unfinished = [
        (language, text) for language in LANGUAGES for text, said in translations(language).items() if not said.finished
    ]
    for language, text in unfinished:
        print(f"{language}: {text.context}: {text.source}")  # noqa: T201 - the answer of a script
    return 1 if unfinished else 0


def _declared(text: Text) -> str:
    """``text`` as a line that lupdate reads."""
    macro = "QT_TRANSLATE_N_NOOP" if text.counts else "QT_TRANSLATE_NOOP"
    return f"{macro}({_quoted(text.context)}, {_quoted(text.source)})\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _merge(listing: Path, language: str) -> None:
    """Bring the .ts of ``language`` up to ``listing``; what it says for a text that stays, stays."""
    plurals = ["-pluralonly"] if language == ENGLISH else []
    where = ["-locations", "none", "-sort-messages", "-no-obsolete"]
    # A guess from a text that is nearly the same would pass as a translation, unread.
    guesses = ["-disable-heuristic", "similartext", "-disable-heuristic", "sametext"]
    _qt(
        "lupdate",
        "-silent",
        *plurals,
        *where,
        *guesses,
        "-target-language",
        language,
        str(listing),
        "-ts",
        str(source_of(language)),
    )


def _compile(language: str) -> None:
    _qt("lrelease", "-silent", str(source_of(language)), "-qm", str(source_of(language).with_suffix(".qm")))


def _qt(tool: str, *arguments: str) -> None:
    """One of the tools that come with PySide6-Essentials, beside this Python."""
    subprocess.run([str(Path(sys.executable).parent / f"pyside6-{tool}"), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
