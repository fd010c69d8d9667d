# SPDX-License-Identifier: Apache-2.0
"""Words and rules of spending; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

MAY_SEE_SPENDING = Permission("spending.view", N_("See expenses and the budget"))
MAY_ENTER_EXPENSES = Permission("spending.enter", N_("Enter and pay expenses"))
MAY_PLAN_BUDGET = Permission("spending.budget", N_("Plan the budget"))

EXPENSES = Topic("spending.expenses")
BUDGETS = Topic("spending.budgets")
ACCOUNTS = Topic("spending.accounts")

CASH, BANK, PAYABLE = "1000", "1010", "2000"
PAID_FROM = ((BANK, N_("Bank")), (CASH, N_("Cash drawer")), (PAYABLE, N_("To be paid")))
INPUT_TAX = "2210"
# Besides the accounts of kind "expense": an invoice for goods received, and what is paid ahead.
ALSO_SPENT_ON = ("1210", "1300")
# Posted by stock and by the counting of the till; nobody types an expense to them.
POSTED_BY_OTHERS = ("5000", "5010", "6900")
# Kinds whose normal figure is a credit in the books.
CREDIT_KINDS = frozenset({"income"})
PLANNED_KINDS = ("income", "contra-income", "expense")


class NotAnExpenseAccount(Refusal):
    """Expenses go to accounts of costs."""

    wording = N_("Expenses cannot be entered to account {account}.")


class NothingSpent(Refusal):
    """An expense has an amount."""

    wording = N_("Type an amount above zero.")


class TaxAboveAmount(Refusal):
    """The tax is a part of the amount."""

    wording = N_("The tax is larger than the amount.")


class SupplierNeeded(Refusal):
    """An expense says to whom it went."""

    wording = N_("Type who was paid.")


class NoSuchExpense(Refusal):
    """The id is of no expense."""

    wording = N_("There is no such expense.")


class NotWaiting(Refusal):
    """Only a bill that waits can be paid."""

    wording = N_("This bill does not wait to be paid.")


class TakenBackAlready(Refusal):
    """An expense is taken back once."""

    wording = N_("This expense was taken back already.")


class AccountTaken(Refusal):
    """A number of the chart stands for one account."""

    wording = N_("Account {number} exists already: {name}.")


class NotAnAccountNumber(Refusal):
    """A clinic's own accounts of costs lie between 6001 and 6899."""

    wording = N_("Choose a number from 6001 to 6899.")


class NameNeeded(Refusal):
    """An account has a name."""

    wording = N_("Type a name.")


@dataclass(frozen=True, slots=True)
class EnterExpense:
    """Enter what the clinic bought; it is posted at once.

    Attributes:
        account: number of a cost account, of goods received (1210) or of prepaid expenses (1300).
        amount_minor: what is paid in all, tax included; above zero.
        tax_minor: the part of it that is recoverable input tax; zero where none is.
        paid_from: ``BANK``, ``CASH`` or ``PAYABLE`` for a bill that waits.
        due_on: when a waiting bill is due.
    """

    on: date
    supplier: str
    account: str
    amount_minor: int
    paid_from: str = BANK
    tax_minor: int = 0
    document: str = ""
    memo: str = ""
    due_on: date | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class PayBill:
    """Pay a bill that waits, from the bank or the drawer."""

    expense_id: int
    on: date
    paid_from: str = BANK
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class TakeBackExpense:
    """Reverse an expense, and its payment with it; both stay in the books."""

    expense_id: int
    reason: str = "entered_in_error"
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AddAccount:
    """Add an account of costs to the chart: rent, energy, insurance."""

    number: str
    name: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class PlannedAmount:
    """What is planned for an account in a month, in the account's normal direction.

    Attributes:
        amount_minor: None takes the plan away.
    """

    account: str
    month: Month
    amount_minor: int | None


@dataclass(frozen=True, slots=True)
class PlanBudget:
    """Write cells of the budget, all or none."""

    cells: tuple[PlannedAmount, ...]
    key: str = field(default_factory=new_key)


