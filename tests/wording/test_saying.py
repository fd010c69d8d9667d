# SPDX-License-Identifier: Apache-2.0
"""Sentences with fields of every type, in the reader's language and formats."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.money import Currency, Money
from clinicdesk.kernel.refusals import NotAllowed, Refusal, Trouble
from clinicdesk.wording.text import Term
from tests.wording.test_reading_amounts import ALL


def test_each_field_is_written_by_its_type() -> None:
    said = ALL["britain"].say(
        "{name} owes {open_minor} since {on} {at}: {n} visits in {month}, {sum}",
        {
            "name": "Zoë",
            "open_minor": 123_450,
            "on": date(2026, 11, 25),
            "at": time(9, 30),
            "n": 1_200,
            "month": Month(2026, 11),
            "sum": Money(500, Currency.of("GBP")),
        },
    )
    assert said == (
        "Zoë owes £1,234.50 since 25 Nov 2026 09:30: 1,200 visits in November 2026, £5.00"
    )


def test_an_instant_is_told_in_the_clinics_zone() -> None:
    summer = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
    assert ALL["britain"].say("{at}", {"at": summer}) == "1 Jul 2026 09:30"


def test_a_name_with_braces_is_left_alone_and_a_missing_field_shows() -> None:
    assert ALL["usa"].say("{name} {gone}", {"name": "{x}"}) == "{x} {gone}"


def test_refusals_and_troubles_are_whole_sentences() -> None:
    refusal = Refusal("No more than {most_minor}.", most_minor=5)
    assert ALL["usa"].refusal(refusal) == "No more than $0.05."
    assert "receptionist" in ALL["usa"].refusal(NotAllowed("Refund money", "receptionist"))
    assert ALL["usa"].trouble(Trouble()).endswith("Try again.")


def test_a_length_of_time_is_told_in_hours_and_minutes() -> None:
    assert [ALL["usa"].minutes(n) for n in (45, 60, 65)] == ["45 min", "1 h", "1 h 05 min"]


def test_a_term_is_a_text_that_is_translated() -> None:
    assert ALL["usa"].say("{what}", {"what": Term("Cash")}) == "Cash"
