# SPDX-License-Identifier: Apache-2.0
"""Charts of the pack beyond R1, R2, R5, R8 and R9, as data; None where there is nothing to see."""

from __future__ import annotations

from collections.abc import Iterable

from clinicdesk.closing.columns import budget_name, reason_word
from clinicdesk.closing.model import MonthEnd
from clinicdesk.kernel.charts import Chart, ChartKind, Series
from clinicdesk.kernel.columns import Kind
from clinicdesk.kernel.moments import Month
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

_MOST = 8  # bars


def by_day(report: MonthEnd, formats: Formats) -> Chart | None:
    """Net production of each day."""
    rows = report.by_day
    if len(rows) < 2:
        return None
    return Chart(
        ChartKind.BARS,
        formats.word(N_("Net production by day")),
        tuple(str(row.on.day) for row in rows),
        (Series(formats.word(N_("Net production")), tuple(row.net_minor for row in rows)),),
        Kind.MONEY,
    )


def by_month(report: MonthEnd, formats: Formats) -> Chart | None:
    """Net production with its moving average, and income."""
    rows = report.by_month
    if not any(row.net_minor or row.income_minor for row in rows):
        return None
    names = formats.locale.months["stand-alone"]["abbreviated"]
    word = formats.word
    return Chart(
        ChartKind.LINE,
        word(N_("Net production, its 3-month average, and income")),
        tuple(str(names[Month.of(row.on).number]) for row in rows),
        (
            Series(word(N_("Net production")), tuple(row.net_minor for row in rows)),
            Series(word(N_("3-month average")), tuple(row.average_minor for row in rows)),
            Series(word(N_("Total income")), tuple(row.income_minor for row in rows)),
        ),
        Kind.MONEY,
    )


def adjustments(report: MonthEnd, formats: Formats) -> Chart | None:
    """What was taken off, by type; contracts apart from what was decided."""
    taken = report.rest.adjustments
    contracts = -sum(row.amount_minor for row in taken.contractual)
    bars = [(formats.word(N_("Contracts with insurers")), contracts)] if contracts else []
    bars += [(formats.word(reason_word(row.name)), -row.amount_minor) for row in taken.by_type]
    return _across(N_("Taken off, by type"), bars, formats, Kind.MONEY)


def payers(report: MonthEnd, formats: Formats) -> Chart | None:
    """Payments by payer."""
    bars = [
        (row.name or formats.word(N_("Patients")), row.payments_minor) for row in report.rest.payers
    ]
    return _across(N_("Payments by payer"), bars, formats, Kind.MONEY)


def budget(report: MonthEnd, formats: Formats) -> Chart | None:
    """Sums of R18, planned and actual."""
    sums = [row for row in report.rest.plan if not row.number]
    if not sums or all(row.planned_minor is None for row in sums):
        return None
    return Chart(
        ChartKind.BARS,
        formats.word(N_("Budget and actual of the month")),
        tuple(formats.word(budget_name(row)) for row in sums),
        (
            Series(formats.word(N_("Budget")), tuple(row.planned_minor for row in sums)),
            Series(formats.word(N_("Actual")), tuple(row.actual_minor for row in sums)),
        ),
        Kind.MONEY,
    )


def capacity(report: MonthEnd, formats: Formats) -> Chart | None:
    """How full each provider's open hours were."""
    bars = [
        (row.name, round(row.fill * 100)) for row in report.rest.capacity if row.fill is not None
    ]
    return _across(N_("Open hours that were booked, in percent"), bars, formats, Kind.NUMBER)


def hours(report: MonthEnd, formats: Formats) -> Chart | None:
    """Rostered hours of each member."""
    bars = [(row.name, round(row.rostered / 60)) for row in report.hours]
    return _across(N_("Rostered hours"), bars, formats, Kind.NUMBER)


def stock(report: MonthEnd, formats: Formats) -> Chart | None:
    """Where the value of the stock lies."""
    bars = [(row.item, row.closing_minor) for row in report.stock]
    return _across(N_("Closing value, the largest items"), bars, formats, Kind.MONEY, most=5)


def _across(
    title: str, bars: Iterable[tuple[str, int]], formats: Formats, unit: Kind, *, most: int = _MOST
) -> Chart | None:
    largest = sorted((bar for bar in bars if bar[1] > 0), key=lambda bar: (-bar[1], bar[0]))[:most]
    if len(largest) < 2:
        return None
    return Chart(
        ChartKind.SORTED_BARS,
        formats.word(title),
        tuple(name for name, _value in largest),
        (Series(formats.word(title), tuple(value for _name, value in largest)),),
        unit,
    )