def check_expense(command: EnterExpense) -> None:
    """Raise what is wrong with an expense, the first field first."""
    if not command.supplier.strip():
        raise SupplierNeeded(field="supplier")
    if command.amount_minor <= 0:
        raise NothingSpent(field="amount")
    if not 0 <= command.tax_minor < command.amount_minor:
        raise TaxAboveAmount(field="tax")


def may_be_spent_on(number: str, kind: str) -> bool:
    """Tell whether an expense may be typed to an account."""
    return (kind == "expense" and number not in POSTED_BY_OTHERS) or number in ALSO_SPENT_ON


def in_normal_direction(kind: str, debit_minor: int) -> int:
    """Turn a sum of postings (debit positive) into the account's own direction."""
    return -debit_minor if kind in CREDIT_KINDS else debit_minor


def spread(year_minor: int, months: int = 12) -> tuple[int, ...]:
    """Divide a year's amount over months; the first ones take what does not divide.

    The parts add up to the whole, and no two differ by more than one minor unit.
    """
    whole, rest = divmod(abs(year_minor), months)
    sign = -1 if year_minor < 0 else 1
    return tuple(sign * (whole + (1 if place < rest else 0)) for place in range(months))


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block from a spreadsheet says.

    Attributes:
        cells: (place of the account, month 0 to 11, amount).
        problems: (line number from 1, what stands there) that could not be read.
    """

    cells: tuple[tuple[int, int, int], ...]
    problems: tuple[tuple[int, str], ...]


def read_paste(
    text: str,
    accounts: Sequence[tuple[str, str]],
    at: tuple[int, int],
    read_amount: Callable[[str], int],
) -> Pasted:
    """Read a block copied from a spreadsheet into cells of the budget.

    A line that begins with an account's number or name goes to that account, from January on; a
    block of bare amounts goes where the cursor is. A first line of headings is passed over, empty
    cells are left as they are, and what stands right of December (a sheet's own sum) is not read.

    Args:
        text: lines with tabs between the cells.
        accounts: numbers and names as shown, in order.
        at: place of the account and the month (0 to 11) where a bare block begins.
        read_amount: reads an amount in the reader's notation into minor units; raises ValueError.
    """
    places = {name: place for place, pair in enumerate(accounts) for name in map(fold, pair)}
    lines = [
        [part.strip() for part in line.split("\t")] for line in text.splitlines() if line.strip()
    ]
    heads = [_account_of(line[0], places) for line in lines]
    # A bare amount may look like an account's number; a block is one or the other as a whole.
    labelled = any(head is not None for head in heads) and all(
        head is not None or not _is_amount(line[0], read_amount)
        for head, line in zip(heads, lines, strict=True)
    )
    cells: list[tuple[int, int, int]] = []
    problems: list[tuple[int, str]] = []
    for number, (head, line) in enumerate(zip(heads, lines, strict=True), 1):
        place, first, parts = (head, 0, line[1:]) if labelled else (at[0] + number - 1, at[1], line)
        if number == 1 and not any(_is_amount(part, read_amount) for part in line):
            continue  # headings
        if place is None or place >= len(accounts):
            problems.append((number, line[0]))
            continue
        for month, part in enumerate(parts[: 12 - first], first):
            if not part:
                continue
            try:
                cells.append((place, month, read_amount(part)))
            except ValueError:
                problems.append((number, part))
    return Pasted(tuple(cells), tuple(problems))


def _account_of(label: str, places: Mapping[str, int]) -> int | None:
    """Return the place of "6200", "Rent" or "6200 Rent"."""
    folded = fold(label)
    return places.get(folded, places.get(folded.partition(" ")[0]))


def _is_amount(part: str, read_amount: Callable[[str], int]) -> bool:
    try:
        read_amount(part)
    except ValueError:
        return False
    return True


def total(amounts: Iterable[int | None]) -> int | None:
    """Add what is planned; None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None
