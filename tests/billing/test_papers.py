# SPDX-License-Identifier: Apache-2.0
"""The receipt and the statement as people hold them in their hands."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from pypdf import PdfReader

from clinicdesk.billing.reports import (
    AccountSums,
    AppliedPart,
    ChargedService,
    ReceiptPaper,
    StatementLine,
    StatementPaper,
    receipt_pdf,
    statement_pdf,
)
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.printing.sheet import Letterhead, Paper
from clinicdesk.wording.formats import Formats

NOW = datetime(2026, 11, 25, 10, 22, tzinfo=UTC)
TODAY = NOW.date()
VISIT = datetime(2026, 12, 9, 9, 30)  # noqa: DTZ001 -- wall time is naive
FORMATS = Formats("en", "GB", Currency.of("GBP"), ClinicZone("Europe/London"))
CLINIC = Letterhead.of(
    FORMATS, name="Maple Clinic", address="1 High Street\nLondon", phone="020 7946 0000",
    tax_number="GB 1", demo=False,
)  # fmt: skip
RECEIPT = ReceiptPaper(
    "R-123", TODAY, NOW, "Rosa", "card", "4242", "Ada Lovelace", "Ada Lovelace", "10042",
    (ChargedService(TODAY, "Consultation", "Dr Green", 9_000),),
    (
        AppliedPart(date(2026, 11, 3), "Dressing", "", 3_050),
        AppliedPart(TODAY, "Consultation", "", 8_000),
        AppliedPart(date(2026, 11, 4), "Plaster", "Ben Lovelace", 1_000),
    ),
    12_050, 0, AccountSums(6_500, 9_000, 2_000, -100, 500, 12_050, 1_000, 1_850), VISIT,
)  # fmt: skip
STATEMENT = StatementPaper(
    "S-45", TODAY, date(2026, 9, 1), NOW, "Rosa", "10042", "Ada Lovelace", ("12 Square", "London"),
    5_000,
    (
        StatementLine(
            date(2026, 9, 2), "Ada", "charge", "charge", "Consultation", "", 9_000, None, 14_000
        ),
        StatementLine(
            date(2026, 9, 3), "Ada", "payment", "payment", "transfer", "Harbour Health", None,
            4_000, 10_000,
        ),
        StatementLine(
            date(2026, 9, 4), "Ada", "contractual", "adjustment", "Consultation", "", None, 500,
            9_500,
        ),
    ),
    (4_000, 5_000, 0, 0, 0), 500, 0, 0, 9_000, date(2026, 12, 9),
)  # fmt: skip


def text(pdf: bytes) -> str:
    """Return a paper's text; the minus sign comes from another font, with a gap."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages).replace("− ", "−")


def test_a_receipt_says_who_paid_what_for_what_and_what_is_left() -> None:
    for paper in (Paper.A5, Paper.ROLL_80):
        said = text(receipt_pdf(RECEIPT, CLINIC, FORMATS, paper))
        for words in (
            "Maple Clinic", "Tax no. GB 1", "Receipt R-123", "Ada Lovelace (10042)", "Card · 4242",
            "Charged today", "Consultation", "This payment was put on", "Dressing", "30.50",
            "Plaster · Ben Lovelace", "120.50", "9 December 2026, 09:30", "Thank you.",
        ):  # fmt: skip
            assert words in said, (paper, words)
        assert "COPY" not in said


def test_the_sums_of_a_receipt_lead_from_owed_before_to_the_balance() -> None:
    for paper in (Paper.A5, Paper.ROLL_80):
        said = text(receipt_pdf(RECEIPT, CLINIC, FORMATS, paper))
        sums = said[said.index("Owed before today") :]
        assert sums.startswith(
            "Owed before today £65.00 Charged today £90.00 Asked of the insurer −£20.00 "
            "Adjusted today −£1.00 Paid earlier today −£5.00 Paid now −£120.50 "
            "Of it, for others of the family £10.00 Balance £18.50"
        ), (paper, sums)


def test_a_reversed_payment_says_so_when_its_receipt_is_printed_again() -> None:
    said = text(receipt_pdf(replace(RECEIPT, undone_on=TODAY), CLINIC, FORMATS))
    assert "This payment was reversed on 25 Nov 2026." in said


def test_a_second_print_says_copy() -> None:
    for paper in (Paper.A5, Paper.ROLL_80):
        copy = replace(RECEIPT, is_copy=True)
        assert "COPY" in text(receipt_pdf(copy, CLINIC, FORMATS, paper))


def test_a_receipt_without_services_is_kept_as_credit() -> None:
    account = AccountSums(0, 0, 0, 0, 0, 12_050, 0, -12_050)
    paid = replace(RECEIPT, charged=(), applied=(), credit_minor=12_050, account=account)
    said = text(receipt_pdf(paid, CLINIC, FORMATS))
    assert "Kept as credit for later services 120.50" in said
    assert "Balance (credit) −£120.50" in said


def test_a_statement_has_lines_ages_and_a_slip_to_send_back() -> None:
    said = text(statement_pdf(STATEMENT, CLINIC, FORMATS))
    for words in (
        "Statement S-45", "12 Square", "Balance brought forward",
        "Payment by bank transfer, Harbour",
        "Contractual write-off · Consultation", "Balance of the account £95.00",
        "With your insurer −£5.00", "Amount due £90.00", "9 Dec 2026",
        "£5.00 is still with your insurer", "Amount enclosed",
    ):  # fmt: skip
        assert words in said, words
    assert said.count("10042") >= 3, "account: in the head, on the slip, under the bar code"
