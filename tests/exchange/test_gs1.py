# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.exchange.gs1 import Scan, is_article, read_scan

TODAY = date(2026, 11, 25)
ARTICLE = "04012345123456"


@pytest.mark.parametrize(
    ("typed", "scan"),
    [
        (f"01{ARTICLE}1727011410L22A", Scan(ARTICLE, "L22A", date(2027, 1, 14))),
        (f"]d201{ARTICLE}10L22A\x1d17270100", Scan(ARTICLE, "L22A", date(2027, 1, 31))),
        (f"(01){ARTICLE}(17)280200(10)A-7 (30)20", Scan(ARTICLE, "A-7", date(2028, 2, 29), 20)),
        ("4012345123456", Scan(ARTICLE)),
        (f"01{ARTICLE}17991231", Scan(ARTICLE, "", date(1999, 12, 31))),
        (f"01{ARTICLE}17271345", Scan(ARTICLE)),
    ],
    ids=["matrix", "with separator", "as printed", "article only", "last century", "no such day"],
)
def test_a_box_tells_article_lot_and_last_day(typed: str, scan: Scan) -> None:
    assert read_scan(typed, TODAY) == scan


@pytest.mark.parametrize(
    "typed", ["", "flu", "12", "4012345123457", "99abc", "(01)123(10)A", "0112"]
)
def test_what_is_no_scan_is_not_taken_for_one(typed: str) -> None:
    assert read_scan(typed, TODAY) is None


@given(st.text(max_size=60))
def test_no_text_makes_it_stumble(typed: str) -> None:
    scan = read_scan(typed, TODAY)
    assert scan is None or is_article(scan.article)
