# SPDX-License-Identifier: Apache-2.0
"""Writes expenses; what they do to money goes through the ledger."""

from __future__ import annotations

from datetime import date

from clinicdesk.spending.model import EXPENSES, EnterExpense
from clinicdesk.spending.tables import expense
from clinicdesk.storage.records import UnitOfWork


class ExpenseRepository:
    """The only writer of spending's table."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, command: EnterExpense, supplier_id: int, entry_id: int) -> int:
        """Write an expense and return its id."""
        done = self._work.execute(
            expense.insert().values(
                entry_id=entry_id,
                spent_on=command.on,
                supplier_id=supplier_id,
                account=command.account,
                amount_minor=command.amount_minor,
                tax_minor=command.tax_minor,
                paid_from=command.paid_from,
                document=command.document.strip(),
                memo=command.memo.strip(),
                due_on=command.due_on,
                entered_by=self._work.actor.user_id,
            )
        )
        key = done.inserted_primary_key
        expense_id = int(key[0]) if key else 0
        self._work.note(EXPENSES, expense_id)
        return expense_id

    def mark_paid(self, expense_id: int, on: date | None, entry_id: int | None) -> None:
        """Note by which entry a bill was paid; None where that payment was taken back."""
        self._put(expense_id, paid_on=on, paid_entry_id=entry_id)

    def mark_taken_back(self, expense_id: int, entry_id: int) -> None:
        """Note by which entry an expense was reversed."""
        self._put(expense_id, taken_back_entry_id=entry_id)

    def _put(self, expense_id: int, **values: object) -> None:
        self._work.execute(expense.update().where(expense.c.id == expense_id).values(**values))
        self._work.note(EXPENSES, expense_id)
