# SPDX-License-Identifier: Apache-2.0
"""The same patients on a local PostgreSQL, for clinics with several PCs."""

from __future__ import annotations

from datetime import date

import pytest

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.ledger.service import Ledger
from clinicdesk.patients.model import (
    AddAlert,
    AddCoverage,
    AddNote,
    AddPayer,
    Demographics,
    EditPatient,
    RecordConsent,
    SetGuarantor,
)
from clinicdesk.patients.service import Patients
from clinicdesk.staff.model import AddStaff, EditStaff
from clinicdesk.staff.service import Staff, week_of
from clinicdesk.storage import dialect
from clinicdesk.storage.clinic import insert_profile
from clinicdesk.storage.records import Records
from tests.patients.people import NAMES, Desk
from tests.support.clinics import NOON, a_profile, an_actor, declare_tables
from tests.support.postgres import a_postgresql


@pytest.mark.postgres
@pytest.mark.slow
def test_finding_cards_and_editing_work_on_postgresql() -> None:
    declare_tables()
    with a_postgresql() as engine:
        with engine.begin() as connection:
            dialect.create_all(connection)
            insert_profile(connection, a_profile(), NOON)
        records = Records(engine, engine, FixedClock(NOON))
        ada = an_actor()
        patients = Patients(records, Ledger(records))
        desk = Desk(records, patients, ada)
        ids = desk.register(*NAMES)
        for typed in ("grace ad", "eyem", "07700 900142", "12/03/1979", "#1", "adeymi", "g adey"):
            assert desk.found(typed)[:1] == ["Adeyemi, Grace"], typed
        payer = patients.add_payer(AddPayer("First"), ada).value
        patients.add_coverage(AddCoverage(ids[0], payer, date(2026, 1, 1)), ada)
        patients.add_alert(AddAlert(ids[0], "allergy", "Latex"), ada)
        patients.add_note(AddNote(ids[0], "Mornings"), ada)
        patients.record_consent(RecordConsent(ids[0], "email", given=True), ada)
        patients.set_guarantor(SetGuarantor(ids[1], ids[0], date(2026, 1, 1)), ada)
        card = patients.card(ids[0], ada)
        assert [one.wording for one in card.alerts] == ["Latex"]
        assert [one.body for one in card.notes] == ["Mornings"]
        assert [one.given for one in card.consents] == [True]
        assert [one.payer for one in card.coverages] == ["First"]
        assert {row.id for row in patients.family(ids[1], ada)} == set(ids[:2])
        twin = Demographics("Grace", "Adeyemi", born_on=NAMES[0][2])
        (found,) = patients.likely_duplicates(twin, ["07700900142"], ada)
        assert len(found.reasons) == 3
        edit = EditPatient(ids[0], 1, Demographics("Quillfeather", "Ida"), ())
        patients.edit(edit, ada)
        assert desk.found("quill") == ["Quillfeather, Ida"]
        with pytest.raises(StaleCopy):
            patients.edit(EditPatient(ids[0], 1, Demographics("Late", "Ida"), ()), ada)
        assert len(patients.browse(ada)) == len(NAMES)
        staff = Staff(records)
        doctor = staff.add(AddStaff("Dr Osei", "AO", "gp", is_provider=True), ada).value
        staff.edit(EditStaff(doctor, 1, "Dr A. Osei", "AO", "gp", is_provider=True), ada)
        assert [row.name for row in staff.members(ada)] == ["Dr A. Osei"]
        week = staff.week(week_of(NOON.date()), ada)
        assert [row.person.name for row in week.people] == ["Dr A. Osei"]
