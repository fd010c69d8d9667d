# SPDX-License-Identifier: Apache-2.0
"""Rule: a refresh tells views only what changed; sorting and copying use native values.

Reason: a list that forgets selection and scroll position at each refresh cannot be worked in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_model import RowModel
from clinicdesk.desktop.row_table import RowTable, TotalsRow
from clinicdesk.kernel.columns import Column, Kind
from tests.desktop.toys import SOME, THING_COLUMNS, Thing


@pytest.fixture
def table(qtbot: QtBot, room: Room) -> RowTable[Thing]:
    made: RowTable[Thing] = RowTable(THING_COLUMNS, room, "Things", state_key="test")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.rows.replace(SOME)
    return made


def test_a_refresh_with_one_changed_row_says_only_that(
    qtbot: QtBot, table: RowTable[Thing]
) -> None:
    told: list[tuple[int, int]] = []
    table.rows.dataChanged.connect(
        lambda first, last, _r=None: told.append((first.row(), last.row()))
    )
    table.rows.replace([replace(row, count=99) if row.id == 3 else row for row in SOME])
    assert told == [(2, 2)]


def test_the_selection_survives_refresh_and_sort(table: RowTable[Thing]) -> None:
    table.choose(3)
    table.rows.replace([Thing(9, "New", 1, 1), *SOME[1:]])
    assert [row.id for row in table.selected()] == [3]
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [row.id for row in table.selected()] == [3]
    current = table.current()
    assert current is not None
    assert current.id == 3


def test_a_row_is_chosen_also_while_ctrl_is_held(qtbot: QtBot, table: RowTable[Thing]) -> None:
    qtbot.keyPress(table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    assert table.choose(3)
    assert [row.id for row in table.selected()] == [3]
    qtbot.keyRelease(table, Qt.Key.Key_Control)


def test_names_are_sorted_as_people_look_them_up_and_nothing_is_last(
    table: RowTable[Thing],
) -> None:
    table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert [row.id for row in table.rows.rows] == [2, 1, 3, 4]
    table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert [row.price_minor for row in table.rows.rows] == [123_456, 8500, -4500, None]


rows = st.lists(
    st.builds(Thing, id=st.integers(1, 12), name=st.sampled_from(["a", "B", "ç"]),
              count=st.integers(0, 3), price_minor=st.none() | st.integers(-5, 5)),
    max_size=12, unique_by=lambda row: row.id,
)  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=rows, after=rows, column=st.integers(-1, 2))
def test_any_refresh_keeps_persistent_places_on_their_rows(
    room: Room, before: list[Thing], after: list[Thing], column: int
) -> None:
    model: RowModel[Thing] = RowModel(THING_COLUMNS, room.theme, room.formats)
    model.replace(before)
    marks = {row.id: QPersistentModelIndex(model.index(n, 0)) for n, row in enumerate(before)}
    model.sort(column)
    model.replace(after)
    assert sorted(row.id for row in model.rows) == sorted(row.id for row in after)
    assert {row.id: row for row in model.rows} == {row.id: row for row in after}
    for row_id, mark in marks.items():
        place = model.row_of(row_id)
        assert (mark.row() if mark.isValid() else -1) == place


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, room: Room) -> None:
    model: RowModel[Thing] = RowModel(THING_COLUMNS, room.theme, room.formats)
    model.replace(SOME)
    qtmodeltester.check(model, force_py=True)


def test_copying_gives_raw_numbers_for_a_spreadsheet(qtbot: QtBot, table: RowTable[Thing]) -> None:
    table.selectAll()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(table, Qt.Key.Key_C, control)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0] == ["Grace Adeyemi", "3", "85.00"]
    assert lines[1][2] == "-45.00"
    assert lines[3][2] == "123456"[:4] + ".56"
    qtbot.keyClick(table, Qt.Key.Key_C, control | shift)
    assert QGuiApplication.clipboard().text().startswith("Name\tCount\tPrice\n")


def test_totals_are_of_what_is_shown_or_of_several_selected(
    qtbot: QtBot, table: RowTable[Thing], room: Room
) -> None:
    totals = TotalsRow(table, room)
    qtbot.addWidget(totals)
    assert totals.words()["price_minor"] == "1,274.56"
    table.rows.narrow("omar")
    assert totals.words()["count"] == "7"
    table.rows.narrow("")
    table.selectAll()
    assert totals.words()[""] == "4 selected"


def test_filtering_finds_words_in_any_order_without_accents(table: RowTable[Thing]) -> None:
    table.rows.narrow("bjorn angs")
    assert [row.id for row in table.rows.rows] == [2]
    assert table.rows.narrowed
    assert table.rows.count_of_all == 4


def test_widths_are_remembered_and_the_sort_is_not(
    qtbot: QtBot, room: Room, table: RowTable[Thing]
) -> None:
    table.setColumnWidth(0, 321)
    table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: bool(room.settings.text("table.test")))
    again: RowTable[Thing] = RowTable(THING_COLUMNS, room, "Things", state_key="test")
    qtbot.addWidget(again)
    again.rows.replace(SOME)
    assert again.columnWidth(0) == 321
    assert [row.id for row in again.rows.rows] == [1, 2, 3, 4]


def test_a_hundred_thousand_rows_are_shown_at_once(room: Room) -> None:
    many = [Thing(n, f"Name {n}", n % 7, n) for n in range(100_000)]
    model: RowModel[Thing] = RowModel(THING_COLUMNS, room.theme, room.formats)
    model.replace(many)
    model.sort(1)
    assert model.rows[0].count == 0


@dataclass(frozen=True, slots=True)
class Bill:
    id: int
    day: date
    supplier: str
    note: str


_BILLS: tuple[Column[Bill], ...] = (
    Column("day", "Day", lambda r: r.day, Kind.DAY, weight=6),
    Column("supplier", "Supplier", lambda r: r.supplier, weight=8),
    Column("note", "Note", lambda r: r.note, weight=20),
)


def test_no_day_is_cut_and_words_get_the_room_that_empty_columns_do_not_need(
    qtbot: QtBot, room: Room
) -> None:
    made: RowTable[Bill] = RowTable(_BILLS, room, "Bills")
    qtbot.addWidget(made)
    made.resize(room.theme.px(560), room.theme.px(200))
    made.show()
    words = "Mutual Practice Insurance of the North"
    made.rows.replace([Bill(n, date(2026, 9, 20 + n), words, "") for n in range(1, 6)])
    metrics = made.fontMetrics()
    for row in made.rows.rows:
        assert metrics.horizontalAdvance(room.formats.day(row.day)) + 20 < made.columnWidth(0)
    assert metrics.horizontalAdvance(words) + 20 < made.columnWidth(1)
    before = made.columnWidth(1)
    made.rows.replace([Bill(1, date(2026, 9, 21), "A", "much more to say about it here")])
    assert made.columnWidth(1) == before  # columns do not jump while rows come and go
