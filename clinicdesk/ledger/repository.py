# SPDX-License-Identifier: Apache-2.0
"""Writes entries, receipts, numbers, papers and periods; keeps the derived tables beside them.

Many drafts or one: the same rows and the same hashes, so an import equals the desk's work.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.canonical import Field, chain
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.model import (
    CREDITS,
    DIMENSIONS,
    ENTRIES,
    HEAD,
    RECEIVABLES,
    CreditOverdrawn,
    EntryDraft,
    NotOnCharge,
    PostingDraft,
    ReceiptDraft,
    ReceiptRow,
    ReceivableOverpaid,
    hashed_fields,
)
from clinicdesk.ledger.tables import (
    account,
    budget,
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
from clinicdesk.storage.dialect import insert
from clinicdesk.storage.prepared import Prepared
from clinicdesk.storage.records import UnitOfWork

_VALUES = attrgetter(*DIMENSIONS)  # astuple copies deeply, ten times slower
_LAST = (
    sa.select(entry.c.seq, entry.c.hash, entry.c.posted_at).order_by(entry.c.seq.desc()).limit(1)
)
_PREFIX = {
    "receipt": "R-",
    "statement": "S-",
    "invoice": "I-",
    "credit_note": "C-",
    "deposit": "D-",
    "chart": "",
}
_CHUNK = 400  # bound names in one IN list

_FEW = 8  # so many are asked for one by one, with a statement compiled already

# By table and dialect: telling such a statement costs more than running it, at every posting.
_ADDING: dict[tuple[str, str], Any] = {}
_TAKING: dict[str, Prepared] = {}


class _Refused:
    """Asks whether any of some ids has come to what is refused."""

    def __init__(self, column: sa.Column[int], refused: sa.Select[Any]) -> None:
        self._column, self._refused = column, refused.limit(sa.literal_column("1"))
        self._one = Prepared(self._refused.where(column == sa.bindparam("id", type_=column.type)))

    def any(self, work: UnitOfWork, ids: set[int]) -> bool:
        """Return whether there is one."""
        if len(ids) <= _FEW:
            return any(self._one.rows(work, id=number) for number in ids)
        wanted = sorted(ids)
        chunks = (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
        return any(
            work.execute(self._refused.where(self._column.in_(chunk))).first() for chunk in chunks
        )


def _negative(table: sa.Table, column: sa.Column[int]) -> _Refused:
    return _Refused(column, sa.select(column).where(table.c.amount_minor < sa.literal_column("0")))


_NEGATIVE_OPEN = _negative(open_amount, open_amount.c.charge_id)
_NEGATIVE_CREDIT = _negative(credit_amount, credit_amount.c.receipt_id)
_TAKEN_OFF = _Refused(
    posting.c.receipt_id,
    sa.select(posting.c.receipt_id)
    .where(posting.c.account.in_([sa.literal_column(f"'{number}'") for number in RECEIVABLES]))
    .group_by(posting.c.receipt_id, posting.c.charge_id, posting.c.party_kind, posting.c.party_id)
    .having(sa.func.sum(posting.c.amount_minor) > sa.literal_column("0")),
)


class LedgerRepository:
    """The only writer of the ledger's tables."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def seed(self, accounts: Sequence[Mapping[str, str]]) -> None:
        """Write the chart of accounts into a new file."""
        self._work.execute(account.insert(), list(accounts))

    def plan(self, number: str, month: Month, amount_minor: int | None) -> int | None:
        """Write one cell of the budget; return what stood there."""
        cell = (budget.c.account == number, budget.c.month == str(month))
        before = self._work.execute(sa.select(budget.c.amount_minor).where(*cell)).scalar()
        self._work.execute(budget.delete().where(*cell))
        if amount_minor is not None:
            self._work.execute(
                budget.insert().values(account=number, month=str(month), amount_minor=amount_minor)
            )
        return before

    def add_entries(self, drafts: Sequence[EntryDraft]) -> list[int]:
        """Write entries in order and return their ids, which are their sequence numbers.

        Raises:
            ReceivableOverpaid: a charge's receivable of one party would end below zero.
            CreditOverdrawn: a receipt's credit would end below zero.
            NotOnCharge: more of a receipt would be taken off a charge than was put on it.
        """
        last = self._work.execute(_LAST).one_or_none()
        seq, previous, posted_at = tuple(last) if last else (0, GENESIS, None)
        entry_rows: list[dict[str, Any]] = []
        posting_rows: list[dict[str, Any]] = []
        for draft in drafts:
            seq += 1
            instant = draft.posted_at or self._work.now
            posted_at = instant if posted_at is None else max(instant, posted_at)
            row = self._entry_row(draft, seq, posted_at)
            row["previous_hash"] = previous
            previous = row["hash"] = chain(
                previous, hashed_fields(_head(row), map(_VALUES, draft.postings))
            )
            entry_rows.append(row)
            posting_rows.extend(
                {"entry_id": seq, "line": line, **_plain(item)}
                for line, item in enumerate(draft.postings, 1)
            )
            self._work.note(ENTRIES, seq)
        self._work.execute(posting.insert(), posting_rows)
        self._work.execute(entry.insert(), entry_rows)
        self._derive(drafts)
        return [row["seq"] for row in entry_rows]

    def add_receipts(self, drafts: Sequence[ReceiptDraft]) -> list[ReceiptRow]:
        """Number and write receipts."""
        numbers = self.take_numbers("receipt", len(drafts))
        first = (self._work.execute(sa.select(sa.func.max(receipt.c.id))).scalar() or 0) + 1
        rows = [
            {
                "id": first + place,
                "number": number,
                "deposit_id": None,
                **{field.name: getattr(draft, field.name) for field in fields(ReceiptDraft)},
                "created_at": draft.created_at or self._work.now,
                "created_by": draft.created_by or self._work.actor.user_id,
            }
            for place, (draft, number) in enumerate(zip(drafts, numbers, strict=True))
        ]
        if rows:
            self._work.execute(receipt.insert(), rows)
        return [ReceiptRow(row["id"], row["number"]) for row in rows]

    def take_numbers(self, key: str, count: int) -> list[str]:
        """Take numbers of a gapless series; a rollback gives them back."""
        prefix = _PREFIX.get(key, key[:1].upper() + "-")
        dialect = self._work.connection.dialect.name
        if dialect not in _TAKING:
            _TAKING[dialect] = Prepared(_taking(self._work.connection))
        ((last, kept),) = _TAKING[dialect].rows(self._work, key=key, prefix=prefix, last=count)
        return [f"{kept}{number}" for number in range(last - count + 1, last + 1)]

    def add_paper(self, values: Mapping[str, Any], body: bytes) -> int:
        """Keep the bytes of an issued paper with their digest."""
        done = self._work.execute(
            issued_paper.insert().values(
                body=body,
                digest=hashlib.sha256(body).digest(),
                issued_at=self._work.now,
                issued_by=self._work.actor.user_id,
                **values,
            )
        )
        key = done.inserted_primary_key
        return int(key[0]) if key else 0

    def add_period(self, values: Mapping[str, Any]) -> int:
        """Close a span of days for postings, or open it again, and return the row's id."""
        done = self._work.execute(period.insert().values({"state": "closed"} | dict(values)))
        key = done.inserted_primary_key
        return int(key[0]) if key else 0

    def mark_deposited(self, deposit_id: int, methods: Sequence[str], until: date) -> None:
        """Put the deposit on every receipt of these methods that has none yet."""
        self._work.execute(
            receipt.update()
            .where(
                receipt.c.deposit_id.is_(None),
                receipt.c.received_on <= until,
                receipt.c.method.in_(methods),
            )
            .values(deposit_id=deposit_id)
        )

    def rebuild(self) -> None:
        """Make the derived tables anew from the postings."""
        for derived in (open_amount, credit_amount, day_total):
            self._work.execute(derived.delete())
        rows = self._work.execute(
            sa.select(entry.c.business_on, *(posting.c[name] for name in DIMENSIONS)).join_from(
                posting, entry, entry.c.id == posting.c.entry_id
            )
        )
        self._add_up((row[0], _draft(row[1:])) for row in rows)

    def _entry_row(self, draft: EntryDraft, seq: int, posted_at: datetime) -> dict[str, Any]:
        return {
            "id": seq,
            "seq": seq,
            "business_on": draft.business_on,
            "posted_at": posted_at,
            "user_id": draft.user_id or self._work.actor.user_id,
            "kind": draft.kind,
            "memo": draft.memo,
            "source": draft.source,
            "reverses_id": draft.reverses_id,
            "idempotency_key": draft.key,
        }

    def _derive(self, drafts: Sequence[EntryDraft]) -> None:
        charges, receipts = self._add_up((d.business_on, p) for d in drafts for p in d.postings)
        if _NEGATIVE_OPEN.any(self._work, charges):
            raise ReceivableOverpaid
        if _NEGATIVE_CREDIT.any(self._work, receipts):
            raise CreditOverdrawn
        taken_off = {
            p.receipt_id
            for d in drafts
            for p in d.postings
            if p.account in RECEIVABLES and p.receipt_id is not None and p.amount_minor > 0
        }
        # What a receipt pays on a charge never turns into a debt, however it is taken back.
        if _TAKEN_OFF.any(self._work, taken_off):
            raise NotOnCharge

    def _add_up(self, items: Iterable[tuple[date, PostingDraft]]) -> tuple[set[int], set[int]]:
        opened: defaultdict[tuple[Any, ...], int] = defaultdict(int)
        credited: defaultdict[tuple[Any, ...], int] = defaultdict(int)
        totals: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
        for day, item in items:
            party = (item.party_kind, item.party_id)
            if item.account in RECEIVABLES:
                opened[item.charge_id, item.account, *party, item.patient_id] += item.amount_minor
            elif item.account in CREDITS:
                credited[item.receipt_id, item.account, *party, item.patient_id] -= (
                    item.amount_minor
                )
            payer = item.party_id if item.party_kind == "payer" else 0
            total = totals[
                (day, item.account, item.cause, item.party_kind or "", payer, item.provider_id or 0)
            ]
            total[0] += item.amount_minor
            total[1] += 1
        self._upsert(
            open_amount,
            ("charge_id", "account", "party_kind", "party_id", "patient_id"),
            [(*key, amount) for key, amount in opened.items()],
        )
        self._upsert(
            credit_amount,
            ("receipt_id", "account", "party_kind", "party_id", "patient_id"),
            [(*key, amount) for key, amount in credited.items()],
        )
        self._upsert(
            day_total,
            ("business_on", "account", "cause", "party_kind", "payer_id", "provider_id"),
            [(*key, *total) for key, total in totals.items()],
        )
        return {key[0] for key in opened}, {key[0] for key in credited}

    def _upsert(self, table: sa.Table, keys: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        if not rows:
            return
        sums = [name for name in ("amount_minor", "count") if name in table.c]
        names = (*keys, *sums)
        kind = (table.name, self._work.connection.dialect.name)
        if kind not in _ADDING:
            adding = insert(table, self._work.connection)
            _ADDING[kind] = adding.on_conflict_do_update(
                index_elements=[column.name for column in table.primary_key],
                set_={name: table.c[name] + adding.excluded[name] for name in sums},
            )
        self._work.execute(_ADDING[kind], [dict(zip(names, row, strict=True)) for row in rows])


def _taking(connection: sa.Connection) -> Any:
    names = {own.name: sa.bindparam(own.name, type_=own.type) for own in series.c}
    adding = insert(series, connection).values(names)
    return adding.on_conflict_do_update(
        index_elements=["key"], set_={"last": series.c.last + adding.excluded["last"]}
    ).returning(series.c.last, series.c.prefix)


def _head(row: Mapping[str, Any]) -> list[Field]:
    values = (row[name] for name in HEAD)
    return [value.isoformat() if isinstance(value, date) else value for value in values]


def _draft(values: Sequence[Any]) -> PostingDraft:
    return PostingDraft(**dict(zip(DIMENSIONS, values, strict=True)))


def _plain(item: PostingDraft) -> dict[str, Any]:
    return {name: getattr(item, name) for name in DIMENSIONS}
