# SPDX-License-Identifier: Apache-2.0
"""The week as a table model: people, open shifts, a row of coverage for each role.

It holds what was read; what is typed is told by a signal and comes back as other rows.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from clinicdesk.desktop.room import Room
from clinicdesk.staff.columns import hours, role_title
from clinicdesk.staff.model import Clash, Cover, write
from clinicdesk.staff.panel.words import (
    balance_text,
    brief,
    cover_brief,
    cover_spoken,
    cover_text,
    spoken,
    typed_vocabulary,
)
from clinicdesk.staff.panel.words import span_lines as lines_of
from clinicdesk.staff.queries import DAYS, Cell, PersonWeek, RosterWeek
from clinicdesk.wording.text import Term, _

HOURS_COLUMN: Final = DAYS
BALANCE_COLUMN: Final = DAYS + 1
Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a delegate asks for."""

    SUBJECT = Qt.ItemDataRole.UserRole  # a Cell, a Cover, or nothing
    LINES = Qt.ItemDataRole.UserRole + 1
    CLASHES = Qt.ItemDataRole.UserRole + 2  # in a few words
    BRIEF = Qt.ItemDataRole.UserRole + 4  # coverage in fewer characters
    PERSON = Qt.ItemDataRole.UserRole + 3  # the PersonWeek of the row, or nothing


class RosterModel(QAbstractTableModel):
    """A week.

    Attributes:
        typed: (row, column, text) somebody typed into a cell.
    """

    typed = Signal(int, int, str)

    def __init__(self, room: Room, *, may_edit: bool) -> None:
        super().__init__()
        self._room, self._may_edit = room, may_edit
        self.week: RosterWeek | None = None
        self._clashes: dict[tuple[int | None, date], list[Clash]] = {}
        self._written: dict[tuple[int, int, int], Any] = {}
        self.today = date.min

    def show_week(self, week: RosterWeek | None, today: date) -> None:
        """Show other rows; if they are of the same people, only the cells change."""
        same = self._shape() == self._shape_of(week)
        if not same:
            self.beginResetModel()
        self.week, self.today = week, today
        self._written.clear()
        found: defaultdict[tuple[int | None, date], list[Clash]] = defaultdict(list)
        for clash in week.clashes if week is not None else ():
            found[clash.staff_id, clash.on].append(clash)
        self._clashes = dict(found)
        if not same:
            self.endResetModel()
        elif self.rowCount():
            last = self.index(self.rowCount() - 1, BALANCE_COLUMN)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, BALANCE_COLUMN)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    # ── asking ───────────────────────────────────────────────────────────────────────────────

    def person(self, row: int) -> PersonWeek | None:
        """Return whose row it is, None for the rows below the people."""
        people = self.week.people if self.week is not None else ()
        return people[row] if 0 <= row < len(people) else None

    @property
    def open_row(self) -> int:
        """The row of open shifts."""
        return len(self.week.people) if self.week is not None else 0

    def cell(self, row: int, column: int) -> Cell | None:
        """Return a day of somebody or of the open shifts."""
        if self.week is None or not 0 <= column < DAYS:
            return None
        person = self.person(row)
        if person is not None:
            return person.cells[column]
        return self.week.open[column] if row == self.open_row else None

    def cover(self, row: int, column: int) -> Cover | None:
        """Return a role's day."""
        number = row - self.open_row - 1
        if self.week is None or not 0 <= column < DAYS or number < 0:
            return None
        return self.week.covers[number].days[column]

    def role(self, row: int) -> str:
        """Return the role of a row of coverage, or nothing."""
        number = row - self.open_row - 1
        if self.week is None or not 0 <= number < len(self.week.covers):
            return ""
        return self.week.covers[number].role

    def clashes(self, cell: Cell) -> list[Clash]:
        """Return what is wrong with a day."""
        return self._clashes.get((cell.staff_id, cell.on), [])

    def day(self, column: int) -> date:
        """Return the day of a column."""
        monday = self.week.monday if self.week is not None else date.min
        return monday + timedelta(days=column)

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index | None = None) -> int:
        if self.week is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.week.people) + 1 + len(self.week.covers)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else DAYS + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._may_edit and index.column() < DAYS:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.week is None or not index.isValid():
            return None
        key = (index.row(), index.column(), int(role))
        if key not in self._written:  # painting asks for the same words again and again
            self._written[key] = self._answer(index.row(), index.column(), role)
        return self._written[key]

    def _answer(self, row: int, column: int, role: int) -> Any:
        cell, cover = self.cell(row, column), self.cover(row, column)
        if role == Role.SUBJECT:
            return cell or cover
        if role == Role.PERSON:
            return self.person(row)
        if cell is not None:
            return self._of_cell(cell, role)
        if cover is not None:
            return self._of_cover(cover, role)
        return self._of_total(row, column, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value).strip() != str(self.data(index, Qt.ItemDataRole.EditRole)):
            self.typed.emit(index.row(), index.column(), str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if self.week is None or role not in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        }:
            return None
        if orientation == Qt.Orientation.Vertical:
            return self._row_name(section)
        if section < DAYS:
            formats, day = self._room.formats, self.day(section)
            if role == Qt.ItemDataRole.DisplayRole:  # the title says the month
                weekday = formats.weekday(day.weekday(), "abbreviated")
                return f"{weekday} {formats.number(day.day)}"
            return formats.day(day, "long")
        if role == Qt.ItemDataRole.DisplayRole:
            return _("Hours") if section == HOURS_COLUMN else "±"
        return _("Hours of the week") if section == HOURS_COLUMN else _("Over or under contract")

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _of_cell(self, cell: Cell, role: int) -> Any:
        week, formats = self.week, self._room.formats
        if week is None:
            return None
        clashes = self.clashes(cell)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return " · ".join(lines_of(cell, week.vocabulary, formats)) or cell.closed
            case Qt.ItemDataRole.EditRole:
                return write(cell.plan, typed_vocabulary(week.vocabulary))
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return spoken(cell, week, clashes, formats)
            case Role.LINES:
                return lines_of(cell, week.vocabulary, formats)
            case Role.CLASHES:
                return brief(clashes, formats)
            case _:
                return None

    def _of_cover(self, cover: Cover, role: int) -> Any:
        formats = self._room.formats
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cover_text(cover, formats)
            case Qt.ItemDataRole.EditRole:
                return "" if cover.need is None else str(cover.need)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return cover_spoken(cover, formats)
            case Role.BRIEF:
                return cover_brief(cover, formats)
            case _:
                return None

    def _of_total(self, row: int, column: int, role: int) -> Any:
        formats, person = self._room.formats, self.person(row)
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        if self.week is None:
            return None
        if person is None:
            if row == self.open_row and column == HOURS_COLUMN:
                return formats.number(hours(self.week.open_minutes), 1)
            return ""
        if column == HOURS_COLUMN:
            return formats.number(hours(person.minutes), 1)
        return balance_text(person.balance, formats)

    def _row_name(self, row: int) -> str:
        person = self.person(row)
        if person is not None:
            return person.person.name
        if row == self.open_row:
            return _("Open shifts")
        title = role_title(self.role(row))
        role = self._room.formats.word(title) if isinstance(title, Term) else title
        return _("Coverage: {role}").format(role=role)

    def _shape(self) -> object:
        return self._shape_of(self.week)

    @staticmethod
    def _shape_of(week: RosterWeek | None) -> object:
        if week is None:
            return None
        return (
            tuple(row.person.id for row in week.people),
            tuple(one.role for one in week.covers),
        )
