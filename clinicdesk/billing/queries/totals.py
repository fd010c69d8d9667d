# SPDX-License-Identifier: Apache-2.0
"""What the reports sum: aging, production and income, receivables, receipts.

Each figure comes from one statement; the proof page compares it with another table's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.ledger.model import CREDITS, RECEIVABLES
from clinicdesk.ledger.tables import credit_amount, day_total, open_amount, receipt
from clinicdesk.patients.tables import contact, patient
from clinicdesk.schedule.tables import visit
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class AgingRow:
    """A guarantor's open amounts by age (R2).

    Attributes:
        buckets: 0-30, 31-60, 61-90, 91-120, over 120 days since service.
        insurance_minor: the part of the total that payers owe.
        credit_minor: held unapplied for the family.
    """

    guarantor_id: int
    name: str
    chart_number: str
    phone: str
    buckets: tuple[int, int, int, int, int]
    insurance_minor: int
    credit_minor: int
    last_payment_on: date | None
    last_payment_minor: int

    @property
    def total_minor(self) -> int:
        """All buckets."""
        return sum(self.buckets)

    @property
    def patient_minor(self) -> int:
        """What the guarantor owes without insurers."""
        return self.total_minor - self.insurance_minor


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """A provider's production and income (R5); amounts as they read, write-offs negative."""

    provider_id: int
    name: str
    visits: int
    production_minor: int
    adjustments_minor: int
    write_offs_minor: int
    patient_income_minor: int
    insurance_income_minor: int

    @property
    def net_minor(self) -> int:
        """Production after adjustments and contractual write-offs."""
        return self.production_minor + self.adjustments_minor + self.write_offs_minor

    @property
    def income_minor(self) -> int:
        """Both incomes."""
        return self.patient_income_minor + self.insurance_income_minor


@dataclass(frozen=True, slots=True)
class RollRow:
    """A day of the receivables roll-forward (R8); each column as it changes the receivable."""

    on: date
    production_minor: int
    tax_minor: int
    adjustments_minor: int
    write_offs_minor: int
    patient_payments_minor: int
    insurance_payments_minor: int
    refunds_minor: int
    transfers_minor: int
    ending_minor: int

    @property
    def change_minor(self) -> int:
        """The day's change."""
        return (
            self.production_minor
            + self.tax_minor
            + self.adjustments_minor
            + self.write_offs_minor
            + self.patient_payments_minor
            + self.insurance_payments_minor
            + self.refunds_minor
            + self.transfers_minor
        )


@dataclass(frozen=True, slots=True)
class MethodRow:
    """Receipts of one method (R9)."""

    method: str
    count: int
    amount_minor: int


def aging(reading: Reading, on: date) -> tuple[AgingRow, ...]:
    """Return every guarantor with something open or held, by name (R2)."""
    limits = [on - timedelta(days=days) for days in (30, 60, 90, 120)]
    bucket = sa.case(
        (charge.c.service_on >= limits[0], 0),
        (charge.c.service_on >= limits[1], 1),
        (charge.c.service_on >= limits[2], 2),
        (charge.c.service_on >= limits[3], 3),
        else_=4,
    )
    amount = open_amount.c.amount_minor

    def sums(number: int) -> sa.ColumnElement[int]:
        return sa.func.sum(sa.case((bucket == number, amount), else_=0)).label(f"b{number}")

    insured = sa.case((open_amount.c.party_kind == "payer", amount), else_=0)
    owed = {
        row.guarantor_id: row
        for row in reading.execute(
            sa.select(
                charge.c.guarantor_id,
                *(sums(number) for number in range(5)),
                sa.func.sum(insured).label("insured"),
            )
            .join(charge, charge.c.id == open_amount.c.charge_id)
            .where(amount != 0)
            .group_by(charge.c.guarantor_id)
        )
    }
    held: dict[int, int] = {}
    for row in reading.execute(
        sa.select(
            sa.case(
                (credit_amount.c.party_kind == "guarantor", credit_amount.c.party_id),
                else_=sa.func.coalesce(credit_amount.c.patient_id, 0),
            ).label("who"),
            sa.func.sum(credit_amount.c.amount_minor).label("held"),
        )
        .where(credit_amount.c.amount_minor != 0)
        .group_by("who")
    ):
        held[row.who] = int(row.held)
    who = sorted(owed.keys() | held.keys())
    names, phones, paid = _people(reading, who), _phones(reading, who), _last_payments(reading, who)
    result = [
        AgingRow(
            guarantor_id=number,
            name=names.get(number, ("", ""))[0],
            chart_number=names.get(number, ("", ""))[1],
            phone=phones.get(number, ""),
            buckets=_buckets(owed.get(number)),
            insurance_minor=int(owed[number].insured) if number in owed else 0,
            credit_minor=held.get(number, 0),
            last_payment_on=paid.get(number, (None, 0))[0],
            last_payment_minor=paid.get(number, (None, 0))[1],
        )
        for number in who
    ]
    return tuple(sorted(result, key=lambda row: (row.name.casefold(), row.guarantor_id)))


def _buckets(row: sa.Row[tuple[int, ...]] | None) -> tuple[int, int, int, int, int]:
    if row is None:
        return (0, 0, 0, 0, 0)
    return (int(row.b0), int(row.b1), int(row.b2), int(row.b3), int(row.b4))


def _people(reading: Reading, who: list[int]) -> dict[int, tuple[str, str]]:
    rows = reading.execute(
        sa.select(patient.c.id, patient.c.family_name, patient.c.given_name, patient.c.chart_number)
        if len(who) > 500
        else sa.select(
            patient.c.id, patient.c.family_name, patient.c.given_name, patient.c.chart_number
        ).where(patient.c.id.in_(who))
    )
    return {row.id: (f"{row.family_name}, {row.given_name}", row.chart_number) for row in rows}


