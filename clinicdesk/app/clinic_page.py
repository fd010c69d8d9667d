# SPDX-License-Identifier: Apache-2.0
"""The clinic's own page of the preferences: the head of its papers, and the float."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.app.country_words import country_word
from clinicdesk.assembly import Clinic
from clinicdesk.closing.model.day import FLOAT
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import Form, MoneyEdit, NoteEdit, TextEdit, verb_button
from clinicdesk.desktop.preferences import PreferencePage
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.countries import CODES, country_pack
from clinicdesk.kernel.outcomes import Done
from clinicdesk.storage.particulars import MAY_EDIT_SETTINGS, SaveParticulars, save_particulars
from clinicdesk.wording.text import N_, _


def clinic_page(clinic: Clinic, room: Room) -> PreferencePage:
    """Return the page."""
    make = partial(ClinicParticulars, clinic, room)
    return PreferencePage("clinic", N_("Clinic"), "building-2", make=make)


class ClinicParticulars(QWidget):
    """Name, address, telephone, tax number; what stays in the drawer."""

    def __init__(self, clinic: Clinic, room: Room) -> None:
        super().__init__()
        self._clinic, self._room = clinic, room
        profile, formats = clinic.records.profile, room.formats
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        self.form = Form(room, self)
        self.name, self.phone = TextEdit(formats), TextEdit(formats)
        self.address = NoteEdit(formats)
        self.address.setFixedHeight(room.theme.px(64))
        self.tax_number = TextEdit(formats)
        self.float = MoneyEdit(formats)
        self.name.set_value(profile.name)
        self.address.set_value(profile.address)
        self.phone.set_value(profile.phone)
        self.tax_number.set_value(profile.tax_number)
        self.float.set_value(room.settings.get(FLOAT))
        self.form.add("name", _("Name"), self.name, required=True)
        self.form.add("address", _("Address"), self.address)
        self.form.add("phone", _("Telephone"), self.phone)
        self.form.add("tax_number", _tax_label(profile.country), self.tax_number)
        self.form.add(
            "float",
            _("Stays in the drawer"),
            self.float,
            hint=_("The cash with which a day begins, at this desk."),
        )
        outside.addWidget(self.form)
        fixed = _("{country} · {currency} · {zone}: fixed once money has been posted.")
        outside.addWidget(
            plain_label(
                fixed.format(
                    country=profile.country,
                    currency=profile.currency.code,
                    zone=profile.zone.name,
                ),
                muted=True,
            )
        )
        line = QHBoxLayout()
        self.verb = verb_button(_("Save"), primary=True)
        self.verb.setAutoDefault(False)
        self.verb.clicked.connect(self.form.commit)
        self.told = plain_label("", muted=True)
        line.addWidget(self.verb)
        line.addWidget(self.told, 1)
        outside.addLayout(line)
        outside.addStretch(1)
        self.form.committed.connect(self._save)
        if not room.actor.may(MAY_EDIT_SETTINGS):
            self._only_show()

    def _only_show(self) -> None:
        for field in (self.name, self.phone, self.tax_number, self.float):
            field.setReadOnly(True)
        self.address.setReadOnly(True)
        self.verb.setEnabled(False)
        self.told.setText(_("Your role may read this, not change it."))

    def _save(self) -> None:
        if self.float.value() is not None:
            self._room.settings.put(FLOAT, self.float.value() or 0)
        command = SaveParticulars(
            self.name.text_value(),
            self.address.toPlainText(),
            self.phone.text_value(),
            self.tax_number.text_value(),
        )
        clinic = self._clinic
        self._room.desk.carry_out(
            partial(
                save_particulars, clinic.records, clinic.opened.ring, command, self._room.actor
            ),
            self._saved,
            self.form.show_refusal,
            owner=self,
        )

    def _saved(self, _done: Done[str]) -> None:
        self.told.setText(_("Saved."))


def _tax_label(country: str) -> str:
    number = country_pack(country).tax_number if country in CODES else None
    return country_word(number.label) if number is not None else _("Tax number")
