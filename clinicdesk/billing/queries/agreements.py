# SPDX-License-Identifier: Apache-2.0
"""Packages, instalment plans and tax codes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.model import PlanStanding, instalments, standing, unit_values
from clinicdesk.billing.queries.accounts import RECORDS
from clinicdesk.billing.tables import charge, instalment_plan, package, tax_code
from clinicdesk.ledger.model import chart
from clinicdesk.ledger.tables import open_amount, posting
from clinicdesk.patients.tables import patient
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package as it stands.

    Attributes:
        used: units given.
        left_minor: what the rest of it is worth: the liability.
    """

    package_id: int
    patient_id: int
    name: str
    units: int
    used: int
    price_minor: int
    left_minor: int
    sold_on: date
    expires_on: date | None

    @property
    def units_left(self) -> int:
        """Units not given yet."""
        return self.units - self.used

    @property
    def next_unit_minor(self) -> int:
        """What the next unit is worth; the last one takes what is left."""
        return unit_values(self.left_minor, self.units_left)[0] if self.units_left > 0 else 0


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A guarantor's running plan and how it stands."""

    plan_id: int
    guarantor_id: int
    principal_minor: int
    first_due_on: date
    instalments: int
    every_months: int
    standing: PlanStanding


def packages(reading: Reading, patient_id: int) -> tuple[PackageRow, ...]:
    """Return a patient's packages, the newest first; a reversed sale is none."""
    rows = reading.execute(_OF_PATIENT, {"patient_id": patient_id})
    return tuple(_package(row) for row in rows if row.sold)


def package_row(reading: Reading, package_id: int) -> PackageRow:
    """Return one package."""
    return _package(reading.execute(_ONE, {"package_id": package_id}).one())


def _packages() -> sa.Select[Any]:
    own, twin = patient.alias("own"), patient.alias("twin")
    stays = (
        sa.select(sa.func.coalesce(own.c.survivor_id, own.c.id))
        .where(own.c.id == package.c.patient_id)
        .correlate(package)
        .scalar_subquery()
    )
    person = sa.select(twin.c.id).where(sa.or_(twin.c.id == stays, twin.c.survivor_id == stays))
    live = (
        charge.c.patient_id.in_(person.correlate(package)),  # by its index; packages have none
        charge.c.package_id == package.c.id,
        charge.c.reversed == sa.literal_column("0"),
    )
    of_sale = sa.exists().where(
        posting.c.charge_id == charge.c.id,
        posting.c.cause == "package",
        posting.c.amount_minor > 0,
        posting.c.reverses_posting_id.is_(None),
    )
    used = (
        sa.select(sa.func.count())
        .where(*live, sa.not_(of_sale))
        .correlate(package)
        .scalar_subquery()
    )
    sold = sa.select(sa.func.count()).where(*live, of_sale).correlate(package).scalar_subquery()
    left = (
        sa.select(sa.func.coalesce(-sa.func.sum(posting.c.amount_minor), 0))
        .where(posting.c.account == chart.PACKAGES, posting.c.package_id == package.c.id)
        .correlate(package)
        .scalar_subquery()
    )
    return sa.select(
        package, used.label("used"), sold.label("sold"), left.label("left_minor")
    ).order_by(package.c.id.desc())  # fmt: skip


_OF_PATIENT = _packages().where(package.c.patient_id.in_(RECORDS))
_ONE = _packages().where(package.c.id == sa.bindparam("package_id", type_=sa.BigInteger()))


def _package(row: Any) -> PackageRow:
    return PackageRow(
        package_id=row.id,
        patient_id=row.patient_id,
        name=row.name,
        units=row.units,
        used=int(row.used),
        price_minor=row.price_minor,
        left_minor=int(row.left_minor),
        sold_on=row.sold_on,
        expires_on=row.expires_on,
    )


def plan(reading: Reading, guarantor_id: int, on: date) -> PlanRow | None:
    """Return a guarantor's running plan, if there is one."""
    row = reading.execute(_PLAN, {"guarantor_id": guarantor_id}).first()
    if row is None:
        return None
    values = {"guarantor_id": guarantor_id, "signed_on": row.signed_on}
    left = reading.execute(_LEFT_OF_PLAN, values).scalar_one()
    parts = instalments(row.principal_minor, row.first_due_on, row.instalments, row.every_months)
    return PlanRow(
        row.id,
        guarantor_id,
        row.principal_minor,
        row.first_due_on,
        row.instalments,
        row.every_months,
        standing(parts, int(left), on),
    )


_PLAN = (
    sa.select(instalment_plan)
    .where(
        instalment_plan.c.guarantor_id == sa.bindparam("guarantor_id"),
        instalment_plan.c.state == "active",
    )
    .order_by(instalment_plan.c.id.desc())
    .limit(1)
)
_LEFT_OF_PLAN = (
    sa.select(sa.func.coalesce(sa.func.sum(open_amount.c.amount_minor), 0))
    .join_from(open_amount, charge, charge.c.id == open_amount.c.charge_id)
    .where(
        open_amount.c.party_kind == "guarantor",
        open_amount.c.party_id == sa.bindparam("guarantor_id"),
        open_amount.c.amount_minor != sa.literal_column("0"),
        charge.c.business_on <= sa.bindparam("signed_on"),
    )
)


def tax_rate(reading: Reading, code: str, on: date) -> int | None:
    """Return a tax code's rate in parts per million on a day."""
    return reading.execute(
        sa.select(tax_code.c.rate_ppm).where(
            tax_code.c.code == code,
            tax_code.c.from_on <= on,
            sa.or_(tax_code.c.to_on.is_(None), tax_code.c.to_on >= on),
        )
    ).scalar()
