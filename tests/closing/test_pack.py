# SPDX-License-Identifier: Apache-2.0
"""The reports of the pack: their figures worked out by hand, and each of them alone."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from clinicdesk.billing.model import drafts
from clinicdesk.closing import queries
from clinicdesk.closing.model import CloseMonth, MonthEnd, Stopped
from clinicdesk.closing.model.day import CloseDay, ReopenMonth
from clinicdesk.closing.model.pack import CreditKind, Exceptional
from clinicdesk.closing.reports import BY_NAME, REPORTS, month_end_pdf
from clinicdesk.closing.service import Closing
from clinicdesk.commands.arguments import MONTH_REPORTS
from clinicdesk.kernel.moments import FixedClock, Month, utc_minute
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.ledger.tables import budget
from clinicdesk.schedule.tables import appointment, appointment_event
from tests.closing.ledgers import BEN, CHEN, CLOCK, GREEN, MERCURY, SmallClinic
from tests.support.clinics import an_actor

OCTOBER = Month(2026, 10)
MORNING = datetime(2026, 10, 6, 7, tzinfo=UTC)


def month_end(clinic: SmallClinic, month: Month = OCTOBER) -> MonthEnd:
    """Return a month's pack."""
    with clinic.records.read() as reading:
        return queries.month_end(reading, month)


def at(month: int, day: int, hour: int) -> datetime:
    """Return a wall time of 2026."""
    return datetime.combine(date(2026, month, day), time(hour))


def book(
    clinic: SmallClinic, number: int, wall: datetime, booking: str, *, minutes: int = 30,
    waited: int | None = None, cancelled: datetime | None = None,
) -> None:  # fmt: skip
    """Write an appointment of Dr Green with the last thing that happened to it."""
    starts = clinic.records.profile.zone.instant(wall)
    arrived = None if waited is None else starts
    with clinic.records.write(an_actor(), "test.book") as work:
        work.execute(
            appointment.insert().values(
                id=number, patient_id=BEN, provider_id=GREEN, starts_wall=wall, minutes=minutes,
                starts_min=utc_minute(starts), ends_min=utc_minute(starts) + minutes,
                booking=booking, arrived_at=arrived, created_at=datetime(2026, 9, 1, tzinfo=UTC),
                roomed_at=None if waited is None else starts + timedelta(minutes=waited),
            )
        )  # fmt: skip
        work.execute(
            appointment_event.insert().values(
                appointment_id=number, action="state", booking=booking, contact="unconfirmed",
                starts_wall=wall, minutes=minutes, provider_id=GREEN, by_user_id=1,
                at=cancelled or datetime(2026, 9, 1, tzinfo=UTC),
            )
        )  # fmt: skip
        work.record("test", None)


# ── figures ──────────────────────────────────────────────────────────────────────────────────


def test_production_is_told_by_day_and_by_month(clinic: SmallClinic) -> None:
    report = month_end(clinic)
    day = next(row for row in report.by_day if row.on == date(2026, 10, 6))
    assert (day.production_minor, day.patient_income_minor) == (8_000, 8_000)
    assert (day.unearned_minor, day.received_minor) == (2_000, 10_000)
    assert sum(row.net_minor for row in report.by_day) == report.by_key["net_production"].this
    assert sum(row.received_minor for row in report.by_day) == report.by_key["net_receipts"].this
    september, october = report.by_month[-2:]
    assert (september.on, september.production_minor) == (date(2026, 9, 1), 35_000)
    assert october.net_minor == 16_000
    assert len(report.by_month) == 12


def test_the_moving_average_begins_with_three_known_months(clinic: SmallClinic) -> None:
    assert [row.average_minor for row in month_end(clinic).by_month[-2:]] == [None, None]
    november = month_end(clinic, Month(2026, 11)).by_month[-1]
    assert november.average_minor == (35_000 + 16_000 + 9_900) // 3


def test_contracts_are_kept_apart_from_what_was_decided(clinic: SmallClinic) -> None:
    taken = month_end(clinic).rest.adjustments
    assert [(row.payer, row.lines, row.amount_minor) for row in taken.contractual] == [
        ("Mercury", 1, -3_000)
    ]
    (row,) = taken.decided
    assert (row.patient, row.cause, row.reason) == ("Muster, Carl", "write-off", "small_balance")
    assert (row.code, row.service_on, row.user) == ("GP20", date(2026, 5, 20), "Ada Owner")
    assert [(one.name, one.amount_minor) for one in taken.by_type] == [("small_balance", -1_000)]
    assert [(one.name, one.amount_minor) for one in taken.by_user] == [("Ada Owner", -1_000)]


