# SPDX-License-Identifier: Apache-2.0
"""Ways to a place of the book: a day typed into the palette, a list that opens on the day."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinicdesk.schedule.panel.day_source import DaySource, read_moment
from clinicdesk.schedule.panel.following import moment_id, moment_of
from tests.schedule.clinic import OSEI, PARK, RUIZ, TODAY, at, booking
from tests.schedule.panel.conftest import Bench
from tests.support.clinics import an_actor

ADA = an_actor()


@pytest.mark.parametrize(
    ("typed", "on", "at_"),
    [
        ("+3w", TODAY + timedelta(weeks=3), None),
        ("25.12.", date(2026, 12, 25), None),
        ("tue 10:30", date(2026, 12, 1), time(10, 30)),
        ("t 9", TODAY, time(9)),
        ("3 Mar 2027 14:15", date(2027, 3, 3), time(14, 15)),
        ("10:30", TODAY, time(10, 30)),
    ],
)
def test_days_are_understood_as_people_type_them(
    bench: Bench, typed: str, on: date, at_: time | None
) -> None:
    assert read_moment(typed, bench.room.formats, TODAY) == (on, at_)


def test_names_are_no_days(bench: Bench) -> None:
    for typed in ("ngu", "tom carter", "31.02.", ""):
        assert read_moment(typed, bench.room.formats, TODAY) is None


def test_a_moment_survives_its_number() -> None:
    assert moment_of(moment_id(TODAY, time(23, 59))) == (TODAY, 23 * 60 + 59)
    assert moment_of(moment_id(TODAY)) == (TODAY, None)


def test_a_day_chosen_in_the_palette_is_shown_with_the_cursor_at_its_time(
    bench: Bench, qtbot: QtBot
) -> None:
    question = DaySource(bench.room).question("fri 10:30")
    assert question is not None
    [hit] = question()
    assert "27 November 2026" in hit.title
    hit.act()
    bench.settle(qtbot)
    assert bench.page.on == date(2026, 11, 27)
    column, minute = bench.grid.cursor_at
    assert bench.grid.slot_of(column, minute, 15).starts.time() == time(10, 30)


def test_the_list_opens_on_the_day_that_was_shown(bench: Bench, qtbot: QtBot) -> None:
    monday = TODAY - timedelta(days=2)
    for n in range(60):
        for who, on in ((RUIZ, monday), (PARK, TODAY)):
            slot = at(9 + n // 12, n % 12 * 5, minutes=5, on=on)
            bench.clinic.schedule.book(booking(who, OSEI, slot), ADA)
    bench.settle(qtbot)
    bench.page.set_mode("list")
    bench.settle(qtbot)
    table = bench.page.list
    first = table.rows.rows[table.rowAt(1)]
    assert first.starts.date() == TODAY
    assert table.current() is None


def test_no_column_of_the_list_cuts_when_and_who_it_is(bench: Bench, qtbot: QtBot) -> None:
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(9)), ADA)
    bench.settle(qtbot)
    bench.page.set_mode("list")
    for width in (620, 900, 1300):
        bench.page.resize(width, 700)
        bench.settle(qtbot)
        table = bench.page.list
        shown = [n for n in range(len(table.rows.columns)) if not table.isColumnHidden(n)]
        assert {"starts", "name", "provider", "state"} <= {table.rows.columns[n].key for n in shown}
        assert sum(table.columnWidth(n) for n in shown) <= table.viewport().width()
        metrics = table.fontMetrics()
        for number in shown[:3]:
            words = str(table.rows.index(0, number).data(Qt.ItemDataRole.DisplayRole))
            assert metrics.horizontalAdvance(words) < table.columnWidth(number)


def test_the_view_buttons_stay_where_they_are_whatever_the_title(bench: Bench) -> None:
    widths = set()
    for mode in ("day", "week", "month", "list"):
        for days in range(0, 200, 17):
            bench.page.mode, bench.page.on = mode, TODAY + timedelta(days=days)
            widths.add(tuple(form.widest for form in bench.page.titles()))
            longest = max(len(one) for one in bench.page.titles()[0].widest)
            assert len(bench.page.titles()[0].words) <= longest
    assert len(widths) == 1
