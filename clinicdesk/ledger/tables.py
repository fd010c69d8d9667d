# SPDX-License-Identifier: Apache-2.0
"""Accounts, entries, postings, receipts, periods, number series and issued papers.

Entries and postings are never changed or deleted (triggers in storage.dialect).
"""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import (
    Count,
    Day,
    Digest,
    Flag,
    Id,
    Instant,
    MinorUnits,
    Text,
    id_column,
    ref,
    table,
    version_column,
)  # fmt: skip

account = table(
    "account",
    sa.Column("number", Text, primary_key=True),
    sa.Column("name", Text, nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("normal_side", Text, nullable=False),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
)

entry = table(
    "entry",
    id_column(),
    sa.Column("seq", Id, nullable=False, unique=True),
    sa.Column("business_on", Day, nullable=False),
    sa.Column("posted_at", Instant, nullable=False),  # never decreasing
    sa.Column("user_id", Id, nullable=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("memo", Text, nullable=False, server_default=""),
    sa.Column("source", Text, nullable=False, server_default=""),  # desk, demo, import:synthea ...
    ref("reverses_id", "entry", nullable=True, unique=True),
    sa.Column("idempotency_key", Text, nullable=False, unique=True),
    sa.Column("previous_hash", Digest, nullable=False),
    sa.Column("hash", Digest, nullable=False),
    sa.Index("ix_entry_business", "business_on", "seq"),
)

# amount_minor: debit positive. One posting per cause. entry_id is deferred: postings come first.
posting = table(
    "posting",
    id_column(),
    sa.Column(
        "entry_id",
        Id,
        sa.ForeignKey("entry.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
    ),
    sa.Column("line", Count, nullable=False),  # 1, 2, ... within the entry
    sa.Column("account", Text, sa.ForeignKey("account.number"), nullable=False),
    sa.Column("amount_minor", MinorUnits, nullable=False),
    sa.Column("cause", Text, nullable=False),
    ref("patient_id", "patient", nullable=True),
    sa.Column("party_kind", Text, nullable=True),  # guarantor, payer, agency
    sa.Column("party_id", Id, nullable=True),  # patient.id for guarantor, payer.id otherwise
    ref("charge_id", "charge", nullable=True),
    ref("receipt_id", "receipt", nullable=True),
    sa.Column("reason_code", Text, nullable=True),
    ref("provider_id", "staff_member", nullable=True),
    sa.Column("method", Text, nullable=True),
    sa.Column("till", Text, nullable=True),
    sa.Column("tax_code", Text, nullable=True),
    sa.Column("package_id", Id, nullable=True),
    sa.Column("supplier_id", Id, nullable=True),
    sa.Column("budget_line", Text, nullable=True),
    sa.Column("stock_item_id", Id, nullable=True),
    ref("reverses_posting_id", "posting", nullable=True),
    sa.CheckConstraint("amount_minor <> 0", name="amount"),
    sa.CheckConstraint("(party_kind IS NULL) = (party_id IS NULL)", name="party"),
    sa.UniqueConstraint("entry_id", "line", name="uq_posting_entry_line"),
    sa.Index("ix_posting_account", "account", "entry_id", "amount_minor"),
    sa.Index("ix_posting_charge", "charge_id"),
    sa.Index("ix_posting_patient", "patient_id", "entry_id"),
    sa.Index("ix_posting_receipt", "receipt_id"),
)

receipt = table(
    "receipt",
    id_column(),
    sa.Column("number", Text, nullable=False, unique=True),
    sa.Column("received_on", Day, nullable=False),
    sa.Column("method", Text, nullable=False),  # cash, card, cheque, transfer
    sa.Column("amount_minor", MinorUnits, nullable=False),
    ref("patient_id", "patient", nullable=True),
    sa.Column("party_kind", Text, nullable=False),  # guarantor, payer, agency
    sa.Column("party_id", Id, nullable=False),
    sa.Column("reference", Text, nullable=False, server_default=""),
    sa.Column("till", Text, nullable=False, server_default="desk"),
    sa.Column("deposit_id", Id, nullable=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("created_by", Id, nullable=False),
    sa.CheckConstraint("amount_minor > 0", name="amount"),
    sa.Index("ix_receipt_received", "received_on"),
    sa.Index("ix_receipt_patient", "patient_id"),
)

# Gapless numbers, taken in the same transaction as what carries them.
series = table(
    "series",
    sa.Column(
        "key", Text, primary_key=True
    ),  # receipt, invoice, credit_note, statement, deposit, chart
    sa.Column("prefix", Text, nullable=False),
    sa.Column("last", Count, nullable=False, server_default="0"),
)

# What was handed out: the very bytes, for reprints marked COPY and for proof.
issued_paper = table(
    "issued_paper",
    id_column(),
    sa.Column("kind", Text, nullable=False),  # receipt, statement, month_end ...
    sa.Column("number", Text, nullable=True),
    sa.Column("object_kind", Text, nullable=False),
    sa.Column("object_id", Id, nullable=True),
    sa.Column("parameters", Text, nullable=False),  # JSON
    sa.Column("body", sa.LargeBinary, nullable=False),
    sa.Column("digest", Digest, nullable=False),  # SHA-256 of body
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("issued_by", Id, nullable=False),
    sa.UniqueConstraint("kind", "number", name="uq_issued_paper_number"),
)

# A closed day or month. Absent row = open.
period = table(
    "period",
    id_column(),
    sa.Column("kind", Text, nullable=False),  # day, month
    sa.Column("first_on", Day, nullable=False),
    sa.Column("last_on", Day, nullable=False),
    sa.Column("state", Text, nullable=False),  # closed, reopened
    sa.Column("closed_at", Instant, nullable=False),
    sa.Column("closed_by", Id, nullable=False),
    sa.Column("last_seq", Id, nullable=False),
    sa.Column("figures", Text, nullable=False),  # JSON of the totals signed
    sa.Column("digest", Digest, nullable=False),
    sa.Column("reason", Text, nullable=True),  # of reopening
    sa.Index("ix_period_first", "kind", "first_on"),
)

# ---- derived, kept for speed, never a source of truth; verify rebuilds and compares them ----

open_amount = table(
    "open_amount",
    sa.Column("charge_id", Id, sa.ForeignKey("charge.id"), primary_key=True),
    sa.Column("account", Text, primary_key=True),
    sa.Column("party_kind", Text, primary_key=True),
    sa.Column("party_id", Id, primary_key=True),
    sa.Column("patient_id", Id, nullable=False),
    sa.Column("amount_minor", MinorUnits, nullable=False),
    sa.Index(
        "ix_open_amount_party",
        "party_kind",
        "party_id",
        sqlite_where=sa.text("amount_minor <> 0"),
    ),
    sa.Index(
        "ix_open_amount_open",
        "patient_id",
        "party_kind",
        "amount_minor",
        sqlite_where=sa.text("amount_minor <> 0"),
    ),
)

credit_amount = table(
    "credit_amount",
    sa.Column("receipt_id", Id, sa.ForeignKey("receipt.id"), primary_key=True),
    sa.Column("account", Text, primary_key=True),  # 2100 or 2110
    sa.Column("party_kind", Text, primary_key=True),
    sa.Column("party_id", Id, primary_key=True),
    sa.Column("patient_id", Id, nullable=True),
    sa.Column("amount_minor", MinorUnits, nullable=False),  # positive = held for them
    sa.Index("ix_credit_amount_patient", "patient_id"),
)

day_total = table(
    "day_total",
    sa.Column("business_on", Day, primary_key=True),
    sa.Column("account", Text, primary_key=True),
    sa.Column("cause", Text, primary_key=True),
    sa.Column("party_kind", Text, primary_key=True),  # "" = none
    sa.Column("payer_id", Id, primary_key=True),  # 0 = none
    sa.Column("provider_id", Id, primary_key=True),  # 0 = none
    sa.Column("amount_minor", MinorUnits, nullable=False),
    sa.Column("count", Count, nullable=False),
)

budget = table(
    "budget",
    sa.Column("account", Text, sa.ForeignKey("account.number"), primary_key=True),
    sa.Column("month", Text, primary_key=True),  # YYYY-MM
    sa.Column("amount_minor", MinorUnits, nullable=False),
    version_column(),
)
