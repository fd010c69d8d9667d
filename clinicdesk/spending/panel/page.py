# SPDX-License-Identifier: Apache-2.0
"""The page of spending: a month's expenses, the bills that wait, the year's budget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable, TotalsRow
from clinicdesk.desktop.top_bar import BEFORE_TITLE
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.outcomes import Done
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.spending import columns
from clinicdesk.spending.dialogs import AddAccountDialog
from clinicdesk.spending.model import (
    ACCOUNTS,
    BUDGETS,
    EXPENSES,
    MAY_PLAN_BUDGET,
    EnterExpense,
    PayBill,
    PlanBudget,
    PlannedAmount,
    TakeBackExpense,
)
from clinicdesk.spending.panel import actions
from clinicdesk.spending.panel.asking import View, look
from clinicdesk.spending.panel.budget_grid import BudgetGrid
from clinicdesk.spending.panel.budget_model import PLAN, VIEWS
from clinicdesk.spending.panel.entry_line import ExpenseLine
from clinicdesk.spending.queries import ExpenseRow
from clinicdesk.spending.service import Spending
from clinicdesk.wording.text import N_, _

_MODES: Final = (
    (actions.LIST, N_("Expenses")),
    (actions.WAITING, N_("To pay")),
    (actions.BUDGET, N_("Budget")),
)


class SpendingPanel(Panel[View]):
    """Expenses and budget."""

    shows: ClassVar[frozenset[Topic]] = frozenset({EXPENSES, BUDGETS, ACCOUNTS, ENTRIES})

    def __init__(self, room: Room, spending: Spending) -> None:
        super().__init__(room)
        self._spending = spending
        self._month = Month.of(self._today())
        self._mode = actions.LIST
        self._view: View | None = None
        self.table: RowTable[ExpenseRow] = RowTable(
            columns.EXPENSES, room, _("Expenses"), state_key="expenses", ink=_ink
        )
        self.line = ExpenseLine(room)
        self.grid = BudgetGrid(room)
        self.grid.model_of_year.editable = room.actor.may(MAY_PLAN_BUDGET)
        self.figures: ChoiceBox[str] = ChoiceBox([(key, _(words)) for key, words in VIEWS])
        self.figures.setAccessibleName(_("Figures shown"))
        self.complaint = plain_label("")
        self.complaint.setProperty("tone", "danger")
        self.complaint.hide()
        self.nothing = plain_label("", muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._make_top()
        self._lay_out()
        self.table.chosen.connect(self._weigh)
        self.line.entered.connect(self._enter)
        self.grid.planned.connect(self._plan)
        self.grid.complained.connect(self._complain)
        self.figures.understood.connect(self._show_figures)
        self._turn(actions.LIST)

    def _make_top(self) -> None:
        self.earlier = self._arrow("chevron-left", _("Earlier"), -1)
        self.later = self._arrow("chevron-right", _("Later"), 1)
        self.modes = QWidget()
        row = QHBoxLayout(self.modes)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.room.theme.px(6))
        group = QButtonGroup(self)
        self.mode_buttons: dict[str, QToolButton] = {}
        for mode, words in _MODES:
            button = QToolButton()
            button.setText(_(words))
            button.setCheckable(True)
            button.clicked.connect(partial(self.room.run_action, mode))
            group.addButton(button)
            self.mode_buttons[mode] = button
            row.addWidget(button)

    def _lay_out(self) -> None:
        px = self.room.theme.px
        self.stack = QStackedWidget()
        listed = QWidget()
        below = self._column(listed)
        below.addWidget(self.table, 1)
        below.addWidget(self.nothing)
        below.addWidget(TotalsRow(self.table, self.room))
        below.addWidget(self.line)
        planned = QWidget()
        below = self._column(planned)
        bar = QHBoxLayout()
        bar.setContentsMargins(px(12), px(8), px(12), px(8))
        bar.setSpacing(px(12))
        bar.addWidget(self.figures)
        hint = _("Type an amount, Enter goes down · Ctrl+D fills right · Ctrl+V pastes a sheet")
        bar.addWidget(plain_label(hint, muted=True), 1)
        below.addLayout(bar)
        below.addWidget(self.complaint)
        below.addWidget(self.grid, 1)
        self.complaint.setContentsMargins(px(12), 0, px(12), px(6))
        self.stack.addWidget(listed)
        self.stack.addWidget(planned)
        self.body.addWidget(self.stack, 1)

    # ── what the shell asks ──────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], View]:
        """Ask for the month, the bills and, in front, the budget."""
        budget = self._mode == actions.BUDGET
        return partial(look, self._spending, self._month, self.room.actor, budget=budget)

    def show_answer(self, answer: View) -> None:
        """Fill the list, the line and the grid."""
        self._view = answer
        waiting = self._mode == actions.WAITING
        rows = answer.waiting if waiting else answer.expenses
        self.table.rows.replace(rows)
        self.nothing.setText(self._nothing_words(waiting=waiting))
        self.nothing.setVisible(not rows)
        self.line.offer(answer.accounts, answer.suppliers)
        if self._mode == actions.BUDGET:
            self.grid.model_of_year.show_year(self._month.year, answer.budget)
        self.badge_changed.emit(sum(1 for row in answer.waiting if self._overdue(row)))
        self._weigh()

    def title(self) -> str:
        """Name the month, the year of the budget, or the bills."""
        if self._mode == actions.BUDGET:
            return _("Budget {year}").format(year=self._month.year)
        if self._mode == actions.WAITING:
            return _("Bills to pay")
        return self.room.formats.month(self._month)

    def top_widgets(self) -> tuple[QWidget, ...]:
        """Earlier, later, and what is shown."""
        return (self.earlier, self.later, self.modes)

    def focus_first(self) -> None:
        """Begin with the supplier, or in the grid."""
        if self._mode == actions.BUDGET:
            self.grid.focus_first()
        elif self.line.isEnabled():
            self.line.start()
        else:
            self.table.setFocus()

    def perform(self, action_id: str) -> None:
        """Carry out an action of this page."""
        row = self.table.current()
        match action_id:
            case actions.LIST | actions.WAITING | actions.BUDGET:
                self._turn(action_id)
                self.focus_first()
            case actions.NEW:
                if self._mode == actions.BUDGET:
                    self._turn(actions.LIST)
                self.line.start()
            case actions.PAY if row is not None and row.waiting:
                self._carry_out(partial(self._spending.pay, PayBill(row.id, self._today())))
            case actions.TAKE_BACK if row is not None and not row.taken_back:
                self._carry_out(partial(self._spending.take_back, TakeBackExpense(row.id)))
            case actions.FILL:
                self.grid.fill_right()
            case actions.ACCOUNT:
                AddAccountDialog(self.room, self._spending, self.window()).open()

    def why_not(self, action_id: str) -> str:
        """Say why an action must wait."""
        row = self.table.current()
        listed = self._mode != actions.BUDGET
        if action_id in {actions.PAY, actions.TAKE_BACK} and (row is None or not listed):
            return _("Choose an expense first.")
        if action_id == actions.PAY and row is not None and not row.waiting:
            return _("This expense does not wait to be paid.")
        if action_id == actions.TAKE_BACK and row is not None and row.taken_back:
            return _("This expense was taken back already.")
        if action_id == actions.FILL and (listed or self.grid.model_of_year.view != PLAN):
            return _("Show the planned figures of the budget first.")
        return ""

    # ── turning pages ────────────────────────────────────────────────────────────────────────

    def _turn(self, mode: str) -> None:
        self._mode = mode
        self.mode_buttons[mode].setChecked(True)
        self.stack.setCurrentIndex(1 if mode == actions.BUDGET else 0)
        for arrow in (self.earlier, self.later):
            arrow.setVisible(mode != actions.WAITING)
        self.title_changed.emit()
        self.refresh()
        self.abilities_changed.emit()

    def _step(self, by: int) -> None:
        if self._mode == actions.BUDGET:
            self._month = Month(self._month.year + by, self._month.number)
        else:
            self._month = self._month.next if by > 0 else self._month.previous
        self.title_changed.emit()
        self.refresh()

    def _show_figures(self, view: object) -> None:
        self.grid.model_of_year.show_view(str(view))
        self.abilities_changed.emit()

    # ── acting ───────────────────────────────────────────────────────────────────────────────

    def _enter(self, command: EnterExpense) -> None:
        self.room.desk.carry_out(
            partial(self._spending.enter, command, self.room.actor),
            self._entered,
            self.line.show_refusal,
            owner=self,
        )

    def _entered(self, _done: Done[int]) -> None:
        self.line.clear()
        self.line.start()

    def _plan(self, cells: tuple[PlannedAmount, ...]) -> None:
        self.complaint.hide()
        self._carry_out(partial(self._spending.plan, PlanBudget(cells)))

    def _complain(self, sentence: str) -> None:
        self.complaint.setText(sentence)
        self.complaint.show()
        self.room.notices.announce(sentence)

    def _carry_out(self, act: Callable[..., Done[int]]) -> None:
        self.room.desk.carry_out(partial(act, self.room.actor), owner=self)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _overdue(self, row: ExpenseRow) -> bool:
        return (row.due_on or row.spent_on) < self._today()

    def _nothing_words(self, *, waiting: bool) -> str:
        if waiting:
            return _("No bill waits to be paid.")
        month = self.room.formats.month(self._month)
        return _("No expenses in {month}. Type the first one below.").format(month=month)

    def _weigh(self, _row: object = None) -> None:
        self.abilities_changed.emit()

    def _arrow(self, icon: str, name: str, by: int) -> QToolButton:
        button = QToolButton(self)
        self.room.theme.give_icon(button, icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty(BEFORE_TITLE, True)
        button.clicked.connect(partial(self._step, by))
        return button

    @staticmethod
    def _column(inside: QWidget) -> QVBoxLayout:
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        return column


def _ink(row: ExpenseRow, _column: str) -> str:
    return "muted" if row.taken_back else ""