def test_the_payer_mix_has_shares_that_add_up(clinic: SmallClinic) -> None:
    rows = month_end(clinic).rest.payers
    mercury, patients = rows
    assert (mercury.name, mercury.payer_id, patients.name) == ("Mercury", MERCURY, "")
    assert mercury.charges_minor == 12_000
    assert mercury.payments_minor == 7_000
    assert mercury.days_to_pay == Decimal(9)
    assert sum(row.owed_minor for row in rows) == month_end(clinic).closing_minor
    for share in ("visit_share", "charge_share", "payment_share", "owed_share"):
        assert sum(getattr(row, share) for row in rows) == 1


def test_money_held_is_told_by_owner_and_kind(clinic: SmallClinic) -> None:
    (row,) = month_end(clinic).rest.credits
    assert (row.name, row.kind, row.amount_minor) == ("Okafor, Ben", CreditKind.LEFT_OVER, 1_500)
    assert row.oldest_on == date(2026, 10, 6)
    sold = clinic.charge(1, 30_000, date(2026, 10, 20), package_id=1, sale=True)
    clinic.pay(sold, 30_000, date(2026, 10, 20))
    assert month_end(clinic).holds


def test_refunds_are_what_the_methods_gave_back(clinic: SmallClinic) -> None:
    report = month_end(clinic)
    (row,) = report.rest.refunds
    assert (row.payee, row.method, row.cause, row.amount_minor) == (
        "Okafor, Ben", "cash", "refund", -500,
    )  # fmt: skip
    assert row.amount_minor == sum(one.returned_minor for one in report.methods)


def test_exceptions_come_from_entries_and_from_the_trail(clinic: SmallClinic) -> None:
    old = clinic.charge(BEN, 30_000, date(2026, 10, 20))
    clinic.post(drafts.adjustment_entry(old, 20_000, "write-off", "bad_debt", date(2026, 10, 21)))
    found = month_end(clinic).rest.exceptions
    by_kind = {kind: [row for row in found if row.what is kind] for kind in Exceptional}
    (reversed_one,) = by_kind[Exceptional.REVERSED]
    assert reversed_one.amount_minor == 5_500
    assert (reversed_one.before_on, reversed_one.after_on) == (
        date(2026, 10, 10), date(2026, 10, 11),
    )  # fmt: skip
    assert [row.amount_minor for row in by_kind[Exceptional.WRITTEN_OFF]] == [-20_000]


def test_stock_and_hours_are_those_of_the_month(clinic: SmallClinic) -> None:
    report = month_end(clinic)
    (gauze,) = report.stock
    assert (gauze.opening, gauze.received, gauze.closing, gauze.closing_minor) == (
        0, 100, 100, 2_500,
    )  # fmt: skip
    assert [(row.lot, row.quantity, row.days) for row in report.rest.expiring] == [("L1", 100, 31)]
    assert [(row.name, row.rostered) for row in report.hours] == [("Dr Ivy Green", 480)]
    assert month_end(clinic, Month(2026, 9)).rest.expiring == (), "it was not there yet"


def test_the_book_is_measured_by_provider(clinic: SmallClinic) -> None:
    book(clinic, 1, at(10, 6, 9), "done", waited=10)
    book(clinic, 2, at(10, 6, 10), "done", waited=5)
    book(clinic, 3, at(10, 6, 11), "no_show")
    book(clinic, 4, at(10, 6, 12), "cancelled", cancelled=datetime(2026, 10, 6, 7, tzinfo=UTC))
    book(clinic, 5, at(10, 6, 13), "cancelled", cancelled=datetime(2026, 10, 1, tzinfo=UTC))
    (row,) = month_end(clinic).rest.capacity
    assert (row.open, row.booked, row.used) == (480, 90, 60)
    assert row.fill == Decimal(90) / 480
    assert row.no_show == Decimal(1) / 3
    assert row.late_cancel == Decimal(1) / 5
    assert row.wait == Decimal("7.5")


