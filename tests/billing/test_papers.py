# SPDX-License-Identifier: Apache-2.0
"""The receipt and the statement as people hold them in their hands."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from pypdf import PdfReader

from clinicdesk.billing.reports import (
    ReceiptLine,
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
    (
        ReceiptLine(TODAY, "Consultation", "Dr Green", 9_000, 9_000),
        ReceiptLine(date(2026, 11, 3), "Dressing", "Dr Green", 6_500, 3_050),
    ),
    12_050, 0, 3_450, VISIT,
)  # fmt: skip
STATEMENT = StatementPaper(
    "S-45", TODAY, date(2026, 9, 1), NOW, "Rosa", "10042", "Ada Lovelace", ("12 Square", "London"),
    5_000,
    (
        StatementLine(date(2026, 9, 2), "Ada", "Consultation", 9_000, None, 14_000),
        StatementLine(date(2026, 9, 3), "Ada", "transfer Harbour Health", None, 4_000, 10_000),
    ),
    (4_000, 5_000, 0, 0, 1_000), 4_500, 500, 9_500, date(2026, 12, 9),
)  # fmt: skip


def text(pdf: bytes) -> str:
    """Return a paper's text."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_a_receipt_says_who_paid_what_for_what_and_what_is_left() -> None:
    for paper in (Paper.A5, Paper.ROLL_80):
        said = text(receipt_pdf(RECEIPT, CLINIC, FORMATS, paper))
        for words in (
            "Maple Clinic", "Tax no. GB 1", "Receipt R-123", "Ada Lovelace (10042)", "Card · 4242",
            "Consultation", "30.50", "£120.50", "£34.50", "9 December 2026, 09:30", "Thank you.",
        ):  # fmt: skip
            assert words in said, (paper, words)
        assert "COPY" not in said


def test_a_second_print_says_copy() -> None:
    for paper in (Paper.A5, Paper.ROLL_80):
        copy = replace(RECEIPT, is_copy=True)
        assert "COPY" in text(receipt_pdf(copy, CLINIC, FORMATS, paper))


def test_a_receipt_without_services_is_a_payment_on_account() -> None:
    paid = replace(RECEIPT, lines=(), credit_minor=12_050, balance_minor=-12_050)
    said = text(receipt_pdf(paid, CLINIC, FORMATS))
    assert "Payment on account." in said
    assert "Credit held" in said


def test_a_statement_has_lines_ages_and_a_slip_to_send_back() -> None:
    said = text(statement_pdf(STATEMENT, CLINIC, FORMATS))
    for words in (
        "Statement S-45", "12 Square", "Balance brought forward",
        "Payment by bank transfer, Harbour",
        "100.00", "£95.00", "9 Dec 2026", "£45.00 is still with your insurer", "Amount enclosed",
    ):  # fmt: skip
        assert words in said, words
    assert said.count("10042") >= 3, "account: in the head, on the slip, under the bar code"
