# SPDX-License-Identifier: Apache-2.0
"""The first step: which kind of list, and which file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.file_choice import open_file
from clinicdesk.desktop.forms import ChoiceBox, Form
from clinicdesk.desktop.room import Room
from clinicdesk.moving.lists import FORMATS
from clinicdesk.wording.text import _

_PURPOSE: Final = "lists"


class FileEdit(QWidget):
    """A file: typed, or chosen."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self.edit = QLineEdit()
        self.edit.setAccessibleName(_("File"))
        self.button = QPushButton(_("Choose…"))
        self.button.setAutoDefault(False)
        self.button.clicked.connect(self._choose)
        line.addWidget(self.edit, 1)
        line.addWidget(self.button)
        self.setFocusProxy(self.edit)

    def value(self) -> str:
        """Return the path as typed."""
        return self.edit.text().strip().strip('"')

    def problem(self) -> str:
        """Say what is wrong with it."""
        told = self.value()
        return _("There is no such file.") if told and not Path(told).is_file() else ""

    def _choose(self) -> None:
        kinds = f"{_('Lists')} (*.csv *.xlsx *.txt *.tsv);;{_('All files')} (*)"
        path = open_file(self, self._room.settings, _PURPOSE, _("Bring in a list"), kinds)
        if path is not None:
            self.edit.setText(str(path))


class ChoosingStep(QWidget):
    """Kind and file."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(room.theme.px(14))
        column.addWidget(
            plain_label(
                _(
                    "A list from another program, saved as CSV or as an Excel workbook (.xlsx). "
                    "First it is only looked at; nothing is written before you have seen what "
                    "would become of every line."
                ),
                muted=True,
            )
        )
        self.form = Form(room, self)
        self.kind: ChoiceBox[str] = ChoiceBox([(one.id, _(one.title)) for one in FORMATS.values()])
        self.file = FileEdit(room)
        self.form.add("kind", _("The list holds"), self.kind)
        self.form.add("file", _("File"), self.file, required=True)
        column.addWidget(self.form)
        column.addStretch(1)
