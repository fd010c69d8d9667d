# SPDX-License-Identifier: Apache-2.0
"""Tables of the filing room itself: the clinic, settings, words, audit, idempotency."""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import (
    Count,
    Day,
    Digest,
    Flag,
    Id,
    Instant,
    Text,
    id_column,
    table,
    version_column,
)

# One row. Currency, zone and country are fixed after the first posting (decisions.md, Money).
clinic = table(
    "clinic",
    sa.Column("id", Id, primary_key=True, autoincrement=False),
    sa.Column("clinic_uuid", Text, nullable=False),
    sa.Column("name", Text, nullable=False),
    sa.Column("address", Text, nullable=False, server_default=""),
    sa.Column("phone", Text, nullable=False, server_default=""),
    sa.Column("tax_number", Text, nullable=False, server_default=""),
    sa.Column("country", Text, nullable=False),
    sa.Column("currency", Text, nullable=False),
    sa.Column("zone", Text, nullable=False),
    sa.Column("language", Text, nullable=False),
    sa.Column("epoch", Count, nullable=False, server_default="1"),
    sa.Column("demo", Flag, nullable=False, server_default="0"),
    sa.Column("created_at", Instant, nullable=False),
    version_column(),
    sa.CheckConstraint("id = 1", name="one_row"),
)

setting = table(
    "setting",
    sa.Column("key", Text, primary_key=True),
    sa.Column("value", Text, nullable=False),
    version_column(),
)

# The clinic's own words for reasons, types and roles: (kind, key) is stable, wording is theirs.
word = table(
    "word",
    sa.Column("kind", Text, primary_key=True),
    sa.Column("key", Text, primary_key=True),
    sa.Column("language", Text, primary_key=True),
    sa.Column("wording", Text, nullable=False),
)

reason = table(
    "reason",
    sa.Column(
        "kind", Text, primary_key=True
    ),  # cancel, adjustment, write_off, reversal, refund, transfer, discard
    sa.Column("key", Text, primary_key=True),
    sa.Column("account", Text, nullable=True),  # chart of accounts number, for money reasons
    sa.Column("position", Count, nullable=False),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
)

# Identifiers of foreign systems; what makes every import repeatable.
external_id = table(
    "external_id",
    sa.Column("source", Text, primary_key=True),
    sa.Column("kind", Text, primary_key=True),
    sa.Column("value", Text, primary_key=True),
    sa.Column("object_id", Id, nullable=False),
    sa.Index("ix_external_id_object", "kind", "object_id"),
)

# Every command's key and result: the same key gives the same result.
command = table(
    "command",
    sa.Column("key", Text, primary_key=True),
    sa.Column("action", Text, nullable=False),
    sa.Column("result", Text, nullable=False),  # JSON of what the service returned: ids only
    sa.Column("at", Instant, nullable=False),
)

# Append-only (triggers). seq has no gaps; hash = chain(previous_hash, canonical fields).
audit = table(
    "audit",
    sa.Column("seq", Id, primary_key=True, autoincrement=False),
    sa.Column("epoch", Count, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("business_on", Day, nullable=False),
    sa.Column("user_id", Id, nullable=False),
    sa.Column("user_name", Text, nullable=False),
    sa.Column("role", Text, nullable=False),
    sa.Column("sitting", Text, nullable=False),
    sa.Column("action", Text, nullable=False),  # code, room.verb
    sa.Column("object_kind", Text, nullable=False),
    sa.Column("object_id", Id, nullable=True),
    sa.Column("patient_id", Id, nullable=True),
    sa.Column(
        "category", Text, nullable=False
    ),  # administrative, demographic, clinical, financial, security
    sa.Column("before", Text, nullable=True),  # JSON object of typed fields
    sa.Column("after", Text, nullable=True),
    sa.Column("reason", Text, nullable=True),
    sa.Column("outcome", Text, nullable=False),  # done, refused, failed
    sa.Column("program", Text, nullable=False),
    sa.Column("key_hint", Digest, nullable=True),  # for the forward-secure key of a later issue
    sa.Column("previous_hash", Digest, nullable=False),
    sa.Column("hash", Digest, nullable=False),
    sa.Index("ix_audit_object", "object_kind", "object_id"),
    sa.Index("ix_audit_patient", "patient_id"),
    sa.Index("ix_audit_at", "at"),
)

# Outside anchors of the audit chain (a later issue prints them).
anchor = table(
    "anchor",
    id_column(),
    sa.Column("epoch", Count, nullable=False),
    sa.Column("seq", Id, nullable=False),
    sa.Column("hash", Digest, nullable=False),
    sa.Column("where_kept", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)

# Unfinished typing, per user and panel; encrypted with everything else.
draft = table(
    "draft",
    sa.Column("user_id", Id, primary_key=True),
    sa.Column("panel", Text, primary_key=True),
    sa.Column("body", Text, nullable=False),
    sa.Column("at", Instant, nullable=False),
)
