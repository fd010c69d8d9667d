# SPDX-License-Identifier: Apache-2.0
"""Three sentences of the cover: what happened, why, and what to do next."""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.closing.model import MonthEnd
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

_NEAR = Decimal("0.005")  # a change of less than half a percent is called none


def sentences(report: MonthEnd, formats: Formats) -> tuple[str, str, str]:
    """Return the three sentences."""
    return _what(report, formats), _why(report, formats), _next(report, formats)


def _what(report: MonthEnd, formats: Formats) -> str:
    net, money = report.by_key["net_production"], report.by_key["net_receipts"]
    fields: dict[str, object] = {"net_minor": net.this, "receipts_minor": money.this}
    if net.change is None:
        says = N_("Net production was {net_minor} and {receipts_minor} were received.")
    elif abs(net.change) < _NEAR:
        says = N_(
            "Net production was {net_minor}, as in the month before; "
            "{receipts_minor} were received."
        )
    else:
        fields["change"] = formats.percent(abs(net.change))
        says = (
            N_("Net production was {net_minor}, {change} more than in the month before; "
               "{receipts_minor} were received.")
            if net.change > 0
            else N_("Net production was {net_minor}, {change} less than in the month before; "
                    "{receipts_minor} were received.")
        )  # fmt: skip
    return formats.say(says, fields)


def _why(report: MonthEnd, formats: Formats) -> str:
    visits = report.by_key["visits"]
    named = [row for row in report.providers if row.name and row.net_minor > 0]
    fields: dict[str, object] = {
        "visits": visits.this,
        "before": visits.last,
        "gross_minor": report.by_key["gross_charges"].this,
    }
    if not named:
        return formats.say(
            N_("There were {visits} visits, after {before} the month before."), fields
        )
    best = max(named, key=lambda row: row.net_minor)
    whole = sum(row.net_minor for row in report.providers)
    fields |= {
        "name": best.name,
        "share": formats.percent(Decimal(best.net_minor) / whole, 0) if whole > 0 else "",
    }
    return formats.say(
        N_(
            "It came from {visits} visits, after {before} the month before, with gross charges of "
            "{gross_minor}; {name} brought the largest share, {share}."
        ),
        fields,
    )


def _next(report: MonthEnd, formats: Formats) -> str:
    late = report.buckets[3] + report.buckets[4]
    whole = sum(report.buckets)
    if late <= 0 or whole <= 0:
        return formats.say(
            N_("Nothing is owed for longer than 90 days; receivables are {closing_minor}."),
            {"closing_minor": report.closing_minor},
        )
    old = sorted((row.buckets[3] + row.buckets[4] for row in report.aging), reverse=True)
    fields = {
        "late_minor": late,
        "share": formats.percent(Decimal(late) / whole),
        "top_minor": sum(old[:5]),
        "closing_minor": report.closing_minor,
    }
    return formats.say(
        N_(
            "Of the receivables of {closing_minor}, {late_minor} ({share}) are owed for longer "
            "than 90 days; the five largest of these accounts owe {top_minor}: begin there."
        ),
        fields,
    )
