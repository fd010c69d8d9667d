# SPDX-License-Identifier: Apache-2.0
"""The single records behind an account: charges, receipts, entries, prices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.queries.accounts import same_person
from clinicdesk.billing.tables import charge, fee, fee_schedule
from clinicdesk.kernel.folding import fold
from clinicdesk.ledger.model import CREDITS, DIMENSIONS, RECEIVABLES, PostingDraft
from clinicdesk.ledger.tables import entry, open_amount, posting, receipt
from clinicdesk.patients.tables import patient, payer
from clinicdesk.storage.records import Reading


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
    tax_code: str | None = None


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
            payer,
            sa.and_(
                receipt.c.party_kind.in_(("payer", "agency")), payer.c.id == receipt.c.party_id
            ),
        )
        .outerjoin(
            who, sa.and_(receipt.c.party_kind == "guarantor", who.c.id == receipt.c.party_id)
        )
        .where(receipt.c.id == receipt_id)
    ).one()


def receipt_postings(reading: Reading, receipt_id: int) -> tuple[PostingDraft, ...]:
    """Return a receipt's receivable and credit postings, summed by what they name."""
    keys = [name for name in DIMENSIONS if name not in {"amount_minor", "reverses_posting_id"}]
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
        sa.select(fee.c.code, fee.c.description, fee.c.amount_minor, fee.c.tax_code)
        .join(fee_schedule, fee_schedule.c.id == fee.c.schedule_id)
        .where(
            fee_schedule.c.is_default == sa.literal_column("1"),
            fee.c.from_on <= on,
            sa.or_(fee.c.to_on.is_(None), fee.c.to_on >= on),
            *(fee.c.folded.contains(word, autoescape=True) for word in words),
        )
        .order_by(sa.case((fee.c.code == text.strip().upper(), 0), else_=1), fee.c.code)
        .limit(limit)
    )
    return tuple(
        FeeRow(r.code, r.description, r.amount_minor, r.tax_code)
        for r in reading.execute(statement)
    )


def fee_valid_on(reading: Reading, code: str, on: date) -> FeeRow | None:
    """Return the clinic's own price of exactly this code on a day."""
    row = reading.execute(
        sa.select(fee.c.code, fee.c.description, fee.c.amount_minor, fee.c.tax_code)
        .join(fee_schedule, fee_schedule.c.id == fee.c.schedule_id)
        .where(
            fee_schedule.c.is_default == sa.literal_column("1"),
            fee.c.code == code,
            fee.c.from_on <= on,
            sa.or_(fee.c.to_on.is_(None), fee.c.to_on >= on),
        )
        .order_by(fee.c.from_on.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    return FeeRow(row.code, row.description, row.amount_minor, row.tax_code)


def on_account(reading: Reading, charge_id: int, account: str) -> int:
    """Return what a charge's postings left on one account."""
    return int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(posting.c.amount_minor), 0)).where(
                posting.c.charge_id == charge_id, posting.c.account == account
            )
        ).scalar_one()
    )


def owing_as(reading: Reading, charge_id: int, party: tuple[str, int]) -> tuple[str, int]:
    """Return under which record of a guarantor a charge is owed, if the records were merged."""
    if party[0] != "guarantor":
        return party
    found = reading.execute(
        sa.select(open_amount.c.party_id)
        .where(
            open_amount.c.charge_id == charge_id,
            open_amount.c.party_kind == "guarantor",
            open_amount.c.party_id.in_(same_person(reading, party[1])),
            open_amount.c.amount_minor > 0,
        )
        .order_by(sa.case((open_amount.c.party_id == party[1], 0), else_=1))
        .limit(1)
    ).scalar()
    return party if found is None else ("guarantor", int(found))


def open_on(reading: Reading, charge_id: int, party: tuple[str, int]) -> int:
    """Return what one party owes on a charge."""
    return int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(open_amount.c.amount_minor), 0)).where(
                open_amount.c.charge_id == charge_id,
                open_amount.c.party_kind == party[0],
                open_amount.c.party_id == party[1],
            )
        ).scalar_one()
    )
