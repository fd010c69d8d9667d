# SPDX-License-Identifier: Apache-2.0
"""One patient, whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.ledger.tables import entry, open_amount, posting
from clinicdesk.patients.queries.paying import CoverageRow, coverages, guarantor_on
from clinicdesk.patients.tables import (
    alert,
    consent,
    contact,
    guarantor,
    note,
    patient,
)
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Day

_AT_ONCE = 400  # bound names in one IN list


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
class PatientCard:
    """Everything the card shows of a patient.

    Attributes:
        due_minor: what guarantors owe on this patient's charges.
        due_since: business day of the oldest charge of those, None if nothing is owed.
        pending_minor: what insurers and agencies owe on them.
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
    due_since: date | None
    pending_minor: int

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


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Somebody the same guarantor pays for."""

    id: int
    name: str
    born_on: date | None
    due_minor: int


def card(reading: Reading, patient_id: int) -> PatientCard | None:
    """Return a patient in four statements, following merges; None where there is none."""
    row = _identity(reading, patient_id)
    seen = {patient_id}
    while row is not None and row.survivor_id is not None and row.survivor_id not in seen:
        seen.add(row.survivor_id)
        row = _identity(reading, row.survivor_id)
    if row is None:
        return None
    hung = _hung(reading, row.id)
    due, since, pending = _owed(reading, row.id)
    return PatientCard(
        id=row.id,
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
        guarantor_id=row.payer_id,
        guarantor_name=f"{row.payer_given} {row.payer_family}".strip(),
        contacts=tuple(
            ContactRow(r.id, r.kind, r.one, r.two, r.three, r.four, r.five, r.six)
            for r in hung
            if r.part == "contact"
        ),
        alerts=tuple(AlertRow(r.id, r.kind, r.one, r.day) for r in hung if r.part == "alert"),
        coverages=coverages(reading, row.id),
        notes=tuple(NoteRow(r.id, r.one, r.at) for r in reversed(hung) if r.part == "note"),
        consents=tuple(
            {
                r.kind: ConsentRow(r.kind, r.place == 1, r.day) for r in hung if r.part == "consent"
            }.values()
        ),
        due_minor=due,
        due_since=since,
        pending_minor=pending,
    )


def _identity(reading: Reading, number: int) -> sa.Row[Any] | None:
    """Return the patient's row with who pays today."""
    pays = sa.func.coalesce(_payer_today, patient.c.id)
    other = patient.alias("other")
    return reading.execute(
        sa.select(
            patient,
            other.c.id.label("payer_id"),
            other.c.given_name.label("payer_given"),
            other.c.family_name.label("payer_family"),
        )
        .select_from(patient.join(other, other.c.id == pays))
        .where(patient.c.id == number),
        {"today": reading.today},
    ).one_or_none()


_today = sa.bindparam("today", type_=Day())
_payer_today = (
    sa.select(guarantor.c.guarantor_id)
    .where(
        guarantor.c.patient_id == patient.c.id,
        guarantor.c.from_on <= _today,
        sa.or_(guarantor.c.to_on.is_(None), guarantor.c.to_on >= _today),
    )
    .order_by(guarantor.c.from_on.desc(), guarantor.c.id.desc())
    .limit(1)
    .correlate(patient)
    .scalar_subquery()
)


def _hung(reading: Reading, number: int) -> list[Any]:
    """Return notes, contacts, alerts and consents of a patient in one statement."""
    nothing: sa.ColumnElement[str] = sa.literal_column("''", sa.Text)
    empty = nothing.label
    no_day = sa.cast(sa.null(), sa.Text)
    no_instant = sa.cast(sa.null(), sa.BigInteger)
    blanks = [empty(name) for name in ("two", "three", "four", "five", "six")]

    def part(name: str) -> sa.Label[str]:
        return sa.literal_column(f"'{name}'", sa.Text).label("part")

    zero = sa.literal_column("0", sa.BigInteger).label("place")
    union = sa.union_all(
        sa.select(
            part("note"), note.c.id, empty("kind"), note.c.body.label("one"), *blanks, zero,
            sa.type_coerce(no_day, Day()).label("day"), note.c.written_at.label("at"),
        ).where(note.c.patient_id == number),
        sa.select(
            part("contact"), contact.c.id, contact.c.kind, contact.c.label, contact.c.value,
            contact.c.city, contact.c.region, contact.c.postcode, contact.c.country,
            contact.c.rank, no_day, no_instant,
        ).where(contact.c.patient_id == number, contact.c.archived == sa.literal_column("0")),
        sa.select(
            part("alert"), alert.c.id, alert.c.kind, alert.c.wording, *blanks,
            sa.case((alert.c.kind == "allergy", 0), else_=1), alert.c.since_on, no_instant,
        ).where(alert.c.patient_id == number, alert.c.ended_on.is_(None)),
        sa.select(
            part("consent"), consent.c.id, consent.c.purpose, consent.c.note, *blanks,
            sa.cast(consent.c.given, sa.BigInteger), consent.c.decided_on, no_instant,
        ).where(consent.c.patient_id == number),
    )  # fmt: skip
    rows = reading.execute(union).all()
    return sorted(rows, key=lambda row: (0 if row.part == "consent" else row.place, row.id))


