# SPDX-License-Identifier: Apache-2.0
"""R2: who owes what, by age of the service, as of a day.

From the open amount of each charge and party now, less what was posted after the day; so the
same question asked later gives the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.closing.model import RECEIVABLE, AgingRow
from clinicdesk.ledger.tables import credit_amount, entry, open_amount, posting, receipt
from clinicdesk.patients.tables import contact, patient
from clinicdesk.storage.records import Reading

_CHUNK = 500


def rows(reading: Reading, as_of: date) -> tuple[AgingRow, ...]:
    """Return R2, largest first."""
    owed = {row.owner: row for row in reading.execute(_owed(as_of))}
    held = {row.owner: row.held for row in reading.execute(_held(as_of)) if row.held}
    owners = sorted({o for o, row in owed.items() if any(tuple(row)[1:])} | set(held))
    people = _people(reading, owners)
    last = _last_payments(reading, owners, as_of)
    found = []
    for owner in owners:
        sums = owed.get(owner)
        buckets = tuple(map(int, tuple(sums)[1:6])) if sums is not None else (0, 0, 0, 0, 0)
        account, name, phone = people[owner]
        paid_on, paid = last.get(owner, (None, None))
        found.append(
            AgingRow(
                guarantor_id=owner,
                account=account,
                name=name,
                phone=phone,
                buckets=(buckets[0], buckets[1], buckets[2], buckets[3], buckets[4]),
                insurer_minor=int(sums.insurer) if sums is not None else 0,
                credit_minor=held.get(owner, 0),
                last_payment_on=paid_on,
                last_payment_minor=paid,
            )
        )
    return tuple(sorted(found, key=lambda row: (-row.total_minor, row.name, row.guarantor_id)))


def over_90_share(reading: Reading, as_of: date) -> tuple[int, int]:
    """Return what is owed for more than 90 days, and all that is owed."""
    sums = sa.select(*_buckets(as_of)).select_from(_open_with_charge(as_of))
    totals = [int(v or 0) for v in reading.execute(sums).one()]
    return totals[3] + totals[4], sum(totals)


# ── statements ───────────────────────────────────────────────────────────────────────────────


def _open(as_of: date) -> sa.Subquery:
    now = sa.select(
        open_amount.c.charge_id,
        open_amount.c.party_kind,
        open_amount.c.party_id,
        open_amount.c.amount_minor,
    ).where(open_amount.c.account.in_(RECEIVABLE), open_amount.c.amount_minor != 0)
    later = (
        sa.select(
            posting.c.charge_id,
            posting.c.party_kind,
            posting.c.party_id,
            (-posting.c.amount_minor).label("amount_minor"),
        )
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(entry.c.business_on > as_of, posting.c.account.in_(RECEIVABLE))
    )
    return sa.union_all(now, later).subquery("part")


def _open_with_charge(as_of: date) -> sa.FromClause:
    part = _open(as_of)
    owner_id = sa.case(
        (part.c.party_kind == "guarantor", part.c.party_id), else_=charge.c.guarantor_id
    )
    joined = (
        sa.select(
            sa.func.coalesce(patient.c.survivor_id, patient.c.id).label("owner"),
            part.c.party_kind,
            part.c.amount_minor,
            charge.c.service_on,
        )
        .select_from(part.join(charge, charge.c.id == part.c.charge_id))
        .join(patient, patient.c.id == owner_id)
    )
    return joined.subquery("owed")


def _buckets(as_of: date) -> list[sa.ColumnElement[Any]]:
    columns = sa.literal_column("owed.service_on", charge.c.service_on.type)
    amount: sa.ColumnElement[int] = sa.literal_column("owed.amount_minor", sa.BigInteger())
    edges = [as_of - timedelta(days=days) for days in (30, 60, 90, 120)]
    spans = (
        columns >= edges[0],
        sa.and_(columns < edges[0], columns >= edges[1]),
        sa.and_(columns < edges[1], columns >= edges[2]),
        sa.and_(columns < edges[2], columns >= edges[3]),
        columns < edges[3],
    )
    return [
        sa.func.coalesce(sa.func.sum(sa.case((span, amount), else_=0)), 0).label(f"bucket_{n}")
        for n, span in enumerate(spans)
    ]


def _owed(as_of: date) -> sa.Select[Any]:
    owed = _open_with_charge(as_of)
    insurer = sa.case((owed.c.party_kind == "payer", owed.c.amount_minor), else_=0)
    return (
        sa.select(owed.c.owner, *_buckets(as_of), sa.func.sum(insurer).label("insurer"))
        .select_from(owed)
        .group_by(owed.c.owner)
    )


def _held(as_of: date) -> sa.Select[Any]:
    """Patient credits now, less what was posted to them after the day."""
    account = "2100"
    now = sa.select(credit_amount.c.party_id, credit_amount.c.amount_minor).where(
        credit_amount.c.account == account,
        credit_amount.c.party_kind == "guarantor",
        credit_amount.c.amount_minor != 0,
    )
    later = (
        sa.select(posting.c.party_id, posting.c.amount_minor)
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(
            entry.c.business_on > as_of,
            posting.c.account == account,
            posting.c.party_kind == "guarantor",
        )
    )
    part = sa.union_all(now, later).subquery("held")
    owner = sa.func.coalesce(patient.c.survivor_id, patient.c.id)
    return (
        sa.select(owner.label("owner"), sa.func.sum(part.c.amount_minor).label("held"))
        .select_from(part.join(patient, patient.c.id == part.c.party_id))
        .group_by(owner)
    )


def _people(reading: Reading, owners: list[int]) -> dict[int, tuple[str, str, str]]:
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
    found = {}
    for part in _parts(owners):
        statement = sa.select(
            patient.c.id,
            patient.c.chart_number,
            patient.c.family_name,
            patient.c.given_name,
            phone.label("phone"),
        ).where(patient.c.id.in_(part))
        for row in reading.execute(statement):
            name = ", ".join(word for word in (row.family_name, row.given_name) if word)
            found[row.id] = (row.chart_number, name, row.phone or "")
    return found


def _last_payments(reading: Reading, owners: list[int], as_of: date) -> dict[int, tuple[date, int]]:
    newest = (
        sa.select(sa.func.max(receipt.c.id).label("id"))
        .where(receipt.c.party_kind == "guarantor", receipt.c.received_on <= as_of)
        .group_by(receipt.c.party_id)
        .subquery("newest")
    )
    wanted = set(owners)
    statement = sa.select(receipt.c.party_id, receipt.c.received_on, receipt.c.amount_minor).join(
        newest, newest.c.id == receipt.c.id
    )
    return {
        row.party_id: (row.received_on, row.amount_minor)
        for row in reading.execute(statement)
        if row.party_id in wanted
    }


def _parts(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
