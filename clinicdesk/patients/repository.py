# SPDX-License-Identifier: Apache-2.0
"""Writes patients and what hangs on them; keeps the search text beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.folding import clean, fold
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.patients.model import (
    PATIENTS,
    AddAlert,
    AddCoverage,
    AddPayer,
    ContactPoint,
    Demographics,
    EditPatient,
    MergePatients,
    RecordConsent,
    RegisterPatient,
    SetGuarantor,
    search_body,
)
from clinicdesk.patients.tables import alert, consent, contact, coverage, guarantor, note, patient
from clinicdesk.patients.tables import payer as payer_table
from clinicdesk.storage.dialect import put_search_text
from clinicdesk.storage.records import UnitOfWork

_BEHIND = 100  # rank of the contacts of a merged record: after all of the record that stays


class PatientRepository:
    """The only writer of the patients' tables."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add_many(self, commands: Sequence[RegisterPatient], charts: Sequence[str]) -> list[int]:
        """Write new patients with contacts, guarantors and search text, in order."""
        first = (self._work.execute(sa.select(sa.func.max(patient.c.id))).scalar() or 0) + 1
        people, contacts, guarantors, texts = [], [], [], []
        for place, (command, chart) in enumerate(zip(commands, charts, strict=True)):
            number = first + place
            people.append(
                {
                    "id": number,
                    "chart_number": chart,
                    "created_at": self._work.now,
                    **_row(command.who),
                }
            )
            contacts.extend(_contact_rows(number, command.contacts))
            guarantors.append(
                {
                    "patient_id": number,
                    "guarantor_id": command.guarantor_id or number,
                    "relationship": "self" if command.guarantor_id is None else "other",
                    "from_on": date(1900, 1, 1),
                }
            )
            body = search_body(command.who, chart, command.contacts)
            texts.append({"id": number, "body": body})
            self._work.note(PATIENTS, number)
        if people:
            self._work.execute(patient.insert(), people)
            self._work.execute(guarantor.insert(), guarantors)
            put_search_text(self._work.connection, texts, new=True)
        if contacts:
            self._work.execute(contact.insert(), contacts)
        return [row["id"] for row in people]

    def edit(self, command: EditPatient, chart_number: str) -> None:
        """Change a patient if the version seen is still the newest."""
        changed = self._work.execute(
            patient.update()
            .where(patient.c.id == command.patient_id, patient.c.version == command.version)
            .values(version=command.version + 1, **_row(command.who))
        )
        if changed.rowcount != 1:
            raise StaleCopy
        self._work.execute(
            contact.update()
            .where(
                contact.c.patient_id == command.patient_id,
                contact.c.archived == sa.literal_column("0"),
            )
            .values(archived=True)
        )
        rows = _contact_rows(command.patient_id, command.contacts)
        if rows:
            self._work.execute(contact.insert(), rows)
        body = search_body(command.who, chart_number, command.contacts)
        put_search_text(
            self._work.connection, [{"id": command.patient_id, "body": body}], new=False
        )
        self._work.note(PATIENTS, command.patient_id)

    def add_payer(self, command: AddPayer) -> int:
        """Write an insurer."""
        done = self._work.execute(
            payer_table.insert().values(
                name=clean(command.name),
                folded_name=fold(command.name),
                kind=command.kind,
                phone=command.phone,
                address=command.address,
            )
        )
        return _key(done)

    def add_coverages(self, commands: Sequence[AddCoverage]) -> list[int]:
        """Write coverages; return their ids, in order."""
        first = (self._work.execute(sa.select(sa.func.max(coverage.c.id))).scalar() or 0) + 1
        rows = []
        for place, command in enumerate(commands):
            row = {**asdict(command), "id": first + place}
            del row["key"]
            rows.append(row)
            self._work.note(PATIENTS, command.patient_id)
        if rows:
            self._work.execute(coverage.insert(), rows)
        return [row["id"] for row in rows]

    def set_guarantor(self, command: SetGuarantor) -> None:
        """End who paid before and write who pays from a day on."""
        self._work.execute(
            guarantor.update()
            .where(guarantor.c.patient_id == command.patient_id, guarantor.c.to_on.is_(None))
            .values(to_on=command.from_on - timedelta(days=1))
        )
        self._work.execute(
            guarantor.insert().values(
                patient_id=command.patient_id,
                guarantor_id=command.guarantor_id,
                relationship=command.relationship,
                from_on=command.from_on,
            )
        )
        self._work.note(PATIENTS, command.patient_id)

    def merge(self, command: MergePatients, body: str) -> None:
        """Let one record lead to another and hang what hangs on it there; ``body`` finds both."""
        stays, goes = command.survivor_id, command.merged_id
        for number, version, values in (
            (goes, command.merged_version, {"survivor_id": stays}),
            (stays, command.survivor_version, {}),
        ):
            changed = self._work.execute(
                patient.update()
                .where(
                    patient.c.id == number,
                    patient.c.version == version,
                    patient.c.survivor_id.is_(None),
                )
                .values(version=version + 1, **values)
            )
            if changed.rowcount != 1:
                raise StaleCopy
        self._work.execute(
            patient.update().where(patient.c.survivor_id == goes).values(survivor_id=stays)
        )
        for hung in (alert, note, consent, coverage):
            self._work.execute(
                hung.update().where(hung.c.patient_id == goes).values(patient_id=stays)
            )
        known = sa.select(contact.c.folded).where(
            contact.c.patient_id == stays, contact.c.archived == sa.literal_column("0")
        )
        self._work.execute(
            contact.update()
            .where(contact.c.patient_id == goes, contact.c.folded.not_in(known))
            .values(patient_id=stays, rank=contact.c.rank + _BEHIND)
        )
        self._work.execute(
            guarantor.update()
            .where(guarantor.c.guarantor_id == goes, guarantor.c.patient_id != goes)
            .values(guarantor_id=stays)
        )
        put_search_text(self._work.connection, [{"id": stays, "body": body}], new=False)
        for number in (stays, goes):
            self._work.note(PATIENTS, number)

    def add_alert(self, command: AddAlert, since: date) -> int:
        """Write an alert."""
        self._work.note(PATIENTS, command.patient_id)
        return _key(
            self._work.execute(
                alert.insert().values(
                    patient_id=command.patient_id,
                    kind=command.kind,
                    wording=clean(command.wording),
                    since_on=since,
                )
            )
        )

    def end_alert(self, alert_id: int, on: date) -> int:
        """End an alert and return whose it was."""
        who = self._work.execute(
            sa.select(alert.c.patient_id).where(alert.c.id == alert_id)
        ).scalar_one()
        self._work.execute(alert.update().where(alert.c.id == alert_id).values(ended_on=on))
        self._work.note(PATIENTS, who)
        return int(who)

    def add_note(self, patient_id: int, body: str) -> int:
        """Write a note."""
        self._work.note(PATIENTS, patient_id)
        return _key(
            self._work.execute(
                note.insert().values(
                    patient_id=patient_id,
                    body=clean(body),
                    written_at=self._work.now,
                    written_by=self._work.actor.user_id,
                )
            )
        )

    def record_consent(self, command: RecordConsent, on: date) -> int:
        """Write a consent decision."""
        self._work.note(PATIENTS, command.patient_id)
        return _key(
            self._work.execute(
                consent.insert().values(
                    patient_id=command.patient_id,
                    purpose=command.purpose,
                    given=command.given,
                    decided_on=on,
                    note=clean(command.note),
                )
            )
        )


def _row(who: Demographics) -> Mapping[str, Any]:
    fields = {
        name: clean(value) if isinstance(value, str) else value
        for name, value in asdict(who).items()
    }
    return {**fields, "folded_name": who.folded_name, "sort_name": who.sort_name}


def _contact_rows(patient_id: int, contacts: Sequence[ContactPoint]) -> list[dict[str, Any]]:
    return [
        {
            "patient_id": patient_id,
            "kind": item.kind,
            "label": item.label,
            "value": clean(item.value),
            "city": clean(item.city),
            "region": clean(item.region),
            "postcode": clean(item.postcode),
            "country": item.country,
            "folded": item.folded,
            "rank": rank,
        }
        for rank, item in enumerate(contacts, 1)
    ]


def _key(done: sa.CursorResult[Any]) -> int:
    key = done.inserted_primary_key
    return int(key[0]) if key else 0
