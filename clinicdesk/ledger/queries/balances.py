# SPDX-License-Identifier: Apache-2.0
"""Balances from the postings, as of a business day or of an entry's number.

A business day is what a manager signs; ``seq`` is what was known at a point in time: an entry
posted later with an earlier day counts in the first and not in the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.ledger.model import RECEIVABLES
from clinicdesk.ledger.tables import day_total, entry, posting
from clinicdesk.storage.records import Reading


@dataclass(frozen=True, slots=True)
class AsOf:
    """Up to where the books are read; without either, to their end."""

    day: date | None = None
    seq: int | None = None

    def covers(self) -> sa.ColumnElement[bool]:
        """Return the condition on ``entry``."""
        conditions: list[sa.ColumnElement[bool]] = [sa.true()]
        if self.day is not None:
            conditions.append(entry.c.business_on <= self.day)
        if self.seq is not None:
            conditions.append(entry.c.seq <= self.seq)
        return sa.and_(*conditions)


NOW = AsOf()


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """An account's balance; debit positive."""

    account: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class OpenRow:
    """What one party owes on one charge."""

    charge_id: int
    account: str
    party_kind: str
    party_id: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a business day did to an account, by cause and kind of party ("" is none)."""

    business_on: date
    account: str
    cause: str
    party_kind: str
    amount_minor: int


def trial_balance(reading: Reading, until: date | AsOf = NOW) -> tuple[BalanceRow, ...]:
    """Return every account's balance."""
    as_of = until if isinstance(until, AsOf) else AsOf(day=until)
    rows: Any = reading.execute(
        sa.select(posting.c.account, sa.func.sum(posting.c.amount_minor))
        .join(entry, entry.c.id == posting.c.entry_id)
        .where(as_of.covers())
        .group_by(posting.c.account)
        .order_by(posting.c.account)
    )
    return tuple(BalanceRow(row[0], int(row[1])) for row in rows)


def balance(reading: Reading, account: str, as_of: AsOf = NOW) -> int:
    """Return one account's balance."""
    return int(
        reading.execute(
            sa.select(sa.func.coalesce(sa.func.sum(posting.c.amount_minor), 0))
            .join_from(posting, entry, entry.c.id == posting.c.entry_id)
            .where(posting.c.account == account, as_of.covers())
        ).scalar_one()
    )


def receivables(reading: Reading, as_of: AsOf = NOW) -> tuple[OpenRow, ...]:
    """Return what every party owes on every charge, those that owe nothing left out."""
    what = (posting.c.charge_id, posting.c.account, posting.c.party_kind, posting.c.party_id)
    total = sa.func.sum(posting.c.amount_minor)
    rows: Any = reading.execute(
        sa.select(*what, total)
        .join_from(posting, entry, entry.c.id == posting.c.entry_id)
        .where(posting.c.account.in_(RECEIVABLES), as_of.covers())
        .group_by(*what)
        .having(total != 0)
        .order_by(*what)
    )
    return tuple(OpenRow(row[0], row[1], row[2], row[3], int(row[4])) for row in rows)


def changes_by_totals(
    reading: Reading, accounts: tuple[str, ...], first: date, last: date
) -> tuple[ChangeRow, ...]:
    """Return what each day did, from the totals kept per day."""
    what = (day_total.c.business_on, day_total.c.account, day_total.c.cause, day_total.c.party_kind)
    total = sa.func.sum(day_total.c.amount_minor)
    rows: Any = reading.execute(
        sa.select(*what, total)
        .where(day_total.c.business_on.between(first, last), day_total.c.account.in_(accounts))
        .group_by(*what)
        .having(total != 0)
        .order_by(*what)
    )
    return tuple(ChangeRow(row[0], row[1], row[2], row[3], int(row[4])) for row in rows)


def changes_by_postings(
    reading: Reading, accounts: tuple[str, ...], first: date, last: date
) -> tuple[ChangeRow, ...]:
    """Return the same from the postings themselves, so that one can be held against the other."""
    what = (
        entry.c.business_on,
        posting.c.account,
        posting.c.cause,
        sa.func.coalesce(posting.c.party_kind, "").label("party_kind"),
    )
    total = sa.func.sum(posting.c.amount_minor)
    rows: Any = reading.execute(
        sa.select(*what, total)
        .join_from(entry, posting, posting.c.entry_id == entry.c.id)
        .where(entry.c.business_on.between(first, last), posting.c.account.in_(accounts))
        .group_by(*what)
        .having(total != 0)
        .order_by(*what)
    )
    return tuple(ChangeRow(row[0], row[1], row[2], row[3], int(row[4])) for row in rows)
