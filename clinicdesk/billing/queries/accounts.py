# SPDX-License-Identifier: Apache-2.0
"""What is open and what is held: by patient, by family, by party; and who pays for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.ledger.tables import credit_amount, open_amount, receipt
from clinicdesk.patients.queries import coverages_on
from clinicdesk.patients.tables import guarantor, patient, payer
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Day

_INSURERS = [sa.literal_column(f"'{kind}'", sa.Text) for kind in ("payer", "agency")]


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


_own_id: sa.BindParameter[int] = sa.bindparam("patient_id", type_=sa.BigInteger())


def _records_of(number: sa.BindParameter[int]) -> sa.CompoundSelect[int]:
    asked, stays = patient.alias("asked"), patient.alias("stays")
    kept = (
        sa.select(sa.func.coalesce(asked.c.survivor_id, asked.c.id))
        .where(asked.c.id == number)
        .scalar_subquery()
    )
    return sa.union_all(
        sa.select(stays.c.id).where(stays.c.id == kept),
        sa.select(stays.c.id).where(stays.c.survivor_id == kept),
    )


# Every record of the patient whose id is bound as ``patient_id``: the one that stays and those
# merged into it.
RECORDS = _records_of(_own_id)


def same_person(reading: Reading, patient_id: int) -> tuple[int, ...]:
    """Return every record of a patient: the one that stays and those merged into it."""
    found = reading.execute(RECORDS, {"patient_id": patient_id}).scalars().all()
    return tuple(found) or (patient_id,)


def coverage_payer(reading: Reading, patient_id: int, on: date) -> tuple[int, int] | None:
    """Return (coverage id, payer id) of rank 1 on a day, if the patient is insured."""
    first = next(iter(coverages_on(reading, patient_id, on)), None)
    return None if first is None else (first.id, first.payer_id)


def open_charges(
    reading: Reading,
    *,
    patient_id: int | None = None,
    guarantor_id: int | None = None,
    party: tuple[str, int] | None = None,
) -> tuple[OpenCharge, ...]:
    """Return what is open, oldest service first: of a patient, a family, or one party."""
    kind, party_id = party or ("", 0)
    statement = _open(
        of_patient=patient_id is not None,
        of_guarantor=guarantor_id is not None,
        of_party=party is not None,
        is_person=kind == "guarantor",
    )
    values = {"patient_id": patient_id, "guarantor_id": guarantor_id}
    rows: Any = reading.execute(statement, {**values, "party_kind": kind, "party_id": party_id})
    return tuple(
        OpenCharge(
            charge_id,
            patient_no,
            service_on,
            code,
            description,
            provider_id,
            initials,
            Party(kind, number, name or ""),
            minor,
            open_minor,
        )
        for (
            charge_id, kind, number, open_minor, patient_no, service_on, code, description, minor,
            provider_id, initials, name,
        ) in rows
    )  # fmt: skip


@lru_cache(maxsize=16)
def _open(
    *, of_patient: bool, of_guarantor: bool, of_party: bool, is_person: bool
) -> sa.Select[Any]:
    """Return the statement of what is open, built once for what it is asked of."""
    conditions: list[sa.ColumnElement[bool]] = [
        open_amount.c.amount_minor != sa.literal_column("0")
    ]
    if of_patient:
        conditions.append(open_amount.c.patient_id.in_(RECORDS))
    if of_guarantor:
        conditions.append(
            charge.c.guarantor_id == sa.bindparam("guarantor_id", type_=sa.BigInteger())
        )
    if of_party:
        number: sa.BindParameter[int] = sa.bindparam("party_id", type_=sa.BigInteger())
        conditions += [
            open_amount.c.party_kind == sa.bindparam("party_kind", type_=sa.Text()),
            open_amount.c.party_id.in_(_records_of(number))
            if is_person
            else open_amount.c.party_id == number,
        ]
    statement: sa.Select[Any] = (
        sa.select(
            open_amount.c.charge_id,
            open_amount.c.party_kind,
            open_amount.c.party_id,
            open_amount.c.amount_minor,
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
            sa.and_(open_amount.c.party_kind.in_(_INSURERS), payer.c.id == open_amount.c.party_id),
        )
        .where(*conditions)
        .order_by(charge.c.service_on, charge.c.id)
    )
    return statement


def unapplied(
    reading: Reading, *, patient_id: int | None = None, party: tuple[str, int] | None = None
) -> tuple[CreditRow, ...]:
    """Return receipts with money that is on no charge, oldest first."""
    kind, number = party or ("", 0)
    statement = _unapplied(of_patient=patient_id is not None, of_party=party is not None)
    values = {"patient_id": patient_id, "party_kind": kind, "party_id": number}
    rows: Any = reading.execute(statement, values)
    return tuple(_credit(row) for row in rows)


def _credit(row: Any) -> CreditRow:
    receipt_id, number, received_on, account, party_kind, party_id, patient_id, minor = row
    return CreditRow(
        receipt_id, number, received_on, account, (party_kind, party_id), patient_id, minor
    )


_CREDITS: sa.Select[Any] = (
    sa.select(
        credit_amount.c.receipt_id,
        receipt.c.number,
        receipt.c.received_on,
        credit_amount.c.account,
        credit_amount.c.party_kind,
        credit_amount.c.party_id,
        credit_amount.c.patient_id,
        credit_amount.c.amount_minor,
    )
    .join(receipt, receipt.c.id == credit_amount.c.receipt_id)
    .where(credit_amount.c.amount_minor != sa.literal_column("0"))
)


@lru_cache(maxsize=4)
def _unapplied(*, of_patient: bool, of_party: bool) -> sa.Select[Any]:
    statement = _CREDITS.order_by(receipt.c.received_on, receipt.c.id)
    if of_patient:
        statement = statement.where(credit_amount.c.patient_id.in_(RECORDS))
    if of_party:
        statement = statement.where(
            credit_amount.c.party_kind == sa.bindparam("party_kind", type_=sa.Text()),
            credit_amount.c.party_id == sa.bindparam("party_id", type_=sa.BigInteger()),
        )
    return statement


def credit_of_receipt(reading: Reading, receipt_id: int) -> CreditRow | None:
    """Return what is left of one receipt."""
    row = reading.execute(_CREDIT, {"receipt_id": receipt_id}).first()
    return None if row is None else _credit(row)


_CREDIT = _CREDITS.where(
    credit_amount.c.receipt_id == sa.bindparam("receipt_id", type_=sa.BigInteger())
)


def family(reading: Reading, guarantor_id: int, on: date) -> tuple[FamilyMember, ...]:
    """Return everybody on a guarantor's account with their part of it, by name."""
    rows: Any = reading.execute(_FAMILY, {"guarantor_id": guarantor_id, "on": on})
    return tuple(
        FamilyMember(number, f"{given} {name}", int(due), int(insurer), int(held))
        for number, given, name, due, insurer, held in rows
    )


