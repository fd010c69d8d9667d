# SPDX-License-Identifier: Apache-2.0
"""Column lists of the pack beyond R1, R2, R5, R8 and R9."""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.billing.model.reasons import REASONS
from clinicdesk.closing.columns.month import CAUSE_WORDS, METHOD_WORDS
from clinicdesk.closing.model.pack import (
    AdjustmentRow,
    BudgetRow,
    CapacityRow,
    ContractualRow,
    CreditKind,
    CreditRow,
    CreditSum,
    Exceptional,
    ExceptionRow,
    PayerRow,
    ProductionRow,
    RefundRow,
    SumRow,
)  # fmt: skip
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.model.chart import CHART
from clinicdesk.wording.text import N_, Term

_MONEY, _NUMBER, _DAY, _PERCENT = Kind.MONEY, Kind.NUMBER, Kind.DAY, Kind.PERCENT

_OTHER_REASONS = {
    "entered_in_error": N_("Entered in error"),
    "overpaid": N_("Paid too much"),
    "patient_share": N_("Patient's share"),
    "collections": N_("Collections"),
    "no_funds": N_("No funds"),
    "not_covered": N_("Not covered"),
    "refund": N_("Refund"),
}
CREDIT_WORDS = {
    CreditKind.DEPOSIT: Term(N_("Deposit")),
    CreditKind.LEFT_OVER: Term(N_("Overpayment")),
    CreditKind.INSURER: Term(N_("Insurer's overpayment")),
    CreditKind.PACKAGE: Term(N_("Package sold ahead")),
}
_WHAT_WORDS = {
    Exceptional.REVERSED: Term(N_("Entry reversed")),
    Exceptional.BACKDATED: Term(N_("Posted to an earlier day")),
    Exceptional.REOPENED: Term(N_("Opened again")),
    Exceptional.WRITTEN_OFF: Term(N_("Large write-off")),
    Exceptional.REPRINTED: Term(N_("Printed again")),
}
_BACK_WORDS = {**CAUSE_WORDS, "payment": Term(N_("Payment reversed"))}
_KIND_SUMS = {
    "income": Term(N_("Income")),
    "contra-income": Term(N_("Taken off")),
    "expense": Term(N_("Costs")),
    "result": Term(N_("Operating result")),
}
_ACCOUNTS = {account.number: account.name for account in CHART}


def reason_word(key: str) -> str | Term:
    """Return what a reason is called; what somebody typed stays as typed."""
    if key in REASONS:
        return Term(REASONS[key].title)
    if key in _OTHER_REASONS:
        return Term(_OTHER_REASONS[key])
    return CAUSE_WORDS.get(key, key)


def budget_name(row: BudgetRow) -> str | Term:
    """Return an account's name, in the reader's language unless the clinic named it itself."""
    if not row.number:
        return _KIND_SUMS[row.kind]
    return Term(row.name) if _ACCOUNTS.get(row.number) == row.name else row.name


_PRODUCTION: tuple[Column[ProductionRow], ...] = (
    Column("production", N_("Production"), lambda r: r.production_minor, _MONEY, total=True),
    Column("adjustments", N_("Adjustments"), lambda r: r.adjustment_minor, _MONEY, total=True),
    Column("write_offs", N_("Write-offs"), lambda r: r.write_off_minor, _MONEY, total=True),
    Column("net", N_("Net production"), lambda r: r.net_minor, _MONEY, total=True),
    Column("patient_income", N_("Patient income"), lambda r: r.patient_income_minor, _MONEY,
           total=True),
    Column("insurer_income", N_("Insurance income"), lambda r: r.insurer_income_minor, _MONEY,
           total=True),
    Column("income", N_("Total income"), lambda r: r.income_minor, _MONEY, total=True),
    Column("unearned", N_("Unearned"), lambda r: r.unearned_minor, _MONEY, total=True),
    Column("received", N_("Received, net"), lambda r: r.received_minor, _MONEY, total=True),
)  # fmt: skip
WEEKDAYS = (
    N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
)  # fmt: skip
BY_DAY: tuple[Column[ProductionRow], ...] = (
    Column("day", N_("Day"), lambda r: r.on, _DAY),
    Column("weekday", N_("Weekday"), lambda r: Term(WEEKDAYS[r.on.weekday()]), weight=6),
    *_PRODUCTION,
)
BY_MONTH: tuple[Column[ProductionRow], ...] = (
    Column("month", N_("Month"), lambda r: Month.of(r.on)),
    *_PRODUCTION,
    Column("average", N_("3-month average"), lambda r: r.average_minor, _MONEY),
)

