# SPDX-License-Identifier: Apache-2.0
"""Nights on which the clocks change, in zones that do it differently (trust.md T1, T3)."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.kernel.moments import ClinicZone, NoSuchWallTime, Slot
from clinicdesk.schedule.model import MoveAppointment, NoSuchTime, ResizeAppointment, span_of
from clinicdesk.storage.records import Records
from clinicdesk.storage.tables import clinic as clinic_table
from tests.schedule.clinic import (
    OSEI,
    PARK,
    RUIZ,
    TODAY,
    a_clinic,
    another_desk,
    at,
    booking,
    fill,
)
from tests.support.clinics import a_file, a_profile, an_actor

ADA = an_actor()
ZONES = (
    "Europe/London", "Europe/Berlin", "America/New_York", "America/Santiago", "America/Havana",
    "America/St_Johns", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Chatham",
    "Africa/Cairo", "Asia/Beirut", "Asia/Jerusalem", "America/Asuncion", "Europe/Dublin",
    "America/Sao_Paulo",
)  # fmt: skip


def _changes(zone: str, year: int) -> list[tuple[date, int]]:
    """Return the days of a year on which the offset changes, and by how many minutes."""
    info, found = ZoneInfo(zone), []
    for n in range(366):
        first = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=n)
        before = first.astimezone(info).utcoffset()
        after = (first + timedelta(days=1)).astimezone(info).utcoffset()
        assert before is not None
        assert after is not None
        if before != after:
            low, high = 0, 1440
            while high - low > 1:
                middle = (low + high) // 2
                at_middle = (first + timedelta(minutes=middle)).astimezone(info).utcoffset()
                low, high = (middle, high) if at_middle == before else (low, middle)
            wall = (first + timedelta(minutes=low)).astimezone(info)
            found.append((wall.date(), int((after - before).total_seconds() // 60)))
    return found


CHANGES = [
    (zone, day, shift)
    for zone in ZONES
    for year in range(2020, 2030)
    for day, shift in _changes(zone, year)
]


def test_there_are_enough_nights_to_try() -> None:
    assert len(CHANGES) > 200


@given(
    st.sampled_from(CHANGES),
    st.integers(-24 * 60, 36 * 60),
    st.integers(1, 600),
    st.integers(0, 1),
)
def test_wall_time_and_length_are_kept_or_the_time_is_refused(
    change: tuple[str, date, int], minute: int, length: int, fold: int
) -> None:
    name, day, _ = change
    zone = ClinicZone(name)
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 -- wall
    slot = Slot(wall, length, fold)
    try:
        start, end = span_of(zone, slot)
    except NoSuchTime:
        with pytest.raises(NoSuchWallTime):
            zone.instant(wall, fold)
        return
    assert end - start == length
    back = zone.slot_at(start, length)
    assert back.starts == wall
    assert back.fold in {0, fold}


@given(st.sampled_from(CHANGES), st.integers(0, 600), st.integers(0, 600))
def test_earlier_instants_never_read_as_a_later_day(
    change: tuple[str, date, int], one: int, two: int
) -> None:
    name, day, _ = change
    zone = ClinicZone(name)
    start, _ = zone.day_span(day)
    early, late = sorted((start + one, start + two))
    first, second = zone.slot_at(early, 1), zone.slot_at(late, 1)
    assert (first.starts, first.fold) <= (second.starts, second.fold) or first.fold < second.fold


NIGHTS = [
    ("Europe/London", datetime(2027, 3, 28, 1, 30), datetime(2027, 10, 31, 1, 30)),  # noqa: DTZ001
    ("America/New_York", datetime(2027, 3, 14, 2, 30), datetime(2027, 11, 7, 1, 30)),  # noqa: DTZ001
    ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 15), datetime(2027, 4, 4, 1, 45)),  # noqa: DTZ001
    ("America/Santiago", datetime(2027, 9, 5, 0, 30), datetime(2027, 4, 3, 23, 30)),  # noqa: DTZ001
]


@pytest.mark.parametrize(("zone", "gap", "twice"), NIGHTS)
def test_a_missing_hour_is_refused_and_a_doubled_hour_holds_two_appointments(
    tmp_path: Path, zone: str, gap: datetime, twice: datetime
) -> None:
    clinic = a_clinic(tmp_path, zone=zone)
    with pytest.raises(NoSuchTime):
        clinic.schedule.book(booking(slot=Slot(gap, 15)), ADA)
    first = clinic.schedule.book(booking(RUIZ, slot=Slot(twice, 15)), ADA).value
    clinic.schedule.book(booking(PARK, slot=Slot(twice, 15, fold=1)), ADA)
    cards = clinic.schedule.day(twice.date(), ADA).cards
    assert [(c.name, c.starts, c.fold) for c in cards] == [
        ("Ruiz, Elena", twice, 0),
        ("Park, Min", twice, 1),
    ]
    own = AppointmentId(first.appointment_id)
    with pytest.raises(NoSuchTime):
        clinic.schedule.move(MoveAppointment(own, 1, OSEI, Slot(gap, 15)), ADA)


def test_length_is_real_minutes_across_the_change(tmp_path: Path) -> None:
    clinic = a_clinic(tmp_path)
    night = Slot(datetime(2027, 3, 28, 0, 30), 30)  # noqa: DTZ001 -- wall time is naive
    own = AppointmentId(clinic.schedule.book(booking(slot=night), ADA).value.appointment_id)
    clinic.schedule.resize(ResizeAppointment(own, 1, 60), ADA)
    after = Slot(datetime(2027, 3, 28, 2, 30), 15)  # noqa: DTZ001 -- the hour after the gap
    clinic.schedule.book(booking(PARK, slot=after), ADA)
    cards = clinic.schedule.day(night.day, ADA).cards
    assert cards[0].ends_min == cards[1].starts_min
    view = clinic.schedule.day(night.day, ADA)
    assert view.ends_min - view.starts_min == 23 * 60


def _rezoned(path: Path, key: bytes, records: Records, zone: str) -> None:
    with records.write(ADA, "test.zone") as work:
        work.execute(clinic_table.update().values(zone=zone))
        work.record("clinic", 1)
    records.close()


def test_new_zone_data_moves_the_derived_times_and_keeps_the_wall_times(tmp_path: Path) -> None:
    from clinicdesk.kernel.moments import FixedClock
    from tests.support.clinics import NOON

    clock = FixedClock(NOON)
    path, key = a_file(tmp_path, profile=a_profile(zone="Europe/London"))
    records, schedule = another_desk(path, key, clock)
    fill(records)
    schedule.book(booking(), ADA)
    gone = Slot(datetime(2027, 3, 28, 2, 30), 30)  # noqa: DTZ001 -- a gap in Berlin, not in London
    lost = schedule.book(booking(PARK, slot=gone), ADA).value
    before = schedule.day(TODAY, ADA).cards[0]
    _rezoned(path, key, records, "Europe/Berlin")

    records, schedule = another_desk(path, key, clock)
    with records.write(ADA, "schedule.recompute_spans") as work:
        changed, missing = schedule.recompute_spans(work)
    after = schedule.day(TODAY, ADA).cards[0]
    assert (changed, missing) == (2, (lost.appointment_id,))
    assert after.starts == before.starts
    assert before.starts_min - after.starts_min == 60
    assert after.ends_min - after.starts_min == 30
    with records.write(ADA, "schedule.recompute_spans") as work:
        assert schedule.recompute_spans(work)[0] == 0
    records.close()


def test_the_zone_of_the_pc_plays_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic = a_clinic(tmp_path)
    clinic.schedule.book(booking(), ADA)
    seen = clinic.schedule.day(TODAY, ADA)
    try:
        monkeypatch.setitem(os.environ, "TZ", "Pacific/Kiritimati")
        time.tzset()
        assert clinic.schedule.day(TODAY, ADA) == seen
        done = clinic.schedule.book(booking(PARK, slot=at(16)), ADA)
        card = clinic.schedule.day(TODAY, ADA).cards[-1]
        assert card.starts == at(16).starts
        assert done.value.cautions == ()
    finally:
        monkeypatch.undo()
        time.tzset()
