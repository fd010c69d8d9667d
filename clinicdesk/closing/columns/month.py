# SPDX-License-Identifier: Apache-2.0
"""Column lists of the month end, shared by paper, CSV, JSON and the window."""

from __future__ import annotations

from clinicdesk.closing.model import (
    AgingRow,
    DayRow,
    MethodRow,
    PriorRow,
    ProofLine,
    ProviderRow,
    SummaryRow,
    TrendRow,
)  # fmt: skip
from clinicdesk.closing.model.day import UnfinishedRow
from clinicdesk.kernel.columns import Column, Kind
from clinicdesk.schedule.model import LOOK_WORDS, Booking, Look
from clinicdesk.wording.text import N_, Term

MONEY = Kind.MONEY
STATE_WORDS = {
    Booking.ARRIVED.value: LOOK_WORDS[Look.ARRIVED],
    Booking.IN_ROOM.value: LOOK_WORDS[Look.IN_ROOM],
    Booking.CHECKOUT.value: LOOK_WORDS[Look.CHECKOUT],
    Booking.DONE.value: LOOK_WORDS[Look.DONE],
}
METHOD_WORDS = {
    "cash": Term(N_("Cash")),
    "card": Term(N_("Card")),
    "cheque": Term(N_("Cheque")),
    "transfer": Term(N_("Bank transfer")),
    "": Term(N_("Not stated")),
}
CAUSE_WORDS = {
    "charge": Term(N_("Charges reversed")),
    "tax": Term(N_("Tax")),
    "contractual": Term(N_("Contractual write-off")),
    "adjustment": Term(N_("Adjustment")),
    "discount": Term(N_("Discount")),
    "write-off": Term(N_("Write-off")),
    "interest": Term(N_("Interest")),
    "take-back": Term(N_("Take-back")),
    "returned": Term(N_("Returned payment")),
    "refund": Term(N_("Refund")),
    "package": Term(N_("Package")),
}

# R1 is not one list: what a value is depends on the row, so the paper words its cells itself.
SUMMARY: tuple[Column[SummaryRow], ...] = (
    Column("measure", N_("Measure"), lambda row: Term(row.title), weight=26),
    Column("this", N_("This month"), lambda row: row.this, MONEY),
    Column("last", N_("Last month"), lambda row: row.last, MONEY),
    Column("year_ago", N_("Year ago"), lambda row: row.year_ago, MONEY),
    Column("to_date", N_("Year to date"), lambda row: row.to_date, MONEY),
    Column("to_date_before", N_("Prior year to date"), lambda row: row.to_date_before, MONEY),
    Column("change", N_("Change"), lambda row: row.change, Kind.PERCENT),
    Column("budget", N_("Budget"), lambda row: row.budget, MONEY),
    Column("to_budget", N_("To budget"), lambda row: row.to_budget, MONEY),
)

AGING: tuple[Column[AgingRow], ...] = (
    Column("account", N_("Account"), lambda row: row.account, weight=8),
    Column("name", N_("Guarantor"), lambda row: row.name, weight=20),
    Column("phone", N_("Phone"), lambda row: row.phone, weight=12),
    Column("days_0_30", N_("0–30"), lambda row: row.buckets[0], MONEY, total=True),
    Column("days_31_60", N_("31–60"), lambda row: row.buckets[1], MONEY, total=True),
    Column("days_61_90", N_("61–90"), lambda row: row.buckets[2], MONEY, total=True),
    Column("days_91_120", N_("91–120"), lambda row: row.buckets[3], MONEY, total=True),
    Column("days_over_120", N_("Over 120"), lambda row: row.buckets[4], MONEY, total=True),
    Column("total", N_("Total"), lambda row: row.total_minor, MONEY, total=True),
    Column("insurer", N_("Insurers owe"), lambda row: row.insurer_minor, MONEY, total=True),
    Column("patient", N_("Patient owes"), lambda row: row.patient_minor, MONEY, total=True),
    Column("credit", N_("Credit held"), lambda row: row.credit_minor, MONEY, total=True),
    Column("last_payment_on", N_("Last payment"), lambda row: row.last_payment_on, Kind.DAY),
    Column("last_payment", N_("Amount"), lambda row: row.last_payment_minor, MONEY),
)

