# SPDX-License-Identifier: Apache-2.0
"""Rows as a model: departments give frozen rows and a list of columns, Qt's part is here.

``replace`` compares by id and tells views only what changed, so selection, scroll position and a
screen reader's place survive a refresh. Sorting uses native values, never their written form.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from enum import IntEnum
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.kernel.folding import fold
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
NUMERIC: Final = frozenset({Kind.NUMBER, Kind.MONEY, Kind.PERCENT})
MANY_STEPS: Final = 200
_ALIGNMENT: Final = {
    Align.START: Qt.AlignmentFlag.AlignLeading,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Align.END: Qt.AlignmentFlag.AlignTrailing,
}


class Role(IntEnum):
    """Roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1
    NATIVE = Qt.ItemDataRole.UserRole + 2


class RowModel(QAbstractTableModel, Generic[Row]):
    """A table of frozen rows.

    Attributes:
        columns: what is shown of a row.
        rows: what is shown, in order; do not change it.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        theme: Theme,
        formats: Formats,
        id_of: Callable[[Row], Hashable] | None = None,
        *,
        ink: Callable[[Row, str], str] | None = None,
        strong: Callable[[Row], bool] | None = None,
    ) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._theme, self._formats = theme, formats
        self._id_of = id_of or _own_id
        self._ink, self._strong = ink, strong
        self._all: list[Row] = []
        self.rows: list[Row] = []
        self._needle: tuple[str, ...] = ()
        self._sort: tuple[int, bool] | None = None

    # ── filling ──────────────────────────────────────────────────────────────────────────────

    def replace(self, rows: Sequence[Row]) -> None:
        """Show other rows; those with known ids keep their place in views."""
        self._all = list(rows)
        self._show(self._arranged())

    def narrow(self, text: str) -> None:
        """Show only rows in which every word of a text is found in some column."""
        self._needle = tuple(fold(text).split())
        self._show(self._arranged())

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column's native values; column -1 gives the order the rows came in."""
        self._sort = (column, order == Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._show(self._arranged())

    @property
    def sorted_by(self) -> tuple[str, bool] | None:
        """The key of the sorted column and whether it falls; None in the given order."""
        return None if self._sort is None else (self.columns[self._sort[0]].key, self._sort[1])

    @property
    def narrowed(self) -> bool:
        """Whether rows are hidden by a filter."""
        return bool(self._needle)

    @property
    def count_of_all(self) -> int:
        """How many rows there are, hidden ones too."""
        return len(self._all)

    def row_of(self, row_id: Hashable) -> int:
        """Return the place of a row by its id, -1 if it is not shown."""
        return next((n for n, row in enumerate(self.rows) if self._id_of(row) == row_id), -1)

    def id_at(self, row: int) -> Hashable:
        """Return the id of the row in a place."""
        return self._id_of(self.rows[row])

    def total(self, column: int, rows: Sequence[Row] | None = None) -> Any:
        """Return the sum of a column over some rows, or all that are shown."""
        values = (self.columns[column].value(row) for row in (self.rows if rows is None else rows))
        return sum(value for value in values if value is not None)

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role == Role.ROW:
            return row
        if role == Role.NATIVE:
            return column.value(row)
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._cell(column, row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _stands(column)
        if role == Qt.ItemDataRole.ForegroundRole and self._ink is not None:
            token = self._ink(row, column.key)
            return self._theme.colour(token) if token else None
        if role == Qt.ItemDataRole.FontRole and self._strong is not None and self._strong(row):
            return self._theme.font(weight=QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_(column.title)}: {self._formats.cell(column, row)}"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return _(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _stands(column)
        return None

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _cell(self, column: Column[Row], row: Row) -> str:
        """Write a cell; a number keeps its sign in front where reading goes right to left."""
        text = self._formats.cell(column, row)
        isolated = self._formats.right_to_left and text and column.kind in NUMERIC
        return f"\u2066{text}\u2069" if isolated else text

    def _arranged(self) -> list[Row]:
        rows = [row for row in self._all if self._found(row)] if self._needle else list(self._all)
        if self._sort is not None:
            value, falling = self.columns[self._sort[0]].value, self._sort[1]
            empty = [row for row in rows if value(row) is None]
            full = [row for row in rows if value(row) is not None]
            full.sort(key=lambda row: sort_key(value(row)), reverse=falling)
            rows = full + empty
        return rows

    def _found(self, row: Row) -> bool:
        text = fold(" ".join(self._formats.cell(column, row) for column in self.columns))
        return all(word in text for word in self._needle)

    def _show(self, rows: list[Row]) -> None:
        new_ids = [self._id_of(row) for row in rows]
        old_ids = [self._id_of(row) for row in self.rows]
        if len(set(new_ids)) != len(new_ids):
            raise ValueError("two rows of a table have the same id")
        kept_new, kept_old = set(old_ids), set(new_ids)
        steps = _runs([n for n, i in enumerate(old_ids) if i not in kept_old]) + _runs(
            [n for n, i in enumerate(new_ids) if i not in kept_new]
        )
        stay_old = [i for i in old_ids if i in kept_old]
        stay_new = [i for i in new_ids if i in kept_new]
        if stay_old == stay_new and len(steps) <= MANY_STEPS:
            self._step(rows, new_ids, old_ids, kept_old, kept_new)
        else:
            self._rearrange(rows, new_ids, old_ids)

    def _step(
        self,
        rows: list[Row],
        new_ids: list[Hashable],
        old_ids: list[Hashable],
        kept_old: set[Hashable],
        kept_new: set[Hashable],
    ) -> None:
        gone = _runs([n for n, i in enumerate(old_ids) if i not in kept_old])
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self.rows[first : last + 1]
            self.endRemoveRows()
        for first, last in _runs([n for n, i in enumerate(new_ids) if i not in kept_new]):
            self.beginInsertRows(QModelIndex(), first, last)
            self.rows[first:first] = rows[first : last + 1]
            self.endInsertRows()
        changed = [n for n, row in enumerate(rows) if row != self.rows[n]]
        self.rows = rows
        for first, last in _runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))

    def _rearrange(self, rows: list[Row], new_ids: list[Hashable], old_ids: list[Hashable]) -> None:
        self.layoutAboutToBeChanged.emit()
        places = {row_id: n for n, row_id in enumerate(new_ids)}
        before = self.persistentIndexList()
        self.rows = rows
        after = [
            self.index(places[old_ids[one.row()]], one.column())
            if old_ids[one.row()] in places
            else QModelIndex()
            for one in before
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()


def sort_key(value: Any) -> Any:
    """Return what a native value is sorted by: text as people look it up."""
    if isinstance(value, str):
        return (fold(value), value)
    return value


def _own_id(row: Any) -> Hashable:
    kept: Hashable = row.id
    return kept


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return ascending numbers as (first, last) runs."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def _stands(column: Column[Any]) -> int:
    """Return where a cell's text stands; figures stand at the end, under each other."""
    align = Align.END if column.kind in NUMERIC else column.align
    return int(_ALIGNMENT[align] | Qt.AlignmentFlag.AlignVCenter)
