# SPDX-License-Identifier: Apache-2.0
"""Reads of expenses, of the accounts they go to, and of the budget beside what was posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.checks import Check
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.tables import account, budget, day_total, entry, posting
from clinicdesk.spending.model import (
    INPUT_TAX,
    PAYABLE,
    PLANNED_KINDS,
    in_normal_direction,
    may_be_spent_on,
    total,
)
from clinicdesk.spending.tables import expense
from clinicdesk.stock.tables import supplier
from clinicdesk.storage.records import Reading

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account of the chart."""

    number: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """One expense as the list and report R19 show it.

    Attributes:
        amount_minor: tax included.
        paid_from: account it was paid from; ``PAYABLE`` while a bill waits.
        taken_back: whether it was reversed; it then counts for nothing.
    """

    id: int
    entry_id: int
    spent_on: date
    supplier_id: int
    supplier: str
    account: str
    account_name: str
    document: str
    memo: str
    amount_minor: int
    tax_minor: int
    paid_from: str
    due_on: date | None
    paid_on: date | None
    paid_entry_id: int | None
    taken_back: bool

    @property
    def waiting(self) -> bool:
        """Whether it is a bill that is still to be paid."""
        return self.paid_from == PAYABLE and self.paid_on is None and not self.taken_back


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """An account's plan and what was posted, month by month, in its normal direction.

    Attributes:
        planned: one per month of the span; None where nothing is planned.
        actual: one per month of the span.
    """

    account: str
    name: str
    kind: str
    planned: tuple[int | None, ...]
    actual: tuple[int, ...]

    @property
    def planned_total(self) -> int | None:
        """The whole plan; None without one."""
        return total(self.planned)

    @property
    def actual_total(self) -> int:
        """All that was posted."""
        return sum(self.actual)


@lru_cache(maxsize=1)
def _expenses() -> sa.Select[Any]:
    e = expense.c
    return (
        sa.select(
            e.id, e.entry_id, e.spent_on, e.supplier_id, supplier.c.name, e.account,
            account.c.name, e.document, e.memo, e.amount_minor, e.tax_minor, e.paid_from,
            e.due_on, e.paid_on, e.paid_entry_id, e.taken_back_entry_id.is_not(None),
        )
        .join_from(expense, supplier, supplier.c.id == e.supplier_id)
        .join(account, account.c.number == e.account)
    )  # fmt: skip


def expenses(reading: Reading, first: date, last: date) -> tuple[ExpenseRow, ...]:
    """Return the expenses of a span by day, the newest first."""
    rows = reading.execute(
        _expenses()
        .where(expense.c.spent_on.between(first, last))
        .order_by(expense.c.spent_on.desc(), expense.c.id.desc())
    )
    return tuple(ExpenseRow(*tuple(row)) for row in rows)


def waiting(reading: Reading) -> tuple[ExpenseRow, ...]:
    """Return the bills that wait, the one due first at the top."""
    rows = reading.execute(
        _expenses()
        .where(
            expense.c.paid_from == PAYABLE,
            expense.c.paid_on.is_(None),
            expense.c.taken_back_entry_id.is_(None),
        )
        .order_by(sa.func.coalesce(expense.c.due_on, expense.c.spent_on), expense.c.id)
    )
    return tuple(ExpenseRow(*tuple(row)) for row in rows)


def one(reading: Reading, expense_id: int) -> ExpenseRow | None:
    """Return an expense by its id."""
    row = reading.execute(_expenses().where(expense.c.id == expense_id)).one_or_none()
    return None if row is None else ExpenseRow(*tuple(row))


def accounts(reading: Reading) -> tuple[AccountRow, ...]:
    """Return the chart by number."""
    rows = reading.execute(
        sa.select(account.c.number, account.c.name, account.c.kind)
        .where(account.c.archived.is_(sa.false()))
        .order_by(account.c.number)
    )
    return tuple(AccountRow(*tuple(row)) for row in rows)


def cost_accounts(reading: Reading) -> tuple[AccountRow, ...]:
    """Return the accounts an expense may go to, costs before the others."""
    usable = (row for row in accounts(reading) if may_be_spent_on(row.number, row.kind))
    return tuple(sorted(usable, key=lambda row: (row.kind != "expense", row.number)))


def usual_accounts(reading: Reading) -> dict[str, str]:
    """Return the account of each supplier's newest expense, by the supplier's name."""
    newest = (
        sa.select(sa.func.max(expense.c.id))
        .where(expense.c.taken_back_entry_id.is_(None))
        .group_by(expense.c.supplier_id)
    )
    rows = reading.execute(
        sa.select(supplier.c.name, expense.c.account)
        .join_from(expense, supplier, supplier.c.id == expense.c.supplier_id)
        .where(expense.c.id.in_(newest))
    )
    return {str(name): str(number) for name, number in (tuple(row) for row in rows)}


def supplier_names(reading: Reading) -> tuple[str, ...]:
    """Return the suppliers by name."""
    rows = reading.execute(
        sa.select(supplier.c.name)
        .where(supplier.c.archived.is_(sa.false()))
        .order_by(supplier.c.name)
    )
    return tuple(str(row[0]) for row in rows)


def budget_lines(reading: Reading, months: tuple[Month, ...]) -> tuple[BudgetLine, ...]:
    """Return the plan and what was posted for every account of income and costs, by number.

    What was posted comes from the totals per day; one statement for the whole span.
    """
    names = [str(month) for month in months]
    planned = _cells(
        reading,
        sa.select(budget.c.account, budget.c.month, budget.c.amount_minor).where(
            budget.c.month.in_(names)
        ),
    )
    by_month = sa.func.substr(day_total.c.business_on, 1, 7)
    posted = _cells(
        reading,
        sa.select(day_total.c.account, by_month, sa.func.sum(day_total.c.amount_minor))
        .where(day_total.c.business_on.between(months[0].first, months[-1].last))
        .group_by(day_total.c.account, by_month),
    )
    return tuple(
        BudgetLine(
            row.number,
            row.name,
            row.kind,
            tuple(planned.get((row.number, name)) for name in names),
            tuple(
                in_normal_direction(row.kind, posted.get((row.number, name), 0)) for name in names
            ),
        )
        for row in accounts(reading)
        if row.kind in PLANNED_KINDS
    )


def _cells(reading: Reading, statement: sa.Select[Any]) -> dict[tuple[str, str], int]:
    """Return amounts by account and month."""
    rows = (tuple(row) for row in reading.execute(statement))
    return {(number, month): int(amount) for number, month, amount in rows}


def checks(reading: Reading) -> tuple[Check, ...]:
    """Prove that each expense's entry says what the expense says."""
    cost = sa.func.sum(
        sa.case(
            (posting.c.account.in_((expense.c.account, INPUT_TAX)), posting.c.amount_minor), else_=0
        )
    )
    rows = reading.execute(
        sa.select(expense.c.id)
        .join_from(expense, entry, entry.c.id == expense.c.entry_id)
        .join(posting, posting.c.entry_id == entry.c.id)
        .group_by(expense.c.id, expense.c.amount_minor, expense.c.spent_on, entry.c.business_on)
        .having(sa.or_(cost != expense.c.amount_minor, expense.c.spent_on != entry.c.business_on))
    ).scalars()
    wrong = [f"expense {number}" for number in rows]
    count = reading.execute(sa.select(sa.func.count()).select_from(expense)).scalar_one()
    detail = ", ".join(wrong[:_SHOWN]) if wrong else f"{count} expenses"
    return (Check("expenses_equal_postings", not wrong, detail),)
