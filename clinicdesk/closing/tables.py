# SPDX-License-Identifier: Apache-2.0
"""Counts of the till and deposits at the bank; written once."""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import (
    Day,
    Id,
    Instant,
    MinorUnits,
    Text,
    id_column,
    ref,
    table,
)  # fmt: skip

deposit = table(
    "deposit",
    id_column(),
    sa.Column("number", Text, nullable=False, unique=True),
    sa.Column("made_on", Day, nullable=False),
    sa.Column("cash_minor", MinorUnits, nullable=False),
    sa.Column("cheques_minor", MinorUnits, nullable=False),
    ref("entry_id", "entry"),
)

till_count = table(
    "till_count",
    id_column(),
    sa.Column("counted_on", Day, nullable=False),
    sa.Column("till", Text, nullable=False, server_default="desk"),
    sa.Column("pieces", Text, nullable=False),  # JSON: [[denomination in minor units, count], ...]
    sa.Column("cash_minor", MinorUnits, nullable=False),
    sa.Column("expected_minor", MinorUnits, nullable=False),
    sa.Column("float_minor", MinorUnits, nullable=False),  # stays in the drawer
    sa.Column("cards_minor", MinorUnits, nullable=False),
    sa.Column("expected_cards_minor", MinorUnits, nullable=False),
    sa.Column("cheques_minor", MinorUnits, nullable=False),
    sa.Column("expected_cheques_minor", MinorUnits, nullable=False),
    sa.Column("reason", Text, nullable=False, server_default=""),
    ref("entry_id", "entry", nullable=True),  # what was over or short
    ref("deposit_id", "deposit", nullable=True),
    sa.Column("counted_by", Id, nullable=False),
    sa.Column("counted_at", Instant, nullable=False),
    sa.Index("ix_till_count_day", "counted_on"),
)
