# SPDX-License-Identifier: Apache-2.0
"""The checks of the books, each recomputed from first principles and never from stored values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from datetime import date
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.canonical import Field, chain
from clinicdesk.kernel.checks import Check
from clinicdesk.ledger.model import CREDITS, RECEIVABLES, PostingDraft
from clinicdesk.ledger.tables import (
    credit_amount,
    day_total,
    entry,
    open_amount,
    posting,
    receipt,
    series,
)
from clinicdesk.storage.audit import GENESIS
from clinicdesk.storage.records import Reading

_DIMENSIONS = tuple(field.name for field in fields(PostingDraft))
_HEAD = (
    "seq", "business_on", "posted_at", "user_id", "kind", "memo", "source", "reverses_id",
    "idempotency_key",
)  # fmt: skip
_SHOWN = 5


def checks(reading: Reading) -> tuple[Check, ...]:
    """Run every check of the books."""
    return tuple(
        Check(name, not faults, "; ".join(faults[:_SHOWN]) or counted)
        for name, check in _CHECKS
        for faults, counted in (check(reading),)
    )


def _entries_balance(reading: Reading) -> tuple[list[str], str]:
    rows: Any = reading.execute(
        sa.select(posting.c.entry_id, sa.func.sum(posting.c.amount_minor))
        .group_by(posting.c.entry_id)
        .having(sa.func.sum(posting.c.amount_minor) != 0)
    )
    faults = [f"entry {row[0]} sums to {int(row[1])}" for row in rows]
    bare = reading.execute(
        sa.select(entry.c.id)
        .outerjoin(posting, posting.c.entry_id == entry.c.id)
        .where(posting.c.id.is_(None))
    ).scalars()
    faults += [f"entry {number} has no postings" for number in bare]
    return faults, ""


def _entries_follow(reading: Reading) -> tuple[list[str], str]:
    lines = reading.execute(
        sa.select(posting.c.entry_id, *(posting.c[name] for name in _DIMENSIONS)).order_by(
            posting.c.entry_id, posting.c.line
        )
    )
    heads = reading.execute(sa.select(entry).order_by(entry.c.seq))
    items = _grouped(lines)
    previous, expected, faults, told = GENESIS, 0, [], None
    for head in heads:
        expected += 1
        if head.seq != expected:
            faults.append(f"entry {expected} is missing")
            expected = head.seq
        if told is not None and head.posted_at < told:
            faults.append(f"entry {head.seq} was posted before entry {head.seq - 1}")
        told = head.posted_at
        link = chain(previous, _fields(head, items.get(head.id, [])))
        if head.previous_hash != previous or head.hash != link:
            faults.append(f"entry {head.seq} or one of its postings was changed")
        previous = head.hash
    return faults, f"{expected} entries"


def _grouped(lines: Iterable[Any]) -> dict[int, list[tuple[Any, ...]]]:
    groups: dict[int, list[tuple[Any, ...]]] = {}
    for line in lines:
        groups.setdefault(line[0], []).append(tuple(line[1:]))
    return groups


def _fields(head: Any, items: Iterable[tuple[Any, ...]]) -> Iterable[Field]:
    for name in _HEAD:
        value = getattr(head, name)
        yield value.isoformat() if isinstance(value, date) else value
    for item in items:
        yield from item


def _open_amounts(reading: Reading) -> tuple[list[str], str]:
    keys = ("charge_id", "account", "party_kind", "party_id")
    true = sa.select(
        *(posting.c[name] for name in keys), sa.func.sum(posting.c.amount_minor)
    ).where(posting.c.account.in_(RECEIVABLES))
    kept = sa.select(*(open_amount.c[name] for name in keys), open_amount.c.amount_minor)
    return _compare(reading, true.group_by(*(posting.c[name] for name in keys)), kept)


def _credit_amounts(reading: Reading) -> tuple[list[str], str]:
    keys = ("receipt_id", "account", "party_kind", "party_id")
    true = sa.select(
        *(posting.c[name] for name in keys), -sa.func.sum(posting.c.amount_minor)
    ).where(posting.c.account.in_(CREDITS))
    kept = sa.select(*(credit_amount.c[name] for name in keys), credit_amount.c.amount_minor)
    return _compare(reading, true.group_by(*(posting.c[name] for name in keys)), kept)


def _day_totals(reading: Reading) -> tuple[list[str], str]:
    payer = sa.case((posting.c.party_kind == "payer", posting.c.party_id), else_=0)
    keys = (
        entry.c.business_on,
        posting.c.account,
        posting.c.cause,
        sa.func.coalesce(posting.c.party_kind, ""),
        payer,
        sa.func.coalesce(posting.c.provider_id, 0),
    )
    true = (
        sa.select(*keys, sa.func.sum(posting.c.amount_minor))
        .join_from(posting, entry, entry.c.id == posting.c.entry_id)
        .group_by(*keys)
    )
    kept = sa.select(
        day_total.c.business_on,
        day_total.c.account,
        day_total.c.cause,
        day_total.c.party_kind,
        day_total.c.payer_id,
        day_total.c.provider_id,
        day_total.c.amount_minor,
    )
    return _compare(reading, true, kept)


def _compare(reading: Reading, true: sa.Select[Any], kept: sa.Select[Any]) -> tuple[list[str], str]:
    expected: dict[tuple[Any, ...], int] = {
        tuple(row[:-1]): int(row[-1]) for row in reading.execute(true)
    }
    found: dict[tuple[Any, ...], int] = {
        tuple(row[:-1]): int(row[-1]) for row in reading.execute(kept)
    }
    faults = [
        f"{' '.join(map(str, key))}: kept {found.get(key, 0)}, postings {expected.get(key, 0)}"
        for key in sorted(expected.keys() | found.keys(), key=str)
        if expected.get(key, 0) != found.get(key, 0)
    ]
    return faults, f"{len(expected)} rows"


def _no_negative(reading: Reading) -> tuple[list[str], str]:
    owed = reading.execute(
        sa.select(open_amount.c.charge_id).where(open_amount.c.amount_minor < 0)
    ).scalars()
    held = reading.execute(
        sa.select(credit_amount.c.receipt_id).where(credit_amount.c.amount_minor < 0)
    ).scalars()
    faults = [f"charge {number} is overpaid" for number in owed]
    return faults + [f"receipt {number} is overdrawn" for number in held], ""


def _receipts_without_gaps(reading: Reading) -> tuple[list[str], str]:
    last = reading.execute(sa.select(series.c.last).where(series.c.key == "receipt")).scalar() or 0
    texts = reading.execute(sa.select(receipt.c.number)).scalars()
    taken = sorted(int(re.sub(r"\D", "", text)) for text in texts)
    missing = sorted(set(range(1, last + 1)) - set(taken))
    faults = [f"receipt number {number} is missing" for number in missing]
    if len(taken) != last and not missing:
        faults.append(f"{len(taken)} receipts, last number {last}")
    return faults, f"{last} receipts"


_CHECKS: tuple[tuple[str, Callable[[Reading], tuple[list[str], str]]], ...] = (
    ("every entry sums to zero", _entries_balance),
    ("the chain of entries is unbroken", _entries_follow),
    ("open amounts equal their postings", _open_amounts),
    ("credits equal their postings", _credit_amounts),
    ("day totals equal their postings", _day_totals),
    ("nothing is overpaid or overdrawn", _no_negative),
    ("receipt numbers have no gaps", _receipts_without_gaps),
)
