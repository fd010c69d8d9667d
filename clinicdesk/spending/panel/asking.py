# SPDX-License-Identifier: Apache-2.0
"""What the page of spending asks for, in one question."""

from __future__ import annotations

from dataclasses import dataclass

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Month
from clinicdesk.spending.queries import AccountRow, BudgetLine, ExpenseRow
from clinicdesk.spending.service import Spending


@dataclass(frozen=True, slots=True)
class View:
    """What is shown.

    Attributes:
        waiting: bills to pay, whatever month is shown.
        budget: of the month's year; empty unless the budget is in front.
    """

    expenses: tuple[ExpenseRow, ...]
    waiting: tuple[ExpenseRow, ...]
    accounts: tuple[AccountRow, ...]
    suppliers: dict[str, str]
    budget: tuple[BudgetLine, ...]


def look(spending: Spending, month: Month, actor: Actor, *, budget: bool) -> View:
    """Read all of it."""
    return View(
        spending.expenses(month.first, month.last, actor),
        spending.waiting(actor),
        spending.cost_accounts(actor),
        spending.suppliers(actor),
        spending.budget(month.year, actor) if budget else (),
    )
