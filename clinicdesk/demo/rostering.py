# SPDX-License-Identifier: Apache-2.0
"""The roster of the invented clinic: a year of published weeks, what is needed, what is asked for.

This week is published with a hole on Wednesday afternoon and an open shift on Friday; next week is
still to be planned; two people are waiting for an answer. Providers' shifts are their standing
hours, so that the book is the same with and without them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from clinicdesk.demo.catalogue import Job
from clinicdesk.demo.history import Size
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.staff.model import (
    LEAVE,
    OFF,
    PUBLISHED,
    SICK,
    WORK,
    AskLeave,
    AskSwap,
    NeedOfDay,
    SetNeeds,
    placed,
    whole_day,
)
from clinicdesk.staff.service import Staff
from clinicdesk.storage.records import UnitOfWork

_DAY = timedelta(days=1)
_WEEKS: Final = 56
CONTRACTS: Final = (38 * 60, 40 * 60, 40 * 60, 45 * 60)
NEEDS: Final = {"gp": 1, "nurse": 1, "reception": 2}
Hours = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody at work who treats nobody.

    Attributes:
        login: of the user who is this person, or nothing.
        hours: from and to, Monday to Friday; None is a day off.
        contract: minutes a week.
    """

    name: str
    initials: str
    role: str
    login: str
    hours: tuple[Hours | None, ...]
    contract: int


COLLEAGUES: Final = (
    Colleague("Rosa Bennett", "RB", "reception", "rosa", ((510, 1020),) * 5, 40 * 60),
    Colleague("Helen Marsden", "HM", "manager", "helen", ((540, 1020),) * 5, 38 * 60),
    Colleague(
        "Inés Duarte", "ID", "reception", "",
        ((540, 1020), (540, 1020), (540, 780), (540, 1020), (540, 1020)), 36 * 60,
    ),
)  # fmt: skip


def roster_rows(
    zone: ClinicZone,
    providers: Mapping[int, Job],
    colleagues: Mapping[int, Colleague],
    closed: Collection[date],
    size: Size,
) -> Iterator[dict[str, object]]:
    """Give the published shifts up to the end of the week the demo opens in.

    A crowded past has longer days than the providers' own: there the roster begins a week ago.
    """
    monday = size.until - size.until.weekday() * _DAY
    weeks = 1 if size.dense else min(_WEEKS, (monday - size.first_on).days // 7)
    first = monday - 7 * weeks * _DAY
    for number in range((monday - first).days // 7 + 1):
        week = first + 7 * number * _DAY
        weeks_ago = (monday - week).days // 7
        for weekday in range(5):
            day = week + weekday * _DAY
            if day in closed:
                continue
            for staff_id, job in providers.items():
                yield _work(zone, staff_id, day, job.hours)
            for staff_id, one in colleagues.items():
                kind = _absence(one, weeks_ago, weekday)
                hours = one.hours[weekday]
                if kind or hours is None:
                    yield _absent(zone, staff_id, day, kind or OFF)
                else:
                    yield _work(zone, staff_id, day, hours)
    yield {**_work(zone, None, monday + 4 * _DAY, (780, 1080)), "role": "reception"}


def settle_needs(staff: Staff, actor: Actor) -> None:
    """Say how many of each role the weekdays need."""
    for role, people in NEEDS.items():
        days = tuple(NeedOfDay(weekday, 540, 1020, people) for weekday in range(5))
        staff.set_needs(SetNeeds(role, days, key=f"demo-need-{role}"), actor)


def settle_requests(
    staff: Staff, providers: Sequence[int], reception: tuple[int, int], until: date, actor: Actor
) -> None:
    """Let two people ask for something next week."""
    monday = until - until.weekday() * _DAY
    nurse = providers[2] if len(providers) > 2 else providers[-1]
    first, last = monday + 8 * _DAY, monday + 9 * _DAY
    leave = AskLeave(nurse, first, last, "Moving house", key="demo-leave")
    staff.ask_leave(leave, actor)
    one, other = reception
    give, back = monday + 3 * _DAY, monday + 4 * _DAY
    works = {
        cell.on
        for row in staff.week(monday, actor).people
        for cell in row.cells
        if row.person.id == one and cell.spans
    }
    if until < give and {give, back} <= works:
        swap = AskSwap(one, give, other, back, "Dentist in the morning", key="demo-swap")
        staff.ask_swap(swap, actor)


def write_roster(work: UnitOfWork, staff: Staff, rows: Iterator[dict[str, object]]) -> None:
    """Write the published weeks."""
    plain = {"role": "", "state": PUBLISHED}
    staff.add_shifts_in(work, [{**plain, **row} for row in rows])


# ── behind the counter ───────────────────────────────────────────────────────────────────────


def _absence(one: Colleague, weeks_ago: int, weekday: int) -> str:
    """Return leave or sickness: a week off each quarter, a bad cold now and then."""
    turn = sum(map(ord, one.initials))
    if (weeks_ago + turn) % 13 == 5 and weeks_ago:
        return LEAVE
    if (weeks_ago + turn) % 17 == 11 and weekday in {1, 2} and weeks_ago:
        return SICK
    return ""


def _work(zone: ClinicZone, staff_id: int | None, day: date, hours: Hours) -> dict[str, object]:
    slot, starts, ends = placed(zone, day, *hours)
    return {
        "staff_id": staff_id,
        "kind": WORK,
        "starts_wall": slot.starts,
        "fold": slot.fold,
        "minutes": slot.minutes,
        "starts_min": starts,
        "ends_min": ends,
    }


def _absent(zone: ClinicZone, staff_id: int, day: date, kind: str) -> dict[str, object]:
    slot, starts, ends = whole_day(zone, day)
    return {
        "staff_id": staff_id,
        "kind": kind,
        "starts_wall": slot.starts,
        "fold": slot.fold,
        "minutes": slot.minutes,
        "starts_min": starts,
        "ends_min": ends,
    }
