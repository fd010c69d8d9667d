# SPDX-License-Identifier: Apache-2.0
"""What came in: receipts by number and by method (R9), and income on the cash basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from clinicdesk.billing.model import income_between
from clinicdesk.billing.tables import charge
from clinicdesk.ledger.model import CREDITS, MONEY, RECEIVABLES
from clinicdesk.ledger.tables import entry, posting, receipt
from clinicdesk.patients.tables import patient, payer
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading

_APPLIED = ("payment", "take-back", "returned", "refund")


@dataclass(frozen=True, slots=True)
class ReceiptListRow:
    """One receipt.

    Attributes:
        given_back_minor: refunded, returned, taken back or reversed since.
        unapplied_minor: on no charge.
    """

    receipt_id: int
    number: str
    received_on: date
    created_at: datetime
    method: str
    reference: str
    till: str
    payer: str
    patient_id: int | None
    amount_minor: int
    given_back_minor: int
    unapplied_minor: int


@dataclass(frozen=True, slots=True)
class MethodRow:
    """Receipts of one method."""

    method: str
    count: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class CashIncomeRow:
    """What one provider's charges brought in, when it was applied; 0 names no provider.

    Attributes:
        income_minor: without tax.
        tax_minor: the tax in what was applied.
    """

    provider_id: int
    name: str
    income_minor: int
    tax_minor: int


def receipts(reading: Reading, first: date, last: date) -> tuple[ReceiptListRow, ...]:
    """Return the receipts of some days, by number."""
    who = patient.alias("who")
    minor = posting.c.amount_minor
    kept = sa.func.sum(sa.case((posting.c.account.in_(MONEY), minor), else_=0))
    held = sa.func.sum(sa.case((posting.c.account.in_(CREDITS), -minor), else_=0))
    moved = (
        sa.select(posting.c.receipt_id, kept.label("kept"), held.label("unapplied"))
        .where(
            posting.c.receipt_id.in_(
                sa.select(receipt.c.id).where(receipt.c.received_on.between(first, last))
            )
        )
        .group_by(posting.c.receipt_id)
        .subquery("moved")
    )
    rows = reading.execute(
        sa.select(
            receipt,
            payer.c.name.label("payer_name"),
            who.c.family_name,
            who.c.given_name,
            moved.c.kept,
            sa.func.coalesce(moved.c.unapplied, 0).label("unapplied"),
        )
        .outerjoin(
            payer,
            sa.and_(
                receipt.c.party_kind.in_(("payer", "agency")), payer.c.id == receipt.c.party_id
            ),
        )
        .outerjoin(
            who, sa.and_(receipt.c.party_kind == "guarantor", who.c.id == receipt.c.party_id)
        )
        .outerjoin(moved, moved.c.receipt_id == receipt.c.id)
        .where(receipt.c.received_on.between(first, last))
        .order_by(receipt.c.id)
    )
    return tuple(
        ReceiptListRow(
            receipt_id=row.id,
            number=row.number,
            received_on=row.received_on,
            created_at=row.created_at,
            method=row.method,
            reference=row.reference,
            till=row.till,
            payer=row.payer_name or f"{row.family_name}, {row.given_name}",
            patient_id=row.patient_id,
            amount_minor=row.amount_minor,
            given_back_minor=row.amount_minor - int(row.kept or 0),
            unapplied_minor=int(row.unapplied),
        )
        for row in rows
    )


def by_method(reading: Reading, first: date, last: date) -> tuple[MethodRow, ...]:
    """Return receipts by method, from the receipts themselves."""
    rows = reading.execute(
        sa.select(
            receipt.c.method,
            sa.func.count().label("receipts"),
            sa.func.sum(receipt.c.amount_minor).label("amount"),
        )
        .where(receipt.c.received_on.between(first, last))
        .group_by(receipt.c.method)
        .order_by(receipt.c.method)
    )
    return tuple(MethodRow(row.method, int(row.receipts), int(row.amount)) for row in rows)


def cash_income(reading: Reading, first: date, last: date) -> tuple[CashIncomeRow, ...]:
    """Return income on the cash basis: earned when money is put on a charge, tax left out.

    The same postings as the accrual view. A use of a prepaid package counts when it is used;
    paying for one does not.
    """
    amount = -posting.c.amount_minor
    sold = sa.exists().where(
        _sale.c.charge_id == charge.c.id, _sale.c.cause == "package", _sale.c.amount_minor > 0
    )
    rows = reading.execute(
        sa.select(
            charge.c.provider_id,
            charge.c.amount_minor,
            charge.c.tax_minor,
            sa.func.sum(sa.case((entry.c.business_on < first, amount), else_=0)).label("before"),
            sa.func.sum(amount).label("after"),
        )
        .join_from(posting, entry, entry.c.id == posting.c.entry_id)
        .join(charge, charge.c.id == posting.c.charge_id)
        .where(
            posting.c.account.in_(RECEIVABLES),
            posting.c.cause.in_((*_APPLIED, "package")),
            entry.c.business_on <= last,
            sa.not_(sold),
        )
        .group_by(charge.c.id, charge.c.provider_id, charge.c.amount_minor, charge.c.tax_minor)
    )
    sums: dict[int, list[int]] = {}
    for row in rows:
        before, after = int(row.before), int(row.after)
        income = income_between(before, after, row.amount_minor, row.tax_minor)
        line = sums.setdefault(row.provider_id, [0, 0])
        line[0] += income
        line[1] += after - before - income
    names: dict[int, str] = {}
    for row in reading.execute(sa.select(staff_member.c.id, staff_member.c.name)):
        names[row.id] = row.name
    return tuple(
        CashIncomeRow(number, names.get(number, ""), income, tax)
        for number, (income, tax) in sorted(sums.items(), key=lambda item: names.get(item[0], ""))
        if income or tax
    )


_sale = posting.alias("sale")
