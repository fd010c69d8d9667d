# SPDX-License-Identifier: Apache-2.0
"""The words of a sealed pack, page by page, as they were looked at and found right.

After a change that is meant: ``CLINICDESK_GOLDEN=write pytest tests/closing/test_golden.py``, and
read the difference.
"""

from __future__ import annotations

import io
import os
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from clinicdesk import __version__
from clinicdesk.closing.model import CloseMonth
from clinicdesk.closing.service import Closing
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.tables import budget
from clinicdesk.printing.sheet import Paper
from tests.closing.ledgers import GREEN, SmallClinic
from tests.closing.test_pack import at, book
from tests.support.clinics import an_actor

OCTOBER = Month(2026, 10)
GOLDEN = Path(__file__).parent / "golden"


def a_sealed_pack(clinic: SmallClinic, paper: Paper) -> str:
    """Return the text of October's pack, closed, with something in every report."""
    book(clinic, 1, at(10, 6, 9), "done", waited=10)
    book(clinic, 2, at(10, 6, 10), "no_show")
    clinic.roster(GREEN, date(2026, 11, 4))
    with clinic.records.write(an_actor(), "test.plan") as work:
        for account, minor in (("4000", 18_000), ("4100", 2_000)):
            values = {"account": account, "month": "2026-10", "amount_minor": minor}
            work.execute(budget.insert().values(**values))
        work.record("test", None)
    closing, actor = Closing(clinic.records), an_actor()
    closing.close_month(CloseMonth(OCTOBER, letter=paper is Paper.LETTER), actor)
    pdf = closing.pdf(closing.month_end(OCTOBER, actor), actor, closing.formats("en"), paper)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    lines = "\n=== page ===\n".join(pages).replace(__version__, "VERSION").splitlines()
    return "\n".join(line.strip() for line in lines if line.strip()) + "\n"


@pytest.mark.parametrize("paper", [Paper.A4, Paper.LETTER], ids=lambda paper: paper.name.lower())
def test_the_pack_says_what_it_said(clinic: SmallClinic, paper: Paper) -> None:
    text = a_sealed_pack(clinic, paper)
    kept = GOLDEN / f"month_pack_{paper.name.lower()}.txt"
    if os.environ.get("CLINICDESK_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")
    assert "DRAFT" not in text
