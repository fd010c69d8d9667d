# SPDX-License-Identifier: Apache-2.0
"""The page: six tiles, the charts under them, and the way down from a tile to its rows.

The figures are asked in one question, each chart in one of its own, so that no other panel waits
behind all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.chart_view import ChartView
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.overview.panel.charts import EMPTY, TITLES, chart
from clinicdesk.overview.panel.drill import DrillView, Place, group_id
from clinicdesk.overview.panel.tile import Spread, Tile
from clinicdesk.overview.panel.words import say
from clinicdesk.overview.queries import Glance, Measure, Overview, Plot
from clinicdesk.schedule.model import APPOINTMENTS, VISITS
from clinicdesk.spending.model import BUDGETS
from clinicdesk.staff.model import STAFF
from clinicdesk.stock.model import STOCK
from clinicdesk.wording.text import N_, _

_PAGES = {Plot.STOCK: "stock", Plot.NO_SHOWS: "schedule", Plot.COLLECTIONS: "month_end"}
_OF_CHART = {Plot.PRODUCTION: Measure.PRODUCTION, Plot.AGING: Measure.OVER_90}
_IN_BOOK = {Measure.FILL, Measure.WAITING, Measure.UNCHARGED}


class OverviewPanel(Panel[Any]):
    """The clinic at a glance.

    Attributes:
        tiles: by measure.
        plots: by plot.
        drill: the list on the way down.
        place: where one is on that way; None on the page itself.
    """

    shows = frozenset({APPOINTMENTS, VISITS, ENTRIES, STOCK, STAFF, BUDGETS})
    keys_here = (
        (N_("Enter"), N_("What the figure is made of")),
        (N_("Backspace"), N_("Back")),
        ("T", N_("The chart as a table, and back")),
        ("Ctrl+C", N_("Copy the chart's table")),
    )

    def __init__(self, room: Room, *, overview: Overview, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._overview = overview
        self.place: Place | None = None
        self._round = 0
        self.tiles = {measure: Tile(measure, room) for measure in Measure}
        self.plots = {plot: ChartView(room, _(TITLES[plot])) for plot in Plot}
        for measure, tile in self.tiles.items():
            tile.clicked.connect(partial(self.open_measure, measure))
        for plot, view in self.plots.items():
            view.opened.connect(partial(self._open_plot, plot))
        self._stage = QStackedWidget()
        self._board = self._make_board()
        self.drill = DrillView(room)
        self.drill.left.connect(self.back)
        self.drill.opened.connect(self._row_opened)
        self._stage.addWidget(self._board)
        self._stage.addWidget(self.drill)
        self.body.addWidget(self._stage)

    # ── what the panel says ──────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], Any]:
        """Ask for the figures, or for the list one is at."""
        actor, place, overview = self.room.actor, self.place, self._overview
        if place is None:
            return partial(overview.glance, actor)
        if place.group is None:
            return lambda: (place, overview.groups(place.measure, actor))
        group = place.group
        return lambda: (place, overview.rows(place.measure, group, actor))

    def show_answer(self, answer: Any) -> None:
        """Fill tiles or list."""
        if isinstance(answer, Glance):
            self._show_glance(answer)
            return
        place, rows = answer
        at_work = self._has_focus()
        self.drill.show_rows(place, rows)
        self._stage.setCurrentWidget(self.drill)
        if at_work:
            self.drill.focus_first()

    def focus_first(self) -> None:
        """Work begins at the first tile, or in the list."""
        if self.place is None:
            self.tiles[Measure.FILL].setFocus()
        else:
            self.drill.focus_first()

    def forget(self) -> None:
        """Go back to the figures: lists name patients."""
        self.place = None
        self._stage.setCurrentWidget(self._board)
        super().forget()

    # ── going down and up ────────────────────────────────────────────────────────────────────

    def open_measure(self, measure: Measure) -> None:
        """Show what a figure is made of."""
        self.place = Place(measure)
        self.refresh()

    def back(self) -> None:
        """Go one step up."""
        if self.place is None:
            return
        came_from = self.place
        if came_from.group is not None:
            self.place = Place(came_from.measure)
            self.refresh()
            return
        self.place = None
        self._stage.setCurrentWidget(self._board)
        self.tiles[came_from.measure].setFocus()
        self.refresh()

    def event(self, event: QEvent) -> bool:
        """Keep Backspace and Esc for going up while a list is shown."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.place is not None
            and event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Escape}
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace and Esc go up; arrows step over the tiles."""
        if self.place is not None:
            if event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Escape}:
                self.back()
                return
        elif self._step(event.key()):
            return
        super().keyPressEvent(event)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _make_board(self) -> QScrollArea:
        px = self.room.theme.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(16), px(14), px(16), px(16))
        column.setSpacing(px(14))
        self._tile_spread = Spread(self.room, tuple(self.tiles.values()), 172, 6)
        column.addWidget(self._tile_spread)
        self._plot_spread = Spread(self.room, tuple(self.plots.values()), 350, 3)
        column.addWidget(self._plot_spread)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        scroll.setAccessibleName(_("Figures and charts"))
        return scroll

    def _show_glance(self, glance: Glance) -> None:
        for measure, tile in self.tiles.items():
            said = say(measure, glance, self.room.formats)
            tile.show_said(said, glance.figures[measure].course)
        self._round += 1
        for plot in Plot:
            self.room.desk.ask(
                partial(self._overview.plot, plot, self.room.actor),
                partial(self._show_plot, self._round, plot),
                owner=self,
            )

    def _show_plot(self, number: int, plot: Plot, answer: Any) -> None:
        if number != self._round:
            return  # asked again since
        drawn = chart(plot, answer, self.room.formats)
        if drawn is None:
            self.plots[plot].show_nothing(_(EMPTY[plot]))
        else:
            self.plots[plot].show_chart(drawn)

    def _open_plot(self, plot: Plot) -> None:
        if plot in _OF_CHART:
            self.open_measure(_OF_CHART[plot])
        elif plot in _PAGES:
            self.room.go_to(_PAGES[plot])

    def _row_opened(self, row: Any) -> None:
        place = self.place
        if place is None:
            return
        if place.group is None:
            self.place = Place(place.measure, group_id(row), self._name_of(row))
            self.refresh()
            return
        patient_id = getattr(row, "patient_id", None)
        if patient_id:
            self.room.spotlight.show("patient", patient_id)
        if place.measure in _IN_BOOK:
            self.room.go_to("schedule")
            self.room.spotlight.show("appointment", row.id)
        elif patient_id:
            self.room.go_to("register")

    def _name_of(self, row: Any) -> str:
        table = self.drill.table
        return "" if table is None else self.room.formats.cell(table.rows.columns[0], row)

    def _step(self, key: int) -> bool:
        """Step over the tiles with the arrows."""
        focused: object = QApplication.focusWidget()
        tiles = list(self.tiles.values())
        if not isinstance(focused, Tile) or focused not in tiles:
            return False
        forward = -1 if self.isRightToLeft() else 1
        columns = self._tile_spread.columns
        by = {
            int(Qt.Key.Key_Right): forward,
            int(Qt.Key.Key_Left): -forward,
            int(Qt.Key.Key_Down): columns,
            int(Qt.Key.Key_Up): -columns,
        }.get(key, 0)
        at = tiles.index(focused) + by
        if not by or not 0 <= at < len(tiles):
            return False
        tiles[at].setFocus()
        return True

    def _has_focus(self) -> bool:
        focused: object = QApplication.focusWidget()
        return isinstance(focused, QWidget) and self.isAncestorOf(focused)
