# SPDX-License-Identifier: Apache-2.0
"""A patient's particulars: to take somebody new on, or to mend a record.

While the name, birth date and phone are typed, records that may be the same person appear with
the reasons; choosing one opens it instead of making a second record.
"""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox, DayEdit, FormDialog, NoteEdit, TextEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.folding import clean, digits
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.patients.model import (
    GENDER_WORDS,
    STATUS_WORDS,
    ContactPoint,
    Demographics,
    EditPatient,
    RegisterPatient,
)
from clinicdesk.patients.queries import Duplicate, PatientCard
from clinicdesk.patients.service import Patients
from clinicdesk.wording.text import _

_LOOK_AFTER_MS = 250
_FOREMOST = ("mobile", "phone", "email", "address")


class PatientDialog(FormDialog):
    """Name, birth, contacts; duplicates live."""

    def __init__(
        self,
        room: Room,
        patients: Patients,
        card: PatientCard | None,
        typed: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make the dialog.

        Args:
            room: the window's.
            patients: whom to ask and tell.
            card: what to edit; None takes somebody new on.
            typed: what was searched for in vain, as the first guess of the name.
            parent: Qt's.
        """
        title = _("New patient") if card is None else _("Edit patient")
        verb = _("Register patient") if card is None else _("Save")
        super().__init__(room, title, verb, parent)
        self._patients, self._card = patients, card
        self.setMinimumWidth(room.theme.px(520))
        self._build(room)
        self._twins = QFrame()
        self._twins.setObjectName("banner")
        self._twins.setProperty("tone", "warn")
        self._twins.setAccessibleName(_("Records that may be the same person"))
        self._twins.hide()
        self._twin_lines = QVBoxLayout(self._twins)
        place = self.outside.indexOf(self.form)
        self.outside.removeWidget(self.form)
        self.outside.insertWidget(place, self._scrolling())
        self.outside.insertWidget(place + 1, self._twins)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_LOOK_AFTER_MS)
        self._pause.timeout.connect(self._look_for_twins)
        if card is None:
            self._gender.set_value("unknown")
            self._guess(typed)
        else:
            self._fill(card)
        for field in (self._family, self._given, self._mobile, self._phone):
            field.textChanged.connect(self._changed)
        self._born.textChanged.connect(self._changed)
        self.submit = self._submit

    # ── building ─────────────────────────────────────────────────────────────────────────────

    def _build(self, room: Room) -> None:
        formats, form = room.formats, self.form
        self._family, self._given = TextEdit(formats), TextEdit(formats)
        self._preferred, self._pronouns = TextEdit(formats), TextEdit(formats)
        self._born = DayEdit(formats, self._today, past=True)
        self._gender: ChoiceBox[str] = ChoiceBox(
            [(key, formats.word(word)) for key, word in GENDER_WORDS.items()]
        )
        self._mobile, self._phone = TextEdit(formats), TextEdit(formats)
        self._email = TextEdit(formats)
        self._street = NoteEdit(formats)
        self._street.setFixedHeight(room.theme.px(52))
        self._postcode, self._city = TextEdit(formats), TextEdit(formats)
        self._region, self._country = TextEdit(formats), TextEdit(formats)
        self._country.setMaxLength(2)
        self._status: ChoiceBox[str] = ChoiceBox(
            [(key, formats.word(word)) for key, word in STATUS_WORDS.items()]
        )
        form.add("family_name", _("Family name"), self._family, required=True)
        form.add("given_name", _("Given name"), self._given)
        form.add("born_on", _("Date of birth"), self._born)
        form.add("mobile", _("Mobile"), self._mobile)
        form.add("phone", _("Phone"), self._phone)
        form.add("email", _("E-mail"), self._email)
        form.add("preferred_name", _("Called"), self._preferred)
        form.add("pronouns", _("Pronouns"), self._pronouns)
        form.add("gender", _("Gender"), self._gender)
        form.add("address", _("Street"), self._street)
        form.add("postcode", _("Postcode"), self._postcode)
        form.add("city", _("Town"), self._city)
        form.add("region", _("Region"), self._region)
        form.add(
            "country", _("Country"), self._country, hint=_("Two letters, such as GB, DE or US")
        )
        form.add("status", _("Status"), self._status)
        form.set_shown("status", shown=self._card is not None)

    def _scrolling(self) -> QScrollArea:
        """Return the form in a frame that scrolls where large text makes it too tall."""
        around = QScrollArea()
        around.setWidgetResizable(True)
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.setAccessibleName(self.windowTitle())
        around.setWidget(self.form)
        wanted = self.form.sizeHint().height() + self.room.theme.px(8)
        around.setMinimumHeight(min(wanted, self.screen().availableGeometry().height() * 6 // 10))
        return around

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _guess(self, typed: str) -> None:
        """Use what was searched for: a number is a phone, a comma stands behind a family name."""
        text = clean(typed)
        if len(digits(text)) >= 6:
            self._mobile.set_value(text)
        elif not any(c.isdigit() for c in text):
            family, comma, given = text.partition(",")
            if not comma:
                given, _blank, family = text.rpartition(" ")
            self._family.set_value(family.strip())
            self._given.set_value(given.strip())

    def _fill(self, card: PatientCard) -> None:
        self._family.set_value(card.family_name)
        self._given.set_value(card.given_name)
        self._preferred.set_value(card.preferred_name)
        self._pronouns.set_value(card.pronouns)
        self._born.set_value(card.born_on)
        self._gender.set_value(card.gender)
        self._status.set_value(card.status)
        for contact in reversed(card.contacts):
            if contact.kind == "address":
                self._street.set_value(contact.value)
                self._postcode.set_value(contact.postcode)
                self._city.set_value(contact.city)
                self._region.set_value(contact.region)
                self._country.set_value(contact.country)
            elif contact.kind == "mobile":
                self._mobile.set_value(contact.value)
            elif contact.kind == "phone":
                self._phone.set_value(contact.value)
            else:
                self._email.set_value(contact.value)

    # ── duplicates ───────────────────────────────────────────────────────────────────────────

    def _changed(self) -> None:
        self._pause.start()

    def _look_for_twins(self) -> None:
        who = self._who()
        if not (who.family_name or who.given_name):
            self._show_twins(())
            return
        phones = (self._mobile.text(), self._phone.text())
        but = 0 if self._card is None else self._card.id
        ask = partial(self._patients.likely_duplicates, who, phones, self.room.actor, but)
        self.room.desk.ask(ask, self._show_twins, owner=self)

    def _show_twins(self, twins: tuple[Duplicate, ...]) -> None:
        while (item := self._twin_lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if twins:
            self._twin_lines.addWidget(plain_label(_("May be here already:")))
        for twin in twins[:3]:
            self._twin_lines.addWidget(self._twin_line(twin))
        if bool(twins) != self._twins.isVisible():
            self._twins.setVisible(bool(twins))
            self.adjustSize()
        if twins:
            self.room.notices.announce(
                self.room.formats.count(
                    "{n} record may be the same person",
                    "{n} records may be the same person",
                    len(twins),
                )
            )

    def _twin_line(self, twin: Duplicate) -> QWidget:
        formats, hit = self.room.formats, twin.hit
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        born = "" if hit.born_on is None else formats.day(hit.born_on)
        known = " · ".join(part for part in (hit.name, born, f"#{hit.chart_number}") if part)
        why = ", ".join(formats.word(reason) for reason in twin.reasons)
        row.addWidget(plain_label(f"{known}\n{why}"), 1)
        button = QPushButton(_("Open this one"))
        button.setAccessibleName(_("Open {name}").format(name=hit.name))
        button.setAutoDefault(False)
        button.clicked.connect(partial(self._open_twin, hit.id))
        row.addWidget(button)
        return line

    def _open_twin(self, patient_id: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 -- Qt's signal
        self.room.spotlight.show("patient", patient_id)
        self.reject()

    # ── reading and sending ──────────────────────────────────────────────────────────────────

    def _who(self) -> Demographics:
        try:
            born = self._born.value()
        except Refusal:
            born = None
        card = self._card
        return Demographics(
            family_name=self._family.text_value(),
            given_name=self._given.text_value(),
            middle_name=card.middle_name if card else "",
            prefix=card.prefix if card else "",
            suffix=card.suffix if card else "",
            preferred_name=self._preferred.text_value(),
            birth_name=card.birth_name if card else "",
            born_on=born,
            born_precision=card.born_precision if card and card.born_on == born else "day",
            gender=self._gender.value() or "unknown",
            pronouns=self._pronouns.text_value(),
            language=card.language if card else "",
            status=self._status.value() or "active",
            deceased_on=card.deceased_on if card else None,
            usual_provider_id=card.usual_provider_id if card else None,
        )

    def _contacts(self) -> tuple[ContactPoint, ...]:
        """Return what the form says, and behind it the card's further contacts of each kind."""
        typed = [
            ContactPoint("mobile", self._mobile.text_value()),
            ContactPoint("phone", self._phone.text_value()),
            ContactPoint("email", self._email.text_value()),
            ContactPoint(
                "address",
                self._street.value(),
                city=self._city.text_value(),
                region=self._region.text_value(),
                postcode=self._postcode.text_value(),
                country=self._country.text_value().upper(),
            ),
        ]
        found = [one for one in typed if one.value or one.city or one.postcode]
        if self._card is not None:
            for kind in _FOREMOST:
                further = [one for one in self._card.contacts if one.kind == kind][1:]
                found += [
                    ContactPoint(o.kind, o.value, o.label, o.city, o.region, o.postcode, o.country)
                    for o in further
                ]
        return tuple(found)

    def _submit(self) -> None:
        self.set_busy(busy=True)
        who, contacts, actor = self._who(), self._contacts(), self.room.actor
        if self._card is None:
            command = partial(self._patients.register, RegisterPatient(who, contacts), actor)
        else:
            edit = EditPatient(self._card.id, self._card.version, who, contacts)
            command = partial(self._patients.edit, edit, actor)
        self.room.desk.carry_out(command, self._carried_out, self._refused, owner=self)

    def _carried_out(self, done: Done[int]) -> None:
        self.room.spotlight.show("patient", done.value)
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)
