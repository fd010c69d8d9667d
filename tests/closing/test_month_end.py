# SPDX-License-Identifier: Apache-2.0
"""The figures of a month, worked out by hand, and their papers."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from clinicdesk.closing.model import (
    CloseMonth,
    MonthAlreadyClosed,
    MonthNotOver,
    ProofFails,
    Stopped,
)
from clinicdesk.closing.service import Closing
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.ledger.model import PeriodClosed
from clinicdesk.ledger.tables import issued_paper
from clinicdesk.printing.sheet import Paper
from tests.closing.ledgers import CHEN, GREEN, SmallClinic
from tests.support.clinics import an_actor

OCTOBER = Month(2026, 10)


@pytest.fixture
def closing(clinic: SmallClinic) -> Closing:
    """Give the service over the busy clinic."""
    return Closing(clinic.records)


def test_the_summary_is_what_was_posted(closing: Closing) -> None:
    r1 = closing.month_end(OCTOBER, an_actor()).by_key
    this = {key: row.this for key, row in r1.items()}
    assert this["gross_charges"] == 12_000 + 8_000
    assert this["contractual"] == -3_000
    assert this["write_offs"] == -1_000
    assert this["net_production"] == 16_000
    assert this["insurance_receipts"] == 7_000
    assert this["patient_receipts"] == 10_000
    assert this["refunds"] == -500
    assert this["opening_receivables"] == 20_000 + 15_000 - 9_000
    assert this["closing_receivables"] == 26_000 + 20_000 - 4_000 - 15_000 - 4_000
    assert this["visits"] == 4
    assert this["new_patients"] == 1
    assert r1["gross_charges"].last == 35_000


def test_the_roll_forward_shows_debts_handed_to_an_agency(closing: Closing) -> None:
    report = closing.month_end(OCTOBER, an_actor())
    assert sum(day.agency_minor for day in report.days) == -4_000
    assert report.agency_minor == 4_000
    assert report.closing_minor == report.days[-1].ending_minor == sum(report.buckets)


def test_the_aging_goes_by_the_date_of_service(closing: Closing) -> None:
    report = closing.month_end(OCTOBER, an_actor())
    by_account = {row.account: row for row in report.aging}
    assert by_account["10003"].buckets == (0, 0, 0, 0, 15_000)
    assert by_account["10001"].buckets == (2_000, 6_000, 0, 0, 0)
    assert by_account["10001"].insurer_minor == 6_000
    assert by_account["10002"].credit_minor == 1_500
    assert by_account["10002"].last_payment_on == date(2026, 10, 6)


def test_income_belongs_to_the_provider_of_the_service(closing: Closing) -> None:
    rows = {row.provider_id: row for row in closing.month_end(OCTOBER, an_actor()).providers}
    assert rows[CHEN].insurer_income_minor == 7_000
    assert rows[CHEN].net_minor == 12_000 - 3_000
    assert rows[GREEN].patient_income_minor == 8_000
    assert rows[GREEN].production_minor == 8_000, "the charge entered in error was reversed"


def test_payments_are_told_by_method(closing: Closing) -> None:
    rows = {row.method: row for row in closing.month_end(OCTOBER, an_actor()).methods}
    assert (rows["cash"].receipts, rows["cash"].amount_minor, rows["cash"].returned_minor) == (
        1, 10_000, -500,
    )  # fmt: skip
    assert rows["transfer"].amount_minor == 7_000


def test_changes_to_earlier_months_are_told_apart(closing: Closing) -> None:
    prior = closing.month_end(OCTOBER, an_actor()).prior
    assert [(row.month, row.cause, row.amount_minor) for row in prior] == [
        (Month(2026, 9), "write-off", -1_000)
    ]


def test_json_csv_and_paper_tell_the_same_figures(closing: Closing) -> None:
    actor = an_actor()
    report = closing.month_end(OCTOBER, actor)
    told = json.loads(closing.json(report))
    assert told["currency"] == "GBP"
    assert all(line["holds"] for line in told["proof"])
    assert (
        {line["name"]: line["left"] for line in told["proof"]}["i_receivables_equal_aging"]
        == told["receivables"]["closing"]
        == told["aging"]["total"]
    )
    rows = list(csv.reader(io.StringIO(closing.csv(report))))
    net = next(row for row in rows if row[:2] == ["summary", "net_production"])
    assert net[2] == "160.00"
    pdf = closing.pdf(report, actor, closing.formats())
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for figure in ("£160.00", "£165.00", "Proof page", "Dr Ivy Green", "Lovelace, Ada"):
        assert figure in text, figure


def test_page_two_is_the_proof_and_every_page_says_draft(closing: Closing) -> None:
    actor = an_actor()
    pdf = closing.pdf(closing.month_end(OCTOBER, actor), actor, closing.formats())
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    assert "Proof page" in pages[1]
    assert pages[1].count("holds") == 11
    assert all("DRAFT" in page for page in pages)
    assert f"Page 1 of {len(pages)}" in pages[0]


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER], ids=lambda p: p.name)
def test_the_same_report_gives_the_same_bytes(closing: Closing, paper: Paper) -> None:
    actor = an_actor()
    report = closing.month_end(OCTOBER, actor)
    first = closing.pdf(report, actor, closing.formats(), paper)
    assert first == closing.pdf(report, actor, closing.formats(), paper)


def test_a_month_without_anything_is_a_report_too(closing: Closing) -> None:
    actor = an_actor()
    report = closing.month_end(Month(2020, 2), actor)
    assert report.holds
    assert closing.pdf(report, actor, closing.formats()).startswith(b"%PDF")


def test_progress_is_told_and_the_reader_may_stop(closing: Closing) -> None:
    told: list[tuple[int, int]] = []
    closing.month_end(OCTOBER, an_actor(), lambda done, whole: told.append((done, whole)))
    assert told[-1][0] == told[-1][1]
    with pytest.raises(Stopped):
        closing.month_end(OCTOBER, an_actor(), cancelled=lambda: True)


def test_only_who_may_see_financial_reports_gets_one(closing: Closing) -> None:
    with pytest.raises(NotAllowed):
        closing.month_end(OCTOBER, an_actor("schedule.view", role="receptionist"))


def test_a_closed_month_keeps_its_paper_and_takes_no_more_postings(
    clinic: SmallClinic, closing: Closing
) -> None:
    actor = an_actor()
    closing.close_month(CloseMonth(OCTOBER), actor)
    with pytest.raises(PeriodClosed):
        clinic.charge(1, 100, date(2026, 10, 20))
    with pytest.raises(PeriodClosed):
        clinic.charge(1, 100, date(2026, 9, 1))
    clinic.charge(1, 100, date(2026, 11, 3))
    again = closing.month_end(OCTOBER, actor)
    assert again.seal is not None
    with clinic.records.read() as reading:
        kept = reading.execute(sa.select(issued_paper.c.body)).scalar_one()
    assert closing.pdf(again, actor, closing.formats()) == kept, "made again it is the same bytes"
    assert b"DRAFT" not in kept
    with clinic.records.read() as reading:
        assert all(check.holds for check in closing.checks(reading))


def test_a_month_is_closed_once_and_not_before_it_is_over(closing: Closing) -> None:
    actor = an_actor()
    command = CloseMonth(OCTOBER)
    assert closing.close_month(command, actor).value == OCTOBER
    with pytest.raises(MonthAlreadyClosed):
        closing.close_month(CloseMonth(OCTOBER), actor)
    with pytest.raises(MonthAlreadyClosed):
        closing.close_month(CloseMonth(Month(2026, 9)), actor)
    with pytest.raises(MonthNotOver):
        closing.close_month(CloseMonth(Month(2026, 11)), actor)


def test_a_month_whose_proof_fails_is_not_closed(clinic: SmallClinic, closing: Closing) -> None:
    clinic.plant("UPDATE charge SET amount_minor = amount_minor + 1 WHERE id = 3")
    with pytest.raises(ProofFails):
        closing.close_month(CloseMonth(OCTOBER), an_actor())


def test_a_sealed_month_notices_a_row_changed_afterwards(
    clinic: SmallClinic, closing: Closing
) -> None:
    closing.close_month(CloseMonth(OCTOBER), an_actor())
    clinic.plant("UPDATE receipt SET amount_minor = amount_minor + 1 WHERE id = 2")
    with clinic.records.read() as reading:
        (check,) = closing.checks(reading)
    assert not check.holds
    assert "2026-10" in check.detail


def test_only_who_may_close_a_month_closes_it(closing: Closing) -> None:
    with pytest.raises(NotAllowed):
        closing.close_month(CloseMonth(OCTOBER), an_actor("reports.financial", role="biller"))
