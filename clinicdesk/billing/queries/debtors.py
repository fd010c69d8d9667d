# SPDX-License-Identifier: Apache-2.0
"""Who owes what, by age of the service (R2): for the list of debtors and for the month end.

From the amounts kept open, less what was posted since where an earlier day or entry is asked for;
so the same question asked later gives the same answer, and ten years are not added up for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.ledger.model import CREDITS, RECEIVABLES
from clinicdesk.ledger.queries import NOW, AsOf
from clinicdesk.ledger.tables import credit_amount, entry, open_amount, posting, receipt
from clinicdesk.patients.tables import contact, patient
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Day

_EDGES = (30, 60, 90, 120)


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


def debtors(
    reading: Reading,
    on: date,
    as_of: AsOf = NOW,
    *,
    owed_on: tuple[str, ...] = RECEIVABLES,
    held_on: tuple[str, ...] = CREDITS,
) -> tuple[DebtorRow, ...]:
    """Return every guarantor with something open or held, the largest debt first.

    Args:
        reading: the snapshot.
        on: the day ages are counted to.
        as_of: up to where the books are read.
        owed_on: accounts of what is open.
        held_on: accounts of what is held.
    """
    values = _values(on, as_of)
    found: Any = reading.execute(_held(_known(as_of), held_on), values)
    held = {owner: int(minor) for owner, minor in found if minor}
    paid = _last_payments(reading, as_of, values)
    found = reading.execute(_owed(_known(as_of), owed_on), values)
    rows = []
    for owner, chart_number, family, given, phone, *amounts in found:
        credit = held.pop(owner, 0)
        if credit or any(amounts):
            rows.append(_row((owner, chart_number, family, given, phone), amounts, credit, paid))
    if held:  # of those who owe nothing
        people = reading.execute(_PEOPLE, {"owners": list(held)})
        rows += [_row(tuple(who), (0,) * 7, held[who.id], paid) for who in people]
    return tuple(sorted(rows, key=lambda row: (-row.total_minor, row.name, row.guarantor_id)))


def aged(
    reading: Reading, on: date, as_of: AsOf = NOW, *, owed_on: tuple[str, ...] = RECEIVABLES
) -> tuple[int, ...]:
    """Return what is open altogether in each of the five buckets."""
    found = reading.execute(_all_owed(_known(as_of), owed_on), _values(on, as_of)).one()
    return tuple(int(minor or 0) for minor in tuple(found))


def _row(
    who: tuple[Any, ...],
    amounts: Sequence[int],
    credit: int,
    paid: dict[int, tuple[date, int]],
) -> DebtorRow:
    owner, chart_number, family, given, phone = who
    first, second, third, fourth, last, insurer, agency = map(int, amounts)
    day, minor = paid.get(owner, (None, 0))
    return DebtorRow(
        guarantor_id=owner,
        name=f"{family}, {given}" if family and given else family or given,
        chart_number=chart_number,
        phone=phone or "",
        buckets=(first, second, third, fourth, last),
        insurer_minor=insurer,
        agency_minor=agency,
        credit_minor=credit,
        last_payment_on=day,
        last_payment_minor=minor,
    )


# ── statements: each is built once, its dates and numbers are bound ──────────────────────────

_Known = tuple[bool, bool]  # whether the books are read up to a day, to an entry's number
_day = sa.bindparam("day", type_=Day())
_seq: sa.BindParameter[int] = sa.bindparam("seq", type_=sa.BigInteger())
_owner = sa.func.coalesce(patient.c.survivor_id, patient.c.id).label("owner")
_phone = (
    sa.select(contact.c.value)
    .where(
        contact.c.patient_id == patient.c.id,
        contact.c.kind.in_([sa.literal_column(f"'{kind}'") for kind in ("mobile", "phone")]),
        contact.c.archived == sa.literal_column("0"),
    )
    .order_by(contact.c.rank, contact.c.id)
    .limit(1)
    .correlate(patient)
    .scalar_subquery()
)
_WHO = (
    patient.c.id,
    patient.c.chart_number,
    patient.c.family_name,
    patient.c.given_name,
    _phone.label("phone"),
)
_PEOPLE = sa.select(*_WHO).where(patient.c.id.in_(sa.bindparam("owners", expanding=True)))


def _known(as_of: AsOf) -> _Known:
    return as_of.day is not None, as_of.seq is not None


def _values(on: date, as_of: AsOf) -> dict[str, Any]:
    days = {f"edge{edge}": on - timedelta(days=edge) for edge in _EDGES}
    return {**days, "day": as_of.day, "seq": as_of.seq}


def _covered(known: _Known) -> list[sa.ColumnElement[bool]]:
    """Return the conditions on ``entry`` under which the books are read."""
    by_day, by_number = known
    return [entry.c.business_on <= _day] * by_day + [entry.c.seq <= _seq] * by_number


def _late(accounts: tuple[str, ...]) -> sa.ColumnElement[bool]:
    """Return the condition on the account of late postings, such that no index serves it.

    Otherwise SQLite goes through ten years of the accounts for the postings of a few days.
    """
    return posting.c.account.concat("").in_(accounts)


def _open(known: _Known, accounts: tuple[str, ...]) -> sa.Subquery:
    names = ("charge_id", "party_kind", "party_id")
    kept = sa.select(*(open_amount.c[name] for name in names), open_amount.c.amount_minor).where(
        open_amount.c.account.in_(accounts), open_amount.c.amount_minor != sa.literal_column("0")
    )
    if not any(known):
        return kept.subquery("part")
    since = (
        sa.select(
            *(posting.c[name] for name in names), (-posting.c.amount_minor).label("amount_minor")
        )
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(sa.not_(sa.and_(*_covered(known))), _late(accounts))
    )
    return sa.union_all(kept, since).subquery("part")


def _sums(part: sa.Subquery) -> list[sa.ColumnElement[int]]:
    """Return the five buckets, what payers owe and what stands with agencies."""
    edges = [sa.bindparam(f"edge{edge}", type_=Day()) for edge in _EDGES]
    newer = tuple(
        (charge.c.service_on >= edge, sa.literal_column(str(n), sa.BigInteger))
        for n, edge in enumerate(edges)
    )
    bucket = sa.case(*newer, else_=sa.literal_column(str(len(edges))))
    conditions = [bucket == sa.literal_column(str(n)) for n in range(len(edges) + 1)]
    conditions += [part.c.party_kind == kind for kind in ("payer", "agency")]
    return [
        sa.func.sum(sa.case((condition, part.c.amount_minor), else_=sa.literal_column("0"))).label(
            f"sum_{n}"
        )
        for n, condition in enumerate(conditions)
    ]


@lru_cache(maxsize=16)
def _owed(known: _Known, accounts: tuple[str, ...]) -> sa.Select[Any]:
    part = _open(known, accounts)
    family = sa.case(
        (part.c.party_kind == "guarantor", part.c.party_id), else_=charge.c.guarantor_id
    )
    sums: Any = (
        sa.select(_owner, *_sums(part))
        .select_from(part.join(charge, charge.c.id == part.c.charge_id))
        .join(patient, patient.c.id == family)
        .group_by(_owner)
    )
    owed = sums.subquery("owed")
    amounts = (column for column in owed.c if column.name != "owner")
    found: Any = sa.select(*_WHO, *amounts).join_from(owed, patient, patient.c.id == owed.c.owner)
    return found  # type: ignore[no-any-return]


@lru_cache(maxsize=16)
def _all_owed(known: _Known, accounts: tuple[str, ...]) -> sa.Select[Any]:
    part = _open(known, accounts)
    found: Any = sa.select(*_sums(part)[: len(_EDGES) + 1]).select_from(
        part.join(charge, charge.c.id == part.c.charge_id)
    )
    return found  # type: ignore[no-any-return]


@lru_cache(maxsize=16)
def _held(known: _Known, accounts: tuple[str, ...]) -> sa.Select[Any]:
    kept = sa.select(credit_amount.c.party_id, credit_amount.c.amount_minor).where(
        credit_amount.c.account.in_(accounts),
        credit_amount.c.party_kind == "guarantor",
        credit_amount.c.amount_minor != sa.literal_column("0"),
    )
    part = kept.subquery("held")
    if any(known):
        since = (
            sa.select(posting.c.party_id, posting.c.amount_minor)
            .join_from(entry, posting, posting.c.entry_id == entry.c.id)
            .where(
                sa.not_(sa.and_(*_covered(known))),
                _late(accounts),
                posting.c.party_kind == "guarantor",
            )
        )
        part = sa.union_all(kept, since).subquery("held")
    return (
        sa.select(_owner, sa.func.sum(part.c.amount_minor).label("held"))
        .select_from(part.join(patient, patient.c.id == part.c.party_id))
        .group_by(_owner)
    )


def _last_payments(
    reading: Reading, as_of: AsOf, values: dict[str, Any]
) -> dict[int, tuple[date, int]]:
    rows: Any = reading.execute(_paid(_known(as_of)), values)
    return {owner: (day, minor) for owner, day, minor in rows}


@lru_cache(maxsize=4)
def _paid(known: _Known) -> sa.Select[Any]:
    by_day, by_number = known
    newest = sa.select(sa.func.max(receipt.c.id).label("id")).where(
        receipt.c.party_kind == "guarantor"
    )
    if by_day:
        newest = newest.where(receipt.c.received_on <= _day)
    if by_number:
        paid = (
            sa.select(posting.c.receipt_id)
            .join_from(posting, entry, entry.c.id == posting.c.entry_id)
            .where(entry.c.seq <= _seq, posting.c.receipt_id.is_not(None))
        )
        newest = newest.where(receipt.c.id.in_(paid))
    last = newest.group_by(receipt.c.party_id).subquery("newest")
    found: sa.Select[Any] = (
        sa.select(_owner, receipt.c.received_on, receipt.c.amount_minor)
        .join_from(receipt, last, last.c.id == receipt.c.id)
        .join(patient, patient.c.id == receipt.c.party_id)
        .order_by(receipt.c.id)
    )
    return found
