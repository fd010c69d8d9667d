# SPDX-License-Identifier: Apache-2.0
"""The people working, the rooms and equipment they use, and when they are there."""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import (
    Count,
    Day,
    Flag,
    Instant,
    Text,
    UtcMinute,
    WallTime,
    id_column,
    ref,
    table,
    version_column,
)

staff_member = table(
    "staff_member",
    id_column(),
    sa.Column("name", Text, nullable=False),  # as shown: "Dr Amara Osei"
    sa.Column("initials", Text, nullable=False),
    sa.Column("folded_name", Text, nullable=False),
    sa.Column("role", Text, nullable=False),  # gp, nurse, physio, reception, manager ...
    sa.Column("is_provider", Flag, nullable=False),
    sa.Column("registration", Text, nullable=False, server_default=""),  # NPI, GMC ...
    sa.Column("color", Count, nullable=False, server_default="0"),  # index into the theme's series
    sa.Column("position", Count, nullable=False, server_default="0"),
    sa.Column("weekly_minutes", Count, nullable=False, server_default="0"),
    ref("default_resource_id", "resource", nullable=True),
    sa.Column("starts_on", Day, nullable=True),
    sa.Column("ends_on", Day, nullable=True),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
)

resource = table(
    "resource",
    id_column(),
    sa.Column("kind", Text, nullable=False),  # room, equipment
    sa.Column("name", Text, nullable=False),
    sa.Column("position", Count, nullable=False, server_default="0"),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
)

# Open hours of a provider without a published roster; wall minutes of the day.
standing_hours = table(
    "standing_hours",
    id_column(),
    ref("staff_id", "staff_member"),
    sa.Column("weekday", Count, nullable=False),  # 0 = Monday
    sa.Column("from_minute", Count, nullable=False),
    sa.Column("to_minute", Count, nullable=False),  # over 1440 = past midnight
    sa.Column("kind", Text, nullable=False, server_default="work"),  # work, break
    sa.Column("from_on", Day, nullable=False),
    sa.Column("to_on", Day, nullable=True),
    sa.Index("ix_standing_hours_staff", "staff_id", "weekday"),
)

# One publishing: of a week's drafts, or of what an approved request changed.
publication = table(
    "roster_publication",
    id_column(),
    sa.Column("source", Text, nullable=False),  # week, leave, swap, take
    sa.Column("from_on", Day, nullable=False),
    sa.Column("to_on", Day, nullable=False),
    sa.Column("published_at", Instant, nullable=False),
    sa.Column("taken_back", Flag, nullable=False, server_default="0"),
)

# Rows are never edited: planning writes drafts, publishing replaces what was in force.
shift = table(
    "shift",
    id_column(),
    ref("staff_id", "staff_member", nullable=True),  # NULL: an open shift, nobody's yet
    sa.Column("kind", Text, nullable=False),  # work, break, leave, sick, off; none = as usual
    sa.Column("starts_wall", WallTime, nullable=False),
    sa.Column("fold", Count, nullable=False, server_default="0"),
    sa.Column("minutes", Count, nullable=False),
    sa.Column("starts_min", UtcMinute, nullable=False),
    sa.Column("ends_min", UtcMinute, nullable=False),
    # draft, published, replaced
    sa.Column("state", Text, nullable=False, server_default="published"),
    ref("resource_id", "resource", nullable=True),
    sa.Column("note", Text, nullable=False, server_default=""),
    sa.Column("role", Text, nullable=False, server_default=""),  # who is looked for, if open
    ref("publication_id", "roster_publication", nullable=True),  # put it in force
    ref("replaced_by", "roster_publication", nullable=True),  # put something else in force
    sa.Column("state_before", Text, nullable=False, server_default=""),  # if replaced
    version_column(),
    sa.Index("ix_shift_staff", "staff_id", "starts_min", "ends_min"),
    sa.Index("ix_shift_starts", "starts_min"),
)

# The clinic closed (staff_id NULL) or one person away, whole days.
closure = table(
    "closure",
    id_column(),
    ref("staff_id", "staff_member", nullable=True),
    sa.Column("from_on", Day, nullable=False),
    sa.Column("to_on", Day, nullable=False),
    sa.Column("wording", Text, nullable=False),
    sa.Column("source", Text, nullable=False, server_default="own"),  # own, holiday
    sa.Index("ix_closure_from", "from_on", "to_on"),
)

# What somebody asks for: leave, a swap, an open shift.
request = table(
    "roster_request",
    id_column(),
    sa.Column("kind", Text, nullable=False),  # leave, swap, take
    ref("staff_id", "staff_member"),
    sa.Column("from_on", Day, nullable=False),
    sa.Column("to_on", Day, nullable=False),  # of leave the last day, of a swap the day in return
    ref("other_id", "staff_member", nullable=True),
    ref("shift_id", "shift", nullable=True),
    sa.Column("note", Text, nullable=False, server_default=""),
    sa.Column("state", Text, nullable=False, server_default="asked"),
    sa.Column("asked_at", Instant, nullable=False),
    sa.Column("decided_at", Instant, nullable=True),
    sa.Column("decision", Text, nullable=False, server_default=""),  # words of who decided
    ref("publication_id", "roster_publication", nullable=True),
    version_column(),
    sa.Index("ix_roster_request_state", "state", "from_on"),
)

# How many people of a role a weekday needs.
need = table(
    "roster_need",
    id_column(),
    sa.Column("role", Text, nullable=False),
    sa.Column("weekday", Count, nullable=False),  # 0 = Monday
    sa.Column("from_minute", Count, nullable=False),
    sa.Column("to_minute", Count, nullable=False),
    sa.Column("people", Count, nullable=False),
    sa.UniqueConstraint("role", "weekday"),
)
