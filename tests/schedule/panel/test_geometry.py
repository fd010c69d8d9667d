# SPDX-License-Identifier: Apache-2.0
"""Lanes, rows and columns, as plain numbers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.schedule.panel.geometry import Geometry, Lane, Sizes, complement, lay_lanes

SIZES = Sizes(gutter=56, head=46, row=24, least=170, inset=3, tail=9, gap=2)
SPANS = st.lists(
    st.tuples(st.integers(0, 600), st.integers(5, 120)).map(lambda t: (t[0], t[0] + t[1])),
    max_size=14,
)


def laid(columns: int = 4, width: int = 1000, *, mirrored: bool = False) -> Geometry:
    return Geometry(SIZES, columns, (480, 1080), 15, (width, 600), right_to_left=mirrored)


@given(SPANS)
def test_no_two_cards_of_one_lane_share_a_minute(spans: list[tuple[int, int]]) -> None:
    lanes = lay_lanes(spans)
    for n, one in enumerate(spans):
        for m, other in enumerate(spans[:n]):
            if one[0] < other[1] and other[0] < one[1]:
                assert lanes[n].place != lanes[m].place
                assert lanes[n].of == lanes[m].of


@given(SPANS)
def test_a_card_that_meets_nobody_has_the_whole_column(spans: list[tuple[int, int]]) -> None:
    for n, (one, lane) in enumerate(zip(spans, lay_lanes(spans), strict=True)):
        if not any(
            m != n and one[0] < other[1] and other[0] < one[1] for m, other in enumerate(spans)
        ):
            assert lane == Lane(0, 1)


@given(SPANS)
def test_what_is_open_and_what_is_closed_make_the_day(spans: list[tuple[int, int]]) -> None:
    left = complement(spans, 0, 600)
    inside = {m for start, end in spans for m in range(start, min(end, 600))}
    outside = {m for start, end in left for m in range(start, end)}
    assert inside | outside == set(range(600))
    assert not inside & outside


def test_columns_are_never_narrower_than_a_name_and_the_rest_scrolls() -> None:
    many = laid(columns=9, width=1000)
    assert many.column_width == 170
    assert many.most_x == 9 * 170 - (1000 - 56)
    assert laid(columns=2).column_width == (1000 - 56) / 2


def test_a_point_comes_back_as_the_slot_it_shows() -> None:
    grid = laid()
    grid.scroll_y = 120
    for column in range(4):
        for minute in (480, 615, 1065):
            box = grid.span_box(column, minute, minute + 15)
            x, y = box.x + box.width / 2, box.y + box.height / 2
            assert grid.column_at(x) == column
            assert grid.snapped(grid.minute_at(y)) == minute


def test_from_right_to_left_everything_is_the_mirror_image() -> None:
    plain, mirrored = laid(), laid(mirrored=True)
    lane = Lane(1, 2)
    for column in range(4):
        one = plain.card_box(column, 600, 630, lane)
        other = mirrored.card_box(column, 600, 630, lane)
        assert other.x == 1000 - one.right
        assert (other.y, other.width, other.height) == (one.y, one.width, one.height)
        assert mirrored.column_at(other.x + other.width / 2) == column
    assert mirrored.column_at(999) == -1
    assert plain.column_at(1) == -1
