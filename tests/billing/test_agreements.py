# SPDX-License-Identifier: Apache-2.0
"""Packages paid in advance, instalments, prices and tax."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from clinicdesk.billing.model import (
    AgreePlan,
    ChargeLine,
    CheckOut,
    OthersStandOnIt,
    PackageUsedUp,
    Payment,
    PlanTooLarge,
    ReverseEntry,
    SaveFee,
    SaveTaxCode,
    SellPackage,
    TakePayment,
    UnknownTaxCode,
    UsePackage,
    WrongLine,
)
from clinicdesk.billing.service import Sold
from clinicdesk.exchange.delimited import Unreadable
from clinicdesk.wording.formats import Formats
from tests.support.practice import TODAY, Practice, a_practice


@pytest.fixture
def practice(tmp_path: Path) -> Practice:
    return a_practice(tmp_path)


def formats(practice: Practice, language: str = "en", country: str = "GB") -> Formats:
    profile = practice.records.profile
    return Formats(language, country, profile.currency, profile.zone)


def sell(practice: Practice, units: int = 3, price: int = 1_000, paid: int = 0) -> Sold:
    payment = Payment(paid, "card") if paid else None
    command = SellPackage(
        practice.anna, "Physio", units, price, practice.doctor, payment=payment,
        expires_on=TODAY + timedelta(days=90),
    )  # fmt: skip
    sold = practice.billing.sell_package(command, practice.actor).value
    assert practice.billing.sell_package(command, practice.actor).value == sold
    return sold


def use(practice: Practice, package_id: int) -> int:
    command = UsePackage(package_id, "PHYSIO", "Physio", practice.doctor, TODAY)
    entry_id = practice.billing.use_package(command, practice.actor).value
    assert practice.billing.use_package(command, practice.actor).value == entry_id
    return entry_id


def test_a_package_is_a_liability_until_it_is_used_up(practice: Practice) -> None:
    sold = sell(practice, paid=1_000)
    assert practice.balances() == {"1030": 1_000, "2105": -1_000}
    for left in (666, 333, 0):
        use(practice, sold.package_id)
        assert practice.balances().get("2105", 0) == -left
    assert practice.balances() == {"1030": 1_000, "4000": -1_000}
    with pytest.raises(PackageUsedUp):
        use(practice, sold.package_id)
    (row,) = practice.billing.packages(practice.anna, practice.actor)
    assert (row.used, row.units_left, row.left_minor) == (3, 0, 0)


def test_a_sale_on_account_is_owed_but_not_earned(practice: Practice) -> None:
    sell(practice)
    assert practice.balances() == {"1110": 1_000, "2105": -1_000}
    assert practice.billing.amount_due(practice.anna, practice.actor) == 1_000


def test_the_payment_of_a_sale_goes_to_the_sale_before_older_debts(practice: Practice) -> None:
    practice.charge(practice.anna, 700, on=date(2026, 1, 1))
    sell(practice, paid=1_000)
    (item,) = practice.billing.account(practice.anna, practice.actor).open
    assert (item.code, item.open_minor) == ("CONS", 700)


def test_a_used_unit_can_be_taken_back_and_no_cent_is_lost(practice: Practice) -> None:
    sold = sell(practice, paid=1_000)
    first = use(practice, sold.package_id)  # 334, the odd unit
    use(practice, sold.package_id)
    practice.billing.reverse(ReverseEntry(first, "not done"), practice.actor)
    (row,) = practice.billing.packages(practice.anna, practice.actor)
    assert (row.units_left, row.left_minor) == (2, 667)
    use(practice, sold.package_id)
    use(practice, sold.package_id)
    assert practice.balances() == {"1030": 1_000, "4000": -1_000}


def test_a_sale_is_taken_back_only_while_nothing_of_it_is_used(practice: Practice) -> None:
    sold = sell(practice, paid=1_000)
    used = use(practice, sold.package_id)
    with pytest.raises(OthersStandOnIt):
        practice.billing.reverse(ReverseEntry(sold.entry_id, "moved"), practice.actor)
    practice.billing.reverse(ReverseEntry(used, "not done"), practice.actor)
    practice.billing.reverse(ReverseEntry(sold.entry_id, "moved"), practice.actor)
    assert practice.balances() == {"1030": 1_000, "2100": -1_000}
    assert practice.billing.packages(practice.anna, practice.actor) == ()
    with practice.records.read() as reading:
        assert [c for c in practice.billing.checks(reading) if not c.holds] == []


def test_an_expired_package_gives_nothing(practice: Practice) -> None:
    sold = sell(practice)
    practice.clock.advance(timedelta(days=91))
    day = TODAY + timedelta(days=91)
    command = UsePackage(sold.package_id, "PHYSIO", "Physio", practice.doctor, day)
    with pytest.raises(PackageUsedUp):
        practice.billing.use_package(command, practice.actor)


def test_a_package_without_units_is_refused(practice: Practice) -> None:
    with pytest.raises(WrongLine):
        sell(practice, units=0)


def test_a_plan_asks_for_what_is_due_and_no_more(practice: Practice) -> None:
    practice.charge(practice.anna, 900)
    command = AgreePlan(practice.anna, 900, TODAY + timedelta(days=30), 3)
    practice.billing.agree_plan(command, practice.actor)
    plan = practice.billing.plan(practice.anna, practice.actor)
    assert plan is not None
    assert (plan.standing.due_minor, plan.standing.paid_minor) == (0, 0)
    practice.clock.advance(timedelta(days=61))
    practice.charge(practice.anna, 5_000, on=TODAY + timedelta(days=61))  # not of the plan
    plan = practice.billing.plan(practice.anna, practice.actor)
    assert plan is not None
    assert plan.standing.due_minor == 600
    practice.billing.take_payment(TakePayment(practice.anna, Payment(450, "card")), practice.actor)
    account = practice.billing.account(practice.anna, practice.actor)
    assert account.plan is not None
    assert (account.plan.standing.due_minor, account.plan.standing.paid_minor) == (150, 450)


def test_a_plan_covers_at_most_what_is_owed_and_replaces_the_one_before(
    practice: Practice,
) -> None:
    practice.charge(practice.anna, 900)
    with pytest.raises(PlanTooLarge):
        practice.billing.agree_plan(AgreePlan(practice.anna, 901, TODAY, 3), practice.actor)
    for count in (3, 9):
        command = AgreePlan(practice.anna, 900, TODAY, count)
        practice.billing.agree_plan(command, practice.actor)
    plan = practice.billing.plan(practice.anna, practice.actor)
    assert plan is not None
    assert plan.instalments == 9


def test_a_price_is_found_by_code_and_by_words_and_ends_when_the_next_begins(
    practice: Practice,
) -> None:
    old, new = date(2026, 1, 1), TODAY + timedelta(days=1)
    for code, words, minor, day in (
        ("gp15", "Consultation, 15 minutes", 8_500, old),
        ("GP15", "Consultation, 15 minutes", 9_000, new),
        ("ECHO", "Échographie", 12_000, old),
    ):
        practice.billing.save_fee(SaveFee(code, words, minor, day), practice.actor)
    fee = practice.billing.fee_of("gp15", practice.actor)
    assert fee is not None
    assert fee.amount_minor == 8_500
    assert [f.code for f in practice.billing.fees("echo", practice.actor)] == ["ECHO"]
    assert [f.code for f in practice.billing.fees("15 consult", practice.actor)] == ["GP15"]
    practice.clock.advance(timedelta(days=1))
    fee = practice.billing.fee_of("GP15", practice.actor)
    assert fee is not None
    assert fee.amount_minor == 9_000


def test_a_list_of_prices_is_taken_whole_and_the_second_time_changes_nothing(
    practice: Practice, tmp_path: Path
) -> None:
    path = tmp_path / "fees.csv"
    path.write_text(
        'code;description;price\nGP15;Konsultation;"85,00"\nECG;EKG;40\n', encoding="utf-8"
    )
    german = formats(practice, "de", "DE")
    day = date(2026, 1, 1)
    taken = practice.billing.import_fees(path, day, practice.actor, german).value
    again = practice.billing.import_fees(path, day, practice.actor, german).value
    assert (taken.changed, taken.same, again.changed, again.same) == (2, 0, 0, 2)
    fee = practice.billing.fee_of("GP15", practice.actor)
    assert fee is not None
    assert fee.amount_minor == 8_500


def test_a_bad_line_is_named_and_nothing_is_taken(practice: Practice, tmp_path: Path) -> None:
    path = tmp_path / "fees.csv"
    path.write_text("code,description,price\nA,One,1.00\nB,Two,lots\n", encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        practice.billing.import_fees(path, TODAY, practice.actor, formats(practice))
    assert (refused.value.fields["line"], refused.value.fields["value"]) == (3, "lots")
    assert practice.billing.fees("", practice.actor) == ()


def test_a_tax_code_taxes_a_line_and_an_unknown_one_is_refused(practice: Practice) -> None:
    command = SaveTaxCode("vat20", "VAT 20 %", 200_000, date(2026, 1, 1))
    practice.billing.save_tax_code(command, practice.actor)
    line = ChargeLine("COSM", "Cosmetic", 1_333, practice.doctor, units=2, tax_code="VAT20")
    practice.billing.check_out(CheckOut(practice.anna, TODAY, (line,)), practice.actor)
    assert practice.balances() == {"1110": 3_199, "2200": -533, "4000": -2_666}
    older = CheckOut(practice.anna, date(2025, 12, 31), (line,))
    with pytest.raises(UnknownTaxCode):
        practice.billing.check_out(older, practice.actor)
