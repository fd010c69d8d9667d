# SPDX-License-Identifier: Apache-2.0
"""One account: its register, open charges, credits; and the single records behind them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge, fee, fee_schedule
from clinicdesk.kernel.folding import fold
from clinicdesk.ledger.model import CREDITS, RECEIVABLES, PostingDraft
from clinicdesk.ledger.tables import credit_amount, entry, open_amount, posting, receipt
from clinicdesk.patients.tables import coverage, guarantor, patient, payer
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading

_DIMENSIONS = tuple(field.name for field in fields(PostingDraft))


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
class AccountLine:
    """One line of the register: what one entry did to what is owed or held.

    Attributes:
        id: entry id; ``seq`` is the same number and orders the register.
        cause: charge, payment, contractual ...; of an entry's several, one line each.
        charge_minor: added to what is owed, or None; payment and adjustment likewise taken off.
        balance_minor: owed less held for the patient, after this line.
        open_minor: still open on the charge of a charge line, else None.
        reversed: this entry was reversed.
    """

    id: int
    line: int
    business_on: date
    service_on: date | None
    kind: str
    cause: str
    reference: str
    description: str
    provider: str
    payer: str
    charge_minor: int | None
    payment_minor: int | None
    adjustment_minor: int | None
    balance_minor: int
    open_minor: int | None
    charge_id: int | None
    receipt_id: int | None
    memo: str
    reversed: bool


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


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge as it stands."""

    id: int
    patient_id: int
    guarantor_id: int
    provider_id: int
    service_on: date
    amount_minor: int
    reversed: bool


@dataclass(frozen=True, slots=True)
class FeeRow:
    """A price of the clinic's schedule."""

    code: str
    description: str
    amount_minor: int


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


def lines(reading: Reading, patient_id: int) -> tuple[AccountLine, ...]:
    """Return the patient's whole register in posting order, with its running balance.

    The balance counts receivables (debit) and credits (liabilities, negative): what the account
    owes after money already held for it.
    """
    moved = posting.c.amount_minor
    rows = reading.execute(
        sa.select(
            entry.c.id,
            posting.c.line,
            entry.c.business_on,
            entry.c.kind,
            entry.c.memo,
            posting.c.account,
            posting.c.cause,
            posting.c.party_kind,
            posting.c.charge_id,
            posting.c.receipt_id,
            moved,
            charge.c.service_on,
            charge.c.code,
            charge.c.description,
            receipt.c.number,
            receipt.c.method,
            payer.c.name.label("payer"),
            staff_member.c.initials,
            entry.c.reverses_id,
            sa.exists().where(_again.c.reverses_id == entry.c.id).label("reversed"),
        )
        .select_from(posting)
        .join(entry, entry.c.id == posting.c.entry_id)
        .outerjoin(charge, charge.c.id == posting.c.charge_id)
        .outerjoin(receipt, receipt.c.id == posting.c.receipt_id)
        .outerjoin(
            payer, sa.and_(posting.c.party_kind == "payer", payer.c.id == posting.c.party_id)
        )
        .outerjoin(staff_member, staff_member.c.id == posting.c.provider_id)
        .where(posting.c.patient_id == patient_id, posting.c.account.in_((*RECEIVABLES, *CREDITS)))
        .order_by(entry.c.seq, posting.c.line)
    )
    still_open: dict[int, int] = {}
    for row in reading.execute(
        sa.select(open_amount.c.charge_id, sa.func.sum(open_amount.c.amount_minor).label("open"))
        .where(open_amount.c.patient_id == patient_id)
        .group_by(open_amount.c.charge_id)
    ):
        still_open[row.charge_id] = int(row.open)
    result, balance = [], 0
    for row in rows:
        balance += row.amount_minor
        result.append(_line(row, balance, still_open))
    return tuple(result)


_again = entry.alias("again")


