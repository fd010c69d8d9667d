# SPDX-License-Identifier: Apache-2.0
"""Where something still fits: the next openings."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from clinicdesk.kernel.identity import StaffId
from clinicdesk.kernel.moments import utc_minute
from clinicdesk.schedule.model import SlotTaken, free_spans, next_starts
from clinicdesk.schedule.queries import checks
from clinicdesk.staff.model import SetHours, WeeklyHours
from clinicdesk.staff.service import Staff
from tests.schedule.clinic import (
    FISCHER,
    NURSE,
    OSEI,
    PARK,
    TODAY,
    Clinic,
    a_clinic,
    at,
    booking,
    without_hours,
)
from tests.support.clinics import an_actor

ADA = an_actor()


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return a_clinic(tmp_path)


def test_the_next_free_slots_skip_breaks_nights_weekends_and_what_is_taken(
    clinic: Clinic,
) -> None:
    clinic.schedule.book(booking(slot=at(13, minutes=240)), ADA)  # Osei till 17:00
    free = clinic.schedule.next_free(OSEI, 30, None, 2, ADA)
    assert [slot.starts for slot in free] == [
        at(12).starts,
        at(9, on=TODAY + timedelta(days=1)).starts,
    ]
    friday = datetime(2026, 11, 27, 16, 45)  # noqa: DTZ001 -- wall time is naive
    after = clinic.schedule.next_free(OSEI, 30, friday, 1, ADA)
    assert after[0].starts == datetime(2026, 11, 30, 9)  # noqa: DTZ001 -- wall time is naive
    everyone = clinic.schedule.next_free(None, 30, None, 5, ADA)
    assert [(s.initials, s.starts.hour, s.starts.minute) for s in everyone] == [
        ("AO", 12, 0), ("LF", 12, 0), ("TB", 12, 0), ("LF", 13, 0), ("TB", 13, 0),
    ]  # fmt: skip


def test_every_opening_that_is_offered_can_be_booked(clinic: Clinic) -> None:
    clinic.schedule.book(booking(slot=at(13, 20, minutes=25)), ADA)
    for slot in clinic.schedule.next_free(OSEI, 45, None, 6, ADA)[::3]:
        zone = clinic.records.profile.zone
        done = clinic.schedule.book(booking(PARK, slot=zone.slot_at(slot.starts_min, 45)), ADA)
        assert {caution.kind for caution in done.value.cautions} <= {"same_day"}


def test_the_next_openings_are_the_earliest_of_all_that_fit(clinic: Clinic) -> None:
    """Day by day gives what a look at the whole fortnight gives."""
    chance = random.Random(7)
    for _ in range(60):
        on = TODAY + timedelta(days=chance.randrange(8))
        slot = at(9 + chance.randrange(8), 5 * chance.randrange(12), minutes=40, on=on)
        try:
            clinic.schedule.book(booking(with_=StaffId(chance.randint(1, 3)), slot=slot), ADA)
        except SlotTaken:
            continue
    last = TODAY + timedelta(days=13)
    with clinic.records.read() as reading:
        hours = clinic.schedule._hours(reading, (1, 2, 3), TODAY, last)
        begin = utc_minute(reading.now)
        taken = list(checks.taken_spans(reading, begin - 1440, begin + 20 * 1440))
    for minutes in (10, 30, 75):
        fits = sorted(
            (start, who)
            for who in (1, 2, 3)
            for day in range(14)
            for start in next_starts(
                free_spans(
                    hours[who, TODAY + timedelta(days=day)],
                    [(one.from_min, one.to_min) for one in taken if one.owner == who],
                ),
                minutes,
                15,
                begin,
                1000,
            )
        )
        for count in (1, 7, 90):
            found = clinic.schedule.next_free(None, minutes, None, count, ADA)
            assert [(slot.starts_min, slot.provider_id) for slot in found] == fits[:count]


def test_openings_of_a_night_shift_come_in_order_with_the_next_mornings(clinic: Clinic) -> None:
    without_hours(clinic, OSEI, FISCHER, NURSE)
    nights = (WeeklyHours(2, 22 * 60, 30 * 60, "work"), WeeklyHours(2, 25 * 60, 26 * 60, "break"))
    dawn = (WeeklyHours(3, 4 * 60, 6 * 60, "work"),)
    staff = Staff(clinic.records)
    staff.set_hours(SetHours(OSEI, TODAY, nights), ADA)
    staff.set_hours(SetHours(FISCHER, TODAY, dawn), ADA)
    found = clinic.schedule.next_free(None, 60, None, 9, ADA)
    assert [(slot.initials, slot.starts.hour) for slot in found if not slot.starts.minute] == [
        ("AO", 22), ("AO", 23), ("AO", 0),
    ]  # fmt: skip
    clinic.clock.advance(timedelta(hours=15))  # three at night: the shift began the day before
    found = clinic.schedule.next_free(None, 60, None, 9, ADA)
    assert [(slot.initials, slot.starts.hour) for slot in found if not slot.starts.minute] == [
        ("AO", 3), ("AO", 4), ("LF", 4),
    ]  # fmt: skip
