# SPDX-License-Identifier: Apache-2.0
"""R5, R8 and R9: what was produced, owed and received in a month, by business day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.closing.model import (
    MONEY,
    OWED,
    RECEIVABLE,
    WITH_AGENCY,
    DayRow,
    MethodRow,
    PriorRow,
    ProviderRow,
)  # fmt: skip
from clinicdesk.kernel.moments import Month, from_utc_minute
from clinicdesk.ledger.tables import account, day_total, entry, posting, receipt
from clinicdesk.schedule.tables import visit
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading

# Causes of decisions.md (Money) that say: money was applied to a charge, or taken back from it.
APPLIED = ("payment", "take-back", "returned", "refund")
GIVEN_BACK = ("take-back", "returned", "refund")
WRITTEN_OFF = ("contractual", "write-off")
ADJUSTED = ("adjustment", "discount", "interest")


def income_accounts() -> sa.Select[Any]:
    """Return the numbers of the accounts that charges are produced on."""
    return sa.select(account.c.number).where(account.c.kind == "income")


def on_accounts(accounts: Sequence[str]) -> sa.ColumnElement[bool]:
    """Return the condition that a posting of few days stands on one of the accounts.

    Worded so that no index serves it: SQLite keeps no statistics here, and would rather go
    through ten years of an account than through the days asked for.
    """
    return posting.c.account.concat("").in_(accounts)


def amount_where(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """Return the sum of posting amounts that meet all conditions."""
    met = sa.case((sa.and_(*conditions), posting.c.amount_minor), else_=0)
    return sa.func.coalesce(sa.func.sum(met), 0)


# ── R5 ───────────────────────────────────────────────────────────────────────────────────────


def providers(reading: Reading, month: Month, as_of: date) -> tuple[ProviderRow, ...]:
    """Return R5 from the month's postings, by the provider each of them names."""
    owed = posting.c.account.in_(OWED)
    insurer = posting.c.party_kind == "payer"
    not_insurer = sa.func.coalesce(posting.c.party_kind, "") != "payer"
    produced = sa.and_(posting.c.account.in_(income_accounts()), posting.c.cause == "charge")
    statement = (
        sa.select(
            sa.func.coalesce(posting.c.provider_id, 0).label("provider_id"),
            (-amount_where(produced)).label("production"),
            amount_where(owed, posting.c.cause.in_(ADJUSTED)).label("adjustments"),
            amount_where(owed, posting.c.cause.in_(WRITTEN_OFF)).label("write_offs"),
            (-amount_where(owed, posting.c.cause.in_(APPLIED), not_insurer)).label("patient"),
            (-amount_where(owed, posting.c.cause.in_(APPLIED), insurer)).label("insurer"),
        )
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(entry.c.business_on.between(month.first, as_of))
        .group_by(sa.func.coalesce(posting.c.provider_id, 0))
    )
    sums = {row.provider_id: row for row in reading.execute(statement)}
    seen = visits_by_provider(reading, month.first, as_of)
    names = {
        row.id: row.name
        for row in reading.execute(sa.select(staff_member.c.id, staff_member.c.name))
    }
    found = []
    for key in sums.keys() | seen.keys():
        row = sums.get(key)
        found.append(
            ProviderRow(
                provider_id=key,
                name=names.get(key, ""),
                visits=seen.get(key, 0),
                production_minor=int(row.production) if row else 0,
                adjustment_minor=int(row.adjustments) if row else 0,
                write_off_minor=int(row.write_offs) if row else 0,
                patient_income_minor=int(row.patient) if row else 0,
                insurer_income_minor=int(row.insurer) if row else 0,
            )
        )
    found = [row for row in found if row.visits or row.production_minor or _moved(row)]
    return tuple(sorted(found, key=lambda row: (not row.name, -row.net_minor, row.name)))


def _moved(row: ProviderRow) -> bool:
    return bool(row.adjustment_minor or row.write_off_minor or row.income_minor)


def visits_by_provider(reading: Reading, first: date, last: date) -> dict[int, int]:
    """Count finished visits that began on clinic days from first to last."""
    opens = from_utc_minute(reading.zone.day_span(first)[0])
    closes = from_utc_minute(reading.zone.day_span(last)[1])
    statement = (
        sa.select(visit.c.provider_id, sa.func.count().label("visits"))
        .where(
            visit.c.state == "finished",
            visit.c.started_at >= opens,
            visit.c.started_at < closes,
        )
        .group_by(visit.c.provider_id)
    )
    return {row.provider_id: int(row.visits) for row in reading.execute(statement)}


# ── R8 ───────────────────────────────────────────────────────────────────────────────────────


