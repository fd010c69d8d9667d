# SPDX-License-Identifier: Apache-2.0
"""Posting to the books. Other departments call this inside their own units of work."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from clinicdesk.kernel.checks import Check
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger import queries
from clinicdesk.ledger.model import (
    CHART,
    AlreadyReversed,
    EntryDraft,
    IsReversal,
    PeriodClosed,
    PostingDraft,
    ReasonNeeded,
    ReceiptDraft,
    ReceiptRow,
    TodayClosed,
    validate,
)
from clinicdesk.ledger.repository import LedgerRepository
from clinicdesk.storage.records import Reading, Records, UnitOfWork


class Ledger:
    """The books, as other departments use them. Any thread."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def seed(self, work: UnitOfWork) -> None:
        """Write the chart of accounts into a new clinic."""
        LedgerRepository(work).seed(
            [
                {
                    "number": account.number,
                    "name": account.name,
                    "kind": account.kind,
                    "normal_side": account.normal_side,
                }
                for account in CHART
            ]
        )

    def add_account(self, work: UnitOfWork, number: str, name: str, kind: str) -> None:
        """Add an account with a debit side to the chart; its number must be free."""
        LedgerRepository(work).seed(
            [{"number": number, "name": name, "kind": kind, "normal_side": "debit"}]
        )

    def plan(
        self, work: UnitOfWork, cells: Sequence[tuple[str, Month, int | None]]
    ) -> list[int | None]:
        """Write what is planned per account and month; return what was planned before.

        Amounts are in the account's normal direction; None takes a plan away.
        """
        return [LedgerRepository(work).plan(*cell) for cell in cells]

    def post(self, work: UnitOfWork, draft: EntryDraft) -> int:
        """Write one entry and return its id; see ``post_many``."""
        return self.post_many(work, [draft])[0]

    def post_many(self, work: UnitOfWork, drafts: Sequence[EntryDraft]) -> list[int]:
        """Write entries in order; the negative-balance rules hold after the last one.

        Raises:
            PeriodClosed: a business day lies in a closed period.
            ReceivableOverpaid: more is taken off a charge than was open.
            CreditOverdrawn: more is used of a receipt than was left.
            NotOnCharge: more of a receipt is taken off a charge than was put on it.
        """
        if not drafts:
            return []
        for draft in drafts:
            validate(draft)
        for day in {draft.business_on for draft in drafts}:
            self.require_open(work, day)
        return LedgerRepository(work).add_entries(drafts)

    def require_open(self, reading: Reading, day: date) -> None:
        """Raise ``PeriodClosed`` unless the day may be posted to."""
        if queries.is_closed(reading, day):
            refusal = PeriodClosed if day < reading.today else TodayClosed
            raise refusal(day=day)

    def new_receipt(self, work: UnitOfWork, draft: ReceiptDraft) -> ReceiptRow:
        """Give money that came in its number."""
        return LedgerRepository(work).add_receipts([draft])[0]

    def new_receipts(self, work: UnitOfWork, drafts: Sequence[ReceiptDraft]) -> list[ReceiptRow]:
        """Give many receipts their numbers, in order."""
        return LedgerRepository(work).add_receipts(drafts)

    def next_number(self, work: UnitOfWork, series: str) -> str:
        """Take the next number of a gapless series."""
        return self.next_numbers(work, series, 1)[0]

    def next_numbers(self, work: UnitOfWork, series: str, count: int) -> list[str]:
        """Take several numbers of a gapless series."""
        return LedgerRepository(work).take_numbers(series, count) if count else []

    def reversal(
        self, reading: Reading, entry_id: int, *, business_on: date, reason: str, key: str
    ) -> EntryDraft:
        """Return the mirror of an entry.

        Raises:
            AlreadyReversed: it has one.
            IsReversal: it is one.
            ReasonNeeded: no reason is given.
        """
        if not reason.strip():
            raise ReasonNeeded(field="reason")
        if queries.reverses(reading, entry_id) is not None:
            raise IsReversal
        if queries.reversed_by(reading, entry_id) is not None:
            raise AlreadyReversed
        mirrored = tuple(
            PostingDraft(
                **{**row.dimensions, "amount_minor": -row.dimensions["amount_minor"]}
                | {"reverses_posting_id": row.id, "reason_code": reason}
            )
            for row in queries.postings_of(reading, entry_id)
        )
        return EntryDraft(
            kind="reversal",
            business_on=business_on,
            postings=mirrored,
            memo=reason,
            reverses_id=entry_id,
            key=key,
        )

    def issue_paper(
        self,
        work: UnitOfWork,
        *,
        kind: str,
        number: str | None,
        object_kind: str,
        object_id: int | None,
        parameters: Mapping[str, Any],
        body: bytes,
    ) -> int:
        """Keep what was handed out, byte for byte, and return the paper's id."""
        values = {
            "kind": kind,
            "number": number,
            "object_kind": object_kind,
            "object_id": object_id,
            "parameters": json.dumps(dict(parameters), sort_keys=True),
        }
        return LedgerRepository(work).add_paper(values, body)

    def close_period(
        self,
        work: UnitOfWork,
        *,
        kind: str,
        first_on: date,
        last_on: date,
        closed_at: datetime,
        last_seq: int,
        figures: Mapping[str, Any],
    ) -> int:
        """Close days for postings and keep the figures that were signed; return its id."""
        text = json.dumps(dict(figures), sort_keys=True)
        return LedgerRepository(work).add_period(
            {
                "kind": kind,
                "first_on": first_on,
                "last_on": last_on,
                "closed_at": closed_at,
                "closed_by": work.actor.user_id,
                "last_seq": last_seq,
                "figures": text,
                "digest": hashlib.sha256(text.encode()).digest(),
            }
        )

    def reopen_period(
        self, work: UnitOfWork, *, kind: str, first_on: date, last_on: date, reason: str
    ) -> int:
        """Say that a closed span is open again; what was signed stays where it is."""
        return LedgerRepository(work).add_period(
            {
                "kind": kind,
                "first_on": first_on,
                "last_on": last_on,
                "state": "reopened",
                "closed_at": work.now,
                "closed_by": work.actor.user_id,
                "last_seq": 0,
                "figures": "{}",
                "digest": hashlib.sha256(b"{}").digest(),
                "reason": reason,
            }
        )

    def mark_deposited(
        self, work: UnitOfWork, deposit_id: int, methods: Sequence[str], until: date
    ) -> None:
        """Note which receipts went to the bank with a deposit: all that had not yet."""
        LedgerRepository(work).mark_deposited(deposit_id, methods, until)

    def rebuild_derived(self, work: UnitOfWork) -> None:
        """Make open amounts, credits and day totals anew from the postings."""
        LedgerRepository(work).rebuild()

    def checks(self, reading: Reading) -> tuple[Check, ...]:
        """Prove the books: sums, hashes, derived tables, series."""
        return queries.proofs.checks(reading)
