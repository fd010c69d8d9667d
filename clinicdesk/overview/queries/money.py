# SPDX-License-Identifier: Apache-2.0
"""What the books say: taken, produced, owed for long, and who pays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.closing.model import MONEY, OWED, RECEIVABLE
from clinicdesk.closing.queries import movements, summary
from clinicdesk.closing.queries.movements import ADJUSTED, APPLIED, WRITTEN_OFF
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.tables import day_total, entry, open_amount, posting, receipt
from clinicdesk.overview.queries.rows import (
    CountGroup,
    LateRow,
    MixRow,
    PlannedRow,
    ProducedGroup,
    ProducedRow,
    TakenRow,
)
from clinicdesk.patients.tables import patient, payer
from clinicdesk.schedule.queries.book import shown_name
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading

LATE_DAYS = 90


# ── taken ────────────────────────────────────────────────────────────────────────────────────


def taken(reading: Reading, days: Sequence[date]) -> tuple[int, ...]:
    """Return what was received on each day, less what was given back, from the day totals."""
    found = {
        row.business_on: int(row.amount)
        for row in reading.execute(
            sa.select(
                day_total.c.business_on, sa.func.sum(day_total.c.amount_minor).label("amount")
            )
            .where(
                day_total.c.account.in_(MONEY),
                day_total.c.cause.in_(APPLIED),
                day_total.c.business_on.in_(days),
            )
            .group_by(day_total.c.business_on)
        )
    }
    return tuple(found.get(day, 0) for day in days)


def taken_rows(reading: Reading, on: date, method: str) -> tuple[TakenRow, ...]:
    """Return the receipts of a day and a way of paying, the largest first."""
    way = sa.func.coalesce(posting.c.method, receipt.c.method, "")
    number = sa.func.coalesce(receipt.c.number, "")
    amount = sa.func.sum(posting.c.amount_minor)
    statement = (
        sa.select(
            sa.func.min(posting.c.id).label("id"),
            number.label("number"),
            patient.c.id.label("patient_id"),
            patient.c.family_name,
            patient.c.given_name,
            amount.label("amount"),
        )
        .select_from(entry.join(posting, posting.c.entry_id == entry.c.id))
        .outerjoin(receipt, receipt.c.id == posting.c.receipt_id)
        .outerjoin(patient, patient.c.id == posting.c.patient_id)
        .where(
            entry.c.business_on == on,
            movements.on_accounts(MONEY),
            posting.c.cause.in_(APPLIED),
            way == method,
        )
        .group_by(number, patient.c.id, patient.c.family_name, patient.c.given_name)
        .order_by(amount.desc())
    )
    return tuple(
        TakenRow(
            row.id,
            row.number,
            row.patient_id,
            shown_name(row.family_name, row.given_name, ""),
            int(row.amount),
        )
        for row in reading.execute(statement)
    )


# ── produced ─────────────────────────────────────────────────────────────────────────────────


def same_day_before(on: date) -> tuple[Month, date]:
    """Return the month before and its day of the same number, or its last."""
    before = Month.of(on).previous
    return before, min(before.last, before.first + timedelta(days=on.day - 1))


def produced_groups(reading: Reading, on: date) -> tuple[ProducedGroup, ...]:
    """Return R5 of the month up to a day, beside the month before up to the same day."""
    month, until = same_day_before(on)
    before = {row.provider_id: row.net_minor for row in movements.providers(reading, month, until)}
    return tuple(
        ProducedGroup(row, before.get(row.provider_id, 0))
        for row in movements.providers(reading, Month.of(on), on)
    )


def produced_rows(reading: Reading, on: date, provider_id: int) -> tuple[ProducedRow, ...]:
    """Return the postings that make up a provider's net production of the month, newest first."""
    produced = posting.c.account.concat("").in_(movements.income_accounts())
    income = sa.and_(produced, posting.c.cause == "charge")
    taken_off = sa.and_(movements.on_accounts(OWED), posting.c.cause.in_((*ADJUSTED, *WRITTEN_OFF)))
    statement = (
        sa.select(
            posting.c.id,
            entry.c.business_on,
            patient.c.id.label("patient_id"),
            patient.c.family_name,
            patient.c.given_name,
            charge.c.code,
            charge.c.description,
            posting.c.cause,
            sa.case((income, -posting.c.amount_minor), else_=posting.c.amount_minor).label(
                "amount"
            ),
        )
        .select_from(entry.join(posting, posting.c.entry_id == entry.c.id))
        .outerjoin(charge, charge.c.id == posting.c.charge_id)
        .outerjoin(patient, patient.c.id == posting.c.patient_id)
        .where(
            entry.c.business_on.between(Month.of(on).first, on),
            sa.func.coalesce(posting.c.provider_id, 0) == provider_id,
            sa.or_(income, taken_off),
        )
        .order_by(entry.c.business_on.desc(), posting.c.id.desc())
    )
    return tuple(
        ProducedRow(
            row.id,
            row.business_on,
            row.patient_id,
            shown_name(row.family_name, row.given_name, ""),
            row.code or "",
            row.description or "",
            row.cause,
            int(row.amount),
        )
        for row in reading.execute(statement)
    )


