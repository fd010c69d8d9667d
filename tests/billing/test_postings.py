# SPDX-License-Identifier: Apache-2.0
"""The worked cases of the books, posting by posting: what each event writes, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from clinicdesk.billing.model import (
    Receivable,
    Settled,
    adjustment_entry,
    allocation_entry,
    bounce_entry,
    charge_entry,
    excess_postings,
    payment_entry,
    refund_entry,
    sale_entry,
    settlement_entries,
    take_back_entry,
    transfer_entry,
    use_entry,
)
from clinicdesk.ledger.model import EntryDraft, PostingDraft, validate

DAY = date(2026, 11, 25)
ANNA, BEN, DOCTOR, MERCURY, AGENCY = 1, 2, 7, 3, 4
OWN, MOTHER, INSURER = ("guarantor", ANNA), ("guarantor", BEN), ("payer", MERCURY)
COLLECTOR = ("agency", AGENCY)
VISIT = Receivable(100, ANNA, OWN, DOCTOR)
INSURED = Receivable(100, ANNA, INSURER, DOCTOR)

Line = tuple[str, int, str, str]


def lines(*drafts: EntryDraft) -> list[Line]:
    """Return (account, amount, cause, what it names) of every posting; each draft is sound."""
    for draft in drafts:
        validate(draft)
    return [_line(posting) for draft in drafts for posting in draft.postings]


def _line(p: PostingDraft) -> Line:
    names = [f"{p.party_kind}{p.party_id}"] if p.party_kind else []
    names += [f"c{p.charge_id}"] if p.charge_id else []
    names += [f"r{p.receipt_id}"] if p.receipt_id else []
    names += [f"p{p.package_id}"] if p.package_id else []
    return (p.account, p.amount_minor, p.cause, " ".join(names))


def balances(drafts: Iterable[EntryDraft]) -> dict[str, int]:
    """Add postings up by account, zeros left out."""
    sums: Counter[str] = Counter()
    for draft in drafts:
        for posting in draft.postings:
            sums[posting.account] += posting.amount_minor
    return {account: minor for account, minor in sorted(sums.items()) if minor}


def payment(
    amount: int, placed: list[tuple[Receivable, int]], receipt: int = 9, method: str = "cash",
    party: tuple[str, int] = OWN,
) -> EntryDraft:  # fmt: skip
    return payment_entry(
        amount, DAY, receipt_id=receipt, method=method, till="desk", party=party,
        patient_id=ANNA, placed=placed,
    )  # fmt: skip


def test_a_charge_debits_the_guarantor_and_credits_revenue() -> None:
    assert lines(charge_entry(VISIT, 15_000, DAY)) == [
        ("1110", 15_000, "charge", "guarantor1 c100"),
        ("4000", -15_000, "charge", "c100"),
    ]
    assert all(p.provider_id == DOCTOR for p in charge_entry(VISIT, 15_000, DAY).postings)


def test_a_charge_of_zero_has_no_postings() -> None:
    assert charge_entry(VISIT, 0, DAY).postings == ()


def test_tax_stands_on_postings_of_its_own() -> None:
    assert lines(charge_entry(VISIT, 10_000, DAY, tax=(2_000, "VAT20"))) == [
        ("1110", 10_000, "charge", "guarantor1 c100"),
        ("4000", -10_000, "charge", "c100"),
        ("1110", 2_000, "tax", "guarantor1 c100"),
        ("2200", -2_000, "tax", "c100"),
    ]


def test_what_is_earned_decides_the_account() -> None:
    assert lines(charge_entry(VISIT, 500, DAY, income="fee"))[1][0] == "4020"
    assert lines(charge_entry(VISIT, 500, DAY, income="retail"))[1][0] == "4010"


def test_an_insurer_pays_part_gives_up_part_by_contract_and_leaves_a_share() -> None:
    drafts = [
        charge_entry(INSURED, 15_000, DAY),
        payment(9_000, [(INSURED, 9_000)], method="transfer", party=INSURER),
        *settlement_entries([Settled(INSURED, 9_000, 3_000, 3_000, OWN, "copayment")], DAY),
    ]
    assert lines(*drafts) == [
        ("1100", 15_000, "charge", "payer3 c100"),
        ("4000", -15_000, "charge", "c100"),
        ("1010", 9_000, "payment", "payer3 r9"),
        ("1100", -9_000, "payment", "payer3 c100 r9"),
        ("4100", 3_000, "contractual", "payer3 c100"),
        ("1100", -3_000, "contractual", "payer3 c100"),
        ("1110", 3_000, "transfer", "guarantor1 c100"),
        ("1100", -3_000, "transfer", "payer3 c100"),
    ]
    assert balances(drafts) == {"1010": 9_000, "1110": 3_000, "4000": -15_000, "4100": 3_000}


def test_a_take_back_after_the_patient_paid_opens_only_the_insurers_part() -> None:
    drafts = [
        charge_entry(INSURED, 10_000, DAY),
        payment(8_000, [(INSURED, 8_000)], 1, "transfer", INSURER),
        transfer_entry(INSURED, OWN, 2_000, "copayment", DAY),
        payment(2_000, [(VISIT, 2_000)], 2),
        take_back_entry(INSURED, 1, 8_000, "not_covered", DAY),
        transfer_entry(INSURED, OWN, 8_000, "not_covered", DAY),
    ]
    assert lines(drafts[4]) == [
        ("1100", 8_000, "take-back", "payer3 c100 r1"),
        ("1010", -8_000, "take-back", "payer3 r1"),
    ]
    assert balances(drafts) == {"1000": 2_000, "1110": 8_000, "4000": -10_000}


def test_an_insurer_that_pays_more_later_turns_the_patients_payment_into_credit() -> None:
    """The share shrinks from 2,000 to 500 after it was paid: 1,500 rest as credit."""
    back = transfer_entry(VISIT, INSURER, 1_500, "corrected", DAY)
    excess = EntryDraft("allocation", DAY, excess_postings(VISIT, [(2, 2_000)], 1_500))
    assert lines(back, excess) == [
        ("1100", 1_500, "transfer", "payer3 c100"),
        ("1110", -1_500, "transfer", "guarantor1 c100"),
        ("1110", 1_500, "payment", "guarantor1 c100 r2"),
        ("2100", -1_500, "payment", "guarantor1 r2"),
    ]


def test_excess_takes_the_newest_payment_first() -> None:
    moved = excess_postings(VISIT, [(1, 700), (2, 200)], 500)
    assert [(p.receipt_id, p.amount_minor) for p in moved] == [
        (2, 200), (2, -200), (1, 300), (1, -300),
    ]  # fmt: skip


def test_money_that_names_no_charge_rests_as_a_liability_and_is_refunded() -> None:
    drafts = [
        payment(5_000, []),
        refund_entry(9, OWN, ANNA, 2_000, DAY, method="transfer", reason="moved"),
    ]
    assert lines(*drafts) == [
        ("1000", 5_000, "payment", "guarantor1 r9"),
        ("2100", -5_000, "payment", "guarantor1 r9"),
        ("2100", 2_000, "refund", "guarantor1 r9"),
        ("1010", -2_000, "refund", "guarantor1 r9"),
    ]


def test_an_insurers_surplus_rests_on_its_own_account() -> None:
    assert lines(payment(100, [], method="transfer", party=INSURER))[1][0] == "2110"


def test_allocating_credit_names_receipt_and_charge() -> None:
    assert lines(allocation_entry(9, OWN, ANNA, [(VISIT, 300)], DAY)) == [
        ("2100", 300, "payment", "guarantor1 r9"),
        ("1110", -300, "payment", "guarantor1 c100 r9"),
    ]


def test_a_family_account_pays_for_each_patient_and_a_new_guarantor_takes_over_by_transfer() -> (
    None
):
    child = Receivable(101, 5, OWN, DOCTOR)
    paid = payment(900, [(VISIT, 400), (child, 500)])
    assert [(p.patient_id, p.amount_minor) for p in paid.postings] == [
        (ANNA, 900), (ANNA, -400), (5, -500),
    ]  # fmt: skip
    assert lines(transfer_entry(child, MOTHER, 250, "new guarantor", DAY)) == [
        ("1110", 250, "transfer", "guarantor2 c101"),
        ("1110", -250, "transfer", "guarantor1 c101"),
    ]


def test_a_package_is_owed_when_sold_and_earned_as_it_is_used() -> None:
    sale = Receivable(200, ANNA, OWN, DOCTOR)
    drafts = [
        sale_entry(sale, 5, 1_000, DAY),
        payment(1_000, [(sale, 1_000)]),
        use_entry(Receivable(201, ANNA, OWN, DOCTOR), 5, 334, DAY),
    ]
    assert lines(drafts[0]) == [
        ("1110", 1_000, "package", "guarantor1 c200 p5"),
        ("2105", -1_000, "package", "guarantor1 p5"),
    ]
    assert lines(drafts[2]) == [
        ("1110", 334, "charge", "guarantor1 c201"),
        ("4000", -334, "charge", "c201"),
        ("2105", 334, "package", "guarantor1 p5"),
        ("1110", -334, "package", "guarantor1 c201 p5"),
    ]
    assert balances(drafts) == {"1000": 1_000, "2105": -666, "4000": -334}


def test_a_bounced_cheque_mirrors_charges_and_credit_and_the_bank_pays() -> None:
    came = payment(6_000, [(VISIT, 4_000)], method="cheque")
    back = bounce_entry(came.postings[1:], 9, "cheque", "no funds", DAY)
    assert lines(came, back) == [
        ("1020", 6_000, "payment", "guarantor1 r9"),
        ("1110", -4_000, "payment", "guarantor1 c100 r9"),
        ("2100", -2_000, "payment", "guarantor1 r9"),
        ("1110", 4_000, "returned", "guarantor1 c100 r9"),
        ("2100", 2_000, "returned", "guarantor1 r9"),
        ("1010", -6_000, "returned", "r9"),
    ]


def test_an_agency_takes_a_debt_pays_part_and_the_rest_is_bad() -> None:
    chased = Receivable(100, ANNA, COLLECTOR, DOCTOR)
    drafts = [
        charge_entry(VISIT, 4_000, DAY),
        transfer_entry(VISIT, COLLECTOR, 4_000, "collections", DAY),
        payment(1_500, [(chased, 1_500)], method="transfer", party=COLLECTOR),
        adjustment_entry(chased, 2_500, "write-off", "bad_debt", DAY),
    ]
    assert lines(*drafts[1:]) == [
        ("1120", 4_000, "transfer", "agency4 c100"),
        ("1110", -4_000, "transfer", "guarantor1 c100"),
        ("1010", 1_500, "payment", "agency4 r9"),
        ("1120", -1_500, "payment", "agency4 c100 r9"),
        ("4130", 2_500, "write-off", "agency4 c100"),
        ("1120", -2_500, "write-off", "agency4 c100"),
    ]


def test_a_bad_debt_that_is_paid_after_all_is_owed_again_first() -> None:
    drafts = [
        adjustment_entry(VISIT, 4_000, "write-off", "bad_debt", DAY),
        adjustment_entry(VISIT, -1_000, "write-off", "recovery", DAY),
        payment(1_000, [(VISIT, 1_000)]),
    ]
    assert lines(drafts[1]) == [
        ("4130", -1_000, "write-off", "guarantor1 c100"),
        ("1110", 1_000, "write-off", "guarantor1 c100"),
    ]
    assert balances(drafts) == {"1000": 1_000, "1110": -4_000, "4130": 3_000}
