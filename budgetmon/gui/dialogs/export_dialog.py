"""Where to export to, and as what."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from budgetmon.gui.widgets.labels import role_label


class ExportDialog(QDialog):
    """Asks for a format and a place. ``chosen`` carries the path and the options of ``budgetmon export``."""

    chosen = Signal(object, object)

    def __init__(self, folder: Path, when: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export this picture")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._stem = f"budgetmon-{when:%Y-%m-%d-%H%M%S}"
        self._json = QRadioButton("One JSON document: everything in this picture, money as exact decimals")
        self._csv = QRadioButton("CSV tables: a folder with one file per table, for spreadsheets")
        self._json.setChecked(True)
        self._target = QLineEdit(str(folder / f"{self._stem}.json"))
        self._target.setAccessibleName("Where to export to")
        self._target.setMinimumWidth(420)
        self._browse = QPushButton("Browse...")
        self._browse.clicked.connect(self._on_browse)
        self._export = QPushButton("Export")
        self._export.setProperty("primary", True)
        self._export.setDefault(True)
        self._export.clicked.connect(self._on_export)
        self._cancel = QPushButton("Cancel")
        self._cancel.clicked.connect(self.reject)
        self._csv.toggled.connect(self._on_format)
        self._target.textChanged.connect(self._on_text)
        self._lay_out()

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        label = QLabel("&Save to")
        label.setBuddy(self._target)
        place.addWidget(label)
        place.addWidget(self._target, 1)
        place.addWidget(self._browse)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(role_label("headline", "Export this picture"))
        layout.addWidget(self._json)
        layout.addWidget(self._csv)
        layout.addSpacing(4)
        layout.addLayout(place)
        layout.addSpacing(6)
        layout.addLayout(buttons)

    def choose(self, target: Path, *, csv: bool) -> None:
        """Fill in an answer, as a person would."""
        self._csv.setChecked(csv)
        self._target.setText(str(target))

    @Slot(bool)
    def _on_format(self, csv: bool) -> None:
        path = Path(self._target.text())
        self._target.setText(str(path.with_suffix("") if csv else path.with_suffix(".json")))

    @Slot(str)
    def _on_text(self, text: str) -> None:
        self._export.setEnabled(bool(text.strip()))

    @Slot()
    def _on_browse(self) -> None:
        dialog = QFileDialog(self, "Export to", str(Path(self._target.text()).parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    @Slot(str)
    def _on_folder(self, folder: str) -> None:
        self._target.setText(str(Path(folder) / Path(self._target.text()).name))

    @Slot()
    def _on_export(self) -> None:
        self.chosen.emit(
            Path(self._target.text().strip()).expanduser(), ["--format", "csv" if self._csv.isChecked() else "json"]
        )
        self.accept()
