# SPDX-License-Identifier: Apache-2.0
"""Reads of the books: single entries, ``balances`` and ``proofs``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.ledger.model import DIMENSIONS
from clinicdesk.ledger.queries import proofs
from clinicdesk.ledger.queries.balances import (
    NOW,
    AsOf,
    BalanceRow,
    ChangeRow,
    OpenRow,
    balance,
    changes_by_postings,
    changes_by_totals,
    receivables,
    trial_balance,
)
from clinicdesk.ledger.tables import entry, period, posting
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import Reading
from clinicdesk.storage.schema import Day, Text


@dataclass(frozen=True, slots=True)
class PostingRow:
    """A posting as it stands.

    Attributes:
        dimensions: the fields of ``PostingDraft``.
    """

    id: int
    entry_id: int
    dimensions: Mapping[str, Any]


def postings_of(reading: Reading, entry_id: int) -> tuple[PostingRow, ...]:
    """Return an entry's postings in order."""
    rows = reading.execute(
        sa.select(posting).where(posting.c.entry_id == entry_id).order_by(posting.c.line)
    )
    return tuple(
        PostingRow(row.id, row.entry_id, {name: getattr(row, name) for name in DIMENSIONS})
        for row in rows
    )


def reversed_by(reading: Reading, entry_id: int) -> int | None:
    """Return the entry that reverses this one, if any."""
    return reading.execute(sa.select(entry.c.id).where(entry.c.reverses_id == entry_id)).scalar()


def reverses(reading: Reading, entry_id: int) -> int | None:
    """Return the entry that this one reverses, if it is a reversal."""
    return reading.execute(sa.select(entry.c.reverses_id).where(entry.c.id == entry_id)).scalar()


_DAY: sa.BindParameter[date] = sa.bindparam("day", type_=Day())
_PERIODS = Prepared(
    sa.select(period.c.kind, sa.type_coerce(period.c.first_on, Text), period.c.state)
    .where(period.c.first_on <= _DAY, period.c.last_on >= _DAY)
    .order_by(period.c.id)
)


def is_closed(reading: Reading, day: date) -> bool:
    """Tell whether the latest word on any period around the day is "closed"."""
    latest = {(kind, first): state for kind, first, state in _PERIODS.rows(reading, day=day)}
    return "closed" in latest.values()


__all__ = [
    "NOW",
    "AsOf",
    "BalanceRow",
    "ChangeRow",
    "OpenRow",
    "PostingRow",
    "balance",
    "changes_by_postings",
    "changes_by_totals",
    "is_closed",
    "postings_of",
    "proofs",
    "receivables",
    "reversed_by",
    "reverses",
    "trial_balance",
]