def against_plan(reading: Reading, month: Month) -> tuple[PlannedRow, ...]:
    """Return net receipts of twelve months beside what was planned to be produced."""
    return tuple(
        PlannedRow(
            row.month,
            row.receipts_minor,
            summary.planned_of(reading, row.month).get("net_production"),
        )
        for row in summary.trend(reading, month)
    )


# ── owed ─────────────────────────────────────────────────────────────────────────────────────


def _late(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        open_amount.c.account.in_(RECEIVABLE),
        open_amount.c.amount_minor != sa.literal_column("0"),
        charge.c.service_on < on - timedelta(days=LATE_DAYS),
    )


def late_groups(reading: Reading, on: date) -> tuple[CountGroup, ...]:
    """Return what is open for more than 90 days, by who gave the service."""
    amount = sa.func.sum(open_amount.c.amount_minor)
    statement = (
        sa.select(
            staff_member.c.id,
            staff_member.c.name,
            sa.func.count().label("lines"),
            amount.label("amount"),
        )
        .select_from(open_amount.join(charge, charge.c.id == open_amount.c.charge_id))
        .join(staff_member, staff_member.c.id == charge.c.provider_id)
        .where(*_late(on))
        .group_by(staff_member.c.id, staff_member.c.name)
        .order_by(amount.desc())
    )
    return tuple(
        CountGroup(row.id, row.name, int(row.lines), amount_minor=int(row.amount))
        for row in reading.execute(statement)
    )


def late_rows(reading: Reading, on: date, provider_id: int) -> tuple[LateRow, ...]:
    """Return the services of a provider on which something is open for long, the oldest first."""
    statement = (
        sa.select(
            charge.c.id,
            charge.c.service_on,
            patient.c.id.label("patient_id"),
            patient.c.family_name,
            patient.c.given_name,
            charge.c.code,
            charge.c.description,
            sa.case((open_amount.c.party_kind == "payer", payer.c.name), else_="").label("party"),
            open_amount.c.amount_minor,
        )
        .select_from(open_amount.join(charge, charge.c.id == open_amount.c.charge_id))
        .join(patient, patient.c.id == charge.c.patient_id)
        .outerjoin(payer, payer.c.id == open_amount.c.party_id)
        .where(*_late(on), charge.c.provider_id == provider_id)
        .order_by(charge.c.service_on, charge.c.id)
    )
    return tuple(
        LateRow(
            row.id,
            row.service_on,
            (on - row.service_on).days,
            row.patient_id,
            shown_name(row.family_name, row.given_name, ""),
            row.code,
            row.description,
            row.party or "",
            int(row.amount_minor),
        )
        for row in reading.execute(statement)
    )


def mix(reading: Reading, first: date, last: date) -> tuple[MixRow, ...]:
    """Return who paid how much, the most first, as R11 has it."""
    paid: Any = -sa.func.sum(day_total.c.amount_minor)
    statement = (
        sa.select(day_total.c.payer_id, payer.c.name, paid.label("paid"))
        .select_from(day_total.outerjoin(payer, payer.c.id == day_total.c.payer_id))
        .where(
            day_total.c.account.in_(RECEIVABLE),
            day_total.c.cause.in_(APPLIED),
            day_total.c.business_on.between(first, last),
        )
        .group_by(day_total.c.payer_id, payer.c.name)
    )
    rows = [MixRow(r.payer_id, r.name or "", int(r.paid)) for r in reading.execute(statement)]
    return tuple(sorted(rows, key=lambda row: (-row.payments_minor, row.name)))
