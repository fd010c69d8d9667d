# SPDX-License-Identifier: Apache-2.0
"""Each identity of the proof page holds, and a planted row makes exactly it false."""

from __future__ import annotations

from datetime import date

import pytest

from clinicdesk.billing.model import drafts
from clinicdesk.closing import queries
from clinicdesk.closing.model import MonthEnd
from clinicdesk.kernel.moments import Month
from tests.closing.ledgers import SmallClinic, last_entry

OCTOBER = Month(2026, 10)
MONTHS = (Month(2026, 9), Month(2026, 10), Month(2026, 11))


def month_end(clinic: SmallClinic, month: Month = OCTOBER) -> MonthEnd:
    """Return a month's report."""
    with clinic.records.read() as reading:
        return queries.month_end(reading, month)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_identity_holds_in_each_month(clinic: SmallClinic, month: Month) -> None:
    report = month_end(clinic, month)
    assert {line.name: (line.left, line.right) for line in report.proof if not line.holds} == {}


# Each identity, and the one row behind the program's back that it alone notices.
PLANTED = {
    "i_receivables_equal_aging": (
        "UPDATE open_amount SET amount_minor = amount_minor + 1 "
        "WHERE charge_id = 2 AND account = '1100'"
    ),
    "ii_roll_forward": (
        "UPDATE day_total SET amount_minor = amount_minor + 1 "
        "WHERE account = '1110' AND cause = 'charge' AND business_on = '2026-10-06'"
    ),
    "iii_production_equals_charges": (
        "UPDATE charge SET amount_minor = amount_minor + 1 WHERE id = 3"
    ),
    "iv_income_equals_receipts": (
        "UPDATE posting SET cause = 'adjustment' WHERE id = ("
        "SELECT max(p.id) FROM posting p JOIN entry e ON e.id = p.entry_id "
        "WHERE p.account = '1110' AND p.cause = 'payment' AND e.business_on = '2026-10-06')"
    ),
    "v_methods_equal_receipts": (
        "UPDATE posting SET cause = 'interest' WHERE id = ("
        "SELECT p.id FROM posting p JOIN entry e ON e.id = p.entry_id "
        "WHERE p.account = '1000' AND p.cause = 'payment' AND e.business_on = '2026-10-06')"
    ),
    "v_receipt_numbers_without_gaps": "UPDATE series SET last = last + 1 WHERE key = 'receipt'",
    "vi_trial_balance": (
        "UPDATE posting SET amount_minor = amount_minor + 1 WHERE account = '4100'"
    ),
    "vii_credits_equal_accounts": (
        "UPDATE credit_amount SET amount_minor = amount_minor + 1 WHERE receipt_id = 3"
    ),
    "viii_production_by_day_provider_month": (
        "UPDATE day_total SET cause = 'interest' "
        "WHERE account = '4000' AND cause = 'charge' AND business_on = '2026-10-06'"
    ),
    "ix_rostered_hours_equal_shifts": (
        "UPDATE shift SET starts_wall = replace(starts_wall, '2026-10', '2026-09')"
    ),
    "x_stock_equals_account": "UPDATE movement SET value_minor = value_minor + 1",
}


@pytest.mark.parametrize("name", PLANTED)
def test_one_changed_row_makes_exactly_its_identity_false(clinic: SmallClinic, name: str) -> None:
    clinic.plant(PLANTED[name])
    assert {line.name for line in month_end(clinic).proof if not line.holds} == {name}


def test_every_identity_has_its_planted_row(clinic: SmallClinic) -> None:
    assert [line.name for line in month_end(clinic).proof] == list(PLANTED)


def test_a_negative_credit_is_seen_even_if_the_accounts_agree(clinic: SmallClinic) -> None:
    before = next(line for line in month_end(clinic).proof if line.name.startswith("vii"))
    assert before.left == before.right == 1_500
    clinic.plant("UPDATE credit_amount SET amount_minor = -1500 WHERE receipt_id = 3")
    after = next(line for line in month_end(clinic).proof if line.name.startswith("vii"))
    assert not after.also
    assert not after.holds


def test_what_is_posted_later_does_not_change_an_earlier_month(clinic: SmallClinic) -> None:
    before = month_end(clinic)
    fourth = clinic.charge(2, 7_000, date(2026, 11, 3))
    clinic.pay(fourth, 6_000, date(2026, 11, 3))
    after = month_end(clinic)
    assert after == before


def test_a_sold_package_is_no_production_and_its_use_is(clinic: SmallClinic) -> None:
    before = int(month_end(clinic).by_key["gross_charges"].this or 0)
    sold = clinic.charge(1, 30_000, date(2026, 10, 20), package_id=1, sale=True)
    clinic.pay(sold, 30_000, date(2026, 10, 20))
    clinic.charge(1, 10_000, date(2026, 10, 21), package_id=1)
    clinic.charge(1, 10_000, date(2026, 10, 22), package_id=1)
    clinic.reverse(last_entry(clinic), date(2026, 10, 22))
    report = month_end(clinic)
    assert report.by_key["gross_charges"].this == before + 10_000
    assert [line.name for line in report.proof if not line.holds] == []


def test_a_bounced_payment_and_a_take_back_keep_every_identity(clinic: SmallClinic) -> None:
    owed = clinic.charge(1, 8_000, date(2026, 10, 20), payer_id=1)
    receipt_id = clinic.pay(owed, 8_000, date(2026, 10, 21), method="transfer")
    clinic.post(drafts.take_back_entry(owed, receipt_id, 3_000, "not_covered", date(2026, 10, 22)))
    own = clinic.charge(2, 5_000, date(2026, 10, 20))
    cheque = clinic.pay(own, 5_000, date(2026, 10, 21), method="cheque")
    paid = own.posting(-5_000, "payment", receipt_id=cheque)
    clinic.post(drafts.bounce_entry([paid], cheque, "cheque", "no_funds", date(2026, 10, 25)))
    report = month_end(clinic)
    assert [line.name for line in report.proof if not line.holds] == []
    assert sum(day.refund_minor for day in report.days) == 8_000