def _line(row: Any, balance: int, still_open: dict[int, int]) -> AccountLine:
    is_charge = row.cause in {"charge", "tax"} and row.reverses_id is None
    is_money = row.cause in {"payment", "refund", "take-back", "returned"}
    if row.cause in {"charge", "tax"}:
        description = f"{row.description or ''} {row.code or ''}".strip()
    elif is_money:
        description = row.method or ""
    else:
        description = row.description or ""
    return AccountLine(
        id=row.id,
        line=row.line,
        business_on=row.business_on,
        service_on=row.service_on,
        kind=row.kind,
        cause=row.cause,
        reference=row.number or (f"V-{row.charge_id}" if row.charge_id else ""),
        description=description,
        provider=row.initials or "",
        payer=row.payer or "",
        charge_minor=row.amount_minor if row.cause in {"charge", "tax"} else None,
        payment_minor=-row.amount_minor if is_money else None,
        adjustment_minor=(None if is_money or row.cause in {"charge", "tax"} else row.amount_minor),
        balance_minor=balance,
        open_minor=still_open.get(row.charge_id, 0) if is_charge else None,
        charge_id=row.charge_id,
        receipt_id=row.receipt_id,
        memo=row.memo,
        reversed=bool(row.reversed),
    )


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
            sa.and_(open_amount.c.party_kind == "payer", payer.c.id == open_amount.c.party_id),
        )
        .where(open_amount.c.amount_minor != 0)
        .order_by(charge.c.service_on, charge.c.id)
    )
    if patient_id is not None:
        statement = statement.where(open_amount.c.patient_id == patient_id)
    if guarantor_id is not None:
        statement = statement.where(charge.c.guarantor_id == guarantor_id)
    if party is not None:
        statement = statement.where(
            open_amount.c.party_kind == party[0], open_amount.c.party_id == party[1]
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
        statement = statement.where(credit_amount.c.patient_id == patient_id)
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


def charge_row(reading: Reading, charge_id: int) -> ChargeRow:
    """Return one charge."""
    row = reading.execute(sa.select(charge).where(charge.c.id == charge_id)).one()
    return ChargeRow(
        row.id,
        row.patient_id,
        row.guarantor_id,
        row.provider_id,
        row.service_on,
        row.amount_minor,
        row.reversed,
    )


def payments_on(
    reading: Reading, charge_id: int, party: tuple[str, int]
) -> tuple[tuple[int, int], ...]:
    """Return (receipt id, amount) that one party's receipts put on a charge, oldest first."""
    rows = reading.execute(
        sa.select(posting.c.receipt_id, -sa.func.sum(posting.c.amount_minor))
        .where(
            posting.c.charge_id == charge_id,
            posting.c.party_kind == party[0],
            posting.c.party_id == party[1],
            posting.c.receipt_id.is_not(None),
            posting.c.account.in_(RECEIVABLES),
        )
        .group_by(posting.c.receipt_id)
        .order_by(posting.c.receipt_id)
    )
    return tuple((row.receipt_id, int(tuple(row)[1])) for row in rows if tuple(row)[1])


def receipt_row(reading: Reading, receipt_id: int) -> Any:
    """Return a receipt's row with the name of its patient and of who paid."""
    who = patient.alias("who")
    return reading.execute(
        sa.select(
            receipt,
            patient.c.family_name,
            patient.c.given_name,
            patient.c.chart_number,
            payer.c.name.label("payer_name"),
            who.c.family_name.label("who_family"),
            who.c.given_name.label("who_given"),
        )
        .outerjoin(patient, patient.c.id == receipt.c.patient_id)
        .outerjoin(
            payer, sa.and_(receipt.c.party_kind == "payer", payer.c.id == receipt.c.party_id)
        )
        .outerjoin(
            who, sa.and_(receipt.c.party_kind == "guarantor", who.c.id == receipt.c.party_id)
        )
        .where(receipt.c.id == receipt_id)
    ).one()


def receipt_postings(reading: Reading, receipt_id: int) -> tuple[PostingDraft, ...]:
    """Return a receipt's receivable and credit postings, summed by what they name."""
    keys = [name for name in _DIMENSIONS if name not in {"amount_minor", "reverses_posting_id"}]
    keys = [name for name in keys if name not in {"reason_code", "cause"}]
    total = sa.func.sum(posting.c.amount_minor).label("amount_minor")
    rows = reading.execute(
        sa.select(*(posting.c[name] for name in keys), total)
        .where(posting.c.receipt_id == receipt_id, posting.c.account.in_((*RECEIVABLES, *CREDITS)))
        .group_by(*(posting.c[name] for name in keys))
        .having(total != 0)
    )
    return tuple(
        PostingDraft(
            **{name: getattr(row, name) for name in keys},
            amount_minor=int(row.amount_minor),
            cause="returned",
        )
        for row in rows
    )


def entry_summary(reading: Reading, entry_id: int) -> Any:
    """Return an entry's kind, day and author, for the rules of reversing."""
    return reading.execute(
        sa.select(entry.c.id, entry.c.kind, entry.c.business_on, entry.c.user_id).where(
            entry.c.id == entry_id
        )
    ).one()


def fees(reading: Reading, text: str, on: date, limit: int = 20) -> tuple[FeeRow, ...]:
    """Return prices valid on a day whose code or words match, exact codes first."""
    words = fold(text).split()
    statement = (
        sa.select(fee.c.code, fee.c.description, fee.c.amount_minor)
        .join(fee_schedule, fee_schedule.c.id == fee.c.schedule_id)
        .where(
            fee_schedule.c.is_default.is_(True),
            fee.c.from_on <= on,
            sa.or_(fee.c.to_on.is_(None), fee.c.to_on >= on),
            *(fee.c.folded.contains(word, autoescape=True) for word in words),
        )
        .order_by(sa.case((fee.c.code == text.strip().upper(), 0), else_=1), fee.c.code)
        .limit(limit)
    )
    return tuple(FeeRow(r.code, r.description, r.amount_minor) for r in reading.execute(statement))