def test_the_third_free_slot_is_sought_in_the_book_as_it_stood(clinic: SmallClinic) -> None:
    book(clinic, 1, at(10, 6, 9), "done", minutes=240)
    clinic.roster(GREEN, date(2026, 11, 4))
    clinic.roster(GREEN, date(2026, 11, 6))
    (row,) = month_end(clinic).rest.capacity
    assert (row.slot, row.third_days) == (240, 4), "starts stand a quarter of an hour apart"
    book(clinic, 2, at(11, 4, 9), "booked", minutes=240)
    (row,) = month_end(clinic).rest.capacity
    assert row.third_days == 6, "one is left on the fourth, the third is on the sixth"
    with clinic.records.write(an_actor(), "test.cancel") as work:
        work.execute(appointment.update().where(appointment.c.id == 2).values(booking="cancelled"))
        work.execute(
            appointment_event.insert().values(
                appointment_id=2, action="cancelled", booking="cancelled", contact="unconfirmed",
                starts_wall=at(11, 4, 9), minutes=240, provider_id=GREEN,
                by_user_id=1, at=datetime(2026, 11, 2, tzinfo=UTC),
            )
        )  # fmt: skip
        work.record("test", None)
    (row,) = month_end(clinic).rest.capacity
    assert row.third_days == 6, "at the end of October nobody had cancelled it"


def test_the_budget_forecasts_by_plan_or_as_so_far_and_says_which(clinic: SmallClinic) -> None:
    with clinic.records.write(an_actor(), "test.plan") as work:
        for number in range(9, 13):
            work.execute(
                budget.insert().values(
                    account="4000", month=f"2026-{number:02}", amount_minor=10_000
                )
            )
        work.record("test", None)
    rows = {(row.number or row.kind): row for row in month_end(clinic).rest.plan}
    revenue = rows["4000"]
    assert (revenue.planned_minor, revenue.actual_minor) == (10_000, 20_000)
    assert revenue.variance_minor == 10_000
    assert revenue.variance_share == 1
    assert (revenue.forecast_minor, revenue.by_plan) == (55_000 + 20_000, True)
    contracts = rows["4100"]
    assert (contracts.planned_minor, contracts.by_plan) == (None, False)
    assert contracts.forecast_minor == round(contracts.actual_to_date_minor * 12 / 10)
    assert rows["result"].actual_minor == 20_000 - 3_000 - 1_000


# ── each alone ───────────────────────────────────────────────────────────────────────────────


def test_window_and_command_line_know_the_same_reports() -> None:
    assert tuple(report.name for report in REPORTS) == MONTH_REPORTS


@pytest.mark.parametrize("name", BY_NAME)
def test_a_report_alone_tells_what_the_pack_tells(clinic: SmallClinic, name: str) -> None:
    book(clinic, 1, at(10, 6, 9), "done", waited=10)
    closing, actor = Closing(clinic.records), an_actor()
    pack = json.loads(closing.json(closing.month_end(OCTOBER, actor)))
    report = closing.one_report(name, OCTOBER, actor)
    alone = json.loads(closing.one_json(name, report))
    assert alone["report"] == name
    for key in BY_NAME[name].sections:
        assert alone[key] == pack[key], key
    rows = list(csv.reader(io.StringIO(closing.one_csv(name, report))))
    assert rows[0] == [name, "2026-10", "GBP"]
    pdf = closing.one_pdf(name, report, actor, closing.formats())
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert BY_NAME[name].title in text
    assert "DRAFT" in text


def test_the_pack_holds_every_report_with_a_source(clinic: SmallClinic) -> None:
    book(clinic, 1, at(10, 6, 9), "done")
    closing, actor = Closing(clinic.records), an_actor()
    pdf = closing.pdf(closing.month_end(OCTOBER, actor), actor, closing.formats())
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for report in REPORTS:
        assert text.count(report.title) >= 2, "in the contents and above its page"


def test_a_column_without_a_source_is_left_out_and_never_zero(clinic: SmallClinic) -> None:
    book(clinic, 1, at(10, 6, 9), "done")
    closing, actor = Closing(clinic.records), an_actor()
    report = closing.one_report("schedule", OCTOBER, actor)
    pdf = closing.one_pdf("schedule", report, actor, closing.formats())
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Average wait" not in text, "nobody's arrival is known"
    (told,) = json.loads(closing.one_json("schedule", report))["schedule"]
    assert told["wait"] is None
    plan = closing.one_report("budget", OCTOBER, actor)
    pdf = closing.one_pdf("budget", plan, actor, closing.formats())
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Variance" not in text, "nothing is planned"


def test_a_clinic_without_stock_roster_or_plan_has_no_such_pages(clinic: SmallClinic) -> None:
    closing, actor = Closing(clinic.records), an_actor()
    pdf = closing.pdf(closing.month_end(Month(2020, 2), actor), actor, closing.formats())
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for absent in ("R18", "R22", "R23", "R24"):
        assert absent not in text.replace("R23 =", "").replace("R24 =", ""), absent


def test_the_provider_of_no_visit_has_no_row(clinic: SmallClinic) -> None:
    book(clinic, 1, at(10, 6, 9), "done")
    assert CHEN not in {row.provider_id for row in month_end(clinic).rest.capacity}


