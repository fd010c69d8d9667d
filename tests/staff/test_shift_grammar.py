# SPDX-License-Identifier: Apache-2.0
"""What may be typed into a day of the roster, and what it means."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.staff.model import (
    LEAVE,
    OFF,
    SICK,
    UNPLANNED,
    WORK,
    DayPlan,
    HoursOverlap,
    NoSuchRoom,
    NotHours,
    PlannedSpan,
    Vocabulary,
    read,
    room_code,
    write,
)

WORDS = Vocabulary(
    {1: "Room 1", 2: "Treatment room", 3: "Room 12", 4: "Räntgen"},
    ("gp", "reception"),
    {"urlaub": LEAVE, "krank": SICK},
)


def spans(text: str) -> list[tuple[int, int]]:
    return [(span.from_minute, span.to_minute) for span in read(text, WORDS).spans]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9-17", [(540, 1020)]),
        ("9–17", [(540, 1020)]),
        (" 09:00 - 17:00 ", [(540, 1020)]),
        ("0900-1730", [(540, 1050)]),
        ("9.30-17h", [(570, 1020)]),
        ("9h30-17h15", [(570, 1035)]),
        ("9-12:30 13-17", [(540, 750), (780, 1020)]),
        ("13-17, 9-12:30", [(540, 750), (780, 1020)]),
        ("22-6", [(1320, 1800)]),
        ("22:30-6:15", [(1350, 1815)]),
        ("0-24", [(0, 1440)]),
        ("9am-5pm", [(540, 1020)]),
        ("10pm-6am", [(1320, 1800)]),
        ("12pm-8pm", [(720, 1200)]),
    ],
)
def test_hours_are_understood_as_people_type_them(typed: str, meant: list[tuple[int, int]]) -> None:
    assert spans(typed) == meant


@pytest.mark.parametrize(("typed", "last"), [("9-5", 1020), ("8-4", 960), ("12-6", 1080)])
def test_an_end_before_the_start_is_the_afternoon_where_a_night_would_be_too_long(
    typed: str, last: int
) -> None:
    assert spans(typed)[0][1] == last


def test_words_say_leave_sickness_and_a_day_off_in_english_and_the_readers_language() -> None:
    kinds = {word: read(word, WORDS).kind for word in ("L", "leave", "sick", "off", "Urlaub")}
    assert kinds == {"L": LEAVE, "leave": LEAVE, "sick": SICK, "off": OFF, "Urlaub": LEAVE}
    assert read("  ", WORDS) == UNPLANNED


def test_a_room_is_named_by_its_name_or_its_short_name() -> None:
    for typed in ("9-17 R1", "9-17 r1", "9-17 Room 1", "9-17 @room 1"):
        assert read(typed, WORDS).spans == (PlannedSpan(540, 1020, 1),)
    assert read("9-12 tr 13-17 R12", WORDS).spans == (
        PlannedSpan(540, 720, 2),
        PlannedSpan(780, 1020, 3),
    )
    assert room_code("Treatment room") == "TR"


def test_rooms_of_one_short_name_are_written_out() -> None:
    alike = Vocabulary({1: "Room 1", 2: "Red 1"})
    assert write(DayPlan(WORK, (PlannedSpan(540, 1020, 2),)), alike) == "9-17 Red 1"


def test_an_open_shift_says_who_is_looked_for_and_may_meet_another() -> None:
    plan = read("13-17 reception 14-18", WORDS, many=True)
    assert [span.role for span in plan.spans] == ["reception", ""]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("9", NotHours), ("nine to five", NotHours), ("25", NotHours), ("9-61:00", NotHours),
        ("9:75-17", NotHours), ("13pm-17", NotHours), ("x 9-17", NotHours), ("30-6", NotHours),
        ("9-17 R9", NoSuchRoom), ("9-17 9", NoSuchRoom), ("9-13 12-17", HoursOverlap),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_in_words(typed: str, why: type[Refusal]) -> None:
    with pytest.raises(why):
        read(typed, WORDS)


@st.composite
def plans(draw: st.DrawFn) -> DayPlan:
    """Return any plan of a day that nobody refuses."""
    kind = draw(st.sampled_from([WORK, WORK, WORK, LEAVE, SICK, OFF]))
    if kind != WORK:
        return DayPlan(kind)
    count = draw(st.integers(1, 3))
    edges = sorted(
        draw(st.lists(st.integers(0, 1439), min_size=2 * count, max_size=2 * count, unique=True))
    )
    rooms = st.sampled_from([None, 1, 2, 3, 4])
    found = [PlannedSpan(edges[2 * n], edges[2 * n + 1], draw(rooms)) for n in range(count)]
    if draw(st.booleans()):
        last = found[-1]
        longest = last.from_minute + 1440
        later = draw(st.integers(last.to_minute, longest))
        found[-1] = PlannedSpan(last.from_minute, later, last.room_id)
    return DayPlan(WORK, tuple(found))


@given(plans(), st.sampled_from(["-", "–"]))
def test_what_is_written_is_read_back_as_it_was(plan: DayPlan, dash: str) -> None:
    assert read(write(plan, WORDS, dash), WORDS) == plan


@given(st.text(max_size=20) | st.from_regex(r"[0-9:. \-apmhR]{0,16}", fullmatch=True))
def test_whatever_is_typed_is_understood_or_refused_and_never_overlaps(typed: str) -> None:
    try:
        plan = read(typed, WORDS)
    except Refusal:
        return
    for span in plan.spans:
        assert 0 <= span.from_minute < 1440
        assert 0 < span.to_minute - span.from_minute <= 1440
    for one, other in pairwise(plan.spans):
        assert one.to_minute <= other.from_minute
    assert read(write(plan, WORDS), WORDS) == plan


def test_a_role_is_typed_and_written_as_it_is_called_in_the_readers_language() -> None:
    german = Vocabulary(
        {1: "Raum 1", 2: "Labor"},
        ("nurse", "reception", "manager"),
        titles={"nurse": "Pflege", "reception": "Empfang am Tresen", "manager": "Labor"},
    )
    for typed in ("13-17 Pflege", "13-17 pflege", "13-17 nurse"):
        plan = read(typed, german)
        assert [span.role for span in plan.spans] == ["nurse"]
        assert write(plan, german) == "13-17 Pflege"
    for role in german.roles:
        plan = DayPlan(WORK, (PlannedSpan(780, 1020, None, role),))
        assert read(write(plan, german), german) == plan
    with pytest.raises(NoSuchRoom):
        read("13-17 Zahnarzt", german)
