# SPDX-License-Identifier: Apache-2.0
"""Spending, as windows, imports and reports use it. Any thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.checks import Check
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.money import Money
from clinicdesk.kernel.outcomes import Done
from clinicdesk.ledger.model import EntryDraft, PostingDraft
from clinicdesk.ledger.service import Ledger
from clinicdesk.spending import queries
from clinicdesk.spending.model import (
    ACCOUNTS,
    BUDGETS,
    CASH,
    INPUT_TAX,
    MAY_ENTER_EXPENSES,
    MAY_PLAN_BUDGET,
    MAY_SEE_SPENDING,
    PAYABLE,
    AccountTaken,
    AddAccount,
    EnterExpense,
    NameNeeded,
    NoSuchExpense,
    NotAnAccountNumber,
    NotAnExpenseAccount,
    NotWaiting,
    PayBill,
    PlanBudget,
    PlannedAmount,
    TakeBackExpense,
    TakenBackAlready,
    check_expense,
)
from clinicdesk.spending.queries import AccountRow, BudgetLine, ExpenseRow
from clinicdesk.spending.repository import ExpenseRepository
from clinicdesk.stock.service import Stock
from clinicdesk.storage.records import Reading, Records, UnitOfWork
from clinicdesk.wording.text import N_

_OWN_NUMBERS = range(6001, 6900)


class Spending:
    """Expenses and the budget of one clinic."""

    def __init__(self, records: Records, ledger: Ledger, stock: Stock) -> None:
        self._records = records
        self._ledger = ledger
        self._stock = stock

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def expenses(self, first: date, last: date, actor: Actor) -> tuple[ExpenseRow, ...]:
        """Return the expenses of a span, the newest first."""
        actor.require(MAY_SEE_SPENDING)
        with self._records.read() as reading:
            return queries.expenses(reading, first, last)

    def waiting(self, actor: Actor) -> tuple[ExpenseRow, ...]:
        """Return the bills that wait to be paid, the one due first at the top."""
        actor.require(MAY_SEE_SPENDING)
        with self._records.read() as reading:
            return queries.waiting(reading)

    def cost_accounts(self, actor: Actor) -> tuple[AccountRow, ...]:
        """Return the accounts an expense may go to."""
        actor.require(MAY_SEE_SPENDING)
        with self._records.read() as reading:
            return queries.cost_accounts(reading)

    def suppliers(self, actor: Actor) -> dict[str, str]:
        """Return the known suppliers with the account of their last expense, or nothing."""
        actor.require(MAY_SEE_SPENDING)
        with self._records.read() as reading:
            usual = queries.usual_accounts(reading)
            return {name: usual.get(name, "") for name in queries.supplier_names(reading)}

    def budget(self, year: int, actor: Actor) -> tuple[BudgetLine, ...]:
        """Return a year's plan beside what was posted, by account."""
        actor.require(MAY_SEE_SPENDING)
        with self._records.read() as reading:
            return self.budget_in(reading, tuple(Month(year, number) for number in range(1, 13)))

    def budget_in(self, reading: Reading, months: tuple[Month, ...]) -> tuple[BudgetLine, ...]:
        """Return the plan and what was posted over a span; for reports in their own snapshot."""
        return queries.budget_lines(reading, months)

    def expenses_in(self, reading: Reading, first: date, last: date) -> tuple[ExpenseRow, ...]:
        """Return the expenses of a span; for reports in their own snapshot."""
        return queries.expenses(reading, first, last)

    def checks(self, reading: Reading) -> tuple[Check, ...]:
        """Prove expenses from postings."""
        return queries.checks(reading)

    # ── expenses ─────────────────────────────────────────────────────────────────────────────

    def enter(self, command: EnterExpense, actor: Actor) -> Done[int]:
        """Enter an expense and post it; undo takes it back.

        Raises:
            SupplierNeeded, NothingSpent, TaxAboveAmount, NotAnExpenseAccount: what is wrong.
            PeriodClosed: the day lies in a closed period.
        """
        actor.require(MAY_ENTER_EXPENSES)
        check_expense(command)
        with self._records.write(actor, "spending.enter", command.key) as work:
            if work.earlier is None:
                expense_id = self.enter_in(work, command)
                work.remember({"expense": expense_id})
            else:
                expense_id = int(work.earlier["expense"])
        fields = {"amount": self._money(command.amount_minor), "supplier": command.supplier.strip()}

        def undo() -> Done[int]:
            return self.take_back(TakeBackExpense(expense_id), actor)

        return Done(expense_id, N_("Expense of {amount} to {supplier}."), fields, undo)

    def enter_in(self, work: UnitOfWork, command: EnterExpense) -> int:
        """Enter an expense inside the caller's transaction and return its id."""
        known = {row.number for row in queries.cost_accounts(work)}
        if command.account not in known:
            raise NotAnExpenseAccount(field="account", account=command.account)
        supplier_id = self._stock.supplier_in(work, command.supplier.strip())
        entry_id = self._ledger.post(work, _entry_of(command, supplier_id))
        expense_id = ExpenseRepository(work).add(command, supplier_id, entry_id)
        work.record(
            "expense",
            expense_id,
            category="financial",
            after={
                "on": command.on,
                "supplier": command.supplier.strip(),
                "account": command.account,
                "amount_minor": command.amount_minor,
                "paid_from": command.paid_from,
            },
        )
        return expense_id

    def pay(self, command: PayBill, actor: Actor) -> Done[int]:
        """Pay a bill that waits; undo takes the payment back, the bill waits again.

        Raises:
            NotWaiting: it was paid, taken back, or never a bill.
        """
        actor.require(MAY_ENTER_EXPENSES)
        with self._records.write(actor, "spending.pay", command.key) as work:
            row = self._row(work, command.expense_id)
            if work.earlier is None:
                if not row.waiting:
                    raise NotWaiting
                entry_id = self._ledger.post(work, _payment_of(row, command))
                ExpenseRepository(work).mark_paid(row.id, command.on, entry_id)
                after = {"paid_on": command.on, "amount_minor": row.amount_minor}
                work.record("expense", row.id, category="financial", after=after)
                work.remember({"expense": row.id})

        def undo() -> Done[int]:
            return self._unpay(row.id, actor)

        fields = {"amount": self._money(row.amount_minor), "supplier": row.supplier}
        return Done(row.id, N_("Paid {amount} to {supplier}."), fields, undo)

    def take_back(self, command: TakeBackExpense, actor: Actor) -> Done[int]:
        """Reverse an expense and its payment, today; both stay in the books.

        Raises:
            TakenBackAlready: it was.
        """
        actor.require(MAY_ENTER_EXPENSES)
        with self._records.write(actor, "spending.take_back", command.key) as work:
            row = self._row(work, command.expense_id)
            if work.earlier is None:
                if row.taken_back:
                    raise TakenBackAlready
                repository = ExpenseRepository(work)
                if row.paid_entry_id is not None:
                    self._reverse(work, row.paid_entry_id, command.reason, f"{command.key}:paid")
                    repository.mark_paid(row.id, None, None)
                entry_id = self._reverse(work, row.entry_id, command.reason, command.key)
                repository.mark_taken_back(row.id, entry_id)
                work.record("expense", row.id, category="financial", reason=command.reason)
                work.remember({"expense": row.id})
        fields = {"amount": self._money(row.amount_minor), "supplier": row.supplier}
        words = N_("Took back {amount} to {supplier}. Both lines stay in the books.")
        return Done(row.id, words, fields)

    # ── plan ─────────────────────────────────────────────────────────────────────────────────

    def plan(self, command: PlanBudget, actor: Actor) -> Done[int]:
        """Write cells of the budget, all or none; undo puts the earlier ones back."""
        actor.require(MAY_PLAN_BUDGET)
        with self._records.write(actor, "spending.plan", command.key) as work:
            earlier = self._ledger.plan(
                work, [(cell.account, cell.month, cell.amount_minor) for cell in command.cells]
            )
            for cell, before in zip(command.cells, earlier, strict=True):
                work.record(
                    "budget",
                    None,
                    category="financial",
                    before={"amount_minor": before},
                    after={
                        "account": cell.account,
                        "month": str(cell.month),
                        "amount_minor": cell.amount_minor,
                    },
                )
            work.note(BUDGETS, 0)
        back = tuple(
            PlannedAmount(cell.account, cell.month, before)
            for cell, before in zip(command.cells, earlier, strict=True)
        )

        def undo() -> Done[int]:
            return self.plan(PlanBudget(back), actor)

        count = len(command.cells)
        return Done(count, N_("Budget changed in {count} places."), {"count": count}, undo)

    def add_account(self, command: AddAccount, actor: Actor) -> Done[str]:
        """Add an account of costs to the chart.

        Raises:
            NotAnAccountNumber, NameNeeded, AccountTaken: what is wrong.
        """
        actor.require(MAY_PLAN_BUDGET)
        number, name = command.number.strip(), command.name.strip()
        if not number.isdecimal() or int(number) not in _OWN_NUMBERS:
            raise NotAnAccountNumber(field="number")
        if not name:
            raise NameNeeded(field="name")
        with self._records.write(actor, "spending.add_account", command.key) as work:
            if work.earlier is None:
                taken = {row.number: row.name for row in queries.accounts(work)}
                if number in taken:
                    raise AccountTaken(field="number", number=number, name=taken[number])
                self._ledger.add_account(work, number, name, "expense")
                work.record("account", int(number), category="financial", after={"name": name})
                work.note(ACCOUNTS, int(number))
                work.remember({"number": number})
        return Done(number, N_("Account {number} {name} added."), {"number": number, "name": name})

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _unpay(self, expense_id: int, actor: Actor) -> Done[int]:
        with self._records.write(actor, "spending.unpay") as work:
            row = self._row(work, expense_id)
            if row.paid_entry_id is None:
                raise NotWaiting
            self._reverse(work, row.paid_entry_id, "entered_in_error", work.key)
            ExpenseRepository(work).mark_paid(row.id, None, None)
            work.record("expense", row.id, category="financial")
        return Done(row.id, N_("{supplier} waits to be paid again."), {"supplier": row.supplier})

    def _reverse(self, work: UnitOfWork, entry_id: int, reason: str, key: str) -> int:
        draft = self._ledger.reversal(
            work, entry_id, business_on=work.today, reason=reason, key=key
        )
        return self._ledger.post(work, draft)

    @staticmethod
    def _row(work: UnitOfWork, expense_id: int) -> ExpenseRow:
        row = queries.one(work, expense_id)
        if row is None:
            raise NoSuchExpense
        return row

    def _money(self, minor: int) -> Money:
        return Money(minor, self._records.profile.currency)