def _owed(reading: Reading, number: int) -> tuple[int, date | None, int]:
    """Return what guarantors owe, since when, and what insurers and agencies owe."""
    charged = (
        sa.select(sa.func.min(entry.c.business_on, type_=Day()))
        .join(posting, posting.c.entry_id == entry.c.id)
        .where(posting.c.charge_id == open_amount.c.charge_id)
        .correlate(open_amount)
        .scalar_subquery()
    )
    due, pending, since = 0, 0, None
    for row in reading.execute(
        sa.select(open_amount.c.party_kind, open_amount.c.amount_minor, charged.label("since"))
        .where(
            open_amount.c.patient_id.in_(
                sa.select(patient.c.id).where(
                    sa.or_(patient.c.id == number, patient.c.survivor_id == number)
                )
            ),
            open_amount.c.amount_minor != 0,
        )
    ):  # fmt: skip
        if row.party_kind == "guarantor":
            due += row.amount_minor
            if row.amount_minor > 0 and row.since is not None:
                since = row.since if since is None else min(since, row.since)
        else:
            pending += row.amount_minor
    return due, since if due > 0 else None, pending


def family(reading: Reading, patient_id: int) -> tuple[FamilyRow, ...]:
    """Return everybody the patient's guarantor pays for today, with what is owed for each."""
    head = guarantor_on(reading, patient_id, reading.today)
    due = (
        sa.select(sa.func.coalesce(sa.func.sum(open_amount.c.amount_minor), 0))
        .where(
            open_amount.c.patient_id == patient.c.id,
            open_amount.c.party_kind == "guarantor",
            open_amount.c.amount_minor != 0,
        )
        .correlate(patient)
        .scalar_subquery()
    )
    rows = reading.execute(
        sa.select(
            patient.c.id,
            patient.c.given_name,
            patient.c.family_name,
            patient.c.born_on,
            due.label("due"),
        )
        .where(
            patient.c.id.in_(
                sa.select(guarantor.c.patient_id).where(guarantor.c.guarantor_id == head)
            ),
            patient.c.survivor_id.is_(None),
            sa.func.coalesce(_payer_today, patient.c.id) == head,
        )
        .order_by(patient.c.born_on, patient.c.id),
        {"today": reading.today},
    )
    return tuple(
        FamilyRow(row.id, f"{row.given_name} {row.family_name}".strip(), row.born_on, int(row.due))
        for row in rows
    )


def alert_words(reading: Reading, alert_id: int) -> tuple[int, str, str] | None:
    """Return whose alert it is, its kind and its words; None where there is none."""
    row = reading.execute(
        sa.select(alert.c.patient_id, alert.c.kind, alert.c.wording).where(alert.c.id == alert_id)
    ).one_or_none()
    return None if row is None else (row.patient_id, row.kind, row.wording)


def chart_number(reading: Reading, patient_id: int) -> str:
    """Return a patient's chart number."""
    return str(
        reading.execute(
            sa.select(patient.c.chart_number).where(patient.c.id == patient_id)
        ).scalar_one()
    )


def charts_taken(reading: Reading, numbers: Sequence[str]) -> set[str]:
    """Return which of some chart numbers somebody has."""
    found: set[str] = set()
    for first in range(0, len(numbers), _AT_ONCE):
        some = numbers[first : first + _AT_ONCE]
        found.update(
            reading.execute(
                sa.select(patient.c.chart_number).where(patient.c.chart_number.in_(some))
            ).scalars()
        )
    return found
