# SPDX-License-Identifier: Apache-2.0
"""The pure rules on spans, each against a slow and obvious twin that counts single minutes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.schedule.model import (
    Busy,
    Span,
    beside,
    booked_minutes,
    count_free,
    free_spans,
    next_starts,
    overlapping,
    uncovered,
)

minutes = st.integers(0, 240)
pairs = st.tuples(minutes, minutes).filter(lambda p: p[0] < p[1])
spans = st.builds(lambda p, kind: Span(p[0], p[1], kind), pairs, st.sampled_from(["work", "break"]))
busy = st.builds(
    lambda p, owner, flag, place: Busy(p[0], p[1], owner, flag, place),
    pairs,
    st.integers(1, 2),
    st.booleans(),
    st.integers(0, 99),
)


def _disjoint_work(hours: list[Span]) -> list[Span]:
    """Keep only working spans that do not overlap, as a roster has them."""
    kept: list[Span] = []
    for span in sorted(hours):
        work = [s for s in kept if s.kind == "work"]
        if span.kind != "work" or all(span.from_min >= other.to_min for other in work):
            kept.append(span)
    return kept


def _open_minutes(hours: list[Span]) -> set[int]:
    work = {m for s in hours if s.kind == "work" for m in range(s.from_min, s.to_min)}
    return work - {m for s in hours if s.kind != "work" for m in range(s.from_min, s.to_min)}


@given(st.lists(spans, max_size=6), st.lists(pairs, max_size=8))
def test_free_time_is_open_time_less_what_is_taken(
    hours: list[Span], taken: list[tuple[int, int]]
) -> None:
    hours = _disjoint_work(hours)
    left = free_spans(hours, taken)
    expected = _open_minutes(hours) - {m for at, to in taken for m in range(at, to)}
    assert {m for at, to in left for m in range(at, to)} == expected
    assert left == sorted(left)
    assert booked_minutes(hours, taken) == len(_open_minutes(hours)) - len(expected)


@given(st.lists(spans, max_size=6), pairs)
def test_a_span_is_outside_hours_if_any_minute_is(hours: list[Span], span: tuple[int, int]) -> None:
    hours = _disjoint_work(hours)
    assert uncovered(*span, hours) == bool(set(range(*span)) - _open_minutes(hours))


@given(st.lists(busy, max_size=12))
def test_every_unflagged_overlap_is_found(taken: list[Busy]) -> None:
    slow = sum(
        a.owner == b.owner
        and a.from_min < b.to_min
        and b.from_min < a.to_min
        and not (a.overbook or b.overbook)
        for n, a in enumerate(taken)
        for b in taken[:n]
    )
    assert len(list(overlapping(taken))) == slow


@given(st.lists(busy, max_size=8), st.lists(busy, max_size=8))
def test_history_that_is_taken_in_never_overlaps_unflagged(
    there: list[Busy], new: list[Busy]
) -> None:
    there = [Busy(s.from_min, s.to_min, s.owner, overbook=True) for s in there]
    new = [Busy(s.from_min, s.to_min, s.owner, s.overbook, n) for n, s in enumerate(new)]
    marked = {span.place for span in beside(there, new)}
    after = [
        Busy(s.from_min, s.to_min, s.owner, s.overbook or s.place in marked, s.place) for s in new
    ]
    solid = [Busy(s.from_min, s.to_min, s.owner) for s in there]
    assert not [
        pair for pair in overlapping([*solid, *after]) if pair[1] in after or pair[0] in after
    ]


@given(
    st.lists(pairs, max_size=6),
    st.integers(1, 60),
    st.sampled_from([5, 10, 15, 20]),
    minutes,
    st.integers(1, 20),
)
def test_offered_starts_fit_and_are_in_order(
    left: list[tuple[int, int]], length: int, grid: int, after: int, count: int
) -> None:
    hours = _disjoint_work([Span(pair[0], pair[1]) for pair in left])
    free = free_spans(hours, ())
    starts = next_starts(free, length, grid, after, count)
    assert starts == sorted(set(starts))
    assert len(starts) <= count
    for start in starts:
        assert start >= after
        assert not uncovered(start, start + length, hours)


def test_slots_are_counted_one_after_the_other() -> None:
    assert count_free([(0, 44), (60, 75)], 15) == 3
