"""The language of the app: shipped translations, and Qt's own for its standard buttons."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from budgetmon.gui.assets import asset, asset_folder
from budgetmon.gui.preferences import Language

_ENGLISH = "english"


def speak(app: QApplication, language: Language) -> list[QTranslator]:
    """Install what there is for ``language``, before the first widget is made, and return it for who wants to take it off.

    Numbers and dates follow a language that was chosen; else they follow the system's formats, as its words follow the
    system's languages in their order. Without a shipped translation the app speaks English.
    """
    if language is not Language.SYSTEM:
        QLocale.setDefault(QLocale(language.value))
    wanted = QLocale.system() if language is Language.SYSTEM else QLocale(language.value)
    folders = (
        ("qtbase", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))),
        ("budgetmon", asset_folder() / "translations"),
    )
    found = []
    for name, folder in folders:
        translator = QTranslator(app)
        if translator.load(wanted, name, "_", str(folder)):
            app.installTranslator(translator)
            found.append(translator)
    return found


def speak_english(app: QApplication) -> None:
    """Install the English forms of one and of many, which stand behind every language; once for ``app``."""
    if app.findChild(QTranslator, _ENGLISH) is None:
        translator = QTranslator(app)
        translator.setObjectName(_ENGLISH)
        translator.load(str(asset("translations/budgetmon_en.qm")))
        app.installTranslator(translator)
