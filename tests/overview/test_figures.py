# SPDX-License-Identifier: Apache-2.0
"""Each figure is the one of the report that signs for it, down to its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from clinicdesk.assembly import Clinic
from clinicdesk.closing.queries import aging, day_end, month_end, movements
from clinicdesk.closing.queries.capacity import capacity
from clinicdesk.closing.queries.payers import payers
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.overview.panel.drill import group_id
from clinicdesk.overview.queries import Measure, Overview, Plot, book
from clinicdesk.stock.queries import levels
from clinicdesk.storage.tables import audit


def test_net_production_is_that_of_the_summary_and_its_rows_add_up_to_it(
    looked_at: Clinic, overview: Overview
) -> None:
    actor = looked_at.actor
    figure = overview.glance(actor).figures[Measure.PRODUCTION]
    with looked_at.records.read() as reading:
        report = month_end(reading, Month.of(reading.today), whole=False)
    summed = next(row for row in report.summary if row.key == "net_production")
    assert figure.value == summed.this
    assert figure.beside == summed.budget
    groups = overview.groups(Measure.PRODUCTION, actor)
    assert sum(group.provider.net_minor for group in groups) == figure.value
    for group in groups:
        rows = overview.rows(Measure.PRODUCTION, group.id, actor)
        assert sum(row.amount_minor for row in rows) == group.provider.net_minor


def test_what_was_collected_is_that_of_the_days_end(looked_at: Clinic, overview: Overview) -> None:
    actor = looked_at.actor
    figure = overview.glance(actor).figures[Measure.COLLECTED]
    with looked_at.records.read() as reading:
        methods = day_end(reading, reading.today).methods
    assert figure.value == sum(row.net_minor for row in methods)
    assert figure.course[-1] == figure.value
    for group in overview.groups(Measure.COLLECTED, actor):
        rows = overview.rows(Measure.COLLECTED, group_id(group), actor)
        assert sum(row.amount_minor for row in rows) == group.net_minor


def test_collections_of_a_day_are_those_of_r9(looked_at: Clinic) -> None:
    from clinicdesk.overview.queries import money

    with looked_at.records.read() as reading:
        some = [reading.today - timedelta(days=number) for number in range(10)]
        told = [
            sum(row.net_minor for row in movements.methods_between(reading, day, day))
            for day in some
        ]
        assert list(money.taken(reading, some)) == told
        assert any(told)


def test_what_is_owed_for_long_is_that_of_r2(looked_at: Clinic, overview: Overview) -> None:
    actor = looked_at.actor
    figure = overview.glance(actor).figures[Measure.OVER_90]
    with looked_at.records.read() as reading:
        rows = aging.rows(reading, reading.today)
    late = sum(row.buckets[3] + row.buckets[4] for row in rows)
    assert figure.beside == late
    assert sum(overview.plot(Plot.AGING, actor)) == sum(row.total_minor for row in rows)
    groups = overview.groups(Measure.OVER_90, actor)
    assert sum(group.amount_minor for group in groups) == late
    for group in groups:
        rows_of = overview.rows(Measure.OVER_90, group.id, actor)
        assert sum(row.amount_minor for row in rows_of) == group.amount_minor
        assert all(row.days > 90 for row in rows_of)


def test_the_book_is_as_full_as_r22_says(looked_at: Clinic, overview: Overview) -> None:
    figure = overview.glance(looked_at.actor).figures[Measure.FILL]
    with looked_at.records.read() as reading:
        first = reading.today - timedelta(days=6)
        for day in book.days(reading, first, reading.today):
            rows = capacity(reading, day.on, day.on)
            assert (day.open, day.booked) == (
                sum(row.open for row in rows),
                sum(row.booked for row in rows),
            )
            assert (day.waits, day.waited) == (
                sum(row.waits for row in rows),
                sum(row.waited for row in rows),
            )
    assert figure.value == figure.course[-1]


def test_no_shows_are_those_of_r22(looked_at: Clinic, overview: Overview) -> None:
    [*_months, row] = overview.plot(Plot.NO_SHOWS, looked_at.actor)
    with looked_at.records.read() as reading:
        rows = capacity(reading, row.month.first, reading.today)
    assert row.missed == sum(one.missed for one in rows)
    assert row.expected == sum(one.missed + one.visits for one in rows)


def test_who_pays_is_r11(looked_at: Clinic, overview: Overview) -> None:
    mix = overview.plot(Plot.PAYERS, looked_at.actor)
    with looked_at.records.read() as reading:
        month = Month.of(reading.today)
        told = {
            row.payer_id: row.payments_minor for row in payers(reading, month.first, month.last)
        }
    assert {row.payer_id: row.payments_minor for row in mix if row.payments_minor} == {
        who: paid for who, paid in told.items() if paid
    }


def test_uncharged_visits_are_those_of_the_days_ends(looked_at: Clinic, overview: Overview) -> None:
    actor = looked_at.actor
    figure = overview.glance(actor).figures[Measure.UNCHARGED]
    with looked_at.records.read() as reading:
        told = [
            row.appointment_id
            for number in range(7)
            for row in day_end(reading, reading.today - timedelta(days=number)).uncharged
        ]
    assert figure.value == len(told)
    groups = overview.groups(Measure.UNCHARGED, actor)
    rows = [row.id for one in groups for row in overview.rows(Measure.UNCHARGED, one.id, actor)]
    assert sorted(rows) == sorted(told)


def test_who_waits_is_the_strip(looked_at: Clinic, overview: Overview) -> None:
    actor = looked_at.actor
    figure = overview.glance(actor).figures[Measure.WAITING]
    waiting = [c for c in looked_at.schedule.waiting(actor) if c.booking.value == "arrived"]
    assert figure.value == len(waiting) > 0
    groups = overview.groups(Measure.WAITING, actor)
    rows = [row for one in groups for row in overview.rows(Measure.WAITING, one.id, actor)]
    assert {row.id for row in rows} == {card.appointment_id for card in waiting}
    assert figure.beside == max(row.minutes for row in rows)


def test_low_is_what_the_stock_page_calls_low(looked_at: Clinic, overview: Overview) -> None:
    risk = overview.plot(Plot.STOCK, looked_at.actor)
    with looked_at.records.read() as reading:
        assert risk.low == sum(row.low for row in levels(reading))


def test_looking_at_rows_is_kept_in_the_trail(looked_at: Clinic, overview: Overview) -> None:
    overview.rows(Measure.WAITING, 1, looked_at.actor)
    with looked_at.records.read() as reading:
        last = reading.execute(audit.select().order_by(audit.c.seq.desc()).limit(1)).one()
    assert last.action == "overview.rows"
    assert '"waiting"' in last.after


def test_only_who_may_see_the_reports_may_look(looked_at: Clinic, overview: Overview) -> None:
    nobody = replace(looked_at.actor, rights=frozenset())
    with pytest.raises(NotAllowed):
        overview.glance(nobody)
    with pytest.raises(NotAllowed):
        overview.rows(Measure.WAITING, 1, nobody)
