# SPDX-License-Identifier: Apache-2.0
"""Clashes and cover, on UTC minutes."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.staff.model import (
    CLOSED,
    OVERLAP,
    REST,
    ROOM,
    Gap,
    NoSuchHours,
    Worked,
    clashes,
    cover,
    outside,
    placed,
)

DAY = date(2026, 11, 30)
NEXT = DAY + timedelta(days=1)
H = 60
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Tokyo", "Africa/Cairo")


def test_two_shifts_of_one_person_at_once_overlap_also_over_midnight() -> None:
    night = Worked(1, DAY, 22 * H, 30 * H)
    early = Worked(1, NEXT, 29 * H, 35 * H)
    assert [(one.kind, one.on) for one in clashes([night, early], {})] == [(OVERLAP, NEXT)]


def test_less_than_eleven_hours_between_two_days_is_said_with_the_hours_left() -> None:
    late, early = Worked(1, DAY, 13 * H, 22 * H), Worked(1, NEXT, 30 * H, 38 * H)
    (one,) = clashes([late, early], {})
    assert (one.kind, one.minutes) == (REST, 8 * H)
    assert clashes([late, Worked(1, NEXT, 33 * H, 38 * H)], {}) == ()


def test_a_split_day_needs_no_rest_between_its_halves() -> None:
    assert clashes([Worked(1, DAY, 8 * H, 12 * H), Worked(1, DAY, 13 * H, 17 * H)], {}) == ()


def test_a_room_used_by_two_at_once_is_said_to_both() -> None:
    found = clashes([Worked(1, DAY, 8 * H, 12 * H, 7), Worked(2, DAY, 11 * H, 15 * H, 7)], {})
    assert {(one.kind, one.staff_id, one.other_id) for one in found} == {(ROOM, 1, 2), (ROOM, 2, 1)}
    assert clashes([Worked(1, DAY, 8 * H, 12 * H, 7), Worked(2, DAY, 12 * H, 15 * H, 7)], {}) == ()


def test_work_on_a_closed_day_says_why_it_is_closed() -> None:
    (one,) = clashes([Worked(1, DAY, 8 * H, 12 * H)], {(1, DAY): "Training"})
    assert (one.kind, one.words) == (CLOSED, "Training")


def test_cover_says_when_fewer_are_there_than_needed() -> None:
    spans = [
        Worked(1, DAY, 9 * H, 17 * H),
        Worked(2, DAY, 9 * H, 13 * H),
        Worked(2, DAY, 15 * H, 17 * H),
    ]
    found = cover("reception", DAY, (2, 9 * H, 17 * H), spans)
    assert (found.least, found.gaps) == (1, (Gap(13 * H, 15 * H, 1),))
    assert cover("reception", DAY, None, spans).least == 2
    assert cover("nurse", DAY, (1, 9 * H, 10 * H), []).gaps == (Gap(9 * H, 10 * H, 0),)


def test_a_stretch_over_two_spans_that_follow_on_each_other_is_inside() -> None:
    assert not outside(9 * H, 12 * H, [(8 * H, 10 * H), (10 * H, 13 * H)])
    assert outside(9 * H, 12 * H, [(8 * H, 10 * H), (11 * H, 13 * H)])


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 40), st.integers(1, 30)), max_size=8))
def test_gaps_are_exactly_the_minutes_with_too_few_people(
    drawn: list[tuple[int, int, int]],
) -> None:
    spans = [Worked(who, DAY, start, start + length) for who, start, length in drawn]
    found = cover("x", DAY, (2, 5, 35), spans)
    short = {
        minute
        for minute in range(5, 35)
        if len({s.staff_id for s in spans if s.from_min <= minute < s.to_min}) < 2
    }
    told = {minute for gap in found.gaps for minute in range(gap.from_min, gap.to_min)}
    assert told == short
    assert found.holds == (not short)


@given(
    st.sampled_from(
        [
            "Europe/London",
            "America/New_York",
            "Australia/Lord_Howe",
            "Asia/Tokyo",
            "America/Santiago",
        ]
    ),
    st.dates(date(2024, 1, 1), date(2028, 12, 31)),
    st.integers(0, 1439),
    st.integers(1, 1440),
)
def test_a_shift_lasts_as_long_as_the_world_turns_meanwhile(
    zone_name: str, day: date, first: int, length: int
) -> None:
    zone = ClinicZone(zone_name)
    try:
        slot, starts, ends = placed(zone, day, first, first + length)
    except NoSuchHours:
        assert length <= 60
        return
    assert (slot.minutes, zone.span(slot)) == (ends - starts, (starts, ends))
    assert abs((ends - starts) - length) <= 120
    changes = zone.day_span(day)[1] - zone.day_span(day)[0] != 1440
    after = zone.day_span(day + timedelta(days=1))
    if not changes and after[1] - after[0] == 1440:
        assert ends - starts == length