PROVIDERS: tuple[Column[ProviderRow], ...] = (
    Column("provider", N_("Provider"), lambda r: r.name or Term(N_("Unattributed")), weight=20),
    Column("visits", N_("Visits"), lambda row: row.visits, Kind.NUMBER, total=True),
    Column("production", N_("Production"), lambda row: row.production_minor, MONEY, total=True),
    Column("adjustments", N_("Adjustments"), lambda r: r.adjustment_minor, MONEY, total=True),
    Column("write_offs", N_("Write-offs"), lambda row: row.write_off_minor, MONEY, total=True),
    Column("net", N_("Net production"), lambda row: row.net_minor, MONEY, total=True),
    Column("patient_income", N_("Patient income"), lambda r: r.patient_income_minor, MONEY,
           total=True),
    Column("insurer_income", N_("Insurance income"), lambda r: r.insurer_income_minor, MONEY,
           total=True),
    Column("income", N_("Total income"), lambda row: row.income_minor, MONEY, total=True),
    Column("per_visit", N_("Net per visit"), lambda row: row.per_visit_minor, MONEY),
    Column("collected", N_("Collected"), lambda row: row.collected, Kind.PERCENT),
)  # fmt: skip

DAYS: tuple[Column[DayRow], ...] = (
    Column("day", N_("Day"), lambda row: row.on, Kind.DAY),
    Column("production", N_("Production"), lambda row: row.production_minor, MONEY, total=True),
    Column("tax", N_("Tax"), lambda row: row.tax_minor, MONEY, total=True),
    Column("adjustments", N_("Adjustments"), lambda r: r.adjustment_minor, MONEY, total=True),
    Column("write_offs", N_("Write-offs"), lambda row: row.write_off_minor, MONEY, total=True),
    Column("patient_payments", N_("Patient payments"), lambda r: r.patient_payment_minor, MONEY,
           total=True),
    Column("insurer_payments", N_("Insurance payments"), lambda r: r.insurer_payment_minor, MONEY,
           total=True),
    Column("refunds", N_("Returned, taken back"), lambda r: r.refund_minor, MONEY, total=True),
    Column("to_agencies", N_("To agencies"), lambda row: row.agency_minor, MONEY, total=True),
    Column("change", N_("Change"), lambda row: row.change_minor, MONEY, total=True),
    Column("ending", N_("Ending receivables"), lambda row: row.ending_minor, MONEY),
)  # fmt: skip

METHODS: tuple[Column[MethodRow], ...] = (
    Column("method", N_("Method"), lambda r: METHOD_WORDS.get(r.method, r.method), weight=20),
    Column("receipts", N_("Receipts"), lambda row: row.receipts, Kind.NUMBER, total=True),
    Column("amount", N_("Received"), lambda row: row.amount_minor, MONEY, total=True),
    Column("returned", N_("Refunded, returned"), lambda r: r.returned_minor, MONEY, total=True),
    Column("net", N_("Net"), lambda row: row.net_minor, MONEY, total=True),
)

PRIOR: tuple[Column[PriorRow], ...] = (
    Column("month", N_("Posted in"), lambda row: row.month, weight=10),
    Column("cause", N_("What"), lambda r: CAUSE_WORDS.get(r.cause, r.cause), weight=20),
    Column("charges", N_("Services"), lambda row: row.charges, Kind.NUMBER, total=True),
    Column("amount", N_("Change of receivables"), lambda r: r.amount_minor, MONEY, total=True),
)

TREND: tuple[Column[TrendRow], ...] = (
    Column("month", N_("Month"), lambda row: row.month),
    Column("gross", N_("Gross charges"), lambda row: row.gross_minor, MONEY),
    Column("net", N_("Net production"), lambda row: row.net_minor, MONEY),
    Column("receipts", N_("Net receipts"), lambda row: row.receipts_minor, MONEY),
)

PROOF: tuple[Column[ProofLine], ...] = (
    Column("name", N_("Name"), lambda line: line.name, weight=20),
    Column("title", N_("Identity"), lambda line: Term(line.title), weight=30),
    Column("left", N_("Left"), lambda line: line.left, MONEY),
    Column("right", N_("Right"), lambda line: line.right, MONEY),
    Column("holds", N_("Holds"), lambda line: str(line.holds).lower()),
)

UNFINISHED: tuple[Column[UnfinishedRow], ...] = (
    Column("time", N_("Time"), lambda r: r.starts, Kind.TIME, weight=8),
    Column("name", N_("Patient"), lambda r: r.name, weight=26),
    Column("provider", N_("Provider"), lambda r: r.provider, weight=18),
    Column("state", N_("State"), lambda r: STATE_WORDS.get(r.booking, r.booking), weight=14),
)
