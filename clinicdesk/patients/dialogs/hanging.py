# SPDX-License-Identifier: Apache-2.0
"""What hangs on a patient: alert, note, coverage, who pays. Each is a short form with a verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.forms import (
    ChoiceBox,
    DayEdit,
    FormDialog,
    NoteEdit,
    NumberEdit,
    TextEdit,
)
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.patients.model import (
    ALERT_WORDS,
    PURPOSE_WORDS,
    RELATION_WORDS,
    AddAlert,
    AddCoverage,
    AddNote,
    RecordConsent,
    SetGuarantor,
)
from clinicdesk.patients.queries import PatientCard, PatientHit, PayerRow
from clinicdesk.patients.service import Patients
from clinicdesk.wording.text import _


class _AboutPatient(FormDialog):
    """A form about one patient; the name stands in it, so that nobody writes to another."""

    def __init__(
        self,
        room: Room,
        patients: Patients,
        card: PatientCard,
        title: str,
        verb: str,
        parent: QWidget | None,
    ) -> None:
        born = "" if card.born_on is None else f" · {room.formats.day(card.born_on)}"
        note = f"{card.name}{born} · #{card.chart_number}"
        super().__init__(room, title, verb, parent, note=note)
        self._patients, self._card = patients, card
        self.submit = self._submit

    def command(self) -> Callable[[], Done[int]]:
        """Return what the verb carries out."""
        raise NotImplementedError

    def today(self) -> date:
        """Return the clinic's day."""
        return self.room.formats.zone.day(self.room.clock.now())

    def _submit(self) -> None:
        self.set_busy(busy=True)
        self.room.desk.carry_out(self.command(), self._carried_out, self._refused, owner=self)

    def _carried_out(self, _done: Done[int]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)


class AlertDialog(_AboutPatient):
    """What must be known first."""

    def __init__(
        self, room: Room, patients: Patients, card: PatientCard, parent: QWidget | None = None
    ) -> None:
        super().__init__(room, patients, card, _("Add alert"), _("Add alert"), parent)
        self._kind: ChoiceBox[str] = ChoiceBox(
            [(key, room.formats.word(word)) for key, word in ALERT_WORDS.items()]
        )
        self._wording = TextEdit(room.formats)
        self.form.add("wording", _("Alert"), self._wording, required=True)
        self.form.add("kind", _("Kind"), self._kind)

    def command(self) -> Callable[[], Done[int]]:
        alert = AddAlert(
            self._card.id, self._kind.value() or "clinical", self._wording.text_value()
        )
        return partial(self._patients.add_alert, alert, self.room.actor)


class NoteDialog(_AboutPatient):
    """A note that stays as written."""

    def __init__(
        self, room: Room, patients: Patients, card: PatientCard, parent: QWidget | None = None
    ) -> None:
        super().__init__(room, patients, card, _("Add note"), _("Keep note"), parent)
        self._body = NoteEdit(room.formats)
        self.form.add(
            "body", _("Note"), self._body, required=True, hint=_("It is never changed afterwards")
        )

    def command(self) -> Callable[[], Done[int]]:
        note = AddNote(self._card.id, self._body.value())
        return partial(self._patients.add_note, note, self.room.actor)


class ConsentDialog(_AboutPatient):
    """What a patient agreed to, or does not want."""

    def __init__(
        self, room: Room, patients: Patients, card: PatientCard, parent: QWidget | None = None
    ) -> None:
        super().__init__(room, patients, card, _("Record consent"), _("Keep decision"), parent)
        words = room.formats.word
        self._purpose: ChoiceBox[str] = ChoiceBox(
            [(key, words(word)) for key, word in PURPOSE_WORDS.items()]
        )
        self._given: ChoiceBox[bool] = ChoiceBox([(True, _("agreed")), (False, _("refused"))])
        self._note = TextEdit(room.formats)
        self.form.add("purpose", _("For"), self._purpose)
        self.form.add("given", _("Decision"), self._given)
        self.form.add("note", _("Note"), self._note)

    def command(self) -> Callable[[], Done[int]]:
        consent = RecordConsent(
            self._card.id,
            self._purpose.value() or "treatment",
            bool(self._given.value()),
            self._note.text_value(),
        )
        return partial(self._patients.record_consent, consent, self.room.actor)


