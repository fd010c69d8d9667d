# SPDX-License-Identifier: Apache-2.0
"""How full the days of a month are, and what is taken when a free slot is sought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.schedule.model import look_of
from clinicdesk.schedule.queries.book import (
    BOOKINGS,
    CONTACTS,
    KINDS,
    a,
    end_,
    in_range,
    shown,
    shown_name,
    start_,
    with_patient,
)
from clinicdesk.schedule.queries.rows import AgendaRow
from clinicdesk.schedule.tables import appointment, appointment_resource
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading

_day = sa.func.substr(  # written out: PostgreSQL takes two parameters for two different columns
    sa.type_coerce(a.starts_wall, sa.Text), sa.literal_column("1"), sa.literal_column("10")
)
_taking = a.booking.in_(("booked", "arrived", "in_room", "checkout", "done"))
_LOAD = (
    sa.select(
        _day,
        a.provider_id,
        sa.func.sum(sa.case((a.kind == "visit", 1), else_=0)),
        sa.func.sum(sa.case((a.kind == "visit", a.minutes), else_=0)),
        sa.func.sum(sa.case((a.kind == "block", a.minutes), else_=0)),
    )
    .select_from(appointment)
    .where(in_range, _taking)
    .group_by(_day, a.provider_id)
)

_ranked = (
    sa.select(
        a.id,
        sa.func.row_number()
        .over(partition_by=_day, order_by=(a.starts_min, a.provider_id, a.id))
        .label("place"),
    )
    .where(in_range, _taking, a.kind == "visit")
    .subquery()
)
_FIRST = (
    sa.select(
        a.id,
        a.starts_wall,
        shown.c.family_name,
        shown.c.given_name,
        a.provider_id,
        a.kind,
        a.booking,
        a.contact,
    )
    .select_from(with_patient.join(_ranked, _ranked.c.id == a.id))
    .where(_ranked.c.place <= 3)
    .order_by(a.starts_min, a.provider_id, a.id)
)


@dataclass(frozen=True, slots=True)
class Load:
    """What one provider has booked on one day."""

    booked: int
    booked_minutes: int
    blocked_minutes: int


def loads(reading: Reading, start: int, end: int) -> dict[tuple[date, int], Load]:
    """Return load by day and provider of a span of UTC minutes."""
    rows: Any = reading.execute(_LOAD, {"start": start, "end": end})
    return {
        (date.fromisoformat(day), provider_id): Load(booked, minutes, blocked)
        for day, provider_id, booked, minutes, blocked in rows
    }


def first_of_days(reading: Reading, start: int, end: int) -> dict[date, tuple[AgendaRow, ...]]:
    """Return the first three appointments of each day."""
    found: defaultdict[date, list[AgendaRow]] = defaultdict(list)
    for row in reading.execute(_FIRST, {"start": start, "end": end}):
        look = look_of(KINDS[row.kind], BOOKINGS[row.booking], CONTACTS[row.contact])
        name = shown_name(row.family_name, row.given_name, "")
        found[row.starts_wall.date()].append(
            AgendaRow(row.id, row.starts_wall, name, row.provider_id, look)
        )
    return {day: tuple(rows) for day, rows in found.items()}


_r = appointment_resource.c
_BUSY = Prepared(
    sa.select(_r.starts_min, _r.ends_min)
    .where(
        _r.staff_id == sa.bindparam("provider"),
        _r.active == sa.literal_column("1"),
        _r.starts_min < end_,
        _r.starts_min > start_ - 1440,
        _r.ends_min > start_,
    )
    .order_by(_r.starts_min)
)


def busy(reading: Reading, provider_id: int, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of a provider that are taken, in order."""
    return _BUSY.rows(reading, provider=provider_id, start=start, end=end)
