# SPDX-License-Identifier: Apache-2.0
"""What an import has to know of what is here already, read once for many lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from clinicdesk.billing.tables import fee, fee_schedule, tax_code
from clinicdesk.patients.tables import contact, patient, payer
from clinicdesk.staff.tables import staff_member
from clinicdesk.stock.tables import item
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A patient by what tells people apart; merged records are left out."""

    id: int
    sort_name: str
    born_on: date | None
    chart_number: str


@dataclass(frozen=True, slots=True)
class KnownFee:
    """A price in force, until further notice."""

    description: str
    amount_minor: int
    tax_code: str | None


def people(reading: Reading) -> tuple[KnownPerson, ...]:
    """Return every patient."""
    rows = reading.execute(
        sa.select(
            patient.c.id, patient.c.sort_name, patient.c.born_on, patient.c.chart_number
        ).where(patient.c.survivor_id.is_(None))
    )
    return tuple(KnownPerson(*tuple(row)) for row in rows)


def phones(reading: Reading) -> tuple[tuple[int, str], ...]:
    """Return patient and digits of every phone number."""
    rows = reading.execute(
        sa.select(contact.c.patient_id, contact.c.folded).where(
            contact.c.kind.in_(("mobile", "phone")), ~contact.c.archived
        )
    )
    return tuple((row.patient_id, row.folded) for row in rows)


def chart_numbers(reading: Reading) -> set[str]:
    """Return every chart number, of merged records too."""
    return set(reading.execute(sa.select(patient.c.chart_number)).scalars())


def payers(reading: Reading) -> dict[str, int]:
    """Return insurers by folded name."""
    rows = reading.execute(sa.select(payer.c.folded_name, payer.c.id).where(~payer.c.archived))
    return {row.folded_name: row.id for row in rows}


def fees(reading: Reading) -> dict[str, KnownFee]:
    """Return the prices in force by code."""
    rows = reading.execute(
        sa.select(fee.c.code, fee.c.description, fee.c.amount_minor, fee.c.tax_code)
        .join(fee_schedule, fee_schedule.c.id == fee.c.schedule_id)
        .where(fee_schedule.c.is_default, fee.c.to_on.is_(None))
    )
    return {row.code: KnownFee(row.description, row.amount_minor, row.tax_code) for row in rows}


def tax_codes(reading: Reading) -> set[str]:
    """Return the tax codes that are set up."""
    return set(reading.execute(sa.select(tax_code.c.code)).scalars())


def item_names(reading: Reading) -> set[str]:
    """Return folded names of all items that are in use."""
    return set(reading.execute(sa.select(item.c.folded_name).where(~item.c.archived)).scalars())


def items_by_lot(reading: Reading) -> set[int]:
    """Return the items that are kept by lot."""
    return set(reading.execute(sa.select(item.c.id).where(item.c.tracks_lots)).scalars())


def staff_names(reading: Reading) -> tuple[str, ...]:
    """Return the names of everybody on the staff, now or before."""
    return tuple(reading.execute(sa.select(staff_member.c.name)).scalars())