CONTRACTUAL: tuple[Column[ContractualRow], ...] = (
    Column("payer", N_("Insurer"), lambda r: r.payer or Term(N_("No insurer")), weight=24),
    Column("lines", N_("Services"), lambda r: r.lines, _NUMBER, total=True),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, total=True),
)
DECIDED: tuple[Column[AdjustmentRow], ...] = (
    Column("day", N_("Date"), lambda r: r.on, _DAY),
    Column("patient", N_("Patient"), lambda r: r.patient, weight=20),
    Column("account", N_("Account"), lambda r: r.account, weight=7),
    Column("type", N_("Type"), lambda r: CAUSE_WORDS.get(r.cause, r.cause), weight=12),
    Column("reason", N_("Reason"), lambda r: reason_word(r.reason), weight=14),
    Column("code", N_("Service"), lambda r: r.code, weight=8),
    Column("service_on", N_("Service date"), lambda r: r.service_on, _DAY),
    Column("user", N_("Posted by"), lambda r: r.user, weight=12),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, total=True),
)
SUMS_BY_TYPE: tuple[Column[SumRow], ...] = (
    Column("reason", N_("By type"), lambda r: reason_word(r.name), weight=24),
    Column("lines", N_("Lines"), lambda r: r.lines, _NUMBER, total=True),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, total=True),
)
SUMS_BY_USER: tuple[Column[SumRow], ...] = (
    Column("user", N_("By user"), lambda r: r.name, weight=24),
    Column("lines", N_("Lines"), lambda r: r.lines, _NUMBER, total=True),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, total=True),
)

PAYERS: tuple[Column[PayerRow], ...] = (
    Column("payer", N_("Payer"), lambda r: r.name or Term(N_("Patients")), weight=22),
    Column("visits", N_("Visits"), lambda r: r.visits, _NUMBER, total=True),
    Column("visit_share", N_("of visits"), lambda r: r.visit_share, _PERCENT),
    Column("charges", N_("Charges"), lambda r: r.charges_minor, _MONEY, total=True),
    Column("charge_share", N_("of charges"), lambda r: r.charge_share, _PERCENT),
    Column("payments", N_("Payments"), lambda r: r.payments_minor, _MONEY, total=True),
    Column("payment_share", N_("of payments"), lambda r: r.payment_share, _PERCENT),
    Column("owed", N_("Owed"), lambda r: r.owed_minor, _MONEY, total=True),
    Column("owed_share", N_("of receivables"), lambda r: r.owed_share, _PERCENT),
    Column("per_visit", N_("Payment per visit"), lambda r: r.per_visit_minor, _MONEY),
    Column("days_to_pay", N_("Days to pay"), lambda r: r.days_to_pay, _NUMBER),
)

CREDIT_SUMS: tuple[Column[CreditSum], ...] = (
    Column("type", N_("By type"), lambda r: CREDIT_WORDS[r.kind], weight=24),
    Column("owners", N_("Owners"), lambda r: r.owners, _NUMBER, total=True),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, total=True),
)
CREDITS: tuple[Column[CreditRow], ...] = (
    Column("name", N_("Held for"), lambda r: r.name, weight=24),
    Column("account", N_("Account"), lambda r: r.account, weight=8),
    Column("type", N_("Type"), lambda r: CREDIT_WORDS[r.kind], weight=18),
    Column("oldest_on", N_("Since"), lambda r: r.oldest_on, _DAY),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, total=True),
)


