# SPDX-License-Identifier: Apache-2.0
"""Reads of the month end. Every figure of the paper, the JSON and the CSV comes from here.

The reports are taken from different tables on purpose, so that the proof compares what was kept
apart: R2 from the open amounts, R8 from the day totals, R5 and R9 from the postings.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from clinicdesk.closing.model import DayRow, MonthEnd, ProofLine
from clinicdesk.closing.model.checklist import MonthChecklist
from clinicdesk.closing.model.month_end import Rest
from clinicdesk.closing.model.pack import Adjustments
from clinicdesk.closing.queries import aging, movements, production, proof, summary
from clinicdesk.closing.queries.adjustments import adjustments, refunds
from clinicdesk.closing.queries.capacity import capacity
from clinicdesk.closing.queries.checklist import uncounted_days, undone_visits
from clinicdesk.closing.queries.credits import held
from clinicdesk.closing.queries.day import day_end, in_drawer, open_days
from clinicdesk.closing.queries.exceptions import exceptions
from clinicdesk.closing.queries.payers import payers
from clinicdesk.closing.queries.plan import plan
from clinicdesk.closing.queries.seals import (
    closed_days,
    kept_paper,
    last_closed_month,
    last_sealed_day,
    newest_entry,
    number_of_paper,
    seal_of,
    sealed_figures,
)  # fmt: skip
from clinicdesk.closing.queries.shelves import expiring
from clinicdesk.kernel.moments import Month
from clinicdesk.staff.queries import hours_by_member
from clinicdesk.stock.queries import valuation
from clinicdesk.storage.records import Reading

STEPS = 20
CHECK_STEPS = 12
Row = TypeVar("Row")

__all__ = [
    "CHECK_STEPS",
    "STEPS",
    "checklist",
    "closed_days",
    "day_end",
    "in_drawer",
    "kept_paper",
    "last_closed_month",
    "last_sealed_day",
    "month_end",
    "newest_entry",
    "number_of_paper",
    "one_report",
    "open_days",
    "seal_of",
    "sealed_figures",
]


def month_end(
    reading: Reading,
    month: Month,
    step: Callable[[], None] = lambda: None,
    *,
    whole: bool = True,
) -> MonthEnd:
    """Return a month's reports and their proof, all from one snapshot.

    Args:
        reading: the snapshot.
        month: which month; the running one counts up to today.
        step: called ``STEPS`` times, between the parts; it may raise to stop.
        whole: with the reports that neither the proof nor what is signed needs.
    """
    report = _taken(reading, month, PROVEN | (NEED_NO_PROOF if whole else frozenset()), step)
    identities = _proven(reading, report)
    step()
    return replace(report, proof=identities)


def checklist(
    reading: Reading, month: Month, step: Callable[[], None] = lambda: None
) -> MonthChecklist:
    """Return what is looked at before closing; ``step`` is called ``CHECK_STEPS`` times."""
    step()
    as_of = min(month.last, max(reading.today, month.first))
    unfinished, uncharged = undone_visits(reading, month.first, as_of)
    resting = held(reading, as_of)
    report = _taken(reading, month, PROVEN - {"summary"}, step)
    identities = _proven(reading, report)
    step()
    return MonthChecklist(
        month,
        unfinished,
        uncharged,
        uncounted_days(reading, month.first, as_of),
        len(resting),
        sum(row.amount_minor for row in resting),
        identities,
        report.seal,
    )


def _proven(reading: Reading, report: MonthEnd) -> tuple[ProofLine, ...]:
    return proof.lines(
        reading,
        proof.Reports(
            report.month,
            report.as_of,
            report.aging,
            report.providers,
            report.opening_minor,
            report.days,
            report.methods,
            report.by_day,
            report.by_month,
            report.hours,
            report.stock,
        ),
    )


def one_report(
    reading: Reading, month: Month, name: str, step: Callable[[], None] = lambda: None
) -> MonthEnd:
    """Return a month end with the rows of one report only, and no proof."""
    wanted = {"summary": {"aging", "summary"}}.get(name, {name})
    return _taken(reading, month, frozenset(wanted), step)


PROVEN = frozenset(
    {
        "aging", "providers", "receivables", "payments", "summary", "production-by-day",
        "production-by-month", "hours", "stock",
    }
)  # fmt: skip
NEED_NO_PROOF = frozenset(
    {"adjustments", "payer-mix", "credits", "budget", "refunds", "schedule", "exceptions"}
)


def _taken(
    reading: Reading, month: Month, wanted: frozenset[str], step: Callable[[], None]
) -> MonthEnd:
    """Return a month end with the rows of the reports wanted, by their names."""
    first, as_of = month.first, min(month.last, max(reading.today, month.first))

    def take(name: str, rows: Callable[[], tuple[Row, ...]]) -> tuple[Row, ...]:
        if name not in wanted:
            return ()
        step()
        return rows()

    owed = take("aging", lambda: aging.rows(reading, as_of))
    providers = take("providers", lambda: movements.providers(reading, month, as_of))
    opening: int = 0
    days: tuple[DayRow, ...] = ()
    if "receivables" in wanted:
        step()
        opening, days = movements.days(reading, month, as_of)
    taken_off = Adjustments()
    if "adjustments" in wanted:
        step()
        taken_off = adjustments(reading, first, as_of)
    return MonthEnd(
        month=month,
        as_of=as_of,
        last_seq=newest_entry(reading, as_of),
        seal=seal_of(reading, month),
        summary=take("summary", lambda: summary.rows(reading, month, as_of, owed)),
        aging=owed,
        agency_minor=movements.with_agencies(reading, as_of),
        providers=providers,
        opening_minor=opening,
        days=days,
        methods=take("payments", lambda: movements.methods(reading, month, as_of)),
        prior=take("receivables", lambda: movements.prior(reading, month, as_of)),
        trend=take("summary", lambda: summary.trend(reading, month)),
        proof=(),
        by_day=take("production-by-day", lambda: production.by_day(reading, first, as_of)),
        by_month=take("production-by-month", lambda: production.by_month(reading, month, as_of)),
        hours=take("hours", lambda: hours_by_member(reading, first, as_of)),
        stock=take("stock", lambda: valuation(reading, first, as_of)),
        rest=Rest(
            adjustments=taken_off,
            payers=take("payer-mix", lambda: payers(reading, first, as_of)),
            credits=take("credits", lambda: held(reading, as_of)),
            plan=take("budget", lambda: plan(reading, month)),
            refunds=take("refunds", lambda: refunds(reading, first, as_of)),
            capacity=take("schedule", lambda: capacity(reading, first, as_of)),
            expiring=take("stock", lambda: expiring(reading, as_of)),
            exceptions=take("exceptions", lambda: exceptions(reading, first, as_of)),
        ),
    )
