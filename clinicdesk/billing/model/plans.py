# SPDX-License-Identifier: Apache-2.0
"""Instalment plans: when how much of an agreed debt is due. Pure; a plan posts nothing.

The debt stays on its charges. A plan only says what may be asked for by a day, and whether its
guarantor is behind.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from clinicdesk.kernel.money import share


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of a plan."""

    due_on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """How a plan stands on a day.

    Attributes:
        paid_minor: of the principal, by money or otherwise.
        due_minor: to be paid by the day and not paid.
        next_due_on: day of the next part that is not covered yet, or None when all are.
    """

    paid_minor: int
    due_minor: int
    next_due_on: date | None


def instalments(
    principal_minor: int, first_due_on: date, count: int, every_months: int = 1
) -> tuple[Instalment, ...]:
    """Split a debt into parts that add up again; the first ones carry the odd units.

    A part due on the 31st falls on the last day of a shorter month.
    """
    parts = share(principal_minor, [1] * count)
    return tuple(
        Instalment(_months_later(first_due_on, place * every_months), part)
        for place, part in enumerate(parts)
    )


def standing(parts: tuple[Instalment, ...], left_minor: int, on: date) -> PlanStanding:
    """Say what is due on a day; ``left_minor`` of the charges of the plan is still open."""
    paid = max(0, sum(part.amount_minor for part in parts) - left_minor)
    due = sum(part.amount_minor for part in parts if part.due_on <= on)
    covered, following = 0, None
    for part in parts:
        covered += part.amount_minor
        if covered > paid:
            following = part.due_on
            break
    return PlanStanding(paid, max(0, due - paid), following)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
