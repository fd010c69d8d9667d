# SPDX-License-Identifier: Apache-2.0
"""The fields of the booking bar: a caption over each, laid in one line that fits any width."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox, DayEdit, NumberEdit, TextEdit, TimeEdit
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import SECONDARY
from clinicdesk.kernel.folding import fold
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.panel.patient_finder import PatientFinder
from clinicdesk.wording.text import _


class NameBox(ChoiceBox[int | None]):
    """A choice of people: letters find any word of a name, so ``os`` finds Dr Amara Osei."""

    PAUSE_MS = 900

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._typed = ""
        self._since = QElapsedTimer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find by letters; everything else is the box's own."""
        text = event.text()
        if not text or not text.isprintable() or text.isspace():
            super().keyPressEvent(event)
            return
        if not self._since.isValid() or self._since.elapsed() > self.PAUSE_MS:
            self._typed = ""
        self._since.start()
        self._typed += text
        letters = fold(self._typed)
        for row in range(self.count()):
            words = fold(self.itemText(row)).split()
            if any(" ".join(words[n:]).startswith(letters) for n in range(len(words))):
                self.setCurrentIndex(row)
                return


class Fields(QWidget):
    """All fields, with captions.

    Attributes:
        born: and ``phone``: only asked of a new patient.
    """

    def __init__(self, room: Room, patients: Patients, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        formats = room.formats
        self.patient = PatientFinder(room, patients, self)
        self.born = DayEdit(formats, self._today, past=True, parent=self)
        self.phone = TextEdit(formats, self)
        self.type: ChoiceBox[int | None] = ChoiceBox(parent=self)
        self.provider = NameBox(self)
        self.day = DayEdit(formats, self._today, parent=self)
        self.time = TimeEdit(formats, self)
        self.length = NumberEdit(formats, 1, 24 * 60, self)
        self.note = TextEdit(formats, self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._captions: list[QLabel] = []
        for name, field, stretch in (
            (_("Patient"), self.patient, 6),
            (_("Born"), self.born, 2),
            (_("Phone"), self.phone, 3),
            (_("Type"), self.type, 4),
            (_("With"), self.provider, 4),
            (_("Day"), self.day, 2),
            (_("Time"), self.time, 2),
            (_("Minutes"), self.length, 1),
            (_("Note"), self.note, 4),
        ):
            self._put(name, field, stretch)
        self.measure()
        self.show_new(shown=False)
        room.theme.changed.connect(self.measure)

    def show_new(self, *, shown: bool) -> None:
        """Ask birth date and phone, or do not."""
        for field in (self.born, self.phone):
            holder = field.parentWidget()
            if holder is not None:
                holder.setVisible(shown)
            if not shown:
                field.clear()

    def set_when_enabled(self, *, enabled: bool) -> None:
        """Let day and time be typed, or not: a walk-in is now."""
        self.day.setEnabled(enabled)
        self.time.setEnabled(enabled)

    def measure(self) -> None:
        """Follow the text size."""
        theme = self.room.theme
        px = theme.px
        self._grid.setHorizontalSpacing(px(8))
        for caption in self._captions:
            caption.setFont(theme.font(SECONDARY))
        for field, units in (
            (self.patient, 150), (self.born, 92), (self.phone, 100), (self.type, 104),
            (self.provider, 110), (self.day, 92), (self.time, 66), (self.length, 46),
            (self.note, 70),
        ):  # fmt: skip
            field.setMinimumWidth(px(units))

    def _put(self, name: str, field: QWidget, stretch: int) -> None:
        holder = QWidget(self)
        line = QVBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(1)
        caption = plain_label(name, muted=True, wrap=False)
        caption.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        caption.setBuddy(field)
        field.setAccessibleName(name)
        line.addWidget(caption)
        line.addWidget(field)
        place = self._grid.columnCount()
        self._grid.addWidget(holder, 0, place)
        self._grid.setColumnStretch(place, stretch)
        self._captions.append(caption)

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())