def days(reading: Reading, month: Month, as_of: date) -> tuple[int, tuple[DayRow, ...]]:
    """Return receivables before the month, and R8 from the day totals."""
    owed = day_total.c.account.in_(RECEIVABLE)
    opening = int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(day_total.c.amount_minor), 0)).where(
                owed, day_total.c.business_on < month.first
            )
        ).scalar_one()
    )
    statement = (
        sa.select(
            day_total.c.business_on,
            day_total.c.cause,
            day_total.c.party_kind,
            sa.func.sum(day_total.c.amount_minor).label("amount"),
        )
        .where(owed, day_total.c.business_on.between(month.first, as_of))
        .group_by(day_total.c.business_on, day_total.c.cause, day_total.c.party_kind)
    )
    by_day: defaultdict[date, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in reading.execute(statement):
        by_day[row.business_on][_column(row.cause, row.party_kind)] += int(row.amount)
    ending, found = opening, []
    for day in sorted(by_day):
        moved = by_day[day]
        ending += sum(moved.values())
        found.append(
            DayRow(on=day, **{name: moved[name] for name in _COLUMNS}, ending_minor=ending)
        )
    return opening, tuple(found)


_COLUMNS = (
    "production_minor", "tax_minor", "adjustment_minor", "write_off_minor",
    "patient_payment_minor", "insurer_payment_minor", "refund_minor", "agency_minor",
)  # fmt: skip


def _column(cause: str, party_kind: str) -> str:
    """Return the column of R8 a cause belongs to; a transfer nets to zero but for agencies."""
    if cause == "charge":
        return "production_minor"
    if cause == "tax":
        return "tax_minor"
    if cause == "transfer":
        return "agency_minor"
    if cause in WRITTEN_OFF:
        return "write_off_minor"
    if cause in GIVEN_BACK:
        return "refund_minor"
    if cause == "payment":
        return "insurer_payment_minor" if party_kind == "payer" else "patient_payment_minor"
    return "adjustment_minor"


def with_agencies(reading: Reading, as_of: date) -> int:
    """Return what is owed through collection agencies."""
    return -int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(-day_total.c.amount_minor), 0)).where(
                day_total.c.account.in_(WITH_AGENCY), day_total.c.business_on <= as_of
            )
        ).scalar_one()
    )


# ── R9 ───────────────────────────────────────────────────────────────────────────────────────


def methods(reading: Reading, month: Month, as_of: date) -> tuple[MethodRow, ...]:
    """Return R9 of a month from the postings on the money accounts."""
    return methods_between(reading, month.first, as_of)


def methods_between(reading: Reading, first: date, last: date) -> tuple[MethodRow, ...]:
    """Return R9 of a span of days."""
    method = sa.func.coalesce(posting.c.method, receipt.c.method, "")
    came_in = sa.and_(entry.c.reverses_id.is_(None), posting.c.cause == "payment")
    count = sa.func.count(sa.distinct(sa.case((came_in, posting.c.receipt_id))))
    statement = (
        sa.select(
            method.label("method"),
            count.label("receipts"),
            amount_where(came_in).label("amount"),
            amount_where(sa.not_(came_in)).label("returned"),
        )
        .select_from(entry.join(posting, posting.c.entry_id == entry.c.id))
        .outerjoin(receipt, receipt.c.id == posting.c.receipt_id)
        .where(
            entry.c.business_on.between(first, last),
            on_accounts(MONEY),
            posting.c.cause.in_(APPLIED),
        )
        .group_by(method)
    )
    found = [
        MethodRow(row.method, int(row.receipts), int(row.amount), int(row.returned))
        for row in reading.execute(statement)
    ]
    return tuple(sorted(found, key=lambda row: (-row.amount_minor, row.method)))


# ── changes to earlier months ────────────────────────────────────────────────────────────────


def prior(reading: Reading, month: Month, as_of: date) -> tuple[PriorRow, ...]:
    """Return what this month took off or put onto services of earlier months, without money."""
    posted_in = sa.func.substr(sa.type_coerce(charge.c.business_on, sa.Text()), 1, 7)
    statement = (
        sa.select(
            posted_in.label("month"),
            posting.c.cause,
            sa.func.count(sa.distinct(posting.c.charge_id)).label("charges"),
            sa.func.sum(posting.c.amount_minor).label("amount"),
        )
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .join(charge, charge.c.id == posting.c.charge_id)
        .where(
            entry.c.business_on.between(month.first, as_of),
            on_accounts(RECEIVABLE),
            posting.c.cause.not_in(("payment", "transfer")),
            charge.c.business_on < month.first,
        )
        .group_by(posted_in, posting.c.cause)
        .order_by(posted_in.desc(), posting.c.cause)
    )
    return tuple(
        PriorRow(row.cause, Month.parse(row.month), int(row.charges), int(row.amount))
        for row in reading.execute(statement)
    )
