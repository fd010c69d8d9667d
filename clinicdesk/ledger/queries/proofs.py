# SPDX-License-Identifier: Apache-2.0
"""The checks of the books, each recomputed from first principles and never from stored values.

Postings and entries are read as they are stored and streamed: a million of them are checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.canonical import Field, chain
from clinicdesk.kernel.checks import Check
from clinicdesk.ledger.model import CREDITS, DIMENSIONS, HEAD, MONEY, RECEIVABLES, hashed_fields
from clinicdesk.ledger.tables import (
    credit_amount,
    day_total,
    entry,
    issued_paper,
    open_amount,
    period,
    posting,
    receipt,
    series,
)
from clinicdesk.storage.audit import GENESIS
from clinicdesk.storage.records import Reading

_SHOWN = 5
_PAGE = 5000
_FIRST = datetime(1970, 1, 1, tzinfo=UTC)
_AT = HEAD.index("posted_at")
_STORED: dict[str, sa.types.TypeEngine[Any]] = {
    "posted_at": sa.BigInteger(),
    "business_on": sa.Text(),
}
# Papers with a gapless series of their own; receipts have their table.
_PAPERS = ("statement", "invoice", "credit_note")

Faults = tuple[list[str], str]


def checks(reading: Reading) -> tuple[Check, ...]:
    """Run every check of the books."""
    return tuple(
        Check(name, not faults, _said(faults) or counted)
        for name, check in _CHECKS
        for faults, counted in (check(reading),)
    )


def _said(faults: list[str]) -> str:
    more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return "; ".join(faults[:_SHOWN]) + more


def _entries_balance(reading: Reading) -> Faults:
    total = sa.func.sum(posting.c.amount_minor)
    rows: Any = reading.execute(
        sa.select(posting.c.entry_id, total).group_by(posting.c.entry_id).having(total != 0)
    )
    faults = [f"entry {row[0]} sums to {int(row[1])}" for row in rows]
    bare = reading.execute(
        sa.select(entry.c.id)
        .outerjoin(posting, posting.c.entry_id == entry.c.id)
        .where(posting.c.id.is_(None))
    ).scalars()
    loose = reading.execute(
        sa.select(posting.c.id)
        .outerjoin(entry, posting.c.entry_id == entry.c.id)
        .where(entry.c.id.is_(None))
    ).scalars()
    faults += [f"entry {number} has no postings" for number in bare]
    faults += [f"posting {number} has no entry" for number in loose]
    count = reading.execute(sa.select(sa.func.count()).select_from(posting)).scalar_one()
    return faults, f"{count} postings"


def _entries_follow(reading: Reading) -> Faults:
    heads: Any = reading.execute(
        sa.select(
            entry.c.id,
            entry.c.previous_hash,
            entry.c.hash,
            *(
                sa.type_coerce(entry.c[name], _STORED[name]) if name in _STORED else entry.c[name]
                for name in HEAD
            ),
        )
        .order_by(entry.c.seq)
        .execution_options(yield_per=_PAGE)
    )
    groups = _postings_by_entry(reading)
    waiting = next(groups, None)
    previous, expected, told, faults = GENESIS, 0, -1, []
    for row in heads:
        number, previous_kept, kept, *head = tuple(row)
        expected += 1
        seq, instant = head[0], head[_AT]
        while waiting is not None and waiting[0] < number:
            faults.append(f"entry {waiting[0]} is missing, its postings are there")
            waiting = next(groups, None)
        items = waiting[1] if waiting is not None and waiting[0] == number else []
        if items:
            waiting = next(groups, None)
        if seq != expected or number != seq:
            faults.append(f"entry {expected} is missing")
            expected = seq
        if instant < told:
            faults.append(f"entry {seq} was posted before entry {seq - 1}")
        head[_AT] = (_FIRST + timedelta(microseconds=instant)).isoformat()
        if previous_kept != previous:
            faults.append(f"entry {seq} does not follow the one before")
        if kept != chain(previous_kept, hashed_fields(head, items)):
            faults.append(f"entry {seq} or one of its postings was changed")
        previous, told = kept, instant
    return faults, f"{expected} entries, head {previous.hex()[:16]}"


def _postings_by_entry(reading: Reading) -> Iterator[tuple[int, list[tuple[Field, ...]]]]:
    lines = reading.execute(
        sa.select(posting.c.entry_id, *(posting.c[name] for name in DIMENSIONS))
        .order_by(posting.c.entry_id, posting.c.line)
        .execution_options(yield_per=_PAGE)
    )
    for number, rows in groupby(map(tuple, lines), key=itemgetter(0)):
        yield number, [row[1:] for row in rows]


def _open_amounts(reading: Reading) -> Faults:
    keys = ("charge_id", "account", "party_kind", "party_id")
    names = [posting.c[name] for name in keys]
    true = (
        sa.select(*names, sa.func.sum(posting.c.amount_minor))
        .where(posting.c.account.in_(RECEIVABLES))
        .group_by(*names)
    )
    kept = sa.select(*(open_amount.c[name] for name in keys), open_amount.c.amount_minor)
    return _compare(reading, true, kept, keys, 1)


def _credit_amounts(reading: Reading) -> Faults:
    keys = ("receipt_id", "account", "party_kind", "party_id")
    names = [posting.c[name] for name in keys]
    true = (
        sa.select(*names, -sa.func.sum(posting.c.amount_minor))
        .where(posting.c.account.in_(CREDITS))
        .group_by(*names)
    )
    kept = sa.select(*(credit_amount.c[name] for name in keys), credit_amount.c.amount_minor)
    return _compare(reading, true, kept, keys, 1)


def _day_totals(reading: Reading) -> Faults:
    keys = ("business_on", "account", "cause", "party_kind", "payer_id", "provider_id")
    names = (
        sa.type_coerce(entry.c.business_on, sa.Text()),
        posting.c.account,
        posting.c.cause,
        sa.func.coalesce(posting.c.party_kind, ""),
        sa.case((posting.c.party_kind == "payer", posting.c.party_id), else_=0),
        sa.func.coalesce(posting.c.provider_id, 0),
    )
    true = (
        sa.select(*names, sa.func.sum(posting.c.amount_minor), sa.func.count())
        .join_from(posting, entry, entry.c.id == posting.c.entry_id)
        .group_by(*names)
    )
    kept = sa.select(
        sa.type_coerce(day_total.c.business_on, sa.Text()),
        *(day_total.c[name] for name in keys[1:]),
        day_total.c.amount_minor,
        day_total.c.count,
    )
    return _compare(reading, true, kept, keys, 2)


def _compare(
    reading: Reading,
    true: sa.Select[Any],
    kept: sa.Select[Any],
    keys: tuple[str, ...],
    values: int,
) -> Faults:
    """Hold kept sums against true ones; a sum of nothing need not be kept."""
    nothing = (0,) * values
    expected = {tuple(r)[:-values]: _whole(tuple(r)[-values:]) for r in reading.execute(true)}
    found = {tuple(r)[:-values]: _whole(tuple(r)[-values:]) for r in reading.execute(kept)}
    faults = []
    for key in sorted(expected.keys() | found.keys(), key=str):
        right, own = expected.get(key, nothing), found.get(key, nothing)
        if right != own:
            named = ", ".join(f"{name} {value}" for name, value in zip(keys, key, strict=True))
            faults.append(f"{named}: kept {_shown(own)}, postings say {_shown(right)}")
    return faults, f"{len(expected)} rows"


def _whole(values: tuple[Any, ...]) -> tuple[int, ...]:
    return tuple(int(value) for value in values)


def _shown(values: tuple[int, ...]) -> str:
    return "/".join(map(str, values))


def _nothing_negative(reading: Reading) -> Faults:
    what = (posting.c.charge_id, posting.c.party_kind, posting.c.party_id)
    total = sa.func.sum(posting.c.amount_minor)
    owed: Any = reading.execute(
        sa.select(*what, total)
        .where(posting.c.account.in_(RECEIVABLES))
        .group_by(*what)
        .having(total < 0)
    )
    held: Any = reading.execute(
        sa.select(posting.c.receipt_id, total)
        .where(posting.c.account.in_(CREDITS))
        .group_by(posting.c.receipt_id, posting.c.account, posting.c.party_id)
        .having(total > 0)
    )
    taken: Any = reading.execute(
        sa.select(posting.c.receipt_id, *what, total)
        .where(posting.c.account.in_(RECEIVABLES), posting.c.receipt_id.is_not(None))
        .group_by(posting.c.receipt_id, *what)
        .having(total > 0)
    )
    faults = [f"charge {row[0]} is overpaid by {-int(row[3])}" for row in owed]
    faults += [f"receipt {row[0]} is overdrawn by {int(row[1])}" for row in held]
    faults += [f"receipt {row[0]} turned into a debt on charge {row[1]}" for row in taken]
    return faults, ""


def _receipts_equal_postings(reading: Reading) -> Faults:
    """What a receipt says came in is what its payment put on the money accounts."""
    came = sa.func.coalesce(sa.func.sum(posting.c.amount_minor), 0)
    rows = reading.execute(
        sa.select(receipt.c.number, receipt.c.amount_minor, came.label("came"))
        .outerjoin(
            posting,
            sa.and_(
                posting.c.receipt_id == receipt.c.id,
                posting.c.account.in_(MONEY),
                posting.c.cause == "payment",
                posting.c.reverses_posting_id.is_(None),
            ),
        )
        .group_by(receipt.c.id, receipt.c.number, receipt.c.amount_minor)
        .having(came != receipt.c.amount_minor)
        .order_by(receipt.c.id)
    )
    faults = [
        f"receipt {row.number} says {row.amount_minor}, its postings {int(row.came)}"
        for row in rows
    ]
    count = reading.execute(sa.select(sa.func.count()).select_from(receipt)).scalar_one()
    return faults, f"{count} receipts"


def _reversals_mirror(reading: Reading) -> Faults:
    first = posting.alias("first")
    rows = reading.execute(
        sa.select(posting.c.entry_id, first.c.entry_id.label("of"))
        .join(first, first.c.id == posting.c.reverses_posting_id)
        .where(
            sa.or_(
                posting.c.amount_minor + first.c.amount_minor != 0,
                posting.c.account != first.c.account,
            )
        )
    )
    faults = [f"entry {row.entry_id} does not mirror entry {row.of}" for row in rows]
    count = reading.execute(
        sa.select(sa.func.count()).where(entry.c.reverses_id.is_not(None))
    ).scalar_one()
    return faults, f"{count} reversals"


def _numbers_without_gaps(reading: Reading) -> Faults:
    last: dict[str, int] = {}
    for row in reading.execute(sa.select(series.c.key, series.c.last)):
        last[row.key] = int(row.last)
    numbers = list(reading.execute(sa.select(receipt.c.number)).scalars())
    faults = _gaps("receipt", last.get("receipt", 0), numbers)
    for kind in _PAPERS:
        issued = reading.execute(
            sa.select(issued_paper.c.number).where(issued_paper.c.kind == kind)
        ).scalars()
        faults += _gaps(kind, last.get(kind, 0), [number for number in issued if number])
    return faults, f"{last.get('receipt', 0)} receipts"


def _gaps(kind: str, last: int, numbers: list[str]) -> list[str]:
    taken = sorted(int(re.sub(r"\D", "", text)) for text in numbers)
    missing = sorted(set(range(1, last + 1)) - set(taken))
    faults = [f"{kind} number {number} is missing" for number in missing]
    faults += [f"{kind} number {number} was never given out" for number in taken if number > last]
    if not faults and len(taken) != last:
        faults.append(f"{len(taken)} numbers of {kind}, the last is {last}")
    return faults


def _papers_unchanged(reading: Reading) -> Faults:
    rows = reading.execute(
        sa.select(
            issued_paper.c.id, issued_paper.c.kind, issued_paper.c.body, issued_paper.c.digest
        ).execution_options(yield_per=100)
    )
    faults, count = [], 0
    for row in rows:
        count += 1
        if hashlib.sha256(row.body).digest() != row.digest:
            faults.append(f"{row.kind} (paper {row.id}) is not the one that was issued")
    return faults, f"{count} papers"


def _closed_stay_closed(reading: Reading) -> Faults:
    """No entry of a closed period is younger than its closing."""
    latest = {}
    for row in reading.execute(sa.select(period).order_by(period.c.id)):
        latest[row.kind, row.first_on] = row
    faults = []
    closed = [row for row in latest.values() if row.state == "closed"]
    for row in closed:
        late = reading.execute(
            sa.select(entry.c.seq)
            .where(
                entry.c.business_on.between(row.first_on, row.last_on), entry.c.seq > row.last_seq
            )
            .order_by(entry.c.seq)
            .limit(_SHOWN)
        ).scalars()
        faults += [f"entry {seq} was posted into {row.first_on}, closed before" for seq in late]
    return faults, f"{len(closed)} closed periods"


_CHECKS: tuple[tuple[str, Callable[[Reading], Faults]], ...] = (
    ("entries_sum_to_zero", _entries_balance),
    ("entry_chain", _entries_follow),
    ("open_amounts", _open_amounts),
    ("credit_amounts", _credit_amounts),
    ("day_totals", _day_totals),
    ("nothing_negative", _nothing_negative),
    ("receipts_equal_postings", _receipts_equal_postings),
    ("reversals_mirror", _reversals_mirror),
    ("numbers_without_gaps", _numbers_without_gaps),
    ("papers_unchanged", _papers_unchanged),
    ("closed_periods_untouched", _closed_stay_closed),
)
