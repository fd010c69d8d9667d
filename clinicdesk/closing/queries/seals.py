# SPDX-License-Identifier: Apache-2.0
"""Which months are closed, by whom, and up to which entry."""

from __future__ import annotations

import json
from datetime import date

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.closing.model import Seal
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.tables import entry, period
from clinicdesk.storage.records import Reading


def seal_of(reading: Reading, month: Month) -> Seal | None:
    """Return who closed a month and when, None while it is open."""
    row = reading.execute(
        sa.select(period.c.state, period.c.closed_at, app_user.c.name)
        .select_from(period.outerjoin(app_user, app_user.c.id == period.c.closed_by))
        .where(period.c.kind == "month", period.c.first_on == month.first)
        .order_by(period.c.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None or row.state != "closed":
        return None
    return Seal(row.closed_at, row.name or "")


def last_closed_month(reading: Reading) -> Month | None:
    """Return the newest closed month."""
    first = reading.execute(
        sa.select(sa.func.max(period.c.first_on, type_=period.c.first_on.type)).where(
            period.c.kind == "month", period.c.state == "closed"
        )
    ).scalar()
    return None if first is None else Month.of(first)


def sealed_figures(reading: Reading) -> dict[Month, dict[str, int]]:
    """Return what was signed for each month that is closed now."""
    rows = reading.execute(
        sa.select(period.c.first_on, period.c.state, period.c.figures)
        .where(period.c.kind == "month")
        .order_by(period.c.id)
    )
    latest = {Month.of(row.first_on): row for row in rows}
    return {
        month: json.loads(row.figures) for month, row in latest.items() if row.state == "closed"
    }


def last_closed_day(reading: Reading) -> date | None:
    """Return the last day of the newest closed span."""
    last = reading.execute(
        sa.select(sa.func.max(period.c.last_on, type_=period.c.last_on.type)).where(
            period.c.state == "closed"
        )
    ).scalar()
    return last if isinstance(last, date) else None


def newest_entry(reading: Reading, as_of: date) -> int:
    """Return the number of the newest entry up to a business day, 0 without any."""
    found = reading.execute(
        sa.select(sa.func.max(entry.c.seq)).where(entry.c.business_on <= as_of)
    ).scalar()
    return int(found or 0)
