# SPDX-License-Identifier: Apache-2.0
"""What the book says: how full the days are, how long people wait, who did not come."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from datetime import date, timedelta

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.kernel.moments import Month
from clinicdesk.overview.queries.rows import BookDay, CountGroup, MissedRow, UnchargedRow, WaitRow
from clinicdesk.patients.tables import patient
from clinicdesk.schedule.model import LATE_MINUTES, WARN_MINUTES, Booking, Span, free_spans
from clinicdesk.schedule.queries import setup
from clinicdesk.schedule.queries.book import shown_name, waiting
from clinicdesk.schedule.tables import appointment, visit
from clinicdesk.staff.queries import providers, spans_of_days
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Text

MONTHS = 12
_SECOND = 1_000_000
_CANCELLED, _NO_SHOW, _DONE = (
    Booking.CANCELLED.value,
    Booking.NO_SHOW.value,
    Booking.DONE.value,
)

_a = appointment.c
_begin, _end = sa.bindparam("begin", type_=sa.Integer), sa.bindparam("end", type_=sa.Integer)
_within = sa.and_(_a.starts_min >= _begin, _a.starts_min < _end)
_visit = _a.kind == sa.literal_column("'visit'")
_done = _a.booking == sa.literal_column(f"'{_DONE}'")
_missed = _a.booking == sa.literal_column(f"'{_NO_SHOW}'")
_BOOK = Prepared(
    sa.select(
        _a.provider_id,
        _a.kind,
        _a.booking,
        _a.minutes,
        _a.starts_min,
        sa.type_coerce(_a.arrived_at, sa.BigInteger),
        sa.type_coerce(_a.roomed_at, sa.BigInteger),
    ).where(_within)
)
_month = sa.func.substr(
    sa.type_coerce(_a.starts_wall, Text), sa.literal_column("1"), sa.literal_column("7")
)
_one: sa.ColumnElement[int] = sa.literal_column("1")
_none: sa.ColumnElement[int] = sa.literal_column("0")
_MISSED = Prepared(
    sa.select(
        _month,
        sa.func.sum(sa.case((_missed, _one), else_=_none)),
        sa.func.count(),
    )
    .where(_within, _visit, sa.or_(_done, _missed))
    .group_by(_month)
)
_charged = sa.exists(
    sa.select(charge.c.id).where(charge.c.visit_id == visit.c.id, charge.c.reversed == _none)
)
_UNCHARGED = (
    sa.select(
        _a.id,
        _a.patient_id,
        patient.c.family_name,
        patient.c.given_name,
        _a.provider_id,
        staff_member.c.name,
        _a.starts_wall,
    )
    .join_from(appointment, patient, patient.c.id == _a.patient_id)
    .join(staff_member, staff_member.c.id == _a.provider_id)
    .join(visit, visit.c.appointment_id == _a.id, isouter=True)
    .where(_within, _done, sa.not_(_charged))
    .order_by(_a.starts_min.desc(), _a.id)
)


def days(reading: Reading, first: date, last: date) -> tuple[BookDay, ...]:
    """Return what R22 says of a span of days, day by day."""
    some = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    edges = [reading.zone.day_span(day)[0] for day in some]
    end = reading.zone.day_span(last)[1]
    book = _BOOK.rows(reading, begin=edges[0], end=end)
    who = {one.id for day in (first, last) for one in providers(reading, day)}
    who |= {provider_id for provider_id, *_visit in book}
    blocked: defaultdict[tuple[int, date], int] = defaultdict(int)
    booked: defaultdict[date, int] = defaultdict(int)
    waits: defaultdict[date, list[int]] = defaultdict(list)
    for provider_id, kind, booking, minutes, starts_min, arrived, roomed in book:
        day = some[bisect_right(edges, starts_min) - 1]
        if booking == _CANCELLED:
            continue
        if kind != "visit":
            blocked[provider_id, day] += minutes
            continue
        booked[day] += minutes
        if arrived is not None and roomed is not None:
            since = max(arrived, starts_min * 60 * _SECOND)
            waits[day].append(max(0, roomed - since) // _SECOND)
    opened: defaultdict[date, int] = defaultdict(int)
    for (provider_id, day), spans in spans_of_days(reading, sorted(who), first, last).items():
        hours = [Span(one.from_min, one.to_min, one.kind) for one in spans]
        free = sum(to - at for at, to in free_spans(hours, ()))
        opened[day] += max(0, free - blocked[provider_id, day])
    return tuple(
        BookDay(day, opened[day], booked[day], len(waits[day]), sum(waits[day])) for day in some
    )


def missed(reading: Reading, month: Month) -> tuple[MissedRow, ...]:
    """Return twelve months up to one, to the end of today: who did not come, of how many."""
    months = [month]
    while len(months) < MONTHS:
        months.append(months[-1].previous)
    months.reverse()
    begin = reading.zone.day_span(months[0].first)[0]
    end = reading.zone.day_span(min(month.last, reading.today))[1]
    found = {name: (gone, all_) for name, gone, all_ in _MISSED.rows(reading, begin=begin, end=end)}
    return tuple(MissedRow(one, *found.get(str(one), (0, 0))) for one in months)


def uncharged(reading: Reading, first: date, last: date) -> tuple[UnchargedRow, ...]:
    """Return visits that are over without a charge, the latest first, as a day's end has them."""
    span = {
        "begin": reading.zone.day_span(first)[0],
        "end": reading.zone.day_span(last)[1],
    }
    return tuple(
        UnchargedRow(
            row.id,
            row.patient_id,
            shown_name(row.family_name, row.given_name, ""),
            row.provider_id,
            row.name,
            row.starts_wall,
        )
        for row in reading.execute(_UNCHARGED, span)
    )


def waiting_now(reading: Reading) -> tuple[tuple[CountGroup, ...], dict[int, list[WaitRow]]]:
    """Return who waits, by provider, and the rows of each; the longest first."""
    warn = setup.minutes_setting(reading, WARN_MINUTES)
    late = setup.minutes_setting(reading, LATE_MINUTES)
    rows: defaultdict[int, list[WaitRow]] = defaultdict(list)
    for card in waiting(reading, warn, late):
        if card.booking is Booking.ARRIVED:
            minutes = max(0, int((reading.now - card.since_at).total_seconds()) // 60)
            rows[card.provider_id].append(
                WaitRow(
                    card.appointment_id,
                    card.patient_id,
                    card.name,
                    card.starts,
                    card.type,
                    minutes,
                )
            )
    names = {one.id: one.name for one in providers(reading, reading.today)}
    groups = [
        CountGroup(one, names.get(one, ""), len(some), max(row.minutes for row in some))
        for one, some in rows.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-group.minutes, group.name))), rows
