# SPDX-License-Identifier: Apache-2.0
"""What the demo clinic pays every month, what still waits to be paid, and what it planned.

Amounts follow how many providers work there; the plan of a year is what its costs should be, so
that some months are better than planned and some worse.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

from clinicdesk.demo.pen import Pen
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Month
from clinicdesk.spending.model import (
    BANK,
    CASH,
    PAYABLE,
    EnterExpense,
    PlanBudget,
    PlannedAmount,
)
from clinicdesk.spending.service import Spending

_DAY = timedelta(days=1)
_TERMS: Final = timedelta(days=30)
_EVERY_MONTH: Final = 1
_INCOME: Final = "4000"
_INCOME_PERCENT: Final = 125  # of the planned costs; write-offs take some of it


@dataclass(frozen=True, slots=True)
class _Cost:
    """One thing that is paid again and again.

    Attributes:
        whole: whole units of the currency, for the clinic and for each provider.
        every: months between two bills.
        spread: how far a bill may lie from the usual amount, in hundredths.
    """

    supplier: str
    account: str
    day: int
    whole: tuple[int, int]
    every: int = _EVERY_MONTH
    spread: int = 0
    paid_from: str = BANK


COSTS: Final = (
    _Cost("Staff, salaries", "6100", 27, (5200, 6100), spread=2),
    _Cost("Social insurance office", "6110", 28, (640, 720), spread=2),
    _Cost("Harbour Estates", "6200", 1, (1850, 350)),
    _Cost("Volt & Water", "6210", 9, (240, 40), spread=25),
    _Cost("Bright Cleaning", "6220", 15, (310, 35)),
    _Cost("Lindqvist Electrics", "6230", 12, (180, 0), every=3, spread=60),
    _Cost("Paper & Post", "6300", 18, (95, 20), spread=40, paid_from=CASH),
    _Cost("Northern Telecom", "6310", 5, (130, 22)),
    _Cost("Ledger & Sons, accountants", "6400", 20, (420, 0), every=3),
    _Cost("Town Bank", "6410", 30, (60, 15), spread=20),
    _Cost("Mutual Practice Insurance", "6500", 3, (900, 410), every=6),
    _Cost("College of Practice", "6600", 14, (150, 60), every=6, spread=30),
    _Cost("Harbour Gazette", "6700", 16, (220, 0), every=2, spread=30),
)


class Costs:
    """Plays a clinic's costs, one stretch of days after the other."""

    def __init__(self, spending: Spending, chance: Random, *, share: int, unit: int) -> None:
        self._spending = spending
        self._chance = chance
        self._share = share
        self._unit = unit

    def play(self, pen: Pen, first: date, last: date) -> None:
        """Enter what is paid between two days of one month; both count."""
        month = Month.of(first)
        for number, cost in enumerate(COSTS):
            day = min(month.first + (cost.day - 1) * _DAY, month.last)
            due = (month.year * 12 + month.number) % cost.every == number % cost.every
            if due and first <= day <= last:
                with pen.command() as work:
                    self._spending.enter_in(work, self._bill(cost, day))

    def leave_waiting(self, pen: Pen, today: date) -> None:
        """Enter two bills that wait: one overdue, one not."""
        for supplier, account, whole, before in (
            ("Lindqvist Electrics", "6230", 348, 41),
            ("Mutual Practice Insurance", "6500", 1210, 6),
        ):
            on = max(today - before * _DAY, today.replace(day=1))
            command = EnterExpense(
                on, supplier, account, whole * self._unit, PAYABLE,
                document=f"INV {2000 + before}", due_on=today - before * _DAY + _TERMS,
                key=f"demo:waiting:{before}",
            )  # fmt: skip
            with pen.command() as work:
                self._spending.enter_in(work, command)

    def plan(self, year: int, actor: Actor) -> None:
        """Plan a year: costs as they should be, and income to cover them with a little over."""
        months = [Month(year, number) for number in range(1, 13)]
        cells: dict[tuple[str, Month], int] = {}
        for number, cost in enumerate(COSTS):
            for month in months:
                if (month.year * 12 + month.number) % cost.every == number % cost.every:
                    key = (cost.account, month)
                    cells[key] = cells.get(key, 0) + self._usual(cost)
        hundred = 100 * self._unit
        income = sum(cells.values()) * _INCOME_PERCENT // 100 // 12 // hundred * hundred
        cells |= {(_INCOME, month): income for month in months}
        planned = tuple(PlannedAmount(account, month, n) for (account, month), n in cells.items())
        self._spending.plan(PlanBudget(planned, f"demo:plan:{year}"), actor)

    def _usual(self, cost: _Cost) -> int:
        return (cost.whole[0] + self._share * cost.whole[1]) * self._unit

    def _bill(self, cost: _Cost, day: date) -> EnterExpense:
        off = self._chance.randint(-cost.spread, cost.spread) if cost.spread else 0
        amount = self._usual(cost) * (100 + off) // 100
        return EnterExpense(
            day, cost.supplier, cost.account, amount, cost.paid_from,
            document=f"{day:%y%m}-{cost.account}", key=f"demo:cost:{cost.account}:{day}",
        )  # fmt: skip
