# SPDX-License-Identifier: Apache-2.0
"""One patient, whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from clinicdesk.ledger.tables import open_amount
from clinicdesk.patients.tables import (
    alert,
    consent,
    contact,
    coverage,
    guarantor,
    note,
    patient,
    payer,
)
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A way to reach the patient."""

    id: int
    kind: str
    label: str
    value: str
    city: str
    region: str
    postcode: str
    country: str


@dataclass(frozen=True, slots=True)
class AlertRow:
    """A current alert."""

    id: int
    kind: str
    wording: str
    since_on: date


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A coverage, current or past."""

    id: int
    payer_id: int
    payer: str
    plan: str
    member_id: str
    rank: int
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on the patient."""

    id: int
    body: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """The latest decision on a purpose."""

    purpose: str
    given: bool
    decided_on: date


@dataclass(frozen=True, slots=True)
class PayerRow:
    """An insurer or agency."""

    id: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class PatientCard:
    """Everything the card shows of a patient.

    Attributes:
        due_minor: what the guarantor owes on this patient's charges.
        survivor_id: the record that replaces this one, if it was merged.
    """

    id: int
    version: int
    chart_number: str
    family_name: str
    given_name: str
    middle_name: str
    prefix: str
    suffix: str
    preferred_name: str
    birth_name: str
    born_on: date | None
    born_precision: str
    gender: str
    pronouns: str
    language: str
    status: str
    deceased_on: date | None
    usual_provider_id: int | None
    guarantor_id: int
    guarantor_name: str
    contacts: tuple[ContactRow, ...]
    alerts: tuple[AlertRow, ...]
    coverages: tuple[CoverageRow, ...]
    notes: tuple[NoteRow, ...]
    consents: tuple[ConsentRow, ...]
    due_minor: int
    survivor_id: int | None

    @property
    def name(self) -> str:
        """As spoken: preferred or given name, then family name."""
        return f"{self.preferred_name or self.given_name} {self.family_name}".strip()

    def age(self, on: date) -> int | None:
        """Return whole years on a day."""
        if self.born_on is None:
            return None
        had = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (0 if had else 1)


def card(reading: Reading, patient_id: int) -> PatientCard | None:
    """Return a patient, following merges; None where there is no such record."""
    row = reading.execute(sa.select(patient).where(patient.c.id == patient_id)).one_or_none()
    seen = {patient_id}
    while row is not None and row.survivor_id is not None and row.survivor_id not in seen:
        seen.add(row.survivor_id)
        row = reading.execute(sa.select(patient).where(patient.c.id == row.survivor_id)).one()
    if row is None:
        return None
    number = row.id
    payer_id = guarantor_on(reading, number, reading.today)
    who = reading.execute(
        sa.select(patient.c.given_name, patient.c.family_name).where(patient.c.id == payer_id)
    ).one()
    due = reading.execute(
        sa.select(sa.func.coalesce(sa.func.sum(open_amount.c.amount_minor), 0)).where(
            open_amount.c.patient_id == number, open_amount.c.party_kind == "guarantor"
        )
    ).scalar_one()
    return PatientCard(
        id=number,
        version=row.version,
        chart_number=row.chart_number,
        family_name=row.family_name,
        given_name=row.given_name,
        middle_name=row.middle_name,
        prefix=row.prefix,
        suffix=row.suffix,
        preferred_name=row.preferred_name,
        birth_name=row.birth_name,
        born_on=row.born_on,
        born_precision=row.born_precision,
        gender=row.gender,
        pronouns=row.pronouns,
        language=row.language,
        status=row.status,
        deceased_on=row.deceased_on,
        usual_provider_id=row.usual_provider_id,
        guarantor_id=payer_id,
        guarantor_name=f"{who.given_name} {who.family_name}".strip(),
        contacts=_contacts(reading, number),
        alerts=_alerts(reading, number),
        coverages=_coverages(reading, number),
        notes=_notes(reading, number),
        consents=_consents(reading, number),
        due_minor=int(due),
        survivor_id=row.survivor_id,
    )


def _contacts(reading: Reading, number: int) -> tuple[ContactRow, ...]:
    rows = reading.execute(
        sa.select(contact)
        .where(contact.c.patient_id == number, contact.c.archived.is_(False))
        .order_by(contact.c.rank, contact.c.id)
    )
    return tuple(
        ContactRow(r.id, r.kind, r.label, r.value, r.city, r.region, r.postcode, r.country)
        for r in rows
    )


def _alerts(reading: Reading, number: int) -> tuple[AlertRow, ...]:
    rows = reading.execute(
        sa.select(alert)
        .where(alert.c.patient_id == number, alert.c.ended_on.is_(None))
        .order_by(sa.case((alert.c.kind == "allergy", 0), else_=1), alert.c.id)
    )
    return tuple(AlertRow(r.id, r.kind, r.wording, r.since_on) for r in rows)


def _coverages(reading: Reading, number: int) -> tuple[CoverageRow, ...]:
    rows = reading.execute(
        sa.select(coverage, payer.c.name)
        .join(payer, payer.c.id == coverage.c.payer_id)
        .where(coverage.c.patient_id == number)
        .order_by(coverage.c.from_on.desc(), coverage.c.rank)
    )
    return tuple(
        CoverageRow(r.id, r.payer_id, r.name, r.plan, r.member_id, r.rank, r.from_on, r.to_on)
        for r in rows
    )


def _notes(reading: Reading, number: int) -> tuple[NoteRow, ...]:
    rows = reading.execute(
        sa.select(note).where(note.c.patient_id == number).order_by(note.c.id.desc()).limit(20)
    )
    return tuple(NoteRow(r.id, r.body, r.written_at) for r in rows)


def _consents(reading: Reading, number: int) -> tuple[ConsentRow, ...]:
    rows = reading.execute(
        sa.select(consent).where(consent.c.patient_id == number).order_by(consent.c.id)
    )
    latest = {r.purpose: ConsentRow(r.purpose, r.given, r.decided_on) for r in rows}
    return tuple(latest.values())


def guarantor_on(reading: Reading, patient_id: int, on: date) -> int:
    """Return who pays for the patient on a day; the patient where nothing is said."""
    found = reading.execute(
        sa.select(guarantor.c.guarantor_id)
        .where(
            guarantor.c.patient_id == patient_id,
            guarantor.c.from_on <= on,
            sa.or_(guarantor.c.to_on.is_(None), guarantor.c.to_on >= on),
        )
        .order_by(guarantor.c.from_on.desc(), guarantor.c.id.desc())
        .limit(1)
    ).scalar()
    return int(found) if found is not None else patient_id


def coverages_on(reading: Reading, patient_id: int, on: date) -> tuple[CoverageRow, ...]:
    """Return the coverages of a day, rank 1 first."""
    rows = [
        row
        for row in _coverages(reading, patient_id)
        if row.from_on <= on and (row.to_on is None or row.to_on >= on)
    ]
    return tuple(sorted(rows, key=lambda row: row.rank))


def chart_number(reading: Reading, patient_id: int) -> str:
    """Return a patient's chart number."""
    return str(
        reading.execute(
            sa.select(patient.c.chart_number).where(patient.c.id == patient_id)
        ).scalar_one()
    )


def payers(reading: Reading) -> tuple[PayerRow, ...]:
    """Return insurers and agencies in use, by name."""
    rows = reading.execute(
        sa.select(payer.c.id, payer.c.name, payer.c.kind)
        .where(payer.c.archived.is_(False))
        .order_by(payer.c.folded_name)
    )
    return tuple(PayerRow(row.id, row.name, row.kind) for row in rows)
