# SPDX-License-Identifier: Apache-2.0
"""Reads of the books: single entries and totals. Proofs are in ``proofs``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.ledger.model import PostingDraft
from clinicdesk.ledger.queries import proofs
from clinicdesk.ledger.tables import day_total, entry, period, posting
from clinicdesk.storage.records import Reading

_DIMENSIONS = tuple(field.name for field in fields(PostingDraft))


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as it stands.

    Attributes:
        dimensions: the fields of ``PostingDraft``.
    """

    id: int
    entry_id: int
    dimensions: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """An account's balance; debit positive."""

    account: str
    amount_minor: int


def postings_of(reading: Reading, entry_id: int) -> tuple[PostingRow, ...]:
    """Return an entry's postings in order."""
    rows = reading.execute(
        sa.select(posting).where(posting.c.entry_id == entry_id).order_by(posting.c.line)
    )
    return tuple(
        PostingRow(row.id, row.entry_id, {name: getattr(row, name) for name in _DIMENSIONS})
        for row in rows
    )


def reversed_by(reading: Reading, entry_id: int) -> int | None:
    """Return the entry that reverses this one, if any."""
    return reading.execute(sa.select(entry.c.id).where(entry.c.reverses_id == entry_id)).scalar()


def is_closed(reading: Reading, day: date) -> bool:
    """Tell whether the latest word on any period around the day is "closed"."""
    rows = reading.execute(
        sa.select(period.c.kind, period.c.first_on, period.c.state)
        .where(period.c.first_on <= day, period.c.last_on >= day)
        .order_by(period.c.id)
    )
    latest = {(row.kind, row.first_on): row.state for row in rows}
    return "closed" in latest.values()


def trial_balance(reading: Reading, until: date) -> tuple[BalanceRow, ...]:
    """Return every account's balance at the end of a business day, from postings."""
    rows: Any = reading.execute(
        sa.select(posting.c.account, sa.func.sum(posting.c.amount_minor))
        .join(entry, entry.c.id == posting.c.entry_id)
        .where(entry.c.business_on <= until)
        .group_by(posting.c.account)
        .order_by(posting.c.account)
    )
    return tuple(BalanceRow(row[0], int(row[1])) for row in rows)


def account_total(reading: Reading, accounts: tuple[str, ...], until: date) -> int:
    """Return accounts' balance at the end of a day from the day totals."""
    total = reading.execute(
        sa.select(sa.func.coalesce(sa.func.sum(day_total.c.amount_minor), 0)).where(
            day_total.c.account.in_(accounts), day_total.c.business_on <= until
        )
    ).scalar_one()
    return int(total)


__all__ = [
    "BalanceRow",
    "PostingRow",
    "account_total",
    "is_closed",
    "postings_of",
    "proofs",
    "reversed_by",
    "trial_balance",
]
