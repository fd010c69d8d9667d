# SPDX-License-Identifier: Apache-2.0
"""Hours of a period by member (R23): rostered are published shifts, from two statements."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinicdesk.kernel.moments import Month
from clinicdesk.staff.model import SetHours, WeeklyHours
from tests.staff.roster import MONDAY, SATURDAY, TUESDAY, WEDNESDAY, Roster

DECEMBER = Month(2026, 12)


def hours(roster: Roster, first: date, last: date) -> dict[int, tuple[int, int | None, int]]:
    rows = roster.staff.hours(first, last, roster.actor)
    return {row.staff_id: (row.rostered, row.overtime, row.leave_days) for row in rows}


def test_drafts_and_standing_hours_are_not_rostered(roster: Roster) -> None:
    roster.type(roster.rosa, MONDAY, "9-17")
    assert roster.rosa not in hours(roster, MONDAY, SATURDAY)
    assert hours(roster, MONDAY, SATURDAY)[roster.doctor] == (0, 0, 0)


def test_overtime_counts_in_the_period_the_weeks_sunday_lies_in(roster: Roster) -> None:
    for number in range(5):
        roster.type(roster.nurse, MONDAY + timedelta(days=number), "8-18")
    roster.publish()
    november = Month(2026, 11)
    assert hours(roster, november.first, november.last)[roster.nurse] == (600, 0, 0)
    assert hours(roster, DECEMBER.first, DECEMBER.last)[roster.nurse] == (2400, 600, 0)


def test_leave_and_sickness_count_the_usual_hours_of_their_days(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY, "L")
    roster.type(roster.doctor, SATURDAY, "L")
    roster.type(roster.doctor, TUESDAY, "sick")
    roster.type(roster.nurse, WEDNESDAY, "L")
    roster.publish()
    rows = {row.staff_id: row for row in roster.staff.hours(MONDAY, SATURDAY, roster.actor)}
    doctor, nurse = rows[roster.doctor], rows[roster.nurse]
    assert (doctor.leave_days, doctor.leave, doctor.sick_days, doctor.sick) == (1, 420, 1, 420)
    assert (nurse.leave_days, nurse.leave) == (1, 480)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.integers(0, 13),
            st.sampled_from(["9-17", "22-6", "L", "8-9 10-11", "off"]),
        ),
        max_size=12,
    )
)
def test_rostered_hours_are_the_published_shifts_whatever_is_planned(
    roster: Roster, typed: list[tuple[int, int, str]]
) -> None:
    people = (roster.doctor, roster.nurse, roster.rosa, roster.ravi)
    start = date(2026, 10, 19)  # the clocks go back on the 25th
    for who, day, text in typed:
        roster.type(people[who], start + timedelta(days=day), text)
    for monday in (start, start + timedelta(days=7)):
        if roster.week(monday).drafts:
            roster.publish(monday)
    last = start + timedelta(days=13)
    rows = roster.staff.hours(start, last, roster.actor)
    with roster.records.read() as reading:
        assert sum(row.rostered for row in rows) == roster.staff.published_minutes_in(
            reading, start, last
        )


def test_who_has_no_usual_hours_has_a_fifth_of_the_contract_for_a_day_of_leave(
    roster: Roster,
) -> None:
    roster.staff.set_hours(
        SetHours(roster.rosa, date(2026, 1, 1), (WeeklyHours(0, 540, 780),)), roster.actor
    )
    roster.type(roster.rosa, MONDAY, "L")
    roster.type(roster.nurse, SATURDAY, "L")
    roster.publish()
    found = {row.staff_id: row.leave for row in roster.staff.hours(MONDAY, SATURDAY, roster.actor)}
    assert (found[roster.rosa], found[roster.nurse]) == (240, 0)
