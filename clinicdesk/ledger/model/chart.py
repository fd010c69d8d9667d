# SPDX-License-Identifier: Apache-2.0
"""The chart of accounts a new clinic starts with.

Numbers and sides follow the shared reference chart; names are ours and marked for translation.
"""

from __future__ import annotations

from dataclasses import dataclass

from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class Account:
    """One line of the chart.

    Attributes:
        number: stable, four digits.
        kind: asset, contra-asset, liability, equity, income, contra-income, expense, clearing.
        normal_side: debit or credit.
    """

    number: str
    name: str
    kind: str
    normal_side: str


CASH = "1000"
BANK = "1010"
UNDEPOSITED = "1020"
CARD_CLEARING = "1030"
INSURANCE = "1100"
PATIENTS = "1110"
AGENCY = "1120"
SUPPLIES = "1200"
GOODS_RECEIVED = "1210"
PATIENT_CREDITS = "2100"
PAYER_CREDITS = "2110"
PACKAGES = "2105"
TAX_OUTPUT = "2200"
REVENUE = "4000"
RETAIL = "4010"
ADMIN_FEES = "4020"
CONTRACTUAL = "4100"
DISCOUNTS = "4110"
CHARITY = "4120"
BAD_DEBT = "4130"
ADMIN_WRITE_OFF = "4140"
REFUND_CLEARING = "4150"
PAYER_INTEREST = "4200"
SUPPLIES_USED = "5000"
SUPPLIES_WASTED = "5010"

RECEIVABLES = (INSURANCE, PATIENTS, AGENCY)
CREDITS = (PATIENT_CREDITS, PAYER_CREDITS)
MONEY = (CASH, BANK, UNDEPOSITED, CARD_CLEARING)

CHART: tuple[Account, ...] = (
    Account("1000", N_("Cash drawer"), "asset", "debit"),
    Account("1010", N_("Bank, operating"), "asset", "debit"),
    Account("1020", N_("Undeposited cheques"), "asset", "debit"),
    Account("1030", N_("Card clearing"), "asset", "debit"),
    Account("1100", N_("Receivable from insurers"), "asset", "debit"),
    Account("1110", N_("Receivable from patients"), "asset", "debit"),
    Account("1120", N_("Receivable at collection agencies"), "asset", "debit"),
    Account("1190", N_("Allowance for doubtful receivables"), "contra-asset", "credit"),
    Account("1200", N_("Supplies on hand"), "asset", "debit"),
    Account("1210", N_("Goods received, not invoiced"), "liability", "credit"),
    Account("1300", N_("Prepaid expenses"), "asset", "debit"),
    Account("2000", N_("Accounts payable"), "liability", "credit"),
    Account("2100", N_("Patient credits and deposits"), "liability", "credit"),
    Account("2105", N_("Prepaid packages"), "liability", "credit"),
    Account("2110", N_("Insurer credits to refund"), "liability", "credit"),
    Account("2120", N_("Unclaimed property"), "liability", "credit"),
    Account("2200", N_("Output tax"), "liability", "credit"),
    Account("2210", N_("Input tax"), "asset", "debit"),
    Account("2300", N_("Payroll liabilities"), "liability", "credit"),
    Account("3000", N_("Owner's equity"), "equity", "credit"),
    Account("4000", N_("Patient service revenue"), "income", "credit"),
    Account("4010", N_("Retail and supply sales"), "income", "credit"),
    Account("4020", N_("Missed visit and office fees"), "income", "credit"),
    Account("4100", N_("Contractual adjustments"), "contra-income", "debit"),
    Account("4110", N_("Discounts"), "contra-income", "debit"),
    Account("4120", N_("Charity care"), "contra-income", "debit"),
    Account("4130", N_("Bad debt"), "contra-income", "debit"),
    Account("4140", N_("Office write-offs"), "contra-income", "debit"),
    Account("4150", N_("Refund clearing"), "clearing", "debit"),
    Account("4200", N_("Interest and incentives from insurers"), "income", "credit"),
    Account("5000", N_("Supplies used"), "expense", "debit"),
    Account("5010", N_("Supplies wasted or expired"), "expense", "debit"),
    Account("6000", N_("Operating expenses"), "expense", "debit"),
    Account("6100", N_("Salaries and wages"), "expense", "debit"),
    Account("6110", N_("Employer's contributions"), "expense", "debit"),
    Account("6200", N_("Rent"), "expense", "debit"),
    Account("6210", N_("Energy and water"), "expense", "debit"),
    Account("6220", N_("Cleaning and waste"), "expense", "debit"),
    Account("6230", N_("Repairs and maintenance"), "expense", "debit"),
    Account("6300", N_("Office supplies and postage"), "expense", "debit"),
    Account("6310", N_("Telephone and software"), "expense", "debit"),
    Account("6400", N_("Professional fees"), "expense", "debit"),
    Account("6410", N_("Bank and card fees"), "expense", "debit"),
    Account("6500", N_("Insurance"), "expense", "debit"),
    Account("6600", N_("Training and licences"), "expense", "debit"),
    Account("6700", N_("Marketing"), "expense", "debit"),
    Account("6800", N_("Equipment below the limit"), "expense", "debit"),
    Account("6900", N_("Cash over or short"), "expense", "debit"),
)
