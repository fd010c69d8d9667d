# SPDX-License-Identifier: Apache-2.0
"""Who works when: standing hours, shifts, closures; right over clock changes and midnight."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Slot, from_utc_minute
from clinicdesk.kernel.refusals import NotAllowed, StaleCopy
from clinicdesk.staff.model import (
    AddResource,
    AddStaff,
    Close,
    EditStaff,
    HoursBackwards,
    NameNeeded,
    SetHours,
    WeeklyHours,
)
from clinicdesk.staff.service import Staff, week_of
from clinicdesk.storage.records import Records
from tests.support.clinics import an_actor, some_records

NINE, NOON, ONE, FIVE = 540, 720, 780, 1020
WEDNESDAY = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class Desk:
    records: Records
    staff: Staff
    actor: Actor
    doctor: int

    def hours(self, *spans: tuple[int, int, int, str], since: date = date(2026, 1, 1)) -> None:
        weekly = tuple(WeeklyHours(*span) for span in spans)
        self.staff.set_hours(SetHours(self.doctor, since, weekly), self.actor)

    def open(self, day: date) -> list[tuple[str, str, str]]:
        """Return spans in UTC, as HH:MM, with a + for the next day."""
        with self.records.read() as reading:
            spans = self.staff.open_spans(reading, self.doctor, day)

        def written(minute: int) -> str:
            instant = from_utc_minute(minute)
            return f"{instant:%H:%M}" + ("+" if instant.date() > day else "")

        return [(written(s.from_min), written(s.to_min), s.kind) for s in spans]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    records = some_records(tmp_path)
    staff, actor = Staff(records), an_actor()
    room = staff.add_resource(AddResource("Room 1"), actor).value
    doctor = staff.add(
        AddStaff("Dr Amara Osei", "AO", "gp", is_provider=True, room_id=room), actor
    ).value
    yield Desk(records, staff, actor, doctor)
    records.close()


def test_a_provider_stands_in_the_book_with_room(desk: Desk) -> None:
    desk.staff.add(AddStaff("Rosa B", "RB", "reception", is_provider=False), desk.actor)
    (provider,) = desk.staff.providers(WEDNESDAY)
    assert (provider.name, provider.initials, provider.room) == ("Dr Amara Osei", "AO", "Room 1")


def test_standing_hours_keep_their_wall_times_in_summer_and_winter(desk: Desk) -> None:
    desk.hours((2, NINE, FIVE, "work"), (2, NOON, ONE, "break"))
    assert desk.open(WEDNESDAY) == [("09:00", "17:00", "work"), ("12:00", "13:00", "break")]
    assert desk.open(date(2026, 7, 1))[0] == ("08:00", "16:00", "work")
    assert desk.open(date(2026, 7, 2)) == []


def test_a_night_over_the_end_of_summer_time_is_an_hour_longer(desk: Desk) -> None:
    desk.hours((5, 1320, 1800, "work"))  # Saturday 22:00 to Sunday 06:00
    assert desk.open(date(2026, 10, 24)) == [("21:00", "06:00+", "work")]
    assert desk.open(date(2026, 11, 21)) == [("22:00", "06:00+", "work")]


def test_a_night_over_the_start_of_summer_time_is_an_hour_shorter(desk: Desk) -> None:
    desk.hours((5, 1320, 1800, "work"))
    assert desk.open(date(2026, 3, 28)) == [("22:00", "05:00+", "work")]


def test_hours_that_begin_in_the_gap_begin_when_the_clock_goes_on(desk: Desk) -> None:
    desk.hours((6, 90, 240, "work"))  # Sunday 01:30, which 29 March does not have
    assert desk.open(date(2026, 3, 29)) == [("01:00", "03:00", "work")]


def test_new_hours_end_the_old_ones_the_day_before(desk: Desk) -> None:
    desk.hours((2, NINE, FIVE, "work"))
    desk.hours((2, NOON, FIVE, "work"), since=WEDNESDAY)
    assert desk.open(date(2026, 11, 18)) == [("09:00", "17:00", "work")]
    assert desk.open(WEDNESDAY) == [("12:00", "17:00", "work")]


def test_a_published_shift_replaces_the_standing_hours_of_its_day(desk: Desk) -> None:
    desk.hours((2, NINE, FIVE, "work"))
    starts = datetime(2026, 11, 25, 14)  # noqa: DTZ001 -- wall time is naive
    with desk.records.write(desk.actor, "staff.add_shifts") as work:
        first, last = work.zone.span(Slot(starts, 240))
        row = {
            "staff_id": desk.doctor, "kind": "work", "starts_wall": starts, "fold": 0,
            "minutes": 240, "starts_min": first, "ends_min": last, "state": "published",
        }  # fmt: skip
        desk.staff.add_shifts_in(work, [row, {**row, "kind": "leave"}])
    assert desk.open(WEDNESDAY) == [("14:00", "18:00", "work")]


def test_closed_days_are_closed_for_all_or_for_one(desk: Desk) -> None:
    desk.hours((2, NINE, FIVE, "work"), (3, NINE, FIVE, "work"))
    other = desk.staff.add(AddStaff("Mei Tanaka", "MT", "nurse", is_provider=True), desk.actor)
    desk.staff.close(Close(WEDNESDAY, WEDNESDAY, "Training", staff_id=other.value), desk.actor)
    assert desk.open(WEDNESDAY) != []
    desk.staff.close(Close(WEDNESDAY, date(2026, 11, 26), "Water damage"), desk.actor)
    assert desk.open(WEDNESDAY) == desk.open(date(2026, 11, 26)) == []
    with pytest.raises(HoursBackwards):
        desk.staff.close(Close(WEDNESDAY, date(2026, 11, 24), "Backwards"), desk.actor)


def test_public_holidays_of_a_country_become_closures(desk: Desk) -> None:
    days = {close.from_on: close for close in desk.staff.public_holidays("GB", 2026)}
    assert days[date(2026, 12, 25)].source == "holiday"
    assert desk.staff.public_holidays("XX", 2026) == ()


@pytest.mark.parametrize(("first", "last"), [(600, 600), (600, 540), (-5, 60), (0, 1441)])
def test_hours_that_make_no_sense_are_refused(desk: Desk, first: int, last: int) -> None:
    with pytest.raises(HoursBackwards):
        desk.hours((0, first, last, "work"))


def test_of_two_editors_of_a_member_the_later_one_is_told(desk: Desk) -> None:
    (seen,) = desk.staff.members(desk.actor)
    edit = EditStaff(seen.id, seen.version, "Dr A. Osei", "AO", "gp", is_provider=True)
    desk.staff.edit(edit, desk.actor)
    late = EditStaff(seen.id, seen.version, "Dr Late", "DL", "gp", is_provider=True)
    with pytest.raises(StaleCopy):
        desk.staff.edit(late, desk.actor)
    assert [row.name for row in desk.staff.members(desk.actor)] == ["Dr A. Osei"]


def test_an_archived_member_leaves_the_book_and_stays_on_file(desk: Desk) -> None:
    edit = EditStaff(desk.doctor, 1, "Dr Osei", "AO", "gp", is_provider=True, archived=True)
    desk.staff.edit(edit, desk.actor)
    assert desk.staff.providers(WEDNESDAY) == ()
    assert [row.archived for row in desk.staff.members(desk.actor)] == [True]


def test_names_and_rights_are_needed(desk: Desk) -> None:
    with pytest.raises(NameNeeded):
        desk.staff.add(AddStaff(" \u200b", "X", "gp", is_provider=True), desk.actor)
    with pytest.raises(NotAllowed):
        desk.staff.add(AddStaff("Eve", "E", "gp", is_provider=True), an_actor("staff.view"))


def test_the_roster_counts_hours_without_breaks_and_says_why_somebody_is_away(desk: Desk) -> None:
    desk.hours((2, NINE, FIVE, "work"), (2, NOON, ONE, "break"), (3, NINE, NOON, "work"))
    desk.staff.close(
        Close(date(2026, 11, 26), date(2026, 11, 26), "Leave", desk.doctor), desk.actor
    )
    (row,) = desk.staff.week(week_of(WEDNESDAY), desk.actor).people
    assert row.minutes == 7 * 60
    assert [len(cell.spans) for cell in row.cells] == [0, 0, 2, 0, 0, 0, 0]
    assert row.cells[3].closed == "Leave"
