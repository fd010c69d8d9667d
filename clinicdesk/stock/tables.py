# SPDX-License-Identifier: Apache-2.0
"""Supplies: items, lots, places and append-only movements. Units are whole smallest units."""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import (
    Count,
    Day,
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

supplier = table(
    "supplier",
    id_column(),
    sa.Column("name", Text, nullable=False),
    sa.Column("phone", Text, nullable=False, server_default=""),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
)

item = table(
    "item",
    id_column(),
    sa.Column("name", Text, nullable=False),
    sa.Column("folded_name", Text, nullable=False),
    sa.Column("unit", Text, nullable=False),  # smallest unit: glove, dose
    sa.Column("pack_unit", Text, nullable=False, server_default=""),
    sa.Column("pack_size", Count, nullable=False, server_default="1"),  # smallest units in a pack
    sa.Column("par_min", Count, nullable=False, server_default="0"),
    sa.Column("par_max", Count, nullable=False, server_default="0"),
    ref("supplier_id", "supplier", nullable=True),
    sa.Column("tracks_lots", Flag, nullable=False, server_default="0"),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
)

place = table(
    "place",
    id_column(),
    sa.Column("name", Text, nullable=False),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
)

lot = table(
    "lot",
    id_column(),
    ref("item_id", "item"),
    sa.Column("number", Text, nullable=False),
    sa.Column("expires_on", Day, nullable=True),
    sa.UniqueConstraint("item_id", "number", name="uq_lot_number"),
)

movement = table(
    "movement",
    id_column(),
    sa.Column("seq", Id, nullable=False, unique=True),
    ref("item_id", "item"),
    ref("lot_id", "lot", nullable=True),
    ref("place_id", "place"),
    sa.Column("kind", Text, nullable=False),  # receive, use, transfer, adjust, discard, count
    sa.Column("quantity", Count, nullable=False),  # smallest units, signed
    sa.Column("unit_cost_minor", MinorUnits, nullable=False),
    ref("posting_id", "posting", nullable=True),
    ref("visit_id", "visit", nullable=True),
    sa.Column("reason", Text, nullable=True),
    sa.Column("business_on", Day, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by_user_id", Id, nullable=False),
    ref("reverses_id", "movement", nullable=True, unique=True),
    sa.CheckConstraint("quantity <> 0", name="quantity"),
    sa.Index("ix_movement_item", "item_id", "lot_id", "place_id"),
)

# Derived; verify rebuilds and compares.
on_hand = table(
    "on_hand",
    sa.Column("item_id", Id, sa.ForeignKey("item.id"), primary_key=True),
    sa.Column("lot_id", Id, primary_key=True),  # 0 = no lot
    sa.Column("place_id", Id, sa.ForeignKey("place.id"), primary_key=True),
    sa.Column("quantity", Count, nullable=False),
)