class CoverageDialog(_AboutPatient):
    """What insures a patient from a day on."""

    def __init__(
        self, room: Room, patients: Patients, card: PatientCard, parent: QWidget | None = None
    ) -> None:
        super().__init__(room, patients, card, _("Add coverage"), _("Keep coverage"), parent)
        formats = room.formats
        self._payer: ChoiceBox[int] = ChoiceBox()
        self._plan, self._member = TextEdit(formats), TextEdit(formats)
        self._rank = NumberEdit(formats, 1, 9)
        self._rank.set_value(1)
        self._from = DayEdit(formats, self.today)
        self._from.set_value(self.today())
        self._to = DayEdit(formats, self.today)
        self._relation: ChoiceBox[str] = ChoiceBox(
            [(key, formats.word(word)) for key, word in RELATION_WORDS.items()]
        )
        self.form.add("payer_id", _("Payer"), self._payer)
        self.form.add("plan", _("Plan"), self._plan)
        self.form.add("member_id", _("Member number"), self._member)
        self.form.add("rank", _("Rank"), self._rank, required=True, hint=_("1 pays first"))
        self.form.add("from_on", _("From"), self._from, required=True)
        self.form.add("to_on", _("To"), self._to, hint=_("Last day; empty while it lasts"))
        self.form.add("relationship", _("Insured person"), self._relation)
        room.desk.ask(patients.payers, self._offer, owner=self)

    def command(self) -> Callable[[], Done[int]]:
        coverage = AddCoverage(
            patient_id=self._card.id,
            payer_id=self._payer.value() or 0,
            from_on=self._from.value() or self.today(),
            to_on=self._to.value(),
            plan=self._plan.text_value(),
            member_id=self._member.text_value(),
            rank=self._rank.value() or 1,
            relationship=self._relation.value() or "self",
        )
        return partial(self._patients.add_coverage, coverage, self.room.actor)

    def _offer(self, payers: tuple[PayerRow, ...]) -> None:
        self._payer.set_choices([(payer.id, payer.name) for payer in payers])


class GuarantorDialog(_AboutPatient):
    """Who pays from a day on: found by typing, themselves by default."""

    def __init__(
        self, room: Room, patients: Patients, card: PatientCard, parent: QWidget | None = None
    ) -> None:
        super().__init__(room, patients, card, _("Set who pays"), _("Set who pays"), parent)
        formats = room.formats
        self._find = TextEdit(formats)
        self._find.setPlaceholderText(_("Name, phone, date of birth, chart number"))
        self._who: ChoiceBox[int] = ChoiceBox([(card.id, card.name)])
        self._relation: ChoiceBox[str] = ChoiceBox(
            [(key, formats.word(word)) for key, word in RELATION_WORDS.items()]
        )
        self._from = DayEdit(formats, self.today)
        self._from.set_value(self.today())
        self.form.add("find", _("Find"), self._find)
        self.form.add("guarantor_id", _("Paid by"), self._who)
        self.form.add("relationship", _("Is to the patient"), self._relation)
        self.form.add("from_on", _("From"), self._from, required=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(150)
        self._pause.timeout.connect(self._look)
        self._find.textChanged.connect(self._typed)

    def command(self) -> Callable[[], Done[int]]:
        pays = SetGuarantor(
            self._card.id,
            self._who.value() or self._card.id,
            self._from.value() or self.today(),
            self._relation.value() or "other",
        )
        return partial(self._patients.set_guarantor, pays, self.room.actor)

    def _typed(self) -> None:
        self._pause.start()

    def _look(self) -> None:
        ask = partial(self._patients.search, self._find.text(), self.room.actor, 10)
        self.room.desk.ask(ask, self._offer, owner=self)

    def _offer(self, found: tuple[PatientHit, ...]) -> None:
        formats = self.room.formats
        choices = [(self._card.id, self._card.name)] if not found else []
        for hit in found:
            born = "" if hit.born_on is None else f" · {formats.day(hit.born_on)}"
            choices.append((hit.id, f"{hit.name}{born} · #{hit.chart_number}"))
        self._who.set_choices(choices)
