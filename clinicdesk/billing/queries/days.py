# SPDX-License-Identifier: Apache-2.0
"""One day of a patient's account: owed before, charged, paid and owed after, all from postings.

The account is what guarantors owe on the patient's charges less what is held for the patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.queries.accounts import same_person
from clinicdesk.billing.tables import charge
from clinicdesk.ledger.model import RECEIVABLES
from clinicdesk.ledger.model.chart import PATIENT_CREDITS
from clinicdesk.ledger.tables import entry, posting
from clinicdesk.patients.tables import patient
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading

_CHARGED = ("charge", "tax", "package")
_MONEY = ("payment", "refund", "returned", "take-back")


@dataclass(frozen=True, slots=True)
class ChargedLine:
    """A service as it was charged on the day, or taken back (below zero).

    Attributes:
        amount_minor: with tax, whoever is to pay it.
    """

    service_on: date | None
    description: str
    provider: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class AppliedLine:
    """A part of a receipt and the charge it was put on."""

    service_on: date
    description: str
    patient_id: int
    patient: str
    paid_minor: int


@dataclass(frozen=True, slots=True)
class DayOfAccount:
    """What a day did to the account up to an entry.

    ``before + charged - insured + adjusted - paid == balance``, always.

    Attributes:
        lines: what was charged; their sum is ``charged_minor``.
        insured_minor: the part of it others than guarantors were asked for.
        adjusted_minor: write-offs (below zero), transfers, and the like.
        paid_minor: money less what was given back; putting credit on a charge moves nothing.
        balance_minor: below zero: held for the patient.
    """

    before_minor: int
    lines: tuple[ChargedLine, ...]
    charged_minor: int
    insured_minor: int
    adjusted_minor: int
    paid_minor: int
    balance_minor: int


def day_of_account(
    reading: Reading, patient_id: int, on: date, up_to: int | None = None
) -> DayOfAccount:
    """Return a day of an account; ``up_to`` leaves out every later entry."""
    own = sa.and_(
        posting.c.account.in_((*RECEIVABLES, PATIENT_CREDITS)), posting.c.party_kind == "guarantor"
    )
    amount, records = posting.c.amount_minor, same_person(reading, patient_id)
    today = entry.c.business_on == on
    charged = posting.c.cause.in_(_CHARGED)

    def total(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((sa.and_(*conditions), amount), else_=0)), 0)

    statement = (
        sa.select(
            total(own, entry.c.business_on != on).label("before"),
            total(own, today, charged).label("own_charged"),
            total(own, today, posting.c.cause.in_(_MONEY)).label("money"),
            total(own).label("balance"),
        )
        .select_from(posting)
        .join(entry, entry.c.id == posting.c.entry_id)
        .where(posting.c.patient_id.in_(records))
    )
    if up_to is not None:
        statement = statement.where(posting.c.entry_id <= up_to)
    sums = reading.execute(statement).one()
    lines = _charged(reading, records, on, up_to)
    all_charged = sum(line.amount_minor for line in lines)
    before, own_charged = int(sums.before), int(sums.own_charged)
    paid, balance = -int(sums.money), int(sums.balance)
    return DayOfAccount(
        before_minor=before,
        lines=lines,
        charged_minor=all_charged,
        insured_minor=all_charged - own_charged,
        adjusted_minor=balance - before - own_charged + paid,
        paid_minor=paid,
        balance_minor=balance,
    )


def applied(reading: Reading, receipt_id: int) -> tuple[int, tuple[AppliedLine, ...]]:
    """Return the entry by which a receipt was taken, and what it paid then."""
    taken = int(
        reading.execute(
            sa.select(sa.func.min(posting.c.entry_id)).where(posting.c.receipt_id == receipt_id)
        ).scalar_one()
        or 0
    )
    paid = -sa.func.sum(posting.c.amount_minor)
    keys: tuple[sa.ColumnElement[Any], ...] = (
        charge.c.id, charge.c.service_on, charge.c.description, charge.c.code, patient.c.id,
        patient.c.given_name, patient.c.family_name,
    )  # fmt: skip
    rows = reading.execute(
        sa.select(
            charge.c.service_on,
            charge.c.description,
            charge.c.code,
            patient.c.id.label("patient_id"),
            patient.c.given_name,
            patient.c.family_name,
            paid.label("paid"),
        )
        .select_from(posting)
        .join(charge, charge.c.id == posting.c.charge_id)
        .join(patient, patient.c.id == charge.c.patient_id)
        .where(
            posting.c.entry_id == taken,
            posting.c.receipt_id == receipt_id,
            posting.c.account.in_(RECEIVABLES),
        )
        .group_by(*keys)
        .having(paid != 0)
        .order_by(charge.c.service_on, charge.c.id)
    )
    return taken, tuple(
        AppliedLine(
            row.service_on,
            f"{row.description} {row.code}".strip(),
            row.patient_id,
            f"{row.given_name} {row.family_name}",
            int(row.paid),
        )
        for row in rows
    )


def undone_on(reading: Reading, entry_id: int) -> date | None:
    """Return the business day on which an entry was reversed, if it was."""
    found: date | None = reading.execute(
        sa.select(entry.c.business_on).where(entry.c.reverses_id == entry_id)
    ).scalar()
    return found


def _charged(
    reading: Reading, records: tuple[int, ...], on: date, up_to: int | None
) -> tuple[ChargedLine, ...]:
    amount = sa.func.sum(posting.c.amount_minor)
    keys: tuple[sa.ColumnElement[Any], ...] = (
        charge.c.id, charge.c.service_on, charge.c.description, charge.c.code,
        staff_member.c.name,
    )  # fmt: skip
    statement = (
        sa.select(*keys, amount.label("amount"))
        .select_from(posting)
        .join(entry, entry.c.id == posting.c.entry_id)
        .outerjoin(charge, charge.c.id == posting.c.charge_id)
        .outerjoin(staff_member, staff_member.c.id == charge.c.provider_id)
        .where(
            posting.c.patient_id.in_(records),
            posting.c.account.in_(RECEIVABLES),
            posting.c.cause.in_(_CHARGED),
            entry.c.business_on == on,
        )
        .group_by(*keys)
        .having(amount != 0)
        .order_by(charge.c.service_on, charge.c.id)
    )
    if up_to is not None:
        statement = statement.where(posting.c.entry_id <= up_to)
    return tuple(
        ChargedLine(
            row.service_on,
            f"{row.description or ''} {row.code or ''}".strip(),
            row.name or "",
            int(row.amount),
        )
        for row in reading.execute(statement)
    )
