# SPDX-License-Identifier: Apache-2.0
"""The fields of the booking bar: a caption over each, laid in one line that fits any width."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise

from PySide6.QtCore import QElapsedTimer, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox, DayEdit, NumberEdit, TextEdit, TimeEdit
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import SECONDARY
from clinicdesk.kernel.folding import fold
from clinicdesk.patients.queries import PatientHit
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.panel.booking_draft import Draft, Opening, combined
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
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        self._rows = (QHBoxLayout(), QHBoxLayout())
        for row in self._rows:
            outside.addLayout(row)
        self._captions: list[QLabel] = []
        self._holders: dict[QWidget, QWidget] = {}
        self._new = False
        self._lines = 0
        for name, field in (
            (_("Patient"), self.patient),
            (_("Born"), self.born),
            (_("Phone"), self.phone),
            (_("Type"), self.type),
            (_("With"), self.provider),
            (_("Day"), self.day),
            (_("Time"), self.time),
            (_("Minutes"), self.length),
            (_("Note"), self.note),
        ):
            self._hold(name, field)
        self.measure()
        room.theme.changed.connect(self.measure)

    def set_people(self, people: Sequence[tuple[int, str]]) -> None:
        """Offer these providers, and anyone."""
        self.provider.set_choices([(None, _("Anyone")), *people])

    def set_types(self, types: Sequence[tuple[int, str]]) -> None:
        """Offer these types, and none."""
        self.type.set_choices([(None, _("No type")), *types])

    def show_new(self, *, shown: bool) -> None:
        """Ask birth date and phone, or do not."""
        if not shown:
            self.born.clear()
            self.phone.clear()
        if shown != self._new:
            self._new = shown
            self._lines = 0
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use a second line where the first is too narrow."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Give way to any width: what does not fit in one line goes into two."""
        return QSize(self.room.theme.px(420), super().minimumSizeHint().height())

    def set_when_enabled(self, *, enabled: bool) -> None:
        """Let day and time be typed, or not: a walk-in is now."""
        self.day.setEnabled(enabled)
        self.time.setEnabled(enabled)

    def fill(self, opening: Opening, type_id: int | None, minutes: int) -> None:
        """Show what a booking begins with."""
        hit = None
        if opening.patient_id:
            hit = PatientHit(opening.patient_id, opening.name, "", None, "", "active")
        self.patient.choose(hit)
        self.show_new(shown=False)
        self.type.set_value(type_id)
        self.provider.set_value(opening.provider_id)
        self.length.set_value(minutes)
        self.note.set_value(opening.note)
        self.day.set_value(None if opening.starts is None else opening.starts.date())
        self.time.set_value(None if opening.starts is None else opening.starts.time())

    def draft(self, free: int, fold: int, *, walk_in: bool) -> Draft:
        """Return what is in the fields; ``free`` is the provider found for "anyone"."""
        patient = self.patient.choice
        day = None if self.day.problem() else self.day.value()
        at = None if self.time.problem() else self.time.value()
        length = None if self.length.problem() else self.length.value()
        return Draft(
            patient_id=patient.id if isinstance(patient, PatientHit) else 0,
            provider_id=self.provider.value() or free,
            starts=combined(day, at),
            fold=fold,
            minutes=length or 0,
            type_id=self.type.value(),
            note=self.note.text().strip(),
            walk_in=walk_in,
        )

    def missing(self, draft: Draft) -> tuple[QWidget, str] | None:
        """Return the first field that lacks something, with what it lacks."""
        if not draft.patient_id:
            return self.patient, _("Choose a patient.")
        for field in (self.length, self.day, self.time):
            if field.problem() and field.isEnabled():
                return field, field.problem()
        if not draft.minutes:
            return self.length, _("Give a length.")
        if draft.starts is None and not draft.walk_in:
            return self.day, _("Give a day and a time.")
        if not draft.provider_id:
            return self.provider, _("Choose a provider.")
        return None

    def measure(self) -> None:
        """Follow the text size."""
        theme = self.room.theme
        px = theme.px
        for row in self._rows:
            row.setSpacing(px(8))
        for caption in self._captions:
            caption.setFont(theme.font(SECONDARY))
        for field, units in (
            (self.patient, 150), (self.born, 108), (self.phone, 120), (self.type, 104),
            (self.provider, 120), (self.day, 108), (self.time, 74), (self.length, 52),
            (self.note, 80),
        ):  # fmt: skip
            field.setMinimumWidth(px(units))
        widest = self.time.fontMetrics().horizontalAdvance(self.room.formats.time(time(22, 58)))
        self.time.setMinimumWidth(max(px(74), widest + px(30)))  # "12:58 pm" is read whole
        self._lines = 0
        self._arrange()

    def _arrange(self) -> None:
        """Lay the fields in one line, or in two."""
        px = self.room.theme.px
        people: list[tuple[QWidget, int]] = [(self.patient, 6)]
        if self._new:
            people += [(self.born, 2), (self.phone, 3)]
        what: list[tuple[QWidget, int]] = [(self.type, 4), (self.provider, 5)]
        when: list[tuple[QWidget, int]] = [
            (self.day, 2),
            (self.time, 1),
            (self.length, 1),
            (self.note, 5),
        ]
        fields: list[tuple[QWidget, int]] = [*people, *what, *when]
        needed = sum(field.minimumWidth() + px(8) for field, _stretch in fields)
        lines = 1 if self.width() >= needed else 2
        if lines == self._lines:
            return
        self._lines = lines
        for holder in self._holders.values():
            holder.hide()
        rows = [fields, []] if lines == 1 else [[*people, *what], [*when]]
        for line, members in zip(self._rows, rows, strict=True):
            while line.count():
                line.takeAt(0)
            for field, stretch in members:
                line.addWidget(self._holders[field], stretch)
                self._holders[field].show()
        for before, after in pairwise([field for members in rows for field, _stretch in members]):
            QWidget.setTabOrder(before, after)

    def _hold(self, name: str, field: QWidget) -> None:
        holder = QWidget(self)
        line = QVBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(1)
        caption = plain_label(name, muted=True, wrap=False)
        caption.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        caption.setBuddy(field)
        field.setAccessibleName(name)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.addWidget(caption)
        line.addWidget(field)
        self._captions.append(caption)
        self._holders[field] = holder

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())
