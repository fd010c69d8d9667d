# SPDX-License-Identifier: Apache-2.0
"""Hours of a period by member: rostered, over the contract, leave and sickness (report R23).

Rostered hours are those of published shifts, counted on the day a shift begins, in real minutes.
Overtime is reckoned by whole weeks, Monday to Sunday, in the period a week's Sunday lies in: so
that the months of a year add up to the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from clinicdesk.staff.model import LEAVE, PUBLISHED, SICK, WORK
from clinicdesk.staff.queries.days import Cells, cells, people, standing_minutes
from clinicdesk.staff.tables import shift
from clinicdesk.storage.records import Reading

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Somebody's hours in a period; all lengths in minutes.

    Attributes:
        contract: of a week, 0 without one.
        rostered: of published shifts.
        overtime: over the contract, week by week; None without a contract.
        leave: what would have been the usual hours of the days of leave; ``sick`` likewise.
    """

    staff_id: int
    name: str
    role: str
    contract: int
    shifts: int
    rostered: int
    overtime: int | None
    leave_days: int
    leave: int
    sick_days: int
    sick: int


def hours_by_member(reading: Reading, first: date, last: date) -> tuple[HoursRow, ...]:
    """Return the hours of everybody who had a published shift, leave or a contract."""
    monday = first - first.weekday() * _DAY
    folk = people(reading, first, last)
    who = [one.id for one in folk]
    found = cells(reading, who, monday, last, drafts=False)
    usual = standing_minutes(reading, who, first, last)
    rows = []
    for one in folk:
        days = [(day, found[one.id, day]) for day in _days(first, last)]
        kept = [(day, cell) for day, cell in days if cell.state == PUBLISHED]
        worked = [cell for _day, cell in kept if cell.kind == WORK]
        leave = [day for day, cell in kept if cell.kind == LEAVE and not cell.closed]
        sick = [day for day, cell in kept if cell.kind == SICK and not cell.closed]
        standing = any(usual[one.id, day] for day, _cell in days)
        share = 0 if standing else one.weekly_minutes // 5  # no usual hours: a fifth, Mon to Fri
        leave_at = [usual[one.id, day] or share * (day.weekday() < 5) for day in leave]
        sick_at = [usual[one.id, day] or share * (day.weekday() < 5) for day in sick]
        if not kept and not one.weekly_minutes:
            continue
        rows.append(
            HoursRow(
                one.id,
                one.name,
                one.role,
                one.weekly_minutes,
                sum(len(cell.spans) for cell in worked),
                sum(cell.minutes for cell in worked),
                _overtime(found, one.id, one.weekly_minutes, monday, last),
                sum(1 for minutes in leave_at if minutes),
                sum(leave_at),
                sum(1 for minutes in sick_at if minutes),
                sum(sick_at),
            )
        )
    return tuple(rows)


def published_minutes(reading: Reading, first: date, last: date) -> int:
    """Return the minutes of all published shifts that begin in a period, in one statement."""
    begin, end = reading.zone.day_span(first)[0], reading.zone.day_span(last)[1]
    length = sa.case(
        (shift.c.kind == WORK, shift.c.ends_min - shift.c.starts_min),
        (shift.c.kind == "break", shift.c.starts_min - shift.c.ends_min),
        else_=0,
    )
    return int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(length), 0)).where(
                shift.c.state == PUBLISHED,
                shift.c.staff_id.is_not(None),
                shift.c.starts_min >= begin,
                shift.c.starts_min < end,
            )
        ).scalar_one()
    )


def _days(first: date, last: date) -> list[date]:
    return [first + n * _DAY for n in range((last - first).days + 1)]


def _overtime(found: Cells, staff_id: int, contract: int, monday: date, last: date) -> int | None:
    """Return minutes over the contract of the weeks that end in the period."""
    if not contract:
        return None
    over = 0
    while monday + 6 * _DAY <= last:
        week = [found[staff_id, monday + n * _DAY] for n in range(7)]
        minutes = sum(cell.minutes for cell in week if cell.state == PUBLISHED)
        over += max(0, minutes - contract)
        monday += 7 * _DAY
    return over
