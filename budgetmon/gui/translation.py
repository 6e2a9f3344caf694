"""The language of the app: shipped translations, and Qt's own for its standard buttons."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from budgetmon.gui.assets import asset_folder
from budgetmon.gui.preferences import Language


def speak(app: QApplication, language: Language) -> list[QTranslator]:
    """Install what there is for ``language``, before the first widget is made. Numbers and dates follow a language that was
    chosen. The caller keeps the translators; without a shipped translation the app speaks English."""
    if language is not Language.SYSTEM:
        QLocale.setDefault(QLocale(language.value))
    folders = (
        ("budgetmon", asset_folder() / "translations"),
        ("qtbase", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))),
    )
    found = []
    for name, folder in folders:
        translator = QTranslator(app)
        if translator.load(QLocale(), name, "_", str(folder)):
            app.installTranslator(translator)
            found.append(translator)
    return found