def _entry_of(command: EnterExpense, supplier_id: int) -> EntryDraft:
    def line(account: str, amount_minor: int) -> PostingDraft:
        return _line(account, amount_minor, supplier_id)

    cost = line(command.account, command.amount_minor - command.tax_minor)
    lines = [replace(cost, budget_line=command.account)]
    if command.tax_minor:
        lines.append(line(INPUT_TAX, command.tax_minor))
    lines.append(line(command.paid_from, -command.amount_minor))
    return EntryDraft(
        kind="expense",
        business_on=command.on,
        postings=tuple(lines),
        memo=command.document.strip() or command.memo.strip(),
        key=command.key,
    )


def _payment_of(row: ExpenseRow, command: PayBill) -> EntryDraft:
    return EntryDraft(
        kind="expense_payment",
        business_on=command.on,
        postings=(
            _line(PAYABLE, row.amount_minor, row.supplier_id),
            _line(command.paid_from, -row.amount_minor, row.supplier_id),
        ),
        memo=row.document or row.memo,
        key=command.key,
    )


def _line(account: str, amount_minor: int, supplier_id: int) -> PostingDraft:
    line = PostingDraft(
        account=account, amount_minor=amount_minor, cause="expense", supplier_id=supplier_id
    )
    return replace(line, till="desk", method="cash") if account == CASH else line
