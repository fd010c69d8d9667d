# SPDX-License-Identifier: Apache-2.0
"""Reads of accounts, charges, debts and takings.

``accounts`` what is open and held, ``register`` an account's lines, ``single`` one record,
``debtors`` who owes (R2), ``takings`` what came in (R9, cash basis), ``agreements`` packages,
plans and tax, ``days`` one day of an account, ``papers`` what is printed,
``proofs`` the checks.
"""

from clinicdesk.billing.queries import days, papers, proofs
from clinicdesk.billing.queries.accounts import (
    AgingBuckets,
    CreditRow,
    FamilyMember,
    OpenCharge,
    Party,
    coverage_payer,
    credit_of_receipt,
    family,
    open_charges,
    same_person,
    unapplied,
)
from clinicdesk.billing.queries.agreements import (
    PackageRow,
    PlanRow,
    package_row,
    packages,
    plan,
    tax_rate,
)
from clinicdesk.billing.queries.debtors import DebtorRow, debtors
from clinicdesk.billing.queries.register import AccountLine, lines
from clinicdesk.billing.queries.single import (
    ChargeRow,
    FeeRow,
    charge_row,
    entry_summary,
    fee_valid_on,
    fees,
    on_account,
    open_on,
    owing_as,
    payments_on,
    receipt_postings,
    receipt_row,
)
from clinicdesk.billing.queries.takings import (
    CashIncomeRow,
    MethodRow,
    ReceiptListRow,
    by_method,
    cash_income,
    receipts,
)
from clinicdesk.ledger.queries import AsOf
from clinicdesk.patients.queries import guarantor_on

__all__ = [
    "AccountLine",
    "AgingBuckets",
    "AsOf",
    "CashIncomeRow",
    "ChargeRow",
    "CreditRow",
    "DebtorRow",
    "FamilyMember",
    "FeeRow",
    "MethodRow",
    "OpenCharge",
    "PackageRow",
    "Party",
    "PlanRow",
    "ReceiptListRow",
    "by_method",
    "cash_income",
    "charge_row",
    "coverage_payer",
    "credit_of_receipt",
    "days",
    "debtors",
    "entry_summary",
    "family",
    "fee_valid_on",
    "fees",
    "guarantor_on",
    "lines",
    "on_account",
    "open_charges",
    "open_on",
    "owing_as",
    "package_row",
    "packages",
    "papers",
    "payments_on",
    "plan",
    "proofs",
    "receipt_postings",
    "receipt_row",
    "receipts",
    "same_person",
    "tax_rate",
    "unapplied",
]
