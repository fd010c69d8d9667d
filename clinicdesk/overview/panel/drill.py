# SPDX-License-Identifier: Apache-2.0
"""The way down from a figure: its groups, then their rows; Backspace goes back up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.placards import Placard
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable, TotalsRow
from clinicdesk.desktop.theme import PAGE_TITLE
from clinicdesk.overview.columns import GROUPS, ROWS
from clinicdesk.overview.panel.words import CAPTIONS, TOLD
from clinicdesk.overview.queries import Measure
from clinicdesk.wording.text import N_, _

_NONE = {
    Measure.FILL: N_("Nobody works today."),
    Measure.WAITING: N_("Nobody waits."),
    Measure.COLLECTED: N_("Nothing was received today."),
    Measure.PRODUCTION: N_("Nothing was charged this month."),
    Measure.OVER_90: N_("Nothing is open for more than 90 days."),
    Measure.UNCHARGED: N_("Every visit of the past seven days was charged."),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is on the way: at a figure's groups, or at the rows of one of them."""

    measure: Measure
    group: int | str | None = None
    name: str = ""


def group_id(row: Any) -> int | str:
    """Return what the rows of a group are asked by."""
    for name in ("id", "provider_id", "method"):
        if hasattr(row, name):
            found: int | str = getattr(row, name)
            return found
    raise TypeError(type(row).__name__)


class DrillView(QWidget):
    """One list on the way.

    Attributes:
        left: go up.
        opened: (row) Enter on a row of the list.
        table: what is shown now.
    """

    left = Signal()
    opened = Signal(object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.place: Place | None = None
        self.table: RowTable[Any] | None = None
        self._sums: TotalsRow | None = None
        px = room.theme.px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(16), px(12), px(16), px(12))
        self._column.setSpacing(px(6))
        head = QHBoxLayout()
        head.setSpacing(px(12))
        self._back = QPushButton(_("Back"))
        self._back.setToolTip(_("Back (Backspace)"))
        room.theme.give_icon(self._back, "chevron-left")
        self._back.clicked.connect(self.left)
        head.addWidget(self._back)
        self.title = plain_label("")
        head.addWidget(self.title, 1)
        self._column.addLayout(head)
        self.told = plain_label("", muted=True)
        self._column.addWidget(self.told)
        self._nothing = Placard(room.theme)
        self._nothing.hide()
        self._column.addWidget(self._nothing, 1)
        room.theme.changed.connect(self._measure)
        self._measure()

    def show_rows(self, place: Place, rows: Sequence[Any]) -> None:
        """Show a list; its cursor is on the first row, or stays where it was."""
        columns = (GROUPS if place.group is None else ROWS)[place.measure]
        if place != self.place or self.table is None:
            self._drop()
            self.place = place
            self.table = RowTable(
                columns, self._room, self._caption(), id_of=_row_id,
                state_key=f"overview.{place.measure.value}.{place.group is not None}",
            )  # fmt: skip
            self.table.opened.connect(self.opened)
            self._sums = TotalsRow(self.table, self._room)
            self._column.addWidget(self.table, 1)
            self._column.addWidget(self._sums)
        self.title.setText(self._caption())
        self.told.setText(_(TOLD[place.measure]) if place.group is None else "")
        self.told.setVisible(place.group is None)
        fresh = not self.table.currentIndex().isValid()
        self.table.rows.replace(rows)
        self._nothing.setVisible(not rows)
        self.table.setVisible(bool(rows))
        if self._sums is not None:
            self._sums.setVisible(bool(rows) and any(column.total for column in columns))
        if not rows:
            self._nothing.show_words(_(_NONE[place.measure]), icon="check")
        if fresh and rows:
            self.table.choose_row(0)

    def focus_first(self) -> None:
        """Put the focus on the list, or on the way back."""
        target = self.table if self.table is not None and not self.table.isHidden() else self._back
        target.setFocus()

    def choose(self, group: int | str) -> None:
        """Put the cursor on the group one came back from."""
        if self.table is not None:
            self.table.choose(group)

    def _caption(self) -> str:
        if self.place is None:
            return ""
        caption = _(CAPTIONS[self.place.measure])
        return f"{caption} › {self.place.name}" if self.place.group is not None else caption

    def _drop(self) -> None:
        for widget in (self.table, self._sums):
            if widget is not None:
                self._column.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.table = self._sums = None

    def _measure(self) -> None:
        self.title.setFont(self._room.theme.font(PAGE_TITLE, QFont.Weight.DemiBold))


def _row_id(row: Any) -> int | str:
    return group_id(row)
