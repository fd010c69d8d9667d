# SPDX-License-Identifier: Apache-2.0
"""What is open and what is held: by patient, by family, by party; and who pays for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.ledger.tables import credit_amount, open_amount, receipt
from clinicdesk.patients.tables import coverage, guarantor, patient, payer
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class Party:
    """Who owes or is owed.

    Attributes:
        kind: guarantor, payer or agency.
        id: patient id of a guarantor, else payer id.
    """

    kind: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class OpenCharge:
    """What one party still owes on one charge."""

    charge_id: int
    patient_id: int
    service_on: date
    code: str
    description: str
    provider_id: int
    provider: str
    party: Party
    amount_minor: int
    open_minor: int


@dataclass(frozen=True, slots=True)
class CreditRow:
    """Money of a receipt that is not on any charge."""

    receipt_id: int
    number: str
    received_on: date
    account: str
    party: tuple[str, int]
    patient_id: int | None
    amount_minor: int


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """Somebody a guarantor pays for, or once did and still owes for.

    Attributes:
        due_minor: what the guarantor owes on this patient's charges.
        insurer_minor: what payers and agencies owe on them.
        credit_minor: held for this patient.
    """

    patient_id: int
    name: str
    due_minor: int
    insurer_minor: int
    credit_minor: int


@dataclass(frozen=True, slots=True)
class AgingBuckets:
    """Open amounts by age since service, as of a day: 0-30, 31-60, 61-90, 91-120, over 120."""

    amounts: tuple[int, int, int, int, int]

    @property
    def total_minor(self) -> int:
        """All of them."""
        return sum(self.amounts)

    @classmethod
    def of(cls, items: tuple[OpenCharge, ...], on: date) -> AgingBuckets:
        """Sort open charges into buckets."""
        amounts = [0, 0, 0, 0, 0]
        for item in items:
            age = max(0, (on - item.service_on).days)
            amounts[0 if age <= 30 else min(4, (age - 1) // 30)] += item.open_minor
        return cls((amounts[0], amounts[1], amounts[2], amounts[3], amounts[4]))


def same_person(reading: Reading, patient_id: int) -> tuple[int, ...]:
    """Return every record of a patient: the one that stays and those merged into it."""
    survivor = reading.execute(
        sa.select(sa.func.coalesce(patient.c.survivor_id, patient.c.id)).where(
            patient.c.id == patient_id
        )
    ).scalar()
    stays = patient_id if survivor is None else int(survivor)
    merged = reading.execute(
        sa.select(patient.c.id).where(
            patient.c.survivor_id == stays, patient.c.survivor_id.is_not(None)
        )
    )
    return (stays, *(int(row.id) for row in merged))


def guarantor_on(reading: Reading, patient_id: int, on: date) -> int:
    """Return who pays for the patient on a day; the patient where nothing is said."""
    found = reading.execute(
        sa.select(sa.func.coalesce(patient.c.survivor_id, patient.c.id))
        .join_from(guarantor, patient, patient.c.id == guarantor.c.guarantor_id)
        .where(
            guarantor.c.patient_id == patient_id,
            guarantor.c.from_on <= on,
            sa.or_(guarantor.c.to_on.is_(None), guarantor.c.to_on >= on),
        )
        .order_by(guarantor.c.from_on.desc(), guarantor.c.id.desc())
        .limit(1)
    ).scalar()
    return int(found) if found is not None else patient_id


def coverage_payer(reading: Reading, patient_id: int, on: date) -> tuple[int, int] | None:
    """Return (coverage id, payer id) of rank 1 on a day, if the patient is insured."""
    row = reading.execute(
        sa.select(coverage.c.id, coverage.c.payer_id)
        .where(
            coverage.c.patient_id == patient_id,
            coverage.c.from_on <= on,
            sa.or_(coverage.c.to_on.is_(None), coverage.c.to_on >= on),
        )
        .order_by(coverage.c.rank, coverage.c.from_on.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else (row.id, row.payer_id)


def open_charges(
    reading: Reading,
    *,
    patient_id: int | None = None,
    guarantor_id: int | None = None,
    party: tuple[str, int] | None = None,
) -> tuple[OpenCharge, ...]:
    """Return what is open, oldest service first: of a patient, a family, or one party."""
    statement = (
        sa.select(
            open_amount.c.charge_id,
            open_amount.c.party_kind,
            open_amount.c.party_id,
            open_amount.c.amount_minor.label("open_minor"),
            charge.c.patient_id,
            charge.c.service_on,
            charge.c.code,
            charge.c.description,
            charge.c.amount_minor,
            charge.c.provider_id,
            staff_member.c.initials,
            payer.c.name,
        )
        .join(charge, charge.c.id == open_amount.c.charge_id)
        .join(staff_member, staff_member.c.id == charge.c.provider_id)
        .outerjoin(
            payer,
            sa.and_(
                open_amount.c.party_kind.in_(("payer", "agency")),
                payer.c.id == open_amount.c.party_id,
            ),
        )
        .where(open_amount.c.amount_minor != sa.literal_column("0"))
        .order_by(charge.c.service_on, charge.c.id)
    )
    if patient_id is not None:
        statement = statement.where(open_amount.c.patient_id.in_(same_person(reading, patient_id)))
    if guarantor_id is not None:
        statement = statement.where(charge.c.guarantor_id == guarantor_id)
    if party is not None:
        ids = same_person(reading, party[1]) if party[0] == "guarantor" else (party[1],)
        statement = statement.where(
            open_amount.c.party_kind == party[0], open_amount.c.party_id.in_(ids)
        )
    return tuple(
        OpenCharge(
            row.charge_id,
            row.patient_id,
            row.service_on,
            row.code,
            row.description,
            row.provider_id,
            row.initials,
            Party(row.party_kind, row.party_id, row.name or ""),
            row.amount_minor,
            row.open_minor,
        )
        for row in reading.execute(statement)
    )


def unapplied(
    reading: Reading, *, patient_id: int | None = None, party: tuple[str, int] | None = None
) -> tuple[CreditRow, ...]:
    """Return receipts with money that is on no charge, oldest first."""
    statement = (
        sa.select(credit_amount, receipt.c.number, receipt.c.received_on)
        .join(receipt, receipt.c.id == credit_amount.c.receipt_id)
        .where(credit_amount.c.amount_minor != 0)
        .order_by(receipt.c.received_on, receipt.c.id)
    )
    if patient_id is not None:
        statement = statement.where(
            credit_amount.c.patient_id.in_(same_person(reading, patient_id))
        )
    if party is not None:
        statement = statement.where(
            credit_amount.c.party_kind == party[0], credit_amount.c.party_id == party[1]
        )
    return tuple(
        CreditRow(
            row.receipt_id,
            row.number,
            row.received_on,
            row.account,
            (row.party_kind, row.party_id),
            row.patient_id,
            row.amount_minor,
        )
        for row in reading.execute(statement)
    )


def credit_of_receipt(reading: Reading, receipt_id: int) -> CreditRow | None:
    """Return what is left of one receipt."""
    row = reading.execute(
        sa.select(credit_amount, receipt.c.number, receipt.c.received_on)
        .join(receipt, receipt.c.id == credit_amount.c.receipt_id)
        .where(credit_amount.c.receipt_id == receipt_id, credit_amount.c.amount_minor != 0)
    ).first()
    if row is None:
        return None
    return CreditRow(
        row.receipt_id,
        row.number,
        row.received_on,
        row.account,
        (row.party_kind, row.party_id),
        row.patient_id,
        row.amount_minor,
    )


def family(reading: Reading, guarantor_id: int, on: date) -> tuple[FamilyMember, ...]:
    """Return everybody on a guarantor's account with their part of it, by name."""
    paid_for = sa.select(guarantor.c.patient_id).where(
        guarantor.c.guarantor_id == guarantor_id,
        guarantor.c.from_on <= on,
        sa.or_(guarantor.c.to_on.is_(None), guarantor.c.to_on >= on),
    )
    payers = same_person(reading, guarantor_id)
    twin = patient.alias("twin")
    records = sa.select(twin.c.id).where(
        sa.or_(twin.c.id == patient.c.id, twin.c.survivor_id == patient.c.id)
    )
    owed_for = sa.select(open_amount.c.patient_id).where(
        open_amount.c.party_kind == "guarantor",
        open_amount.c.party_id.in_(payers),
        open_amount.c.amount_minor != 0,
    )
    owed = sa.case(
        (
            sa.and_(open_amount.c.party_kind == "guarantor", open_amount.c.party_id.in_(payers)),
            open_amount.c.amount_minor,
        ),
        else_=0,
    )
    others = sa.case(
        (open_amount.c.party_kind.in_(("payer", "agency")), open_amount.c.amount_minor), else_=0
    )

    def total(amount: sa.ColumnElement[int]) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.coalesce(sa.func.sum(amount), 0))
            .where(
                open_amount.c.patient_id.in_(records.correlate(patient)),
                open_amount.c.amount_minor != sa.literal_column("0"),
            )
            .correlate(patient)
            .scalar_subquery()
        )

    held = (
        sa.select(sa.func.coalesce(sa.func.sum(credit_amount.c.amount_minor), 0))
        .where(credit_amount.c.patient_id.in_(records.correlate(patient)))
        .correlate(patient)
        .scalar_subquery()
    )
    rows = reading.execute(
        sa.select(
            patient.c.id,
            patient.c.given_name,
            patient.c.family_name,
            total(owed).label("due"),
            total(others).label("insurer"),
            held.label("held"),
        )
        .where(
            patient.c.survivor_id.is_(None),
            sa.or_(
                patient.c.id == guarantor_id,
                patient.c.id.in_(paid_for),
                patient.c.id.in_(owed_for),
            ),
        )
        .order_by(patient.c.sort_name, patient.c.id)
    )
    return tuple(
        FamilyMember(
            row.id,
            f"{row.given_name} {row.family_name}",
            int(row.due),
            int(row.insurer),
            int(row.held),
        )
        for row in rows
    )
