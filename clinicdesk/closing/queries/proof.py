# SPDX-License-Identifier: Apache-2.0
"""The identities of the proof page: left and right by different statements over different tables.

One changed row anywhere shows in exactly one of them (tests/closing), so the page says not only
that something is wrong but which table to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import charge
from clinicdesk.closing.model import (
    CREDITS,
    MONEY,
    RECEIVABLE,
    AgingRow,
    DayRow,
    MethodRow,
    ProofLine,
    ProviderRow,
)  # fmt: skip
from clinicdesk.closing.model.pack import ProductionRow
from clinicdesk.closing.queries.movements import (
    APPLIED,
    amount_where,
    income_accounts,
    on_accounts,
)  # fmt: skip
from clinicdesk.kernel.columns import Kind
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.tables import credit_amount, day_total, entry, posting, receipt, series
from clinicdesk.staff.queries import HoursRow, published_minutes
from clinicdesk.stock.queries import ValuationRow, account_and_movements
from clinicdesk.storage.records import Reading
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class Reports:
    """What the paper says, to be held against other tables."""

    month: Month
    as_of: date
    aging: tuple[AgingRow, ...]
    providers: tuple[ProviderRow, ...]
    opening_minor: int
    days: tuple[DayRow, ...]
    methods: tuple[MethodRow, ...]
    by_day: tuple[ProductionRow, ...]
    by_month: tuple[ProductionRow, ...]
    hours: tuple[HoursRow, ...]
    stock: tuple[ValuationRow, ...]


def lines(reading: Reading, reports: Reports) -> tuple[ProofLine, ...]:
    """Return every identity with both of its sides."""
    return (
        _receivables_equal_aging(reading, reports),
        _roll_forward(reading, reports),
        _production(reading, reports),
        _income(reading, reports),
        _receipts_by_method(reading, reports),
        _receipt_numbers(reading, reports),
        _trial_balance(reading, reports),
        _credits(reading, reports),
        _production_by_day_and_month(reports),
        _rostered_hours(reading, reports),
        _stock(reading, reports),
    )


def _receivables_equal_aging(reading: Reading, reports: Reports) -> ProofLine:
    return ProofLine(
        "i_receivables_equal_aging",
        N_("Receivables in the ledger = closing of R8 = buckets of R2"),
        N_("Left: postings on 1100 and 1110. Right: open amount of each charge, by age."),
        _balance(reading, RECEIVABLE, reports.as_of),
        sum(row.total_minor for row in reports.aging),
    )


def _roll_forward(reading: Reading, reports: Reports) -> ProofLine:
    return ProofLine(
        "ii_roll_forward",
        N_("Opening of R8 + its movements = closing"),
        N_("Left: totals kept per day and cause. Right: postings on 1100 and 1110."),
        reports.opening_minor + sum(day.change_minor for day in reports.days),
        _balance(reading, RECEIVABLE, reports.as_of),
    )


def _production(reading: Reading, reports: Reports) -> ProofLine:
    """Charges of the month less those reversed in it; a sold package is no production."""
    sold = (
        sa.exists()
        .where(posting.c.charge_id == charge.c.id, posting.c.entry_id == entry.c.id)
        .where(entry.c.kind == "package")
    )
    posted = sa.select(sa.func.coalesce(sa.func.sum(charge.c.amount_minor), 0)).where(
        charge.c.business_on.between(reports.month.first, reports.as_of),
        sa.or_(charge.c.package_id.is_(None), sa.not_(sold)),
    )
    # A reversal debits revenue; the reversal of a reversal credits it again.
    undone = sa.case(
        (posting.c.amount_minor > 0, charge.c.amount_minor), else_=-charge.c.amount_minor
    )
    reversals = (
        sa.select(sa.func.coalesce(sa.func.sum(undone), 0))
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .join(charge, charge.c.id == posting.c.charge_id)
        .where(
            entry.c.business_on.between(reports.month.first, reports.as_of),
            entry.c.reverses_id.is_not(None),
            posting.c.cause == "charge",
            posting.c.account.concat("").in_(income_accounts()),
        )
    )
    return ProofLine(
        "iii_production_equals_charges",
        N_("Production of R5 = charges of the month"),
        N_("Left: postings on income accounts. Right: the table of charges, less those reversed."),
        sum(row.production_minor for row in reports.providers),
        _scalar(reading, posted) - _scalar(reading, reversals),
    )


def _income(reading: Reading, reports: Reports) -> ProofLine:
    """What was applied = what came in, less what went out, less what was put aside."""
    elsewhere = (
        sa.select(
            amount_where(posting.c.account.in_(MONEY), sa.not_(_came_in())).label("given_back"),
            amount_where(posting.c.account.in_(CREDITS)).label("credits"),
        )
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(
            entry.c.business_on.between(reports.month.first, reports.as_of),
            sa.or_(
                on_accounts(CREDITS),
                sa.and_(on_accounts(MONEY), posting.c.cause.in_(APPLIED)),
            ),
        )
    )
    sums = reading.execute(elsewhere).one()
    return ProofLine(
        "iv_income_equals_receipts",
        N_("Income of R5 = receipts − refunds ± change of credits"),
        N_("Left: money applied to charges. Right: receipts, bank postings and credit accounts."),
        sum(row.income_minor for row in reports.providers),
        _received(reading, reports) + int(sums.given_back) + int(sums.credits),
    )


def _receipts_by_method(reading: Reading, reports: Reports) -> ProofLine:
    count = sa.select(sa.func.count()).where(
        receipt.c.received_on.between(reports.month.first, reports.as_of)
    )
    return ProofLine(
        "v_methods_equal_receipts",
        N_("Received by R9 = receipts by number"),
        N_("Left: postings on cash and bank, by method. Right: the table of receipts."),
        sum(row.amount_minor for row in reports.methods),
        _received(reading, reports),
        also=sum(row.receipts for row in reports.methods) == _scalar(reading, count),
    )


def _receipt_numbers(reading: Reading, reports: Reports) -> ProofLine:
    kept = sa.select(sa.func.count()).where(receipt.c.received_on <= reports.as_of)
    later = sa.select(sa.func.count()).where(receipt.c.received_on > reports.as_of)
    given = sa.select(sa.func.coalesce(sa.func.max(series.c.last), 0)).where(
        series.c.key == "receipt"
    )
    return ProofLine(
        "v_receipt_numbers_without_gaps",
        N_("Receipts kept = receipt numbers given out"),
        N_("Left: the table of receipts. Right: last number of the series, less later ones."),
        _scalar(reading, kept),
        _scalar(reading, given) - _scalar(reading, later),
        kind=Kind.NUMBER,
    )


def _trial_balance(reading: Reading, reports: Reports) -> ProofLine:
    """Debit balances by the postings, credit balances by the day totals."""
    # Summed before they are put together: each half streams along its index.
    now = sa.select(
        posting.c.account, sa.func.sum(posting.c.amount_minor).label("amount_minor")
    ).group_by(posting.c.account)
    account = posting.c.account.concat("")  # of few days, so not by the index of accounts
    later = (
        sa.select(account.label("account"), (-sa.func.sum(posting.c.amount_minor)).label("minor"))
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(entry.c.business_on > reports.as_of)
        .group_by(account)
    )
    part = sa.union_all(now, later).subquery("part")
    by_postings = (
        sa.select(part.c.account, sa.func.sum(part.c.amount_minor).label("amount"))
        .group_by(part.c.account)
        .subquery("by_postings")
    )
    by_totals = (
        sa.select(day_total.c.account, sa.func.sum(day_total.c.amount_minor).label("amount"))
        .where(day_total.c.business_on <= reports.as_of)
        .group_by(day_total.c.account)
        .subquery("by_totals")
    )
    debits = sa.select(sa.func.coalesce(sa.func.sum(by_postings.c.amount), 0)).where(
        by_postings.c.amount > 0
    )
    credited = sa.select(sa.func.coalesce(-sa.func.sum(by_totals.c.amount), 0)).where(
        by_totals.c.amount < 0
    )
    return ProofLine(
        "vi_trial_balance",
        N_("Trial balance: debits = credits"),
        N_("Left: accounts with a debit balance, by postings. Right: the others, by day totals."),
        _scalar(reading, debits),
        _scalar(reading, credited),
    )


def _credits(reading: Reading, reports: Reports) -> ProofLine:
    now = sa.select(
        credit_amount.c.receipt_id,
        credit_amount.c.account,
        credit_amount.c.party_id,
        credit_amount.c.amount_minor,
    )
    later = (
        sa.select(
            posting.c.receipt_id, posting.c.account, posting.c.party_id, posting.c.amount_minor
        )
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(entry.c.business_on > reports.as_of, on_accounts(CREDITS))
    )
    part = sa.union_all(now, later).subquery("part")
    held = (
        sa.select(sa.func.sum(part.c.amount_minor).label("amount"))
        .group_by(part.c.receipt_id, part.c.account, part.c.party_id)
        .subquery("held")
    )
    whole = sa.select(sa.func.coalesce(sa.func.sum(held.c.amount), 0))
    negative = sa.select(sa.func.count()).select_from(held).where(held.c.amount < 0)
    return ProofLine(
        "vii_credits_equal_accounts",
        N_("Credits by receipt = accounts 2100 + 2110, none negative"),
        N_("Left: what is left of each receipt. Right: postings on 2100 and 2110."),
        _scalar(reading, whole),
        -_balance(reading, CREDITS, reports.as_of),
        also=_scalar(reading, negative) == 0,
    )


def _production_by_day_and_month(reports: Reports) -> ProofLine:
    of_days = sum(row.production_minor for row in reports.by_day)
    return ProofLine(
        "viii_production_by_day_provider_month",
        N_("Production of R4 by day = R5 by provider = R6 of the month"),
        N_("Left: postings on income accounts, by day. Right: totals kept per day and cause."),
        of_days,
        reports.by_month[-1].production_minor,
        also=of_days == sum(row.production_minor for row in reports.providers),
    )


def _rostered_hours(reading: Reading, reports: Reports) -> ProofLine:
    return ProofLine(
        "ix_rostered_hours_equal_shifts",
        N_("Rostered minutes of R23 = minutes of the published shifts"),
        N_("Left: the roster's cells, day by day. Right: the table of shifts."),
        sum(row.rostered for row in reports.hours),
        published_minutes(reading, reports.month.first, reports.as_of),
        kind=Kind.NUMBER,
        signed=False,
    )


def _stock(reading: Reading, reports: Reports) -> ProofLine:
    on_account, moved = account_and_movements(reading, reports.as_of)
    closing = sum(row.closing_minor for row in reports.stock)
    return ProofLine(
        "x_stock_equals_account",
        N_("Closing of R24 = all movements = stock account 1200"),
        N_("Left: opening, received, used and lost, by item. Right: postings on 1200."),
        closing,
        on_account,
        also=closing == moved,
    )


# ── statements ───────────────────────────────────────────────────────────────────────────────


def _came_in() -> sa.ColumnElement[bool]:
    return sa.and_(entry.c.reverses_id.is_(None), posting.c.cause == "payment")


def _received(reading: Reading, reports: Reports) -> int:
    return _scalar(
        reading,
        sa.select(sa.func.coalesce(sa.func.sum(receipt.c.amount_minor), 0)).where(
            receipt.c.received_on.between(reports.month.first, reports.as_of)
        ),
    )


def _balance(reading: Reading, accounts: tuple[str, ...], as_of: date) -> int:
    """Return the balance of accounts by their postings, debit positive."""
    whole = sa.select(sa.func.coalesce(sa.func.sum(posting.c.amount_minor), 0)).where(
        posting.c.account.in_(accounts)
    )
    later = (
        sa.select(sa.func.coalesce(sa.func.sum(posting.c.amount_minor), 0))
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(entry.c.business_on > as_of, on_accounts(accounts))
    )
    return _scalar(reading, whole) - _scalar(reading, later)


def _scalar(reading: Reading, statement: sa.Select[Any]) -> int:
    return int(reading.execute(statement).scalar_one())
