# SPDX-License-Identifier: Apache-2.0
"""The register of one account: every movement in posting order, with its running balance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.queries.accounts import same_person
from clinicdesk.billing.tables import charge
from clinicdesk.ledger.model import CREDITS, RECEIVABLES
from clinicdesk.ledger.tables import entry, open_amount, posting, receipt
from clinicdesk.patients.tables import payer
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the register: what one entry did to what is owed or held.

    Attributes:
        id: entry id; ``seq`` is the same number and orders the register. 0 on a charge of zero,
            which has no entry.
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


def lines(reading: Reading, patient_id: int) -> tuple[AccountLine, ...]:
    """Return the patient's whole register in posting order, with its running balance.

    The balance counts receivables (debit) and credits (liabilities, negative): what the account
    owes after money already held for it. Charges of zero stand where they were made.
    """
    moved, records = posting.c.amount_minor, same_person(reading, patient_id)
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
            entry.c.posted_at,
            entry.c.reverses_id,
            sa.exists().where(_again.c.reverses_id == entry.c.id).label("reversed"),
        )
        .select_from(posting)
        .join(entry, entry.c.id == posting.c.entry_id)
        .outerjoin(charge, charge.c.id == posting.c.charge_id)
        .outerjoin(receipt, receipt.c.id == posting.c.receipt_id)
        .outerjoin(
            payer,
            sa.and_(
                posting.c.party_kind.in_(("payer", "agency")), payer.c.id == posting.c.party_id
            ),
        )
        .outerjoin(staff_member, staff_member.c.id == posting.c.provider_id)
        .where(posting.c.patient_id.in_(records), posting.c.account.in_((*RECEIVABLES, *CREDITS)))
        .order_by(entry.c.seq, posting.c.line)
    )
    still_open: dict[int, int] = {}
    for row in reading.execute(
        sa.select(open_amount.c.charge_id, sa.func.sum(open_amount.c.amount_minor).label("open"))
        .where(
            open_amount.c.patient_id.in_(records),
            open_amount.c.amount_minor != sa.literal_column("0"),  # as the partial index says it
        )
        .group_by(open_amount.c.charge_id)
    ):
        still_open[row.charge_id] = int(row.open)
    result, balance = [], 0
    free = _free_charges(reading, records)
    waiting = next(free, None)
    for row in rows:
        while waiting is not None and waiting[0] < row.posted_at:
            result.append(_free_line(waiting[1], balance))
            waiting = next(free, None)
        balance += row.amount_minor
        result.append(_line(row, balance, still_open))
    while waiting is not None:
        result.append(_free_line(waiting[1], balance))
        waiting = next(free, None)
    return tuple(result)


def _free_charges(reading: Reading, records: tuple[int, ...]) -> Iterator[tuple[datetime, Any]]:
    rows = reading.execute(
        sa.select(charge, staff_member.c.initials)
        .join(staff_member, staff_member.c.id == charge.c.provider_id)
        .where(
            charge.c.patient_id.in_(records),
            charge.c.amount_minor == 0,
            charge.c.tax_minor == 0,
        )
        .order_by(charge.c.created_at, charge.c.id)
    )
    return ((row.created_at, row) for row in rows.all())


def _free_line(row: Any, balance: int) -> AccountLine:
    return AccountLine(
        id=0,
        line=0,
        business_on=row.business_on,
        service_on=row.service_on,
        kind="charge",
        cause="charge",
        reference=f"V-{row.id}",
        description=f"{row.description} {row.code}".strip(),
        provider=row.initials,
        payer="",
        charge_minor=0,
        payment_minor=None,
        adjustment_minor=None,
        balance_minor=balance,
        open_minor=0,
        charge_id=row.id,
        receipt_id=None,
        memo="",
        reversed=row.reversed,
    )


_again = entry.alias("again")


def _line(row: Any, balance: int, still_open: dict[int, int]) -> AccountLine:
    sold = row.cause == "package" and (row.amount_minor > 0) == (row.reverses_id is None)
    charged = row.cause in {"charge", "tax"} or sold
    is_money = row.cause in {"payment", "refund", "take-back", "returned", "package"} and not sold
    if charged:
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
        charge_minor=row.amount_minor if charged else None,
        payment_minor=-row.amount_minor if is_money else None,
        adjustment_minor=None if is_money or charged else row.amount_minor,
        balance_minor=balance,
        open_minor=(
            still_open.get(row.charge_id, 0) if charged and row.reverses_id is None else None
        ),
        charge_id=row.charge_id,
        receipt_id=row.receipt_id,
        memo=row.memo,
        reversed=bool(row.reversed),
    )
