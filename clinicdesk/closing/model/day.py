# SPDX-License-Identifier: Apache-2.0
"""The end of a day: what should be in the drawer, what was counted, what is left undone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from clinicdesk.closing.model.month_end import Seal
from clinicdesk.closing.model.rows import MethodRow
from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_

MAY_CLOSE_DAY = Permission("till.count_and_close_day", N_("Count the till and close a day"))
MAY_REOPEN = Permission("month.reopen", N_("Open a closed day or month again"))
FLOAT = Setting("closing.float", 10_000, N_("Cash that stays in the drawer, in minor units."))
DRAWER, BANK, CHEQUES, CARDS, OVER_SHORT = "1000", "1010", "1020", "1030", "6900"

# Notes and coins by currency, in minor units, largest first. Others are counted as one sum.
DENOMINATIONS = {
    "EUR": (50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "GBP": (5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1),
    "USD": (10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5, 1),
    "AUD": (10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5),
    "CHF": (100000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5),
    "SGD": (10000, 5000, 1000, 500, 200, 100, 50, 20, 10, 5),
    "INR": (50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100),
    "JPY": (10000, 5000, 2000, 1000, 500, 100, 50, 10, 5, 1),
    "MXN": (100000, 50000, 20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50),
    "BRL": (20000, 10000, 5000, 2000, 1000, 500, 200, 100, 50, 25, 10, 5),
}


class DayClosed(Refusal):
    """A day is closed once, unless it is opened again."""

    wording = N_("{day} is closed already.")


class DayToCome(Refusal):
    """A day is closed when it is there."""

    wording = N_("{day} has not come yet.")


class ReasonForDifference(Refusal):
    """A difference is explained, if only by a guess."""

    wording = N_("The count differs from the books. Type why, or what you think.")


class LessThanFloat(Refusal):
    """What stays in the drawer must be in it."""

    wording = N_("There is less in the drawer than should stay in it.")


class NotClosed(Refusal):
    """Only what is closed can be opened again."""

    wording = N_("This is not closed.")


class LaterIsClosed(Refusal):
    """Months are opened from the newest one back."""

    wording = N_("{month} is closed too. Open it first.")


class WhyReopen(Refusal):
    """Opening what was signed needs a reason."""

    wording = N_("Type why it is opened again.")


@dataclass(frozen=True, slots=True)
class CloseDay:
    """Count the till, bring the rest to the bank, close a day for postings.

    Attributes:
        cash_minor: all cash in the drawer.
        pieces: (denomination in minor units, count); their sum is the cash, or there are none.
        cards_minor: what the card terminal says.
        cheques_minor: what the cheques in the drawer add up to.
        float_minor: cash that stays.
        reason: for any difference; needed only then.
    """

    on: date
    cash_minor: int
    cards_minor: int
    cheques_minor: int
    float_minor: int
    pieces: tuple[tuple[int, int], ...] = ()
    reason: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ReopenDay:
    """Open a closed day for postings again."""

    on: date
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ReopenMonth:
    """Open the newest closed month again; its kept paper stays kept."""

    month: Month
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class UnfinishedRow:
    """A visit of the day that is not where it should be in the evening.

    Attributes:
        appointment_id: of the book.
        booking: state of the appointment.
        charged: whether anything was charged for the visit.
    """

    appointment_id: int
    patient_id: int
    name: str
    starts: datetime
    provider: str
    booking: str
    charged: bool


@dataclass(frozen=True, slots=True)
class CountRow:
    """A till count as it was kept."""

    id: int
    cash_minor: int
    expected_minor: int
    float_minor: int
    cards_minor: int
    expected_cards_minor: int
    cheques_minor: int
    expected_cheques_minor: int
    pieces: tuple[tuple[int, int], ...]
    reason: str
    counted_by: str
    deposit: str
    deposit_cash_minor: int
    deposit_cheques_minor: int

    @property
    def difference_minor(self) -> int:
        """Cash over (positive) or short."""
        return self.cash_minor - self.expected_minor


@dataclass(frozen=True, slots=True)
class DayEnd:
    """Everything the end of a day shows.

    Attributes:
        cash_minor: what the books say is in the drawer.
        cards_minor: card payments of the day, less those given back.
        cheques_minor: cheques not yet at the bank.
        methods: R9 of the day.
        receipts: first and last number of the day; "" without any.
        unfinished: visits that are still under way.
        uncharged: visits that are done without any charge.
        unconfirmed: appointments of the next open day nobody confirmed.
        seal: who closed it; None while open.
        count: what was counted when it was closed.
    """

    on: date
    cash_minor: int
    cards_minor: int
    cheques_minor: int
    methods: tuple[MethodRow, ...]
    receipts: tuple[str, str]
    unfinished: tuple[UnfinishedRow, ...]
    uncharged: tuple[UnfinishedRow, ...]
    unconfirmed: int
    seal: Seal | None
    count: CountRow | None

    def figures(self) -> dict[str, int]:
        """Return what is signed."""
        return {
            "cash_minor": self.cash_minor,
            "cards_minor": self.cards_minor,
            "cheques_minor": self.cheques_minor,
            "received_minor": sum(row.amount_minor for row in self.methods),
            "returned_minor": sum(row.returned_minor for row in self.methods),
        }


def worth(pieces: tuple[tuple[int, int], ...]) -> int:
    """Add up notes and coins."""
    return sum(denomination * count for denomination, count in pieces)


def differs(command: CloseDay, day: DayEnd) -> bool:
    """Tell whether any of the three counts is not what the books say."""
    return (command.cash_minor, command.cards_minor, command.cheques_minor) != (
        day.cash_minor,
        day.cards_minor,
        day.cheques_minor,
    )