def _phones(reading: Reading, who: list[int]) -> dict[int, str]:
    wanted = set(who)
    rows = reading.execute(
        sa.select(contact.c.patient_id, contact.c.value)
        .where(contact.c.kind.in_(("mobile", "phone")), contact.c.archived.is_(False))
        .order_by(contact.c.rank.desc(), contact.c.id.desc())
    )
    return {row.patient_id: row.value for row in rows if row.patient_id in wanted}


def _last_payments(reading: Reading, who: list[int]) -> dict[int, tuple[date | None, int]]:
    wanted = set(who)
    rows = reading.execute(
        sa.select(receipt.c.party_id, receipt.c.received_on, receipt.c.amount_minor)
        .where(receipt.c.party_kind == "guarantor")
        .order_by(receipt.c.id)
    )
    return {
        row.party_id: (row.received_on, row.amount_minor) for row in rows if row.party_id in wanted
    }


def by_provider(
    reading: Reading, first: date, last: date, visits_from: int, visits_to: int
) -> tuple[ProviderRow, ...]:
    """Return production and income by provider (R5); 0 is what names no provider.

    ``visits_from`` and ``visits_to`` are the month's first and one-past-last UTC instants in
    microseconds, as visits are kept.
    """
    sums: dict[int, dict[str, int]] = {}
    for row in reading.execute(
        sa.select(
            day_total.c.provider_id,
            day_total.c.cause,
            day_total.c.party_kind,
            sa.func.sum(day_total.c.amount_minor).label("amount"),
        )
        .where(
            day_total.c.business_on.between(first, last),
            day_total.c.account.in_((*RECEIVABLES, *CREDITS)),
        )
        .group_by(day_total.c.provider_id, day_total.c.cause, day_total.c.party_kind)
    ):
        column = _column(row.cause, row.party_kind)
        line = sums.setdefault(row.provider_id, {})
        line[column] = line.get(column, 0) + int(row.amount)
    started = sa.type_coerce(visit.c.started_at, sa.BigInteger)
    counts: dict[int, int] = {}
    for row in reading.execute(
        sa.select(visit.c.provider_id, sa.func.count().label("visits"))
        .where(started >= visits_from, started < visits_to, visit.c.state != "cancelled")
        .group_by(visit.c.provider_id)
    ):
        counts[row.provider_id] = int(row.visits)
    names: dict[int, str] = {}
    for row in reading.execute(sa.select(staff_member.c.id, staff_member.c.name)):
        names[row.id] = row.name
    who = sorted(
        sums.keys() | counts.keys(), key=lambda number: (number == 0, names.get(number, ""))
    )
    return tuple(
        ProviderRow(
            provider_id=number,
            name=names.get(number, ""),
            visits=counts.get(number, 0),
            production_minor=sums.get(number, {}).get("production", 0),
            adjustments_minor=sums.get(number, {}).get("adjustments", 0),
            write_offs_minor=sums.get(number, {}).get("write_offs", 0),
            patient_income_minor=-sums.get(number, {}).get("patient", 0),
            insurance_income_minor=-sums.get(number, {}).get("insurance", 0),
        )
        for number in who
    )


def roll_forward(reading: Reading, first: date, last: date) -> tuple[int, tuple[RollRow, ...]]:
    """Return the opening receivable and each day's change with its end (R8), from day totals."""
    opening = reading.execute(
        sa.select(sa.func.coalesce(sa.func.sum(day_total.c.amount_minor), 0)).where(
            day_total.c.business_on < first, day_total.c.account.in_(RECEIVABLES)
        )
    ).scalar_one()
    days: dict[date, dict[str, int]] = {}
    for row in reading.execute(
        sa.select(
            day_total.c.business_on,
            day_total.c.cause,
            day_total.c.party_kind,
            sa.func.sum(day_total.c.amount_minor).label("amount"),
        )
        .where(day_total.c.business_on.between(first, last), day_total.c.account.in_(RECEIVABLES))
        .group_by(day_total.c.business_on, day_total.c.cause, day_total.c.party_kind)
    ):
        column = _column(row.cause, row.party_kind)
        line = days.setdefault(row.business_on, {})
        line[column] = line.get(column, 0) + int(row.amount)
    rows, ending, day = [], int(opening), first
    while day <= last:
        line = days.get(day, {})
        ending += sum(line.values())
        rows.append(
            RollRow(
                on=day,
                production_minor=line.get("production", 0),
                tax_minor=line.get("tax", 0),
                adjustments_minor=line.get("adjustments", 0),
                write_offs_minor=line.get("write_offs", 0),
                patient_payments_minor=line.get("patient", 0),
                insurance_payments_minor=line.get("insurance", 0),
                refunds_minor=line.get("refunds", 0),
                transfers_minor=line.get("transfers", 0),
                ending_minor=ending,
            )
        )
        day += timedelta(days=1)
    return int(opening), tuple(rows)


def _column(cause: str, party_kind: str) -> str:
    if cause == "charge":
        return "production"
    if cause == "payment":
        return "insurance" if party_kind == "payer" else "patient"
    if cause in {"refund", "take-back", "returned"}:
        return "refunds"
    simple = {"tax": "tax", "contractual": "write_offs", "transfer": "transfers"}
    return simple.get(cause, "adjustments")


def by_method(reading: Reading, first: date, last: date) -> tuple[MethodRow, ...]:
    """Return receipts by method (R9), from the receipts themselves."""
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
