# SPDX-License-Identifier: Apache-2.0
"""The overview's charts as data, worded and drawn as the papers' are; None with nothing to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clinicdesk.closing.reports.charts import AGES, net_by_provider
from clinicdesk.kernel.charts import Chart, ChartKind, Series
from clinicdesk.kernel.columns import Kind
from clinicdesk.kernel.moments import Month
from clinicdesk.overview.queries import MissedRow, MixRow, PlannedRow, Plot, RiskRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

TITLES = {
    Plot.PRODUCTION: N_("Net production by provider"),
    Plot.COLLECTIONS: N_("Net receipts against the planned production"),
    Plot.AGING: N_("Receivables by age of the service"),
    Plot.NO_SHOWS: N_("Did not attend, in percent of those expected"),
    Plot.PAYERS: N_("Payments by payer, this month"),
    Plot.STOCK: N_("Stock at risk, in items"),
}
EMPTY = {
    Plot.PRODUCTION: N_("Nothing was charged this month."),
    Plot.COLLECTIONS: N_("Nothing was received or planned yet."),
    Plot.AGING: N_("Nobody owes anything."),
    Plot.NO_SHOWS: N_("No visits yet."),
    Plot.PAYERS: N_("Nothing was paid this month."),
    Plot.STOCK: N_("No item is short, and nothing expires soon."),
}
_MOST = 8


def chart(plot: Plot, answer: Any, formats: Formats) -> Chart | None:
    """Describe a chart from its answer."""
    match plot:
        case Plot.PRODUCTION:
            found = net_by_provider(answer, formats)
            return found if found.labels else None
        case Plot.COLLECTIONS:
            return _collections(answer, formats)
        case Plot.AGING:
            return _aging(answer, formats)
        case Plot.NO_SHOWS:
            return _no_shows(answer, formats)
        case Plot.PAYERS:
            return _payers(answer, formats)
        case Plot.STOCK:
            return _stock(answer, formats)


def _collections(rows: Sequence[PlannedRow], formats: Formats) -> Chart | None:
    if not any(row.receipts_minor or row.planned_minor for row in rows):
        return None
    series = [Series(formats.word(N_("Net receipts")), tuple(row.receipts_minor for row in rows))]
    if any(row.planned_minor is not None for row in rows):
        series.append(Series(formats.word(N_("Planned")), tuple(row.planned_minor for row in rows)))
    return Chart(
        ChartKind.LINE,
        formats.word(TITLES[Plot.COLLECTIONS]),
        tuple(_short(row.month, formats) for row in rows),
        tuple(series),
        Kind.MONEY,
        formats.word(N_("The last month is not over.")),
    )


def _aging(buckets: Sequence[int], formats: Formats) -> Chart | None:
    if not any(buckets):
        return None
    return Chart(
        ChartKind.STACKED,
        formats.word(TITLES[Plot.AGING]),
        (formats.word(N_("Receivables")),),
        tuple(
            Series(formats.word(name), (amount,))
            for name, amount in zip(AGES, buckets, strict=True)
        ),
        Kind.MONEY,
    )


def _no_shows(rows: Sequence[MissedRow], formats: Formats) -> Chart | None:
    if not any(row.expected for row in rows):
        return None
    return Chart(
        ChartKind.BARS,
        formats.word(TITLES[Plot.NO_SHOWS]),
        tuple(_short(row.month, formats) for row in rows),
        (
            Series(
                formats.word(N_("No-shows")),
                tuple(
                    round(100 * row.missed / row.expected) if row.expected else None for row in rows
                ),
            ),
        ),
    )


def _payers(rows: Sequence[MixRow], formats: Formats) -> Chart | None:
    paid = [row for row in rows if row.payments_minor > 0][:_MOST]
    if not paid:
        return None
    return Chart(
        ChartKind.SORTED_BARS,
        formats.word(TITLES[Plot.PAYERS]),
        tuple(row.name or formats.word(N_("Patients")) for row in paid),
        (Series(formats.word(N_("Payments")), tuple(row.payments_minor for row in paid)),),
        Kind.MONEY,
    )


def _stock(risk: RiskRow, formats: Formats) -> Chart | None:
    bars = (
        (N_("To be ordered"), risk.low),
        (N_("Expiring within 60 days"), risk.expiring),
        (N_("Expired"), risk.expired),
        (N_("Used up"), risk.out),
    )
    if not any(count for _name, count in bars):
        return None
    return Chart(
        ChartKind.SORTED_BARS,
        formats.word(TITLES[Plot.STOCK]),
        tuple(formats.word(name) for name, _count in bars),
        (Series(formats.word(N_("Items")), tuple(count for _name, count in bars)),),
    )


def _short(month: Month, formats: Formats) -> str:
    return str(formats.locale.months["stand-alone"]["abbreviated"][month.number])
