# SPDX-License-Identifier: Apache-2.0
"""R18: the plan beside what was posted, by account, and the forecast of the year."""

from __future__ import annotations

from collections.abc import Iterable

from clinicdesk.closing.model.pack import BudgetRow
from clinicdesk.kernel.moments import Month
from clinicdesk.spending.queries import BudgetLine, budget_lines
from clinicdesk.storage.records import Reading

RESULT = "result"
_SIGNS = {"income": 1, "contra-income": -1, "expense": -1}


def plan(reading: Reading, month: Month) -> tuple[BudgetRow, ...]:
    """Return R18: accounts by kind with the sum of each kind, then the operating result."""
    months = tuple(Month(month.year, number) for number in range(1, 13))
    lines = [
        line
        for line in budget_lines(reading, months)
        if line.planned_total is not None or any(line.actual[: month.number])
    ]
    rows: list[BudgetRow] = []
    sums: list[tuple[int, BudgetRow]] = []
    for kind, sign in _SIGNS.items():
        of_kind = [_row(line, month.number) for line in lines if line.kind == kind]
        if of_kind:
            whole = _sum(kind, [(1, row) for row in of_kind])
            rows += [*of_kind, whole]
            sums.append((sign, whole))
    return (*rows, _sum(RESULT, sums)) if sums else ()


def _row(line: BudgetLine, number: int) -> BudgetRow:
    to_date, rest = line.planned[:number], line.planned[number:]
    so_far = sum(line.actual[:number])
    by_plan = any(amount is not None for amount in rest)
    forecast = so_far + _added(rest) if by_plan else round(so_far * 12 / number)
    return BudgetRow(
        line.account,
        line.name,
        line.kind,
        line.planned[number - 1],
        line.actual[number - 1],
        _total(to_date),
        so_far,
        forecast if number < 12 else so_far,
        by_plan,
    )


def _sum(kind: str, parts: list[tuple[int, BudgetRow]]) -> BudgetRow:
    """Add up rows, each with its sign; without any plan there is none for the sum."""
    return BudgetRow(
        "",
        "",
        kind,
        _signed((sign, row.planned_minor) for sign, row in parts),
        sum(sign * row.actual_minor for sign, row in parts),
        _signed((sign, row.planned_to_date_minor) for sign, row in parts),
        sum(sign * row.actual_to_date_minor for sign, row in parts),
        sum(sign * row.forecast_minor for sign, row in parts),
        any(row.by_plan for _sign, row in parts),
    )


def _signed(parts: Iterable[tuple[int, int | None]]) -> int | None:
    known = [sign * amount for sign, amount in parts if amount is not None]
    return sum(known) if known else None


def _total(amounts: Iterable[int | None]) -> int | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _added(amounts: Iterable[int | None]) -> int:
    return sum(amount or 0 for amount in amounts)
