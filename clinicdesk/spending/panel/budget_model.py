# SPDX-License-Identifier: Apache-2.0
"""A year's budget as a table Qt can show and edit: accounts down, months across."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from clinicdesk.desktop.room import Room
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.spending.model import PlannedAmount, spread
from clinicdesk.spending.queries import BudgetLine
from clinicdesk.wording.text import N_, _

Index = QModelIndex | QPersistentModelIndex
MONTHS: Final = 12
ACCOUNT, FIRST, YEAR, ACTUAL, VARIANCE = 0, 1, 13, 14, 15
_COLUMNS: Final = 16
PLAN, POSTED, DIFFERENCE = "plan", "posted", "difference"
VIEWS: Final = ((PLAN, N_("Planned")), (POSTED, N_("Posted")), (DIFFERENCE, N_("Difference")))


class BudgetModel(QAbstractTableModel):
    """Shows the plan, what was posted, or the difference; only the plan can be typed.

    Attributes:
        typed: (cells) to be planned.
        misread: (sentence) why what was typed is no amount.
    """

    typed = Signal(object)
    misread = Signal(str)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self.lines: tuple[BudgetLine, ...] = ()
        self.year = 0
        self.view = PLAN
        self.editable = False

    def show_year(self, year: int, lines: Sequence[BudgetLine]) -> None:
        """Show a year; the shape stays where only figures changed."""
        same = year == self.year and [x.account for x in lines] == [x.account for x in self.lines]
        if same:
            self.lines = tuple(lines)
            self._all_changed()
            return
        self.beginResetModel()
        self.year, self.lines = year, tuple(lines)
        self.endResetModel()

    def show_view(self, view: str) -> None:
        """Show other figures of the same year."""
        self.view = view
        self._all_changed()

    def months(self) -> tuple[Month, ...]:
        """Return the months of the year shown."""
        return tuple(Month(self.year, number) for number in range(1, MONTHS + 1))

    def amount(self, row: int, column: int) -> int | None:
        """Return a cell's figure in minor units; None where there is none."""
        line = self.lines[row]
        if column == YEAR:
            return line.planned_total
        if column == ACTUAL:
            return line.actual_total
        if column == VARIANCE:
            planned = line.planned_total
            return None if planned is None else line.actual_total - planned
        planned_one, actual = line.planned[column - FIRST], line.actual[column - FIRST]
        if self.view == POSTED:
            return actual or None
        if self.view == DIFFERENCE:
            return None if planned_one is None else actual - planned_one
        return planned_one

    def cells(self, row: int, column: int, amount: int | None) -> tuple[PlannedAmount, ...]:
        """Return what typing an amount into a cell plans; into the year, each of its months."""
        account = self.lines[row].account
        months = self.months()
        if column == YEAR:
            parts: Sequence[int | None] = [None] * MONTHS if amount is None else spread(amount)
            return tuple(
                PlannedAmount(account, month, part)
                for month, part in zip(months, parts, strict=True)
            )
        return (PlannedAmount(account, months[column - FIRST], amount),)

    # ── Qt's questions ───────────────────────────────────────────────────────────────────────

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Count accounts."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        """Count columns."""
        return 0 if parent.isValid() else _COLUMNS

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the plan be typed by whoever may plan."""
        flags = super().flags(index)
        typing = self.editable and self.view == PLAN and FIRST <= index.column() <= YEAR
        return flags | Qt.ItemFlag.ItemIsEditable if typing else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Answer Qt for a cell."""
        row, column = index.row(), index.column()
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(row, column)
        if role == Qt.ItemDataRole.EditRole and column != ACCOUNT:
            amount = self.amount(row, column)
            return "" if amount is None else self._room.formats.amount_to_edit(amount)
        if role == Qt.ItemDataRole.TextAlignmentRole and column != ACCOUNT:
            return Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column == ACCOUNT:
            return self._text(row, column)
        if role == Qt.ItemDataRole.FontRole and column in {YEAR, ACTUAL, VARIANCE}:
            return self._room.theme.font(10, QFont.Weight.DemiBold)
        if role == Qt.ItemDataRole.ForegroundRole and self._muted(column):
            return self._room.theme.colour("muted")
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Name the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag
            return side.AlignVCenter | (
                side.AlignLeading if section == ACCOUNT else side.AlignTrailing
            )
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        fixed = {
            ACCOUNT: _("Account"),
            YEAR: _("Year planned"),
            ACTUAL: _("Year posted"),
            VARIANCE: _("Difference"),
        }
        if section in fixed:
            return fixed[section]
        return str(self._room.formats.locale.months["stand-alone"]["abbreviated"][section])

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ask for what was typed; the figure changes once it is planned."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        text = str(value).strip()
        try:
            amount = self._room.formats.parse_money(text) if text else None
        except Refusal as refusal:
            self.misread.emit(self._room.formats.refusal(refusal))
            return False
        if amount != self.amount(index.row(), index.column()):
            self.typed.emit(self.cells(index.row(), index.column(), amount))
        return True

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _text(self, row: int, column: int) -> str:
        line = self.lines[row]
        if column == ACCOUNT:
            return f"{line.account} {self._room.formats.word(line.name)}"
        amount = self.amount(row, column)
        if amount is None:
            return ""
        formats = self._room.formats
        whole, rest = divmod(amount, 10**formats.currency.decimals)
        return formats.amount(amount) if rest else formats.number(whole)  # plans are round figures

    def _muted(self, column: int) -> bool:
        return FIRST <= column < YEAR and self.view != PLAN

    def _all_changed(self) -> None:
        if self.lines:
            last = self.index(len(self.lines) - 1, _COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)
