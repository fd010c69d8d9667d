# SPDX-License-Identifier: Apache-2.0
"""Reads of the overview, each small enough that nobody waits behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from clinicdesk.billing.queries.debtors import aged
from clinicdesk.closing.model import MAY_SEE_FINANCIAL_REPORTS, RECEIVABLE
from clinicdesk.closing.queries import aging, movements, summary
from clinicdesk.closing.queries.capacity import capacity
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.queries import AsOf
from clinicdesk.overview.queries import book, money
from clinicdesk.overview.queries.rows import (
    CountGroup,
    Figure,
    Glance,
    LateRow,
    Measure,
    MissedRow,
    MixRow,
    PlannedRow,
    Plot,
    ProducedGroup,
    ProducedRow,
    RiskRow,
    TakenRow,
    UnchargedRow,
    Value,
    WaitRow,
)
from clinicdesk.schedule.queries.lists import listed
from clinicdesk.stock.queries import levels
from clinicdesk.storage.records import Reading, Records

_BACK: Final = 28  # days of a course
_SHOWN: Final = 14
_WEEK: Final = 7

__all__ = [
    "CountGroup",
    "Figure",
    "Glance",
    "LateRow",
    "Measure",
    "MissedRow",
    "MixRow",
    "Overview",
    "PlannedRow",
    "Plot",
    "ProducedGroup",
    "ProducedRow",
    "RiskRow",
    "TakenRow",
    "UnchargedRow",
    "Value",
    "WaitRow",
]


class Overview:
    """What a manager looks at; writes nothing but that rows naming patients were looked at."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def glance(self, actor: Actor) -> Glance:
        """Return the six figures."""
        actor.require(MAY_SEE_FINANCIAL_REPORTS)
        with self._records.read() as reading:
            fill, waiting = _book(reading)
            figures = {
                Measure.FILL: fill,
                Measure.WAITING: waiting,
                Measure.COLLECTED: _collected(reading),
                Measure.PRODUCTION: _production(reading),
                Measure.OVER_90: _over_90(reading),
                Measure.UNCHARGED: _uncharged(reading),
            }
            return Glance(reading.today, Month.of(reading.today), figures)

    def plot(self, plot: Plot, actor: Actor) -> Any:
        """Return what one chart is drawn from."""
        actor.require(MAY_SEE_FINANCIAL_REPORTS)
        with self._records.read() as reading:
            today, month = reading.today, Month.of(reading.today)
            match plot:
                case Plot.PRODUCTION:
                    return movements.providers(reading, month, today)
                case Plot.COLLECTIONS:
                    return money.against_plan(reading, month)
                case Plot.AGING:
                    return aged(reading, today, AsOf(day=today), owed_on=RECEIVABLE)
                case Plot.NO_SHOWS:
                    return book.missed(reading, month)
                case Plot.PAYERS:
                    return money.mix(reading, month.first, today)
                case Plot.STOCK:
                    return _risk(reading)

    def groups(self, measure: Measure, actor: Actor) -> Sequence[Any]:
        """Return what a figure is made of, one step down."""
        actor.require(MAY_SEE_FINANCIAL_REPORTS)
        with self._records.read() as reading:
            today = reading.today
            match measure:
                case Measure.FILL:
                    return capacity(reading, today, today)
                case Measure.WAITING:
                    return book.waiting_now(reading)[0]
                case Measure.COLLECTED:
                    return movements.methods_between(reading, today, today)
                case Measure.PRODUCTION:
                    return money.produced_groups(reading, today)
                case Measure.OVER_90:
                    return money.late_groups(reading, today)
                case Measure.UNCHARGED:
                    return _uncharged_groups(reading)

    def rows(self, measure: Measure, group: int | str, actor: Actor) -> Sequence[Any]:
        """Return the rows of a group; they name patients, so the look is kept in the trail."""
        actor.require(MAY_SEE_FINANCIAL_REPORTS)
        with self._records.write(actor, "overview.rows") as work:
            seen = {"measure": measure.value, "of": group}
            work.record("overview", None, category="financial", after=seen)
        with self._records.read() as reading:
            today = reading.today
            match measure:
                case Measure.FILL:
                    return [r for r in listed(reading, today, today) if r.provider_id == group]
                case Measure.WAITING:
                    return book.waiting_now(reading)[1].get(int(group), [])
                case Measure.COLLECTED:
                    return money.taken_rows(reading, today, str(group))
                case Measure.PRODUCTION:
                    return money.produced_rows(reading, today, int(group))
                case Measure.OVER_90:
                    return money.late_rows(reading, today, int(group))
                case Measure.UNCHARGED:
                    return [row for row in _lately(reading) if row.provider_id == group]


