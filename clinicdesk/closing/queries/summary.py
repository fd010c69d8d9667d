# SPDX-License-Identifier: Apache-2.0
"""R1: the measures of a month beside earlier spans and the budget, and the year's trend."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from clinicdesk.closing.model import (
    CREDITS,
    MONEY,
    OWED,
    RECEIVABLE,
    AgingRow,
    SummaryRow,
    TrendRow,
)  # fmt: skip
from clinicdesk.closing.queries.aging import over_90_share
from clinicdesk.closing.queries.movements import (
    ADJUSTED,
    APPLIED,
    income_accounts,
    visits_by_provider,
)  # fmt: skip
from clinicdesk.kernel.columns import Kind
from clinicdesk.kernel.moments import Month, from_utc_minute
from clinicdesk.ledger.tables import budget, day_total, receipt
from clinicdesk.schedule.tables import visit
from clinicdesk.storage.records import Reading
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class Span:
    """Days from first to last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Measures:
    """What one span measured, in minor units and counts."""

    gross: int
    contractual: int
    other_write_offs: int
    adjustments: int
    patient_receipts: int
    insurer_receipts: int
    given_back: int
    opening: int
    closing: int
    visits: int
    new_patients: int
    days_in_ar: Decimal | None

    @property
    def net(self) -> int:
        """Net production."""
        return self.gross + self.contractual + self.other_write_offs + self.adjustments

    @property
    def receipts(self) -> int:
        """Net receipts."""
        return self.patient_receipts + self.insurer_receipts + self.given_back

    @property
    def collection(self) -> Decimal | None:
        """Net collection rate."""
        allowed = self.gross + self.contractual
        return Decimal(self.receipts) / allowed if allowed > 0 else None


def rows(
    reading: Reading, month: Month, as_of: date, owed: Sequence[AgingRow]
) -> tuple[SummaryRow, ...]:
    """Return R1."""
    year_ago = Month(month.year - 1, month.number)
    spans = [
        Span(month.first, as_of),
        Span(month.previous.first, month.previous.last),
        Span(year_ago.first, year_ago.last),
        Span(date(month.year, 1, 1), as_of),
        Span(date(year_ago.year, 1, 1), year_ago.last),
    ]
    days = {span.last for span in spans} | {_before(span) for span in spans}
    owing, credited = balances(reading, RECEIVABLE, days), balances(reading, CREDITS, days)
    measured = [_measure(reading, span, owing, credited) for span in spans]
    planned = planned_of(reading, month)

    def row(
        key: str, title: str, name: str, kind: Kind = Kind.MONEY, *, strong: bool = False
    ) -> SummaryRow:
        this, last, ago, to_date, before = (getattr(one, name) for one in measured)
        planned_minor = planned.get(key)
        return SummaryRow(
            key, title, kind, this, last, ago, to_date, before, planned_minor, strong=strong
        )

    def at_end(
        key: str, title: str, name: str, kind: Kind = Kind.MONEY, *, strong: bool = False
    ) -> SummaryRow:
        """Return a balance: the year has none of its own."""
        this, last, ago = (getattr(one, name) for one in measured[:3])
        return SummaryRow(key, title, kind, this, last, ago, strong=strong)

    late, whole = sum(r.buckets[3] + r.buckets[4] for r in owed), sum(r.total_minor for r in owed)
    late_before, whole_before = over_90_share(reading, month.previous.last)
    return (
        row("gross_charges", N_("Gross charges"), "gross"),
        row("contractual", N_("Contractual write-offs"), "contractual"),
        row("write_offs", N_("Other write-offs"), "other_write_offs"),
        row("adjustments", N_("Other adjustments"), "adjustments"),
        row("net_production", N_("Net production"), "net", strong=True),
        row("patient_receipts", N_("Patient receipts"), "patient_receipts"),
        row("insurance_receipts", N_("Insurance receipts"), "insurer_receipts"),
        row("refunds", N_("Refunds, returns and take-backs"), "given_back"),
        row("net_receipts", N_("Net receipts"), "receipts", strong=True),
        at_end("opening_receivables", N_("Opening receivables"), "opening", strong=True),
        at_end("closing_receivables", N_("Closing receivables"), "closing", strong=True),
        row("visits", N_("Visits"), "visits", Kind.NUMBER),
        row("new_patients", N_("New patients"), "new_patients", Kind.NUMBER),
        at_end("days_in_receivables", N_("Days in receivables"), "days_in_ar", Kind.NUMBER),
        row("net_collection", N_("Net collection rate"), "collection", Kind.PERCENT),
        SummaryRow(
            "over_90_share",
            N_("Owed over 90 days"),
            Kind.PERCENT,
            _share(late, whole),
            _share(late_before, whole_before),
            None,
        ),
    )


def trend(reading: Reading, month: Month) -> tuple[TrendRow, ...]:
    """Return the twelve months that end with this one."""
    first = Month(month.year - 1, month.number).next
    by_month: dict[str, list[int]] = {}
    for row in reading.execute(_monthly(first.first, month.last)):
        by_month[row.month] = [int(row.gross), int(row.net), int(row.money)]
    found, one = [], first
    while one <= month:
        found.append(TrendRow(one, *by_month.get(str(one), [0, 0, 0])))
        one = one.next
    return tuple(found)


# ── statements ───────────────────────────────────────────────────────────────────────────────

_AMOUNT = day_total.c.amount_minor
_OWED = day_total.c.account.in_(OWED)


def _sum(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((sa.and_(*conditions), _AMOUNT), else_=0)), 0)


