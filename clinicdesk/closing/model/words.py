# SPDX-License-Identifier: Apache-2.0
"""Rights, accounts, commands and refusals of closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

MAY_SEE_FINANCIAL_REPORTS = Permission("reports.financial", N_("See financial reports"))
MAY_CLOSE_MONTH = Permission("month.close", N_("Close a month"))
PERIODS = Topic("periods")

# How a report tells its progress: done and whole, in steps; and how it is told to stop.
Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]

# What the proof compares (decisions.md, Money): accounts by number.
RECEIVABLE = ("1100", "1110")
WITH_AGENCY = ("1120",)
OWED = (*RECEIVABLE, *WITH_AGENCY)
MONEY = ("1000", "1010", "1020", "1030")
CREDITS = ("2100", "2110")


class Stopped(Refusal):
    """The reader changed their mind; nothing was written."""

    wording = N_("The report was cancelled.")


class MonthNotOver(Refusal):
    """A month is closed after its last day."""

    wording = N_("{month} is not over yet.")


class MonthAlreadyClosed(Refusal):
    """A month is closed once."""

    wording = N_("{month} is closed already.")


class PostedMeanwhile(Refusal):
    """An entry of the month was posted while its paper was made."""

    wording = N_("Something was posted to {month} meanwhile. Look at the report again.")


class ProofFails(Refusal):
    """An identity does not hold, so the month must not be signed."""

    wording = N_("The proof of {month} does not hold: {names}. Run verify and look there first.")


@dataclass(frozen=True, slots=True)
class CloseMonth:
    """Close a month for postings.

    Attributes:
        month: which; everything before it is closed with it.
        letter: print the kept paper on US Letter instead of A4.
        key: idempotency key.
    """

    month: Month
    letter: bool = False
    key: str = field(default_factory=new_key)
