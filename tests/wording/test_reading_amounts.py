# SPDX-License-Identifier: Apache-2.0
"""What people type as an amount is read as they meant it, or refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.formats import Formats

PLACES = {
    "usa": ("en", "US", "USD"),
    "britain": ("en", "GB", "GBP"),
    "germany": ("de", "DE", "EUR"),
    "switzerland": ("de", "CH", "CHF"),
    "france": ("fr", "FR", "EUR"),
    "india": ("hi", "IN", "INR"),
    "egypt": ("ar", "EG", "EGP"),
    "japan": ("ja", "JP", "JPY"),
    "kuwait": ("en", "KW", "KWD"),
    "brazil": ("pt", "BR", "BRL"),
    "english in france": ("en", "FR", "EUR"),
}


def formats(place: str) -> Formats:
    """Return the formats of a place."""
    language, territory, currency = PLACES[place]
    return Formats(language, territory, Currency.of(currency), ClinicZone("Europe/London"))


ALL = {place: formats(place) for place in PLACES}


@pytest.mark.parametrize("place", PLACES)
@given(minor=st.integers(min_value=-(10**12), max_value=10**12))
def test_what_is_written_is_read_back(place: str, minor: int) -> None:
    there = ALL[place]
    for written in (there.money(minor), there.amount(minor), there.amount_to_edit(minor)):
        assert there.parse_money(written) == minor, written


@pytest.mark.parametrize(
    ("place", "typed", "minor"),
    [
        ("usa", "12.5", 1250),
        ("usa", "1,5", 150),
        ("usa", "1,234", 123_400),
        ("usa", "1.234,56", 123_456),
        ("usa", "$ 5", 500),
        ("usa", "(20)", -2000),
        ("usa", "20-", -2000),
        ("usa", "−3.50", -350),
        ("usa", "=12.5*3", 3750),
        ("usa", "=(10+2.5)/3", 417),
        ("usa", "= 100 - 4 × 2.25", 9100),
        ("germany", "1.234", 123_400),
        ("germany", "12.50", 1250),
        ("germany", "1.234,56 €", 123_456),
        ("germany", "EUR 7", 700),
        ("france", "1 234,50", 123_450),
        ("switzerland", "1'234.50", 123_450),
        ("india", "12,34,567.50", 123_456_750),
        ("egypt", "١٢٫٥", 1250),
        ("japan", "1,500", 1500),
        ("kuwait", "1.234", 1234),
    ],
)
def test_amounts_are_read_as_they_are_meant(place: str, typed: str, minor: int) -> None:
    assert ALL[place].parse_money(typed) == minor


@pytest.mark.parametrize(
    ("place", "typed"),
    [
        ("usa", "1.234.56"),
        ("usa", "1,2,3"),
        ("usa", "12 34"),
        ("usa", "5.555"),
        ("usa", ""),
        ("usa", "abc"),
        ("usa", "12e3"),
        ("usa", "=1/0"),
        ("usa", "=2**9"),
        ("usa", "=" + "(" * 60 + "1" + ")" * 60),
        ("usa", "9" * 40),
        ("germany", "1.234.56"),
        ("japan", "12.5"),
    ],
)
def test_what_is_no_amount_or_could_mean_two_is_refused(place: str, typed: str) -> None:
    with pytest.raises(Refusal):
        ALL[place].parse_money(typed)


@given(st.text(max_size=12))
def test_no_text_at_all_breaks_the_reader(typed: str) -> None:
    try:
        ALL["germany"].parse_money(typed)
    except Refusal:
        return


def test_a_negative_amount_has_a_true_minus() -> None:
    assert ALL["britain"].money(-123_450) == "−£1,234.50"
    assert ALL["germany"].amount(-5) == "−0,05"
