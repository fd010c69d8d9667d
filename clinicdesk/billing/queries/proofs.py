# SPDX-License-Identifier: Apache-2.0
"""The checks of billing's own records against the books."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge, package
from clinicdesk.kernel.checks import Check
from clinicdesk.ledger.model import RECEIVABLES, chart
from clinicdesk.ledger.tables import posting
from clinicdesk.storage.records import Reading

_SHOWN = 5


def checks(reading: Reading) -> tuple[Check, ...]:
    """Run every check of billing."""
    return (
        _named("charges_equal_postings", *_charges(reading)),
        _named("reversed_charges_are_marked", *_marks(reading)),
        _named("packages_equal_postings", *_packages(reading)),
    )


def _named(name: str, faults: list[str], counted: str) -> Check:
    more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return Check(name, not faults, ("; ".join(faults[:_SHOWN]) + more) or counted)


def _charges(reading: Reading) -> tuple[list[str], str]:
    """What a charge says is what its own entry made somebody owe; nothing, if it is zero."""
    owed = sa.func.coalesce(sa.func.sum(posting.c.amount_minor), 0)
    told = charge.c.amount_minor + charge.c.tax_minor
    rows: Any = reading.execute(
        sa.select(charge.c.id, told.label("told"), owed.label("owed"))
        .outerjoin(
            posting,
            sa.and_(
                posting.c.charge_id == charge.c.id,
                posting.c.account.in_(RECEIVABLES),
                posting.c.cause.in_(("charge", "tax", "package")),
                posting.c.amount_minor > 0,
                posting.c.reverses_posting_id.is_(None),
            ),
        )
        .group_by(charge.c.id, charge.c.amount_minor, charge.c.tax_minor)
        .having(owed != told)
        .order_by(charge.c.id)
    )
    faults = [f"charge {row.id} says {row.told}, its postings {int(row.owed)}" for row in rows]
    wrong = reading.execute(
        sa.select(charge.c.id).where(charge.c.amount_minor != charge.c.units * charge.c.unit_minor)
    ).scalars()
    faults += [f"charge {number} is not its units times its price" for number in wrong]
    count = reading.execute(sa.select(sa.func.count()).select_from(charge)).scalar_one()
    return faults, f"{count} charges"


def _marks(reading: Reading) -> tuple[list[str], str]:
    back = sa.exists().where(
        posting.c.charge_id == charge.c.id,
        posting.c.account.in_(RECEIVABLES),
        posting.c.cause.in_(("charge", "tax", "package")),
        posting.c.reverses_posting_id.is_not(None),
        posting.c.amount_minor < 0,
    )
    rows = reading.execute(
        sa.select(charge.c.id, charge.c.reversed).where(
            sa.or_(
                sa.and_(charge.c.reversed == sa.literal_column("1"), sa.not_(back)),
                sa.and_(charge.c.reversed == sa.literal_column("0"), back),
            )
        )
    )
    faults = [f"charge {row.id} is marked {'reversed' if row.reversed else 'live'}" for row in rows]
    count = reading.execute(
        sa.select(sa.func.count()).where(charge.c.reversed == sa.literal_column("1"))
    ).scalar_one()
    return faults, f"{count} reversed"


def _packages(reading: Reading) -> tuple[list[str], str]:
    """No package is used beyond its price."""
    total = sa.func.sum(posting.c.amount_minor)
    rows: Any = reading.execute(
        sa.select(posting.c.package_id, total.label("left"))
        .where(posting.c.account == chart.PACKAGES)
        .group_by(posting.c.package_id)
        .having(total > 0)
    )
    faults = [f"package {row.package_id} is overdrawn by {int(row.left)}" for row in rows]
    count = reading.execute(sa.select(sa.func.count()).select_from(package)).scalar_one()
    return faults, f"{count} packages"
