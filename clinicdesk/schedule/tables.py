# SPDX-License-Identifier: Apache-2.0
"""The appointment book and the visits that came of it."""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import (
    Count,
    Flag,
    Id,
    Instant,
    Text,
    UtcMinute,
    WallTime,
    id_column,
    ref,
    table,
    version_column,
)  # fmt: skip

appointment_type = table(
    "appointment_type",
    id_column(),
    sa.Column("name", Text, nullable=False),
    sa.Column("minutes", Count, nullable=False),
    sa.Column("color", Count, nullable=False, server_default="0"),
    sa.Column("position", Count, nullable=False, server_default="0"),
    sa.Column(
        "default_codes", Text, nullable=False, server_default=""
    ),  # service codes, comma separated
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
)

# starts_wall, fold and minutes are the truth; the UTC pair is derived with the clinic's zone.
# kind "block" is time kept free of patients (lunch, meeting): no patient, no type.
appointment = table(
    "appointment",
    id_column(),
    sa.Column("kind", Text, nullable=False, server_default="visit"),  # visit, block
    ref("patient_id", "patient", nullable=True),
    ref("type_id", "appointment_type", nullable=True),
    ref("provider_id", "staff_member"),
    sa.Column("starts_wall", WallTime, nullable=False),
    sa.Column("fold", Count, nullable=False, server_default="0"),
    sa.Column("minutes", Count, nullable=False),
    sa.Column("starts_min", UtcMinute, nullable=False),
    sa.Column("ends_min", UtcMinute, nullable=False),
    sa.Column(
        "booking", Text, nullable=False
    ),  # booked, arrived, in_room, checkout, done, no_show, cancelled
    sa.Column(
        "contact", Text, nullable=False, server_default="unconfirmed"
    ),  # unconfirmed, message, confirmed
    sa.Column("overbook", Flag, nullable=False, server_default="0"),  # deliberately beside another
    sa.Column("walk_in", Flag, nullable=False, server_default="0"),
    sa.Column("new_patient", Flag, nullable=False, server_default="0"),
    sa.Column("series_id", Id, nullable=True),
    sa.Column("note", Text, nullable=False, server_default=""),
    sa.Column("cancel_reason", Text, nullable=True),
    sa.Column("arrived_at", Instant, nullable=True),
    sa.Column("roomed_at", Instant, nullable=True),
    sa.Column("checkout_at", Instant, nullable=True),
    sa.Column("done_at", Instant, nullable=True),
    sa.Column("created_at", Instant, nullable=False),
    version_column(),
    sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name="length"),
    sa.CheckConstraint("ends_min > starts_min", name="span"),
    sa.CheckConstraint("(kind = 'block') = (patient_id IS NULL)", name="who"),
    sa.Index("ix_appointment_provider", "provider_id", "starts_min", "ends_min"),
    sa.Index("ix_appointment_starts", "starts_min"),
    sa.Index("ix_appointment_patient", "patient_id", "starts_min"),
)

# Provider, room and equipment with their spans: what overlap is tested on.
appointment_resource = table(
    "appointment_resource",
    id_column(),
    ref("appointment_id", "appointment"),
    ref("staff_id", "staff_member", nullable=True),
    ref("resource_id", "resource", nullable=True),
    sa.Column("starts_min", UtcMinute, nullable=False),
    sa.Column("ends_min", UtcMinute, nullable=False),
    sa.Column("active", Flag, nullable=False, server_default="1"),  # 0 once cancelled or missed
    sa.CheckConstraint("(staff_id IS NULL) <> (resource_id IS NULL)", name="one"),
    sa.Index("ix_appointment_resource_appointment", "appointment_id", "resource_id"),
    sa.Index("ix_appointment_resource_staff", "staff_id", "starts_min", "ends_min"),
    sa.Index("ix_appointment_resource_resource", "resource_id", "starts_min", "ends_min"),
)

# Append-only: every change of state or place, with who and when (audit rows carry the hashes).
appointment_event = table(
    "appointment_event",
    id_column(),
    ref("appointment_id", "appointment"),
    sa.Column(
        "action", Text, nullable=False
    ),  # booked, moved, resized, state, contact, cancelled, restored
    sa.Column("booking", Text, nullable=False),
    sa.Column("contact", Text, nullable=False),
    sa.Column("starts_wall", WallTime, nullable=False),
    sa.Column("minutes", Count, nullable=False),
    sa.Column("provider_id", Id, nullable=False),
    sa.Column("reason", Text, nullable=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by_user_id", Id, nullable=False),
    sa.Index("ix_appointment_event_appointment", "appointment_id"),
)

# FHIR Encounter: what took place; charges hang on it.
visit = table(
    "visit",
    id_column(),
    ref("patient_id", "patient"),
    ref("provider_id", "staff_member"),
    ref("appointment_id", "appointment", nullable=True, unique=True),
    sa.Column("kind", Text, nullable=False, server_default="ambulatory"),
    sa.Column("reason", Text, nullable=False, server_default=""),
    sa.Column(
        "diagnoses", Text, nullable=False, server_default=""
    ),  # codes, comma separated, in order
    sa.Column("started_at", Instant, nullable=False),
    sa.Column("ended_at", Instant, nullable=True),
    sa.Column("state", Text, nullable=False),  # open, finished, cancelled
    version_column(),
    sa.Index("ix_visit_patient", "patient_id", "started_at"),
    sa.Index("ix_visit_started", "started_at"),
)

waitlist = table(
    "waitlist",
    id_column(),
    ref("patient_id", "patient"),
    ref("type_id", "appointment_type", nullable=True),
    ref("provider_id", "staff_member", nullable=True),
    sa.Column("wishes", Text, nullable=False, server_default=""),
    sa.Column("urgent", Flag, nullable=False, server_default="0"),
    sa.Column("since_at", Instant, nullable=False),
    sa.Column(
        "state", Text, nullable=False, server_default="waiting"
    ),  # waiting, booked, withdrawn
    version_column(),
)
