# SPDX-License-Identifier: Apache-2.0
"""Supplies: items, lots, places, kits, orders and append-only movements.

Quantities are whole smallest units.
"""

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
    sa.Column("code", Text, nullable=False, server_default=""),  # GTIN or the supplier's number
    sa.Column("unit", Text, nullable=False),  # smallest unit: glove, dose
    sa.Column("pack_unit", Text, nullable=False, server_default=""),
    sa.Column("pack_size", Count, nullable=False, server_default="1"),  # smallest units in a pack
    sa.Column("par_min", Count, nullable=False, server_default="0"),
    sa.Column("par_max", Count, nullable=False, server_default="0"),
    ref("supplier_id", "supplier", nullable=True),
    sa.Column("tracks_lots", Flag, nullable=False, server_default="0"),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
    sa.CheckConstraint("pack_size >= 1", name="pack"),
    sa.Index("ix_item_code", "code"),
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

# An order is open until everything came or somebody closes it; how much came is the sum of the
# movements that name its lines.
purchase_order = table(
    "purchase_order",
    id_column(),
    sa.Column("number", Text, nullable=False, unique=True),
    ref("supplier_id", "supplier", nullable=True),
    sa.Column("state", Text, nullable=False),  # open, closed
    sa.Column("ordered_on", Day, nullable=False),
    sa.Column("ordered_at", Instant, nullable=False),
    sa.Column("by_user_id", Id, nullable=False),
    sa.Column("reason", Text, nullable=True),  # of closing it before everything came
    version_column(),
)

purchase_order_line = table(
    "purchase_order_line",
    id_column(),
    ref("order_id", "purchase_order"),
    ref("item_id", "item"),
    sa.Column("quantity", Count, nullable=False),
    sa.CheckConstraint("quantity > 0", name="quantity"),
    sa.UniqueConstraint("order_id", "item_id", name="uq_purchase_order_line_item"),
    sa.Index("ix_purchase_order_line_item", "item_id"),
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
    sa.Column("value_minor", MinorUnits, nullable=False),  # signed like the quantity
    sa.Column("unit_cost_minor", MinorUnits, nullable=False),  # rounded, to be read only
    ref("posting_id", "posting", nullable=True),  # on 1200; None if it is worth nothing
    ref("visit_id", "visit", nullable=True),
    ref("patient_id", "patient", nullable=True),
    ref("order_line_id", "purchase_order_line", nullable=True),
    sa.Column("reason", Text, nullable=True),
    sa.Column("business_on", Day, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by_user_id", Id, nullable=False),
    ref("reverses_id", "movement", nullable=True, unique=True),
    sa.CheckConstraint("quantity <> 0", name="quantity"),
    sa.Index("ix_movement_item", "item_id", "lot_id", "place_id"),
    sa.Index("ix_movement_business", "business_on"),
    sa.Index("ix_movement_visit", "visit_id"),
    sa.Index("ix_movement_order_line", "order_line_id"),
)

# Derived; verify rebuilds and compares.
on_hand = table(
    "on_hand",
    sa.Column("item_id", Id, sa.ForeignKey("item.id"), primary_key=True),
    sa.Column("lot_id", Id, primary_key=True),  # 0 = no lot
    sa.Column("place_id", Id, sa.ForeignKey("place.id"), primary_key=True),
    sa.Column("quantity", Count, nullable=False),
    sa.Column("value_minor", MinorUnits, nullable=False),
)

# What completing a visit of a type takes from the shelves.
kit_line = table(
    "kit_line",
    sa.Column("type_id", Id, sa.ForeignKey("appointment_type.id"), primary_key=True),
    sa.Column("item_id", Id, sa.ForeignKey("item.id"), primary_key=True),
    sa.Column("quantity", Count, nullable=False),
    sa.CheckConstraint("quantity > 0", name="quantity"),
)
