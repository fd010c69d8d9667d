# SPDX-License-Identifier: Apache-2.0
"""The page: tiles that say their figures, three keys down to the rows, charts as tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicdesk.assembly import Clinic
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.moments import Month
from clinicdesk.overview.panel import OverviewPanel
from clinicdesk.overview.panel.words import say
from clinicdesk.overview.queries import Figure, Glance, Measure, Overview, Plot

_Key = Qt.Key


@pytest.fixture
def panel(room: Room, overview: Overview, qtbot: QtBot) -> OverviewPanel:
    made = OverviewPanel(room, overview=overview)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.activateWindow()
    settle(made, qtbot)
    return made


def settle(panel: OverviewPanel, bot: QtBot) -> None:
    for _ in range(3):
        bot.waitUntil(lambda: panel.room.desk.busy == 0, timeout=30_000)
        bot.wait(20)


def press(panel: OverviewPanel, bot: QtBot, key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget() or panel, key)
    settle(panel, bot)


def test_every_tile_says_its_figure_and_its_change_to_a_screen_reader(
    panel: OverviewPanel,
) -> None:
    for tile in panel.tiles.values():
        assert tile.said.value
        assert tile.said.value in tile.accessibleName()
        assert tile.said.change in tile.accessibleName()
        assert tile.accessibleDescription()


def test_every_chart_has_its_values_in_words(panel: OverviewPanel) -> None:
    for plot, view in panel.plots.items():
        assert view.chart is not None, plot
        assert view.accessibleName()
        assert view.chart.labels[0] in view.accessibleDescription()


def test_three_keys_lead_from_a_figure_to_its_rows_and_backspace_back(
    panel: OverviewPanel, qtbot: QtBot
) -> None:
    panel.tiles[Measure.PRODUCTION].setFocus()
    press(panel, qtbot, _Key.Key_Return)
    assert panel.drill.table is not None
    first = panel.drill.table.rows.rows[0]
    press(panel, qtbot, _Key.Key_Return)
    assert panel.place is not None
    assert panel.place.group == first.id
    rows = panel.drill.table.rows.rows
    assert sum(row.amount_minor for row in rows) == first.provider.net_minor
    press(panel, qtbot, _Key.Key_Backspace)
    assert panel.place.group is None
    back = panel.drill.table.current()
    assert back is not None
    assert back.id == first.id
    press(panel, qtbot, _Key.Key_Backspace)
    assert not panel.drill.isVisible()
    assert panel.tiles[Measure.PRODUCTION].hasFocus()


def test_enter_on_a_row_shows_its_patient(panel: OverviewPanel, room: Room, qtbot: QtBot) -> None:
    panel.tiles[Measure.WAITING].setFocus()
    for _ in range(3):
        press(panel, qtbot, _Key.Key_Return)
    row = panel.drill.table.rows.rows[0]  # type: ignore[union-attr]
    assert room.spotlight.current("patient") == row.patient_id
    assert room.spotlight.current("appointment") == row.id


def test_t_shows_a_chart_as_the_table_it_is_drawn_from(panel: OverviewPanel, qtbot: QtBot) -> None:
    view = panel.plots[Plot.PRODUCTION]
    view.setFocus()
    press(panel, qtbot, _Key.Key_T)
    assert view.as_table
    press(panel, qtbot, _Key.Key_T)
    assert not view.as_table


def test_a_chart_is_copied_for_a_spreadsheet(panel: OverviewPanel) -> None:
    view = panel.plots[Plot.PRODUCTION]
    view.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert view.chart is not None
    assert len(lines) == len(view.chart.labels) + 1
    assert lines[1].split("\t")[0] == view.chart.labels[0]


def test_locking_drops_the_list_that_names_patients(panel: OverviewPanel, qtbot: QtBot) -> None:
    panel.tiles[Measure.WAITING].setFocus()
    press(panel, qtbot, _Key.Key_Return)
    press(panel, qtbot, _Key.Key_Return)
    table = panel.drill.table
    assert table is not None
    panel.forget()
    assert not table.rows.rows
    assert panel.place is None


def test_without_anything_earlier_a_tile_says_so(room: Room) -> None:
    figures = {measure: Figure(None) for measure in Measure}
    glance = Glance(date(2026, 11, 25), Month(2026, 11), figures)
    for measure in Measure:
        said = say(measure, glance, room.formats)
        assert said.value == "–"
        assert said.change == "Nothing earlier to compare with"
        assert not said.tone


def test_more_waiting_is_worse_and_more_production_is_better(room: Room) -> None:
    up = {
        Measure.OVER_90: Figure(Decimal("0.30"), Decimal("0.25")),
        Measure.PRODUCTION: Figure(1_042_00, 1_000_00, 2_000_00),
    }
    glance = Glance(date(2026, 11, 25), Month(2026, 11), up)
    worse = say(Measure.OVER_90, glance, room.formats)
    assert (worse.change, worse.tone) == ("▲ 5.0 points vs the end of October", "warn")
    better = say(Measure.PRODUCTION, glance, room.formats)
    assert (better.change, better.tone) == ("▲ 4.2% vs October to this day", "ok")
    assert better.beside.startswith("52% of the budget")
    level = replace(glance, figures={Measure.OVER_90: Figure(Decimal("0.3"), Decimal("0.3"))})
    assert say(Measure.OVER_90, level, room.formats).change.startswith("=")


def test_an_empty_clinic_has_a_word_in_every_place(looked_at: Clinic, room: Room) -> None:
    from clinicdesk.overview.panel.charts import EMPTY, chart
    from clinicdesk.overview.queries import RiskRow

    nothing = {
        Plot.PRODUCTION: (),
        Plot.COLLECTIONS: (),
        Plot.AGING: (0, 0, 0, 0, 0),
        Plot.NO_SHOWS: (),
        Plot.PAYERS: (),
        Plot.STOCK: RiskRow(0, 0, 0, 0),
    }
    for plot in Plot:
        assert chart(plot, nothing[plot], room.formats) is None
        assert EMPTY[plot]
