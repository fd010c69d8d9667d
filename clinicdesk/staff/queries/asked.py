# SPDX-License-Identifier: Apache-2.0
"""Reads of requests, publishings and needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from clinicdesk.staff.model import PUBLISHED, NeedOfDay, PlannedSpan
from clinicdesk.staff.queries.days import span_of
from clinicdesk.staff.tables import need, publication, request, shift, staff_member
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class RequestRow:
    """What somebody asked for.

    Attributes:
        kind: ``leave``, ``swap`` or ``take``.
        to_on: last day of leave; of a swap the day in return.
        other: with whom, for a swap.
    """

    id: int
    version: int
    kind: str
    staff_id: int
    name: str
    from_on: date
    to_on: date
    other_id: int | None
    other: str
    shift_id: int | None
    note: str
    state: str
    asked_at: datetime
    publication_id: int | None


def needs(reading: Reading) -> dict[tuple[str, int], NeedOfDay]:
    """Return what each role needs of each weekday."""
    return {
        (row.role, row.weekday): NeedOfDay(row.weekday, row.from_minute, row.to_minute, row.people)
        for row in reading.execute(sa.select(need).order_by(need.c.role, need.c.weekday))
    }


def requests(
    reading: Reading, *, state: str | None = None, number: int | None = None
) -> tuple[RequestRow, ...]:
    """Return requests, the oldest first."""
    other = staff_member.alias("other")
    statement = (
        sa.select(request, staff_member.c.name, other.c.name.label("other"))
        .join(staff_member, staff_member.c.id == request.c.staff_id)
        .outerjoin(other, other.c.id == request.c.other_id)
        .order_by(request.c.id)
    )
    if state is not None:
        statement = statement.where(request.c.state == state)
    if number is not None:
        statement = statement.where(request.c.id == number)
    return tuple(
        RequestRow(
            r.id, r.version, r.kind, r.staff_id, r.name, r.from_on, r.to_on, r.other_id,
            r.other or "", r.shift_id, r.note, r.state, r.asked_at, r.publication_id,
        )
        for r in reading.execute(statement)
    )  # fmt: skip


def open_shift(reading: Reading, shift_id: int) -> tuple[date, PlannedSpan] | None:
    """Return day and hours of a published open shift, None if it is no longer open."""
    row = reading.execute(
        sa.select(shift).where(
            shift.c.id == shift_id, shift.c.state == PUBLISHED, shift.c.staff_id.is_(None)
        )
    ).one_or_none()
    if row is None:
        return None
    span = span_of(reading, row)
    return row.starts_wall.date(), PlannedSpan(
        span.from_minute, span.to_minute, span.room_id, span.role
    )


def publication_of(reading: Reading, publication_id: int) -> tuple[str, date, date, bool] | None:
    """Return source, first and last day of a publication, and whether it was taken back."""
    row = reading.execute(
        sa.select(publication).where(publication.c.id == publication_id)
    ).one_or_none()
    return None if row is None else (row.source, row.from_on, row.to_on, bool(row.taken_back))


def last_publication(reading: Reading, monday: date) -> int | None:
    """Return the latest publishing of a week that stands."""
    return reading.execute(
        sa.select(sa.func.max(publication.c.id)).where(
            publication.c.source == "week",
            publication.c.from_on == monday,
            publication.c.taken_back == sa.literal_column("0"),
        )
    ).scalar()
