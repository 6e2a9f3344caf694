"""What to export, as what and where to; with a look at how much it will be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from budgetmon.core.rules.money import parse_usd
from budgetmon.gui.process.command import Place, Question
from budgetmon.gui.state.export_choices import FormatChoice, Stretch, formats, size_words, stem, stretches
from budgetmon.gui.state.formatting import count, counted, money
from budgetmon.gui.widgets.labels import role_label, set_tone
from budgetmon.monitor.snapshot import Snapshot

_PAUSE_MS = 250  # of typing, before it is counted again


class ExportDialog(QDialog):
    """Asks what of ``place`` to export. ``chosen`` carries the path, the options of ``budgetmon export`` and the format."""

    chosen = Signal(object, object, object)

    def __init__(self, snapshot: Snapshot, place: Place, folder: Path, format: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._place = place
        self._stem = stem(snapshot.as_of, snapshot.ledger.zone)
        self._formats = {choice.key: choice for choice in formats()}
        self._stretches = stretches(snapshot)
        self._question = Question(self)
        self._question.answered.connect(self._on_counted)
        self._question.failed.connect(self._on_not_counted)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self.format_buttons = QButtonGroup(self)
        self.format_radios = {key: self._radio(choice) for key, choice in self._formats.items()}
        self.stretch = QComboBox()
        self.stretch.addItems([stretch.words for stretch in self._stretches])
        self.provider = QComboBox()
        self.provider.addItem(self.tr("All providers"), "")
        for named in snapshot.providers:
            self.provider.addItem(named.name, named.name)
        self.target = QLineEdit()
        self.target.setMinimumWidth(440)
        self.preview = role_label("muted")
        self.conflict = role_label("small")
        self.conflict.setWordWrap(True)
        self.replace = QCheckBox(self.tr("&Replace it"))
        self.rename = QPushButton(self.tr("&Use another name"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._name()
        chosen = self._formats.get(format)
        radio = self.format_radios[format if chosen is not None and chosen.is_there else "csv"]
        radio.setChecked(True)
        radio.setFocus()
        self.target.setText(str(folder / f"{self._stem}{self.format.ending}"))
        self._connect()
        self._on_format()

    @property
    def format(self) -> FormatChoice:
        """The format that is chosen."""
        return next(self._formats[key] for key, radio in self.format_radios.items() if radio.isChecked())

    def _radio(self, choice: FormatChoice) -> QRadioButton:
        radio = QRadioButton(choice.words)
        radio.setEnabled(choice.is_there)
        self.format_buttons.addButton(radio)
        return radio

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        self.browse = QPushButton(self.tr("&Browse..."))
        place.addWidget(self.target, 1)
        place.addWidget(self.browse)
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        form.addRow(self.tr("&What"), self.stretch)
        form.addRow(self.tr("Of &whom"), self.provider)
        label = QLabel(self.tr("&Save to"))
        label.setBuddy(self.target)
        form.addRow(label, place)
        conflict = QHBoxLayout()
        conflict.addWidget(self.conflict, 1)
        conflict.addWidget(self.replace)
        conflict.addWidget(self.rename)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(8)
        layout.addWidget(role_label("headline", self.tr("Export a snapshot of the ledger")))
        for radio in self.format_radios.values():
            layout.addWidget(radio)
        layout.addSpacing(6)
        layout.addLayout(form)
        layout.addLayout(conflict)
        layout.addSpacing(2)
        layout.addWidget(self.preview)
        layout.addWidget(self.buttons)

    def _name(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setText(self.tr("Export"))
        ok.setProperty("primary", True)
        ok.setDefault(True)
        self.stretch.setAccessibleName(self.tr("Which stretch of time to export"))
        self.provider.setAccessibleName(self.tr("Which provider to export"))
        self.target.setAccessibleName(self.tr("Where to export to"))
        self.replace.setAccessibleName(self.tr("Replace what is there"))
        self.rename.setAccessibleName(self.tr("Use another name"))
        for key, radio in self.format_radios.items():
            radio.setAccessibleName(self._formats[key].words)

    def _connect(self) -> None:
        self.format_buttons.buttonToggled.connect(self._on_toggled)
        self.stretch.currentIndexChanged.connect(self._recount)
        self.provider.currentIndexChanged.connect(self._recount)
        self.target.textChanged.connect(self._check)
        self.replace.toggled.connect(self._check)
        self.rename.clicked.connect(self._on_rename)
        self.browse.clicked.connect(self._on_browse)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    @Slot(object, bool)
    def _on_toggled(self, _radio: object, checked: bool) -> None:
        if checked:
            self._on_format()

    def _on_format(self) -> None:
        """The name ends as the format wants it; SQLite is always everything."""
        path = Path(self.target.text())
        endings = {choice.ending for choice in self._formats.values() if choice.ending}
        base = path.name.removesuffix(path.suffix) if path.suffix in endings else path.name
        self.target.setText(str(path.with_name(f"{base or self._stem}{self.format.ending}")))
        for box in (self.stretch, self.provider):
            box.setEnabled(not self.format.is_whole)
        self._check()
        self._recount()

    @Slot()
    def _check(self) -> None:
        """Say what is in the way, and let nobody export over it unasked."""
        typed = self.target.text().strip()
        there = bool(typed) and os.path.lexists(self._path())
        for widget in (self.conflict, self.replace, self.rename):
            widget.setVisible(there)
        if there:
            self.conflict.setText(self.tr("{name} is already there.").format(name=self._path().name))
        missing = bool(typed) and not self._path().parent.is_dir()
        if missing:
            self.conflict.setText(self.tr("There is no folder {folder}.").format(folder=self._path().parent))
            self.conflict.setVisible(True)
        set_tone(self.conflict, "danger" if missing else "warning")
        ready = bool(typed) and not missing and (not there or self.replace.isChecked())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(ready)

    @Slot()
    def _on_rename(self) -> None:
        path, number = self._path(), 2
        base = path.name.removesuffix(self.format.ending)
        while os.path.lexists(path.with_name(f"{base}-{number}{self.format.ending}")):
            number += 1
        self.replace.setChecked(False)
        self.target.setText(str(path.with_name(f"{base}-{number}{self.format.ending}")))

    @Slot()
    def _on_browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Export to"), str(self._path().parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    @Slot(str)
    def _on_folder(self, folder: str) -> None:
        self.target.setText(str(Path(folder) / self._path().name))

    @Slot()
    def _recount(self) -> None:
        self.preview.setText(self.tr("Counting..."))
        self._pause.start()

    @Slot()
    def _count(self) -> None:
        arguments = ["export", "--dry-run", "--json", "--out", str(self._path()), *self._place.options(), *self._options()]
        self._question.ask(arguments)

    @Slot(object)
    def _on_counted(self, size: dict[str, Any]) -> None:
        if not self._pause.isActive():
            parts = (
                counted(size["calls"], "call"),
                self.tr("refusals: {count}").format(count=count(size["refusals"])),
                money(parse_usd(size["cost"])),
                self.tr("about {size}").format(size=size_words(size["bytes"])),
            )
            self.preview.setText(", ".join(parts))

    @Slot(str)
    def _on_not_counted(self, problem: str) -> None:
        self.preview.setText(problem)

    def _path(self) -> Path:
        return Path(self.target.text().strip()).expanduser()

    def _options(self) -> list[str]:
        stretch = Stretch("") if self.format.is_whole else self._stretches[self.stretch.currentIndex()]
        provider = "" if self.format.is_whole else self.provider.currentData()
        only = ["--provider", provider] if provider else []
        return ["--format", self.format.option, *stretch.options(), *only]

    def accept(self) -> None:
        force = ["--force"] if self.replace.isChecked() else []
        self.chosen.emit(self._path(), [*self._options(), *force], self.format.key)
        super().accept()

    def done(self, result: int) -> None:
        self._pause.stop()
        self._question.shutdown()
        super().done(result)
