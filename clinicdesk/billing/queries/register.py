# SPDX-License-Identifier: Apache-2.0
"""The register of one account: every movement in posting order, with its running balance."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from clinicdesk.billing.queries.accounts import RECORDS
from clinicdesk.billing.tables import charge
from clinicdesk.ledger.model import CREDITS, RECEIVABLES
from clinicdesk.ledger.tables import entry, open_amount, posting, receipt
from clinicdesk.patients.tables import payer
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading


class AccountLine(NamedTuple):
    """One line of the register: what one entry did to what is owed or held.

    A tuple, since a busy account has hundreds of them and they are made at every look.

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
    who = {"patient_id": patient_id}
    rows: Any = reading.execute(_LINES, who).fetchall()
    found: Any = reading.execute(_OPEN, who)
    still_open = {charge_id: int(minor) for charge_id, minor in found}
    undone = {row[_REVERSES] for row in rows}  # what undoes an entry stands on the same account
    free = list(reading.execute(_FREE, who))
    result, balance = [], 0
    for row in rows:
        while free and free[0].made < row[_POSTED]:
            result.append(_free_line(free.pop(0), balance))
        balance += row[_MOVED]
        result.append(_line(row, balance, still_open, undone))
    result += [_free_line(row, balance) for row in free]
    return tuple(result)


_LINES = (
    sa.select(
        entry.c.id,
        posting.c.line,
        entry.c.business_on,
        entry.c.kind,
        entry.c.memo,
        posting.c.cause,
        posting.c.charge_id,
        posting.c.receipt_id,
        posting.c.amount_minor,
        charge.c.service_on,
        charge.c.code,
        charge.c.description,
        receipt.c.number,
        receipt.c.method,
        payer.c.name,
        staff_member.c.initials,
        sa.type_coerce(entry.c.posted_at, sa.BigInteger),
        entry.c.reverses_id,
    )
    .select_from(posting)
    .join(entry, entry.c.id == posting.c.entry_id)
    .outerjoin(charge, charge.c.id == posting.c.charge_id)
    .outerjoin(receipt, receipt.c.id == posting.c.receipt_id)
    .outerjoin(
        payer,
        sa.and_(
            posting.c.party_kind.in_([sa.literal_column("'payer'"), sa.literal_column("'agency'")]),
            payer.c.id == posting.c.party_id,
        ),
    )
    .outerjoin(staff_member, staff_member.c.id == posting.c.provider_id)
    .where(
        posting.c.patient_id.in_(RECORDS),
        # Worded so that SQLite looks by patient, not through all that stands on the accounts.
        posting.c.account.concat("").in_(
            [sa.literal_column(f"'{n}'") for n in (*RECEIVABLES, *CREDITS)]
        ),
    )
    .order_by(entry.c.seq, posting.c.line)
)
_MOVED, _POSTED, _REVERSES = 8, 16, 17  # places of its columns
_OPEN = (
    sa.select(open_amount.c.charge_id, sa.func.sum(open_amount.c.amount_minor))
    .where(
        open_amount.c.patient_id.in_(RECORDS),
        open_amount.c.amount_minor != sa.literal_column("0"),  # as the partial index says it
    )
    .group_by(open_amount.c.charge_id)
)
_FREE = (
    sa.select(
        charge,
        staff_member.c.initials,
        sa.type_coerce(charge.c.created_at, sa.BigInteger).label("made"),
    )
    .join(staff_member, staff_member.c.id == charge.c.provider_id)
    .where(
        charge.c.patient_id.in_(RECORDS),
        charge.c.amount_minor == sa.literal_column("0"),
        charge.c.tax_minor == sa.literal_column("0"),
    )
    .order_by(charge.c.created_at, charge.c.id)
)


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


_MONEY = frozenset({"payment", "refund", "take-back", "returned", "package"})


def _line(
    row: Any, balance: int, still_open: dict[int, int], undone: set[int | None]
) -> AccountLine:
    (
        number, line, business_on, kind, memo, cause, charge_id, receipt_id, moved,
        service_on, code, description, receipt_number, method, paid_by, initials, _, reverses,
    ) = row  # fmt: skip
    sold = cause == "package" and (moved > 0) == (reverses is None)
    charged = sold or cause in {"charge", "tax"}
    is_money = not sold and cause in _MONEY
    if charged:
        words = f"{description or ''} {code or ''}".strip()
    else:
        words = (method if is_money else description) or ""
    return AccountLine(
        number,
        line,
        business_on,
        service_on,
        kind,
        cause,
        receipt_number or (f"V-{charge_id}" if charge_id else ""),
        words,
        initials or "",
        paid_by or "",
        moved if charged else None,
        -moved if is_money else None,
        None if is_money or charged else moved,
        balance,
        still_open.get(charge_id, 0) if charged and reverses is None else None,
        charge_id,
        receipt_id,
        memo,
        number in undone,
    )
