# SPDX-License-Identifier: Apache-2.0
"""The use cases of the patients' room. Any thread."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.folding import clean
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients import queries
from clinicdesk.patients.model import (
    MAY_EDIT_PATIENTS,
    MAY_MERGE_PATIENTS,
    MAY_VIEW_PATIENTS,
    AddAlert,
    AddCoverage,
    AddNote,
    AddPayer,
    ContactPoint,
    Demographics,
    EditPatient,
    EndAlert,
    MergePatients,
    RecordConsent,
    RegisterPatient,
    SameRecord,
    SetGuarantor,
    check_who,
    search_body,
)
from clinicdesk.patients.repository import PatientRepository
from clinicdesk.storage.records import Reading, Records, UnitOfWork
from clinicdesk.wording.text import N_


class NoSuchPatient(Refusal):
    """The record is not there."""

    wording = N_("There is no such patient.")


class NoSuchAlert(Refusal):
    """The alert is not there."""

    wording = N_("There is no such alert.")


class NothingWritten(Refusal):
    """An alert or note without words."""

    wording = N_("Write something first.")


Hits = tuple[queries.PatientHit, ...]


class Patients:
    """The people treated."""

    def __init__(self, records: Records, ledger: Ledger) -> None:
        self._records = records
        self._ledger = ledger

    # ── Finding and looking ──────────────────────────────────────────────────────────────────

    def search(self, text: str, actor: Actor, limit: int = 20) -> tuple[queries.PatientHit, ...]:
        """Return patients the text may mean: names in any order, phone, birth date, chart."""
        actor.require(MAY_VIEW_PATIENTS)
        with self._records.read() as reading:
            return queries.find(reading, text, limit)

    def recent(self, ids: Sequence[int], actor: Actor) -> tuple[queries.PatientHit, ...]:
        """Return patients by id, in the order given."""
        actor.require(MAY_VIEW_PATIENTS)
        with self._records.read() as reading:
            return queries.recent(reading, ids)

    def card(self, patient_id: int, actor: Actor, *, again: bool = False) -> queries.PatientCard:
        """Return a patient's card; looking at it is audited.

        Args:
            patient_id: whose; a merged record gives that which stays.
            actor: who looks.
            again: the card is open already and only freshened, which is no new look.
        """
        actor.require(MAY_VIEW_PATIENTS)
        with self._records.read() as reading:
            found = queries.card(reading, patient_id)
        if found is None:
            raise NoSuchPatient
        if not again:
            with self._records.write(actor, "patients.view") as work:
                work.record("patient", found.id, patient_id=found.id, category="demographic")
        return found

    def browse(self, actor: Actor, limit: int = 500, status: str = "") -> Hits:
        """Return the first patients by name, of one status or of all."""
        actor.require(MAY_VIEW_PATIENTS)
        with self._records.read() as reading:
            return queries.browse(reading, limit, status=status)

    def owing(self, actor: Actor, limit: int = 500) -> Hits:
        """Return the patients for whom money is owed, those with most first."""
        actor.require(MAY_VIEW_PATIENTS)
        with self._records.read() as reading:
            return queries.owing(reading, limit)

    def with_debts(self, hits: Hits, actor: Actor) -> Hits:
        """Return the same patients with what is owed for each."""
        actor.require(MAY_VIEW_PATIENTS)
        with self._records.read() as reading:
            return queries.with_debts(reading, hits)

    def family(self, patient_id: int, actor: Actor) -> tuple[queries.FamilyRow, ...]:
        """Return everybody the patient's guarantor pays for today."""
        actor.require(MAY_VIEW_PATIENTS)
        with self._records.read() as reading:
            return queries.family(reading, patient_id)

    def likely_duplicates(
        self, who: Demographics, phones: Sequence[str], actor: Actor, but: int = 0
    ) -> tuple[queries.Duplicate, ...]:
        """Return records that may be the same person, with reasons; ``but`` is never one."""
        actor.require(MAY_VIEW_PATIENTS)
        with self._records.read() as reading:
            return queries.duplicates(reading, who, phones, but=but)

    def payers(self) -> tuple[queries.PayerRow, ...]:
        """Return insurers and agencies."""
        with self._records.read() as reading:
            return queries.payers(reading)

    def guarantor_of(self, reading: Reading, patient_id: int, on: date) -> int:
        """Return who pays for a patient on a day."""
        return queries.guarantor_on(reading, patient_id, on)

    def coverages_of(
        self, reading: Reading, patient_id: int, on: date
    ) -> tuple[queries.CoverageRow, ...]:
        """Return what insures a patient on a day, rank 1 first."""
        return queries.coverages_on(reading, patient_id, on)

    # ── Registering and editing ──────────────────────────────────────────────────────────────

    def register(self, command: RegisterPatient, actor: Actor) -> Done[int]:
        """Take a new patient on and give them a chart number."""
        actor.require(MAY_EDIT_PATIENTS)
        name = f"{command.who.given_name} {command.who.family_name}".strip()
        with self._records.write(actor, "patients.register", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], N_("{name} is registered."), {"name": name})
            number = self.register_many(work, [command])[0]
            work.remember({"id": number})
        return Done(number, N_("{name} is registered."), {"name": name})

    def register_many(self, work: UnitOfWork, commands: Sequence[RegisterPatient]) -> list[int]:
        """Take patients on inside another's transaction (imports, the demo)."""
        if not commands:
            return []
        for command in commands:
            check_who(command.who, work.today)
        missing = sum(1 for command in commands if command.chart_number is None)
        kept = {command.chart_number for command in commands if command.chart_number}
        numbers = iter(self._free_charts(work, missing, kept))
        charts = [command.chart_number or next(numbers) for command in commands]
        ids = PatientRepository(work).add_many(commands, charts)
        if len(ids) == 1:
            work.record(
                "patient",
                ids[0],
                action="patients.register",
                patient_id=ids[0],
                category="demographic",
                after={"chart_number": charts[0]},
            )
        else:
            work.record(
                "patient",
                None,
                action="patients.register_many",
                category="demographic",
                after={"first": ids[0], "last": ids[-1]},
            )
        return ids

    def _free_charts(self, work: UnitOfWork, count: int, kept: set[str]) -> list[str]:
        """Take chart numbers of the series, passing over those brought along from elsewhere."""
        found: list[str] = []
        while len(found) < count:
            wanted = self._ledger.next_numbers(work, "chart", count - len(found))
            gone = queries.charts_taken(work, wanted) | kept
            found += [number for number in wanted if number not in gone]
        return found

    def edit(self, command: EditPatient, actor: Actor) -> Done[int]:
        """Change who a patient is and how to reach them."""
        actor.require(MAY_EDIT_PATIENTS)
        name = f"{command.who.given_name} {command.who.family_name}".strip()
        with self._records.write(actor, "patients.edit", command.key) as work:
            if work.earlier is None:
                check_who(command.who, work.today)
                before = queries.card(work, command.patient_id)
                if before is None:
                    raise NoSuchPatient
                chart = queries.chart_number(work, command.patient_id)
                PatientRepository(work).edit(command, chart)
                work.record(
                    "patient",
                    command.patient_id,
                    patient_id=command.patient_id,
                    category="demographic",
                    before={
                        "family_name": before.family_name,
                        "given_name": before.given_name,
                        "born_on": before.born_on,
                    },
                    after={
                        "family_name": command.who.family_name,
                        "given_name": command.who.given_name,
                        "born_on": command.who.born_on,
                    },
                )
                work.remember({"id": command.patient_id})
        return Done(command.patient_id, N_("{name} is saved."), {"name": name})

    def add_payer(self, command: AddPayer, actor: Actor) -> Done[int]:
        """Add an insurer or agency."""
        actor.require(MAY_EDIT_PATIENTS)
        with self._records.write(actor, "patients.add_payer", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], N_("{name} is added."), {"name": command.name})
            number = self.add_payer_in(work, command)
            work.remember({"id": number})
        return Done(number, N_("{name} is added."), {"name": command.name})

    def add_payer_in(self, work: UnitOfWork, command: AddPayer) -> int:
        """Add an insurer inside another's transaction."""
        number = PatientRepository(work).add_payer(command)
        work.record("payer", number, action="patients.add_payer", after={"name": command.name})
        return number

    def add_coverage(self, command: AddCoverage, actor: Actor) -> Done[int]:
        """Insure a patient from a day on."""
        actor.require(MAY_EDIT_PATIENTS)
        with self._records.write(actor, "patients.add_coverage", command.key) as work:
            if work.earlier is None:
                self.add_coverages_in(work, [command])
                work.remember({"id": command.patient_id})
        return Done(command.patient_id, N_("The coverage is kept."))

    def add_coverages_in(self, work: UnitOfWork, commands: Sequence[AddCoverage]) -> list[int]:
        """Keep coverages inside another's transaction; return their ids, in order."""
        ids = PatientRepository(work).add_coverages(commands)
        work.record(
            "coverage",
            None,
            action="patients.add_coverage",
            patient_id=commands[0].patient_id if len(commands) == 1 else None,
            category="demographic",
            after={"count": len(commands)},
        )
        return ids

    def set_guarantor(self, command: SetGuarantor, actor: Actor) -> Done[int]:
        """Say who pays from a day on; charges of before keep who paid then."""
        actor.require(MAY_EDIT_PATIENTS)
        with self._records.write(actor, "patients.set_guarantor", command.key) as work:
            if work.earlier is None:
                PatientRepository(work).set_guarantor(command)
                work.record(
                    "patient",
                    command.patient_id,
                    patient_id=command.patient_id,
                    category="demographic",
                    after={"guarantor": command.guarantor_id, "from_on": command.from_on},
                )
                work.remember({"id": command.patient_id})
        return Done(command.patient_id, N_("Who pays is set from {day}."), {"day": command.from_on})

    def merge(self, command: MergePatients, actor: Actor) -> Done[int]:
        """Make two records of one person one.

        Alerts, notes, consents, coverages and contacts go to the record that stays; what was
        booked, charged and paid is found there from now on, and stays as it was written.
        """
        actor.require(MAY_MERGE_PATIENTS)
        if command.survivor_id == command.merged_id:
            raise SameRecord
        with self._records.write(actor, "patients.merge", command.key) as work:
            stays = queries.card(work, command.survivor_id)
            goes = queries.card(work, command.merged_id)
            if stays is None or goes is None:
                raise NoSuchPatient
            if work.earlier is None:
                if stays.id == goes.id:
                    raise SameRecord
                PatientRepository(work).merge(command, f"{_found_by(stays)}{_found_by(goes)}")
                work.record(
                    "patient",
                    goes.id,
                    patient_id=goes.id,
                    category="demographic",
                    before={"chart_number": goes.chart_number, "name": goes.name},
                    after={"survivor": stays.id, "chart_number": stays.chart_number},
                )
                work.remember({"id": stays.id})
        fields = {"name": stays.name, "number": stays.chart_number}
        return Done(stays.id, N_("{name} is one record now, chart {number}."), fields)

    def add_alert(self, command: AddAlert, actor: Actor) -> Done[int]:
        """Add what must be known first."""
        actor.require(MAY_EDIT_PATIENTS)
        with self._records.write(actor, "patients.add_alert", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], N_("The alert is kept."))
            number = self.add_alert_in(work, command)
            work.remember({"id": number})
        return Done(
            number, N_("The alert is kept."), undo=lambda: self.end_alert(EndAlert(number), actor)
        )

    def add_alert_in(self, work: UnitOfWork, command: AddAlert) -> int:
        """Add an alert inside another's transaction."""
        if not clean(command.wording):
            raise NothingWritten(field="wording")
        number = PatientRepository(work).add_alert(command, work.today)
        work.record(
            "alert",
            number,
            action="patients.add_alert",
            patient_id=command.patient_id,
            category="clinical",
            after={"kind": command.kind},
        )
        return number

    def end_alert(self, command: EndAlert, actor: Actor) -> Done[int]:
        """End an alert; it stays on file. Undoing writes it anew."""
        actor.require(MAY_EDIT_PATIENTS)
        with self._records.write(actor, "patients.end_alert", command.key) as work:
            words = queries.alert_words(work, command.alert_id)
            if words is None:
                raise NoSuchAlert
            if work.earlier is None:
                who = PatientRepository(work).end_alert(command.alert_id, work.today)
                work.record("alert", command.alert_id, patient_id=who, category="clinical")
                work.remember({"id": command.alert_id})
        return Done(
            command.alert_id,
            N_("The alert is ended."),
            undo=lambda: self.add_alert(AddAlert(*words), actor),
        )

    def add_note(self, command: AddNote, actor: Actor) -> Done[int]:
        """Write a note."""
        actor.require(MAY_EDIT_PATIENTS)
        if not clean(command.body):
            raise NothingWritten(field="body")
        with self._records.write(actor, "patients.add_note", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], N_("The note is kept."))
            number = PatientRepository(work).add_note(command.patient_id, command.body)
            work.record("note", number, patient_id=command.patient_id, category="demographic")
            work.remember({"id": number})
        return Done(number, N_("The note is kept."))

    def record_consent(self, command: RecordConsent, actor: Actor) -> Done[int]:
        """Keep a consent decision."""
        actor.require(MAY_EDIT_PATIENTS)
        with self._records.write(actor, "patients.record_consent", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["id"], N_("The decision is kept."))
            number = PatientRepository(work).record_consent(command, work.today)
            work.record(
                "consent",
                number,
                patient_id=command.patient_id,
                category="demographic",
                after={"purpose": command.purpose, "given": int(command.given)},
            )
            work.remember({"id": number})
        return Done(number, N_("The decision is kept."))


def _found_by(card: queries.PatientCard) -> str:
    """Return the text that finds a record."""
    who = Demographics(
        card.family_name,
        card.given_name,
        middle_name=card.middle_name,
        preferred_name=card.preferred_name,
        birth_name=card.birth_name,
        born_on=card.born_on,
    )
    contacts = [ContactPoint(one.kind, one.value, city=one.city) for one in card.contacts]
    return search_body(who, card.chart_number, contacts)
