# SPDX-License-Identifier: Apache-2.0
"""What is handed to the ledger, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.identity import new_key

ENTRIES = Topic("ledger.entries")

CAUSES = frozenset(
    {
        *("charge", "payment", "contractual", "adjustment", "transfer", "take-back", "returned"),
        *(
            "refund",
            "package",
            "discount",
            "tax",
            "interest",
            "write-off",
            "supplies",
            "expense",
            "till",
        ),
    }
)
PARTIES = frozenset({"guarantor", "payer", "agency"})


@dataclass(frozen=True, slots=True)
class PostingDraft:
    """One posting to be.

    Attributes:
        amount_minor: signed, debit positive, never zero.
        cause: one of ``CAUSES``.
        party_kind: one of ``PARTIES``; None where nobody owes or is owed.
        party_id: a patient id for a guarantor, else a payer id.
    """

    account: str
    amount_minor: int
    cause: str
    patient_id: int | None = None
    party_kind: str | None = None
    party_id: int | None = None
    charge_id: int | None = None
    receipt_id: int | None = None
    reason_code: str | None = None
    provider_id: int | None = None
    method: str | None = None
    till: str | None = None
    tax_code: str | None = None
    package_id: int | None = None
    supplier_id: int | None = None
    budget_line: str | None = None
    stock_item_id: int | None = None
    reverses_posting_id: int | None = None


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One entry to be.

    Attributes:
        kind: charge, payment, allocation, adjustment, write_off, transfer, refund, returned,
            take_back, package, stock, reversal ...
        source: desk, demo, import:synthea ...
        posted_at: only for imports and the demo; None takes the unit's instant.
        user_id: only for imports and the demo; None takes the actor.
    """

    kind: str
    business_on: date
    postings: tuple[PostingDraft, ...]
    memo: str = ""
    source: str = "desk"
    reverses_id: int | None = None
    posted_at: datetime | None = None
    user_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ReceiptDraft:
    """Money that came in, before it has a number.

    Attributes:
        created_at: only for imports and the demo; None takes the unit's instant.
        created_by: only for imports and the demo; None takes the actor.
    """

    received_on: date
    method: str
    amount_minor: int
    party_kind: str
    party_id: int
    patient_id: int | None = None
    reference: str = ""
    till: str = "desk"
    created_at: datetime | None = None
    created_by: int | None = None


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A numbered receipt."""

    id: int
    number: str
