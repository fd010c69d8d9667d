# SPDX-License-Identifier: Apache-2.0
"""Expenses: the document beside its entries. The budget's table belongs to the ledger."""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import Day, Id, MinorUnits, Text, id_column, ref, table

# Written once; only payment and taking back fill in their entries later.
expense = table(
    "expense",
    id_column(),
    ref("entry_id", "entry"),
    sa.Column("spent_on", Day, nullable=False),
    ref("supplier_id", "supplier"),
    sa.Column("account", Text, sa.ForeignKey("account.number"), nullable=False),
    sa.Column("amount_minor", MinorUnits, nullable=False),  # tax included
    sa.Column("tax_minor", MinorUnits, nullable=False, server_default="0"),
    sa.Column("paid_from", Text, nullable=False),  # 1000, 1010, 2000 = to be paid
    sa.Column("document", Text, nullable=False, server_default=""),
    sa.Column("memo", Text, nullable=False, server_default=""),
    sa.Column("due_on", Day, nullable=True),
    sa.Column("paid_on", Day, nullable=True),
    ref("paid_entry_id", "entry", nullable=True),
    ref("taken_back_entry_id", "entry", nullable=True),
    sa.Column("entered_by", Id, nullable=False),
    sa.Index("ix_expense_spent_on", "spent_on"),
)