# ── before closing ───────────────────────────────────────────────────────────────────────────


def test_the_checklist_names_what_is_left_undone(clinic: SmallClinic) -> None:
    book(clinic, 1, at(10, 6, 9), "done", waited=10)
    book(clinic, 2, at(10, 7, 9), "in_room")
    book(clinic, 3, at(11, 2, 9), "in_room")
    found = Closing(clinic.records).checklist(OCTOBER, an_actor())
    assert found.uncharged == (date(2026, 10, 6),)
    assert found.unfinished == (date(2026, 10, 7),)
    assert (found.credits, found.credits_minor) == (1, 1_500)
    assert found.open_days == (), "nobody counts a till here"
    assert found.holds
    assert found.seal is None


def test_the_checklist_names_days_whose_till_was_not_counted(clinic: SmallClinic) -> None:
    closing, actor = Closing(clinic.records), an_actor()
    day = closing.day_end(date(2026, 10, 6), actor)
    counted = CloseDay(day.on, day.cash_minor, day.cards_minor, day.cheques_minor, 0)
    closing.close_day(counted, actor)
    assert closing.checklist(OCTOBER, actor).open_days == (date(2026, 10, 14),)


def test_the_checklist_may_be_left_and_needs_the_right(clinic: SmallClinic) -> None:
    closing = Closing(clinic.records)
    told: list[tuple[int, int]] = []
    closing.checklist(OCTOBER, an_actor(), lambda done, whole: told.append((done, whole)))
    assert told[-1][0] == told[-1][1]
    with pytest.raises(Stopped):
        closing.checklist(OCTOBER, an_actor(), cancelled=lambda: True)
    with pytest.raises(NotAllowed):
        closing.checklist(OCTOBER, an_actor("reports.financial", role="biller"))


def test_a_roster_corrected_later_leaves_a_sealed_month_as_it_was_signed(
    clinic: SmallClinic,
) -> None:
    closing, actor = Closing(clinic.records), an_actor()
    closing.close_month(CloseMonth(OCTOBER), actor)
    clinic.roster(CHEN, date(2026, 10, 8))
    with clinic.records.read() as reading:
        assert all(check.holds for check in closing.checks(reading))
    assert closing.month_end(OCTOBER, actor).holds


def test_what_happens_later_does_not_change_the_paper_of_a_sealed_month(
    clinic: SmallClinic,
) -> None:
    book(clinic, 1, at(10, 6, 9), "done", waited=10)
    closing, actor = Closing(clinic.records), an_actor()
    closing.close_month(CloseMonth(OCTOBER), actor)
    signed = closing.month_end(OCTOBER, actor)
    kept = closing.pdf(signed, actor, closing.formats())
    owed = clinic.charge(BEN, 7_000, date(2026, 11, 3))
    clinic.pay(owed, 7_000, date(2026, 11, 3), received=9_000)
    book(clinic, 2, at(11, 9, 9), "booked")
    again = closing.month_end(OCTOBER, actor)
    assert again == signed
    assert made_anew(closing, again) == kept, "worked out again it is the same"
    clinic.roster(CHEN, date(2026, 10, 8))
    corrected = closing.month_end(OCTOBER, actor)
    assert made_anew(closing, corrected) != kept
    assert closing.pdf(corrected, actor, closing.formats()) == kept, "what was signed is kept"


def made_anew(closing: Closing, report: MonthEnd) -> bytes:
    formats = closing.formats()
    return month_end_pdf(
        report, closing.letterhead(formats), formats, printed_at=CLOCK, printed_by="Ada Owner"
    )


def test_a_month_closed_again_has_a_paper_of_its_own(clinic: SmallClinic) -> None:
    closing, actor = Closing(clinic.records), an_actor()
    closing.close_month(CloseMonth(OCTOBER), actor)
    first = closing.pdf(closing.month_end(OCTOBER, actor), actor, closing.formats())
    closing.reopen_month(ReopenMonth(OCTOBER, "A remittance came late"), actor)
    draft = closing.pdf(closing.month_end(OCTOBER, actor), actor, closing.formats())
    assert draft != first
    clinic.charge(BEN, 7_000, date(2026, 10, 30))
    clinic.records.clock = FixedClock(CLOCK + timedelta(hours=1))
    closing.close_month(CloseMonth(OCTOBER), actor)
    second = closing.pdf(closing.month_end(OCTOBER, actor), actor, closing.formats())
    assert second != first
    kinds = {row.what for row in month_end(clinic, Month(2026, 11)).rest.exceptions}
    assert Exceptional.REOPENED in kinds, "the manager of November sees it"
