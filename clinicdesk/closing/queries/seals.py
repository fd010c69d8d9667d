# SPDX-License-Identifier: Apache-2.0
"""Which months are closed, by whom, and up to which entry."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa

from clinicdesk.access.tables import app_user
from clinicdesk.closing.model import Seal
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.tables import entry, issued_paper, period
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
    closed = [first for kind, first, _last in _closed(reading) if kind == "month"]
    return Month.of(max(closed)) if closed else None


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


def last_sealed_day(reading: Reading) -> date | None:
    """Return the last day up to which months are closed."""
    closed = [last for kind, _first, last in _closed(reading) if kind in {"month", "before"}]
    return max(closed, default=None)


def closed_days(reading: Reading, first: date, last: date) -> frozenset[date]:
    """Return the days of a span that were closed one by one, and not opened again."""
    return frozenset(
        on for kind, on, _last in _closed(reading) if kind == "day" and first <= on <= last
    )


def number_of_paper(reading: Reading, month: Month) -> str:
    """Return the number of a month's next kept paper: its name, then with 2, 3 … after it."""
    count = reading.execute(
        sa.select(sa.func.count()).where(
            issued_paper.c.kind == "month_end",
            sa.or_(issued_paper.c.number == str(month), issued_paper.c.number.like(f"{month}/%")),
        )
    ).scalar_one()
    return f"{month}/{count + 1}" if count else str(month)


def kept_paper(reading: Reading, parameters: Mapping[str, str]) -> bytes | None:
    """Return a month's kept paper, made with the same options by the same closing."""
    found = reading.execute(
        sa.select(issued_paper.c.body).where(
            issued_paper.c.kind == "month_end",
            issued_paper.c.parameters == json.dumps(dict(parameters), sort_keys=True),
        )
    ).scalar()
    return None if found is None else bytes(found)


def _closed(reading: Reading) -> list[tuple[str, date, date]]:
    """Return kind, first and last day of what is closed now: the latest word on each counts."""
    rows = reading.execute(
        sa.select(period.c.kind, period.c.first_on, period.c.last_on, period.c.state).order_by(
            period.c.id
        )
    )
    latest = {(row.kind, row.first_on): row for row in rows}
    return [
        (row.kind, row.first_on, row.last_on) for row in latest.values() if row.state == "closed"
    ]


def newest_entry(reading: Reading, as_of: date) -> int:
    """Return the number of the newest entry up to a business day, 0 without any."""
    found = reading.execute(
        sa.select(sa.func.max(entry.c.seq)).where(entry.c.business_on <= as_of)
    ).scalar()
    return int(found or 0)