def _family() -> sa.Select[Any]:
    """Return the statement of a family, built once."""
    head: sa.BindParameter[int] = sa.bindparam("guarantor_id", type_=sa.BigInteger())
    on = sa.bindparam("on", type_=Day())
    paid_for = sa.select(guarantor.c.patient_id).where(
        guarantor.c.guarantor_id == head,
        guarantor.c.from_on <= on,
        sa.or_(guarantor.c.to_on.is_(None), guarantor.c.to_on >= on),
    )
    of_head = sa.and_(
        open_amount.c.party_kind == sa.literal_column("'guarantor'"),
        open_amount.c.party_id.in_(_records_of(head)),
    )
    still_open = open_amount.c.amount_minor != sa.literal_column("0")
    owed_for = sa.select(open_amount.c.patient_id).where(of_head, still_open)
    twin = patient.alias("twin")
    records = (
        sa.select(twin.c.id)
        .where(sa.or_(twin.c.id == patient.c.id, twin.c.survivor_id == patient.c.id))
        .correlate(patient)
    )

    def total(amount: sa.ColumnElement[int], *conditions: Any) -> sa.ScalarSelect[int]:
        return (
            sa.select(sa.func.coalesce(sa.func.sum(amount), sa.literal_column("0")))
            .where(*conditions)
            .correlate(patient)
            .scalar_subquery()
        )

    its = (open_amount.c.patient_id.in_(records), still_open)
    due = total(open_amount.c.amount_minor, *its, of_head)
    kind = open_amount.c.party_kind.concat("")  # so that the index of the patients is chosen
    insurer = total(open_amount.c.amount_minor, *its, kind.in_(_INSURERS))
    held = total(credit_amount.c.amount_minor, credit_amount.c.patient_id.in_(records))
    statement: sa.Select[Any] = (
        sa.select(patient.c.id, patient.c.given_name, patient.c.family_name, due, insurer, held)
        .where(
            patient.c.survivor_id.is_(None),
            sa.or_(patient.c.id == head, patient.c.id.in_(paid_for), patient.c.id.in_(owed_for)),
        )
        .order_by(patient.c.sort_name, patient.c.id)
    )
    return statement


_FAMILY = _family()
