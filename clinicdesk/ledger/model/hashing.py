# SPDX-License-Identifier: Apache-2.0
"""What an entry's link in the chain covers; writing and proving share this one definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields

from clinicdesk.kernel.canonical import Field
from clinicdesk.ledger.model.entries import PostingDraft

# Dates and instants are hashed as ISO text, instants in UTC to the microsecond.
HEAD = (
    "seq", "business_on", "posted_at", "user_id", "kind", "memo", "source", "reverses_id",
    "idempotency_key",
)  # fmt: skip
DIMENSIONS = tuple(field.name for field in fields(PostingDraft))


def hashed_fields(head: Sequence[Field], items: Iterable[Sequence[Field]]) -> Iterator[Field]:
    """Return an entry's own fields (``HEAD``), then each posting's (``DIMENSIONS``) in order."""
    yield from head
    for item in items:
        yield from item