def _forecast_by(row: BudgetRow) -> Term:
    return Term(N_("plan")) if row.by_plan else Term(N_("run rate"))


BUDGET: tuple[Column[BudgetRow], ...] = (
    Column("account", N_("Account"), lambda r: r.number, weight=6),
    Column("name", N_("Name"), budget_name, weight=24),
    Column("budget", N_("Budget"), lambda r: r.planned_minor, _MONEY),
    Column("actual", N_("Actual"), lambda r: r.actual_minor, _MONEY),
    Column("variance", N_("Variance"), lambda r: r.variance_minor, _MONEY),
    Column("variance_share", N_("Variance %"), lambda r: r.variance_share, _PERCENT),
    Column("budget_to_date", N_("Budget, year"), lambda r: r.planned_to_date_minor, _MONEY),
    Column("actual_to_date", N_("Actual, year"), lambda r: r.actual_to_date_minor, _MONEY),
    Column("variance_to_date", N_("Variance, year"), lambda r: r.variance_to_date_minor, _MONEY),
    Column("variance_to_date_share", N_("Variance %, year"), lambda r: r.variance_to_date_share,
           _PERCENT),
    Column("forecast", N_("Forecast of the year"), lambda r: r.forecast_minor, _MONEY),
    Column("forecast_by", N_("Forecast by"), _forecast_by, align=Align.END,
           weight=10),
)  # fmt: skip

REFUNDS: tuple[Column[RefundRow], ...] = (
    Column("day", N_("Date"), lambda r: r.on, _DAY),
    Column("payee", N_("Paid to"), lambda r: r.payee, weight=22),
    Column("receipt", N_("Receipt"), lambda r: r.receipt, weight=9),
    Column("method", N_("Method"), lambda r: METHOD_WORDS.get(r.method, r.method), weight=12),
    Column("type", N_("Type"), lambda r: _BACK_WORDS.get(r.cause, r.cause), weight=14),
    Column("reason", N_("Reason"), lambda r: reason_word(r.reason), weight=14),
    Column("user", N_("Posted by"), lambda r: r.user, weight=12),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY, total=True),
)


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))


CAPACITY: tuple[Column[CapacityRow], ...] = (
    Column("provider", N_("Provider"), lambda r: r.name, weight=20),
    Column("open", N_("Hours open"), lambda r: _hours(r.open), _NUMBER, total=True),
    Column("booked", N_("Hours booked"), lambda r: _hours(r.booked), _NUMBER, total=True),
    Column("used", N_("Hours used"), lambda r: _hours(r.used), _NUMBER, total=True),
    Column("fill", N_("Fill"), lambda r: r.fill, _PERCENT),
    Column("visits", N_("Visits"), lambda r: r.visits, _NUMBER, total=True),
    Column("no_show", N_("No-shows"), lambda r: r.no_show, _PERCENT),
    Column("late_cancel", N_("Cancelled late"), lambda r: r.late_cancel, _PERCENT),
    Column("wait", N_("Average wait, min"), lambda r: r.wait, _NUMBER),
    Column("third_next", N_("Third next free, days"), lambda r: r.third_days, _NUMBER),
    Column("slot", N_("for a visit of, min"), lambda r: r.slot, _NUMBER),
)

EXCEPTIONS: tuple[Column[ExceptionRow], ...] = (
    Column("at", N_("When"), lambda r: r.at, Kind.INSTANT, weight=14),
    Column("user", N_("User"), lambda r: r.user, weight=12),
    Column("what", N_("What"), lambda r: _WHAT_WORDS[r.what], weight=16),
    Column("record", N_("Record"), lambda r: r.record, weight=10),
    Column("before", N_("Before"), lambda r: r.before_on, _DAY),
    Column("after", N_("After"), lambda r: r.after_on, _DAY),
    Column("reason", N_("Reason"), lambda r: reason_word(r.reason), weight=22),
    Column("amount", N_("Amount"), lambda r: r.amount_minor, _MONEY),
)