def _flows() -> dict[str, sa.ColumnElement[int]]:
    produced = sa.and_(day_total.c.account.in_(income_accounts()), day_total.c.cause == "charge")
    return {
        "gross": -_sum(produced),
        "contractual": _sum(_OWED, day_total.c.cause == "contractual"),
        "other_write_offs": _sum(_OWED, day_total.c.cause == "write-off"),
        "adjustments": _sum(_OWED, day_total.c.cause.in_(ADJUSTED)),
        "money": _sum(day_total.c.account.in_(MONEY), day_total.c.cause.in_(APPLIED)),
    }


def _before(span: Span) -> date:
    return span.first - timedelta(days=1)


def _measure(
    reading: Reading, span: Span, owing: Mapping[date, int], credited: Mapping[date, int]
) -> Measures:
    flows = _flows()
    sums = reading.execute(
        sa.select(*(flow.label(name) for name, flow in flows.items())).where(
            day_total.c.business_on.between(span.first, span.last)
        )
    ).one()
    came_in = {
        row.party_kind: int(row.amount)
        for row in reading.execute(
            sa.select(receipt.c.party_kind, sa.func.sum(receipt.c.amount_minor).label("amount"))
            .where(receipt.c.received_on.between(span.first, span.last))
            .group_by(receipt.c.party_kind)
        )
    }
    insurers = came_in.get("payer", 0)
    everybody = sum(came_in.values())
    closing = owing[span.last]
    return Measures(
        gross=int(sums.gross),
        contractual=int(sums.contractual),
        other_write_offs=int(sums.other_write_offs),
        adjustments=int(sums.adjustments),
        patient_receipts=everybody - insurers,
        insurer_receipts=insurers,
        given_back=int(sums.money) - everybody,
        opening=owing[_before(span)],
        closing=closing,
        visits=sum(visits_by_provider(reading, span.first, span.last).values()),
        new_patients=_new_patients(reading, span),
        days_in_ar=_days_in_ar(reading, span.last, closing + credited[span.last]),
    )


def balance(reading: Reading, accounts: Sequence[str], last: date) -> int:
    """Return the balance of accounts by the day totals, debit positive."""
    return int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(_AMOUNT), 0)).where(
                day_total.c.account.in_(accounts), day_total.c.business_on <= last
            )
        ).scalar_one()
    )


def balances(reading: Reading, accounts: Sequence[str], days: Collection[date]) -> dict[date, int]:
    """Return the balance of accounts at several days, from one pass over the day totals."""
    on = sorted(days)
    sums = [
        sa.func.coalesce(
            sa.func.sum(sa.case((day_total.c.business_on <= day, _AMOUNT), else_=0)), 0
        )
        for day in on
    ]
    found = reading.execute(
        sa.select(*sums).where(day_total.c.account.in_(accounts), day_total.c.business_on <= on[-1])
    ).one()
    return {day: int(amount) for day, amount in zip(on, found, strict=True)}


def _days_in_ar(reading: Reading, last: date, net: int) -> Decimal | None:
    gross = reading.execute(
        sa.select(_flows()["gross"]).where(
            day_total.c.business_on.between(last - timedelta(days=89), last)
        )
    ).scalar_one()
    if not gross or gross < 0:
        return None
    return (Decimal(net) * 90 / Decimal(gross)).quantize(Decimal("0.1"))


def _new_patients(reading: Reading, span: Span) -> int:
    """Count patients whose first finished visit lies in the span."""
    opens = from_utc_minute(reading.zone.day_span(span.first)[0])
    closes = from_utc_minute(reading.zone.day_span(span.last)[1])
    earlier = visit.alias("earlier")
    before = sa.exists().where(
        earlier.c.patient_id == visit.c.patient_id,
        earlier.c.state == "finished",
        earlier.c.started_at < opens,
    )
    statement = sa.select(sa.func.count(sa.distinct(visit.c.patient_id))).where(
        visit.c.state == "finished",
        visit.c.started_at >= opens,
        visit.c.started_at < closes,
        sa.not_(before),
    )
    return int(reading.execute(statement).scalar_one())


def _monthly(first: date, last: date) -> sa.Select[Any]:
    flows = _flows()
    name = sa.func.substr(sa.type_coerce(day_total.c.business_on, sa.Text()), 1, 7)
    net = flows["gross"] + flows["contractual"] + flows["other_write_offs"] + flows["adjustments"]
    return (
        sa.select(
            name.label("month"),
            flows["gross"].label("gross"),
            net.label("net"),
            flows["money"].label("money"),
        )
        .where(day_total.c.business_on.between(first, last))
        .group_by(name)
    )


def planned_of(reading: Reading, month: Month) -> dict[str, int]:
    """Return the planned amounts of the measures that accounts are planned for."""
    planned = {
        row.account: int(row.amount_minor)
        for row in reading.execute(
            sa.select(budget.c.account, budget.c.amount_minor).where(budget.c.month == str(month))
        )
    }
    if not planned:
        return {}
    gross = sum(v for k, v in planned.items() if k in {"4000", "4010", "4020"})
    contractual = -planned.get("4100", 0)
    write_offs = -sum(v for k, v in planned.items() if k in {"4120", "4130", "4140"})
    adjustments = -planned.get("4110", 0)
    return {
        "gross_charges": gross,
        "contractual": contractual,
        "write_offs": write_offs,
        "adjustments": adjustments,
        "net_production": gross + contractual + write_offs + adjustments,
    }


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole > 0 else None