# ── the six ──────────────────────────────────────────────────────────────────────────────────


def _book(reading: Reading) -> tuple[Figure, Figure]:
    today = reading.today
    days = book.days(reading, today - timedelta(days=_BACK), today)
    rows = capacity(reading, today, today)
    opened = sum(row.open for row in rows)
    same = [day.fill for day in days[-1 - _WEEK :: -_WEEK] if day.fill is not None]
    fill = Figure(
        Decimal(sum(row.booked for row in rows)) / opened if opened else None,
        sum(same, Decimal(0)) / len(same) if same else None,
        course=tuple(day.fill for day in days if day.open)[-_SHOWN:],
    )
    groups, _rows = book.waiting_now(reading)
    before = days[:-1]
    waits = sum(day.waits for day in before)
    usual = round(Decimal(sum(day.waited for day in before)) / waits / 60) if waits else None
    waiting = Figure(
        sum(group.count for group in groups),
        usual,
        max((group.minutes for group in groups), default=0),
        tuple(day.wait for day in days if day.waits)[-_SHOWN:],
    )
    return fill, waiting


def _collected(reading: Reading) -> Figure:
    today = reading.today
    some = [today - timedelta(days=number) for number in range(_BACK, 0, -1)]
    past = money.taken(reading, some)
    same = [amount for amount in past[::_WEEK] if amount]
    worked = [amount for amount in past if amount]
    now = sum(row.net_minor for row in movements.methods_between(reading, today, today))
    usual = round(Decimal(sum(same)) / len(same)) if same else None
    return Figure(now, usual, course=(*worked[1 - _SHOWN :], now) if worked else ())


def _production(reading: Reading) -> Figure:
    today = reading.today
    groups = money.produced_groups(reading, today)
    month, until = money.same_day_before(today)
    before = sum(row.net_minor for row in movements.providers(reading, month, until))
    this = Month.of(today)
    course = tuple(row.net_minor for row in summary.trend(reading, this))
    return Figure(
        sum(group.provider.net_minor for group in groups),
        before if any(course[:-1]) else None,
        summary.planned_of(reading, this).get("net_production"),
        course if any(course) else (),
    )


def _over_90(reading: Reading) -> Figure:
    ends = [reading.today]
    while len(ends) < 6:
        ends.append(Month.of(ends[-1]).previous.last)
    shares = [_share(*aging.over_90_share(reading, day)) for day in ends]
    course = tuple(share for share in reversed(shares) if share is not None)
    return Figure(shares[0], shares[1], aging.over_90_share(reading, reading.today)[0], course)


def _uncharged(reading: Reading) -> Figure:
    today = reading.today
    week = timedelta(days=_WEEK)
    earlier = book.uncharged(reading, today - 2 * week + timedelta(days=1), today - week)
    lately = _lately(reading)
    first = today - 2 * week + timedelta(days=1)
    by_day = [0] * (2 * _WEEK)
    for row in (*earlier, *lately):
        by_day[(row.starts.date() - first).days] += 1
    return Figure(len(lately), len(earlier), course=tuple(by_day) if any(by_day) else ())


def _lately(reading: Reading) -> tuple[UnchargedRow, ...]:
    return book.uncharged(reading, reading.today - timedelta(days=_WEEK - 1), reading.today)


def _uncharged_groups(reading: Reading) -> tuple[CountGroup, ...]:
    names: dict[int, str] = {}
    counts: dict[int, int] = {}
    for row in _lately(reading):
        names[row.provider_id] = row.provider
        counts[row.provider_id] = counts.get(row.provider_id, 0) + 1
    groups = [CountGroup(one, name, counts[one]) for one, name in names.items()]
    return tuple(sorted(groups, key=lambda group: (-group.count, group.name)))


def _risk(reading: Reading) -> RiskRow:
    rows = levels(reading)
    return RiskRow(
        out=sum(1 for row in rows if row.low and not row.usable),
        low=sum(1 for row in rows if row.low),
        expiring=sum(1 for row in rows if row.expiring),
        expired=sum(1 for row in rows if row.expired),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole > 0 else None
