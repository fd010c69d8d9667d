# SPDX-License-Identifier: Apache-2.0
"""Time: wall times keep their hour, spans keep their length, nights of change are right."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.moments import (
    ClinicZone,
    FixedClock,
    Month,
    NoSuchWallTime,
    Slot,
    SystemClock,
    from_utc_minute,
    utc_minute,
)

LONDON = ClinicZone("Europe/London")
ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago",
         "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo"]  # fmt: skip


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_half_past_nine_stays_half_past_nine_in_summer_and_winter() -> None:
    assert LONDON.instant(wall("2026-07-01T09:30")) == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert LONDON.instant(wall("2026-12-01T09:30")) == datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


def test_a_wall_time_in_the_gap_of_spring_does_not_exist() -> None:
    with pytest.raises(NoSuchWallTime, match="2026-03-29 01:30"):
        LONDON.instant(wall("2026-03-29T01:30"))


def test_the_two_equal_wall_times_of_autumn_are_an_hour_apart() -> None:
    first, second = (LONDON.instant(wall("2026-10-25T01:30"), fold) for fold in (0, 1))
    assert second - first == timedelta(hours=1)


def test_days_have_23_24_or_25_hours() -> None:
    lengths = [
        end - start
        for start, end in map(
            LONDON.day_span, (date(2026, 3, 29), date(2026, 6, 1), date(2026, 10, 25))
        )
    ]
    assert lengths == [23 * 60, 24 * 60, 25 * 60]


def test_a_day_that_begins_after_midnight_begins_at_its_first_minute() -> None:
    start, end = ClinicZone("America/Sao_Paulo").day_span(date(2018, 11, 4))
    assert end - start == 23 * 60


@given(st.sampled_from(ZONES), st.integers(20_000_000, 40_000_000), st.integers(1, 600))
def test_any_minute_makes_a_slot_that_begins_at_that_minute(
    zone: str, minute: int, length: int
) -> None:
    here = ClinicZone(zone)
    assert here.span(here.slot_at(minute, length)) == (minute, minute + length)


def test_a_slot_lasts_its_real_minutes_across_a_change_of_clocks() -> None:
    start, end = LONDON.span(Slot(wall("2026-10-25T00:30"), 120))
    assert end - start == 120
    assert LONDON.wall(from_utc_minute(end)) == wall("2026-10-25T01:30")


def test_a_slot_needs_a_naive_start_of_whole_minutes_and_a_length() -> None:
    assert Slot(wall("2026-11-25T09:30"), 15).day == date(2026, 11, 25)
    for starts, minutes in (
        (datetime(2026, 1, 1, tzinfo=UTC), 15),
        (wall("2026-01-01T09:00:30"), 15),
        (wall("2026-01-01T09:00"), 0),
    ):
        with pytest.raises(ValueError, match="slot"):
            Slot(starts, minutes)


def test_the_clinic_day_is_the_zones_not_utc() -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert LONDON.day(late) == date(2026, 7, 2)


def test_clocks_tell_utc() -> None:
    clock = FixedClock(datetime(2026, 1, 1, 12, tzinfo=UTC))
    clock.advance(timedelta(minutes=5))
    assert clock.now() == datetime(2026, 1, 1, 12, 5, tzinfo=UTC)
    assert SystemClock().now().tzinfo is UTC
    assert from_utc_minute(utc_minute(clock.now())) == clock.now()


def test_months_know_their_ends_and_neighbours() -> None:
    december = Month.parse("2026-12")
    assert (december.first, december.last) == (date(2026, 12, 1), date(2026, 12, 31))
    assert str(december.next) == "2027-01"
    assert str(Month(2026, 1).previous) == "2025-12"
    assert Month.of(date(2026, 2, 28)) < december


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "26-01", "2026-1", "2026/01"])
def test_what_is_not_a_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        Month.parse(text)
