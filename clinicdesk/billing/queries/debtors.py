# SPDX-License-Identifier: Apache-2.0
"""Who owes what, by age of the service (R2).

Now from the kept amounts; as of a day or of an entry's number from the postings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.ledger.model import CREDITS, RECEIVABLES
from clinicdesk.ledger.queries import NOW, AsOf
from clinicdesk.ledger.tables import credit_amount, entry, open_amount, posting, receipt
from clinicdesk.patients.tables import contact, patient
from clinicdesk.storage.records import Reading

_EDGES = (30, 60, 90, 120)
_CHUNK = 500  # ids in one statement


@dataclass(frozen=True, slots=True)
class DebtorRow:
    """One family account.

    Attributes:
        buckets: 0-30, 31-60, 61-90, 91-120, over 120 days since service.
        insurer_minor: the part of the total that payers owe.
        agency_minor: the part that stands with a collection agency.
        credit_minor: held unapplied for the family.
    """

    guarantor_id: int
    name: str
    chart_number: str
    phone: str
    buckets: tuple[int, int, int, int, int]
    insurer_minor: int
    agency_minor: int
    credit_minor: int
    last_payment_on: date | None
    last_payment_minor: int

    @property
    def total_minor(self) -> int:
        """All buckets."""
        return sum(self.buckets)

    @property
    def patient_minor(self) -> int:
        """What the guarantor owes."""
        return self.total_minor - self.insurer_minor - self.agency_minor


def debtors(reading: Reading, on: date, as_of: AsOf = NOW) -> tuple[DebtorRow, ...]:
    """Return every guarantor with something open or held, the largest debt first.

    Args:
        reading: the snapshot.
        on: the day ages are counted to.
        as_of: up to where the books are read.
    """
    owed = {row.owner: row for row in reading.execute(_owed(on, as_of))}
    held = {row.owner: int(row.held) for row in reading.execute(_held(as_of)) if row.held}
    owing = {number for number, row in owed.items() if any(tuple(row)[1:])}
    owners = sorted(owing | held.keys())
    people, paid = _people(reading, owners), _last_payments(reading, as_of)
    rows = []
    for owner in owners:
        sums = tuple(map(int, tuple(owed[owner])[1:])) if owner in owed else (0,) * 7
        name, chart_number, phone = people.get(owner, ("", "", ""))
        day, minor = paid.get(owner, (None, 0))
        rows.append(
            DebtorRow(
                guarantor_id=owner,
                name=name,
                chart_number=chart_number,
                phone=phone,
                buckets=(sums[0], sums[1], sums[2], sums[3], sums[4]),
                insurer_minor=sums[5],
                agency_minor=sums[6],
                credit_minor=held.get(owner, 0),
                last_payment_on=day,
                last_payment_minor=minor,
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.total_minor, row.name, row.guarantor_id)))


def _open(as_of: AsOf) -> sa.Subquery:
    if as_of == NOW:
        return (
            sa.select(
                open_amount.c.charge_id,
                open_amount.c.party_kind,
                open_amount.c.party_id,
                open_amount.c.amount_minor,
            )
            .where(open_amount.c.amount_minor != 0)
            .subquery("part")
        )
    return (
        sa.select(
            posting.c.charge_id,
            posting.c.party_kind,
            posting.c.party_id,
            sa.func.sum(posting.c.amount_minor).label("amount_minor"),
        )
        .join_from(posting, entry, entry.c.id == posting.c.entry_id)
        .where(posting.c.account.in_(RECEIVABLES), as_of.covers())
        .group_by(posting.c.charge_id, posting.c.party_kind, posting.c.party_id)
        .subquery("part")
    )


def _owed(on: date, as_of: AsOf) -> sa.Select[Any]:
    part = _open(as_of)
    family = sa.case(
        (part.c.party_kind == "guarantor", part.c.party_id), else_=charge.c.guarantor_id
    )
    owner = sa.func.coalesce(patient.c.survivor_id, patient.c.id).label("owner")
    days = [on - timedelta(days=edge) for edge in _EDGES]
    newer = [charge.c.service_on >= day for day in days]
    bucket = sa.case(*((condition, n) for n, condition in enumerate(newer)), else_=len(days))
    amount = part.c.amount_minor

    def total(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((condition, amount), else_=0))

    statement: Any = (
        sa.select(
            owner,
            *(total(bucket == number) for number in range(len(days) + 1)),
            total(part.c.party_kind == "payer"),
            total(part.c.party_kind == "agency"),
        )
        .select_from(part.join(charge, charge.c.id == part.c.charge_id))
        .join(patient, patient.c.id == family)
        .group_by(owner)
    )
    found: sa.Select[Any] = statement
    return found


def _held(as_of: AsOf) -> sa.Select[Any]:
    if as_of == NOW:
        part = (
            sa.select(credit_amount.c.party_id, credit_amount.c.amount_minor)
            .where(credit_amount.c.party_kind == "guarantor", credit_amount.c.amount_minor != 0)
            .subquery("held")
        )
    else:
        part = (
            sa.select(posting.c.party_id, (-posting.c.amount_minor).label("amount_minor"))
            .join_from(posting, entry, entry.c.id == posting.c.entry_id)
            .where(
                posting.c.account.in_(CREDITS),
                posting.c.party_kind == "guarantor",
                as_of.covers(),
            )
            .subquery("held")
        )
    owner = sa.func.coalesce(patient.c.survivor_id, patient.c.id).label("owner")
    return (
        sa.select(owner, sa.func.sum(part.c.amount_minor).label("held"))
        .select_from(part.join(patient, patient.c.id == part.c.party_id))
        .group_by(owner)
    )


def _people(reading: Reading, owners: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    phone = (
        sa.select(contact.c.value)
        .where(
            contact.c.patient_id == patient.c.id,
            contact.c.kind.in_(("mobile", "phone")),
            contact.c.archived == sa.literal_column("0"),
        )
        .order_by(contact.c.rank, contact.c.id)
        .limit(1)
        .scalar_subquery()
    )
    statement = sa.select(
        patient.c.id,
        patient.c.chart_number,
        patient.c.family_name,
        patient.c.given_name,
        phone,
    )
    found: dict[int, tuple[str, str, str]] = {}
    for place in range(0, len(owners), _CHUNK):
        some = patient.c.id.in_(owners[place : place + _CHUNK])
        rows: Any = reading.execute(statement.where(some))
        for row_id, chart_number, family, given, value in rows:
            name = ", ".join(word for word in (family, given) if word)
            found[row_id] = (name, chart_number, value or "")
    return found


def _last_payments(reading: Reading, as_of: AsOf) -> dict[int, tuple[date, int]]:
    statement = sa.select(sa.func.max(receipt.c.id).label("id")).where(
        receipt.c.party_kind == "guarantor"
    )
    if as_of.day is not None:
        statement = statement.where(receipt.c.received_on <= as_of.day)
    if as_of.seq is not None:
        paid = (
            sa.select(posting.c.receipt_id)
            .join_from(posting, entry, entry.c.id == posting.c.entry_id)
            .where(entry.c.seq <= as_of.seq, posting.c.receipt_id.is_not(None))
        )
        statement = statement.where(receipt.c.id.in_(paid))
    newest = statement.group_by(receipt.c.party_id).subquery("newest")
    owner = sa.func.coalesce(patient.c.survivor_id, patient.c.id).label("owner")
    rows: Any = reading.execute(
        sa.select(owner, receipt.c.received_on, receipt.c.amount_minor)
        .join_from(receipt, newest, newest.c.id == receipt.c.id)
        .join(patient, patient.c.id == receipt.c.party_id)
        .order_by(receipt.c.id)
    )
    return {owner_id: (day, minor) for owner_id, day, minor in rows}
