# SPDX-License-Identifier: Apache-2.0
"""Users and what their roles may do. Passwords are nowhere here: see storage.keys."""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import Flag, Instant, Text, id_column, ref, table, version_column

role = table(
    "role",
    id_column(),
    sa.Column("key", Text, nullable=False, unique=True),
    sa.Column(
        "name", Text, nullable=False, server_default=""
    ),  # the clinic's own; "" = translated key
    sa.Column("rank", sa.Integer, nullable=False),  # nobody edits a role above their own
    sa.Column("built_in", Flag, nullable=False, server_default="0"),
)

role_right = table(
    "role_right",
    sa.Column("role_id", sa.Integer, sa.ForeignKey("role.id"), primary_key=True),
    sa.Column("right", Text, primary_key=True),
)

app_user = table(
    "app_user",
    id_column(),
    sa.Column("login", Text, nullable=False, unique=True),
    sa.Column("name", Text, nullable=False),
    ref("role_id", "role"),
    ref("staff_id", "staff_member", nullable=True),
    sa.Column("slot_id", Text, nullable=False, unique=True),  # which key slot opens for them
    sa.Column("active", Flag, nullable=False, server_default="1"),
    sa.Column("language", Text, nullable=False, server_default=""),
    sa.Column("created_at", Instant, nullable=False),
    version_column(),
)
