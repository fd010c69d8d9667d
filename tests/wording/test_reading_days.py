# SPDX-License-Identifier: Apache-2.0
"""Days and times as they are typed at a desk."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.formats import Formats
from tests.wording.test_reading_amounts import ALL, PLACES

TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize("place", PLACES)
@given(day=st.dates(date(1910, 1, 1), date(2040, 12, 31)))
def test_a_written_day_is_read_back(place: str, day: date) -> None:
    there = ALL[place]
    for style in ("short", "medium"):
        assert there.parse_day(there.day(day, style), TODAY) == day


@pytest.mark.parametrize(
    ("place", "typed", "day"),
    [
        ("usa", "t", TODAY),
        ("usa", "Today", TODAY),
        ("usa", "+3", TODAY + timedelta(3)),
        ("usa", "-2", TODAY - timedelta(2)),
        ("usa", "−2", TODAY - timedelta(2)),
        ("usa", "+2w", TODAY + timedelta(14)),
        ("usa", "+3m", date(2027, 2, 25)),
        ("usa", "12", date(2026, 11, 12)),
        ("usa", "12/3", date(2026, 12, 3)),
        ("britain", "12/3", date(2026, 3, 12)),
        ("germany", "9.3.", date(2026, 3, 9)),
        ("germany", "9. März 2027", date(2027, 3, 9)),
        ("japan", "2026/3/9", date(2026, 3, 9)),
        ("usa", "2026-03-09", date(2026, 3, 9)),
        ("britain", "09032026", date(2026, 3, 9)),
        ("usa", "mar 9", date(2026, 3, 9)),
        ("britain", "fri", date(2026, 11, 27)),
        ("britain", "wed", date(2026, 12, 2)),
    ],
)
def test_short_forms_are_understood(place: str, typed: str, day: date) -> None:
    assert ALL[place].parse_day(typed, TODAY) == day


def test_a_short_year_of_a_birth_date_lies_in_the_past() -> None:
    assert ALL["britain"].parse_day("1/2/40", TODAY, past=True) == date(1940, 2, 1)
    assert ALL["britain"].parse_day("1/2/40", TODAY) == date(2040, 2, 1)


@pytest.mark.parametrize("typed", ["", "x", "31/12", "2/30", "13/13/2026", "2026-13-01", "1 2 3 4"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        ALL["usa"].parse_day(typed, TODAY)


@given(st.text(max_size=12))
def test_no_text_at_all_breaks_the_reader(typed: str) -> None:
    try:
        ALL["france"].parse_day(typed, TODAY)
    except Refusal:
        return


@pytest.mark.parametrize(
    ("typed", "wall"),
    [
        ("9", time(9)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("21h30", time(21, 30)),
        ("9pm", time(21)),
        ("12 am", time(0)),
        ("9:30 p.m.", time(21, 30)),
    ],
)
def test_times_are_understood(typed: str, wall: time) -> None:
    assert ALL["usa"].parse_time(typed) == wall


@pytest.mark.parametrize("typed", ["", "25", "1260", "13pm", "noon"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        ALL["usa"].parse_time(typed)


def test_the_first_weekday_belongs_to_the_country_not_the_language() -> None:
    assert ALL["usa"].first_weekday == 6
    assert ALL["britain"].first_weekday == 0
    assert ALL["english in france"].first_weekday == 0
    assert ALL["egypt"].first_weekday == 5


@pytest.mark.parametrize(
    ("language", "country", "hint"),
    [
        ("en", "GB", "dd/mm/yyyy"),
        ("en", "US", "m/d/yyyy"),
        ("de", "DE", "TT.MM.JJJJ"),
        ("fr", "FR", "jj/mm/aaaa"),
        ("pt", "BR", "dd/mm/aaaa"),
        ("ja", "JP", "yyyy/mm/dd"),
    ],
)
def test_an_empty_day_says_how_it_is_typed_in_the_letters_of_the_language(
    language: str, country: str, hint: str
) -> None:
    formats = Formats(language, country, Currency.of("EUR"), ClinicZone("Europe/Berlin"))
    assert formats.day_example == hint
