# SPDX-License-Identifier: Apache-2.0
"""Reads of the month end. Every figure of the paper, the JSON and the CSV comes from here.

The reports are taken from different tables on purpose, so that the proof compares what was kept
apart: R2 from the open amounts, R8 from the day totals, R5 and R9 from the postings.
"""

from __future__ import annotations

from collections.abc import Callable

from clinicdesk.closing.model import MonthEnd
from clinicdesk.closing.queries import aging, movements, proof, summary
from clinicdesk.closing.queries.day import day_end, in_drawer, open_days
from clinicdesk.closing.queries.seals import (
    closed_days,
    last_closed_month,
    last_sealed_day,
    newest_entry,
    number_of_paper,
    seal_of,
    sealed_figures,
)  # fmt: skip
from clinicdesk.kernel.moments import Month
from clinicdesk.storage.records import Reading

STEPS = 8

__all__ = [
    "STEPS",
    "closed_days",
    "day_end",
    "in_drawer",
    "last_closed_month",
    "last_sealed_day",
    "month_end",
    "newest_entry",
    "number_of_paper",
    "open_days",
    "seal_of",
    "sealed_figures",
]


def month_end(reading: Reading, month: Month, step: Callable[[], None] = lambda: None) -> MonthEnd:
    """Return a month's reports and their proof, all from one snapshot.

    Args:
        reading: the snapshot.
        month: which month; the running one counts up to today.
        step: called ``STEPS`` times, between the parts; it may raise to stop.
    """
    as_of = min(month.last, max(reading.today, month.first))
    step()
    owed = aging.rows(reading, as_of)
    step()
    providers = movements.providers(reading, month, as_of)
    step()
    opening, days = movements.days(reading, month, as_of)
    step()
    methods = movements.methods(reading, month, as_of)
    step()
    prior = movements.prior(reading, month, as_of)
    step()
    measures = summary.rows(reading, month, as_of, owed)
    trend = summary.trend(reading, month)
    step()
    identities = proof.lines(
        reading,
        proof.Reports(month, as_of, owed, providers, opening, days, methods),
    )
    step()
    return MonthEnd(
        month=month,
        as_of=as_of,
        last_seq=newest_entry(reading, as_of),
        seal=seal_of(reading, month),
        summary=measures,
        aging=owed,
        agency_minor=movements.with_agencies(reading, as_of),
        providers=providers,
        opening_minor=opening,
        days=days,
        methods=methods,
        prior=prior,
        trend=trend,
        proof=identities,
    )
