# SPDX-License-Identifier: Apache-2.0
"""Patients, how to reach them, who pays, and what insures them."""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.storage.schema import (
    Count,
    Day,
    Flag,
    Id,
    Instant,
    Text,
    id_column,
    ref,
    table,
    version_column,
)

patient = table(
    "patient",
    id_column(),
    sa.Column("chart_number", Text, nullable=False, unique=True),
    sa.Column("family_name", Text, nullable=False),
    sa.Column("given_name", Text, nullable=False),
    sa.Column("middle_name", Text, nullable=False, server_default=""),
    sa.Column("prefix", Text, nullable=False, server_default=""),
    sa.Column("suffix", Text, nullable=False, server_default=""),
    sa.Column("preferred_name", Text, nullable=False, server_default=""),
    sa.Column("birth_name", Text, nullable=False, server_default=""),
    sa.Column(
        "folded_name", Text, nullable=False
    ),  # accents and case folded: "family given preferred birth"
    sa.Column("sort_name", Text, nullable=False),  # folded "family, given"
    sa.Column("born_on", Day, nullable=True),
    sa.Column("born_precision", Text, nullable=False, server_default="day"),  # day, month, year
    sa.Column(
        "gender", Text, nullable=False, server_default="unknown"
    ),  # FHIR: male, female, other, unknown
    sa.Column("pronouns", Text, nullable=False, server_default=""),
    sa.Column("language", Text, nullable=False, server_default=""),
    sa.Column("deceased_on", Day, nullable=True),
    sa.Column(
        "status", Text, nullable=False, server_default="active"
    ),  # active, prospective, inactive, deceased
    ref("usual_provider_id", "staff_member", nullable=True),
    ref(
        "survivor_id", "patient", nullable=True
    ),  # set when merged into another; every query resolves it
    sa.Column("created_at", Instant, nullable=False),
    version_column(),
    sa.Index("ix_patient_sort", "sort_name", "id"),
    sa.Index("ix_patient_born", "born_on"),
    sa.Index("ix_patient_survivor", "survivor_id", sqlite_where=sa.text("survivor_id IS NOT NULL")),
)

# Phones, e-mail and postal addresses; folded holds digits of a phone, lower case of an e-mail.
contact = table(
    "contact",
    id_column(),
    ref("patient_id", "patient"),
    sa.Column("kind", Text, nullable=False),  # mobile, phone, email, address
    sa.Column("label", Text, nullable=False, server_default=""),
    sa.Column("value", Text, nullable=False),  # address: lines separated by newline
    sa.Column("city", Text, nullable=False, server_default=""),
    sa.Column("region", Text, nullable=False, server_default=""),
    sa.Column("postcode", Text, nullable=False, server_default=""),
    sa.Column("country", Text, nullable=False, server_default=""),
    sa.Column("folded", Text, nullable=False, server_default=""),
    sa.Column("rank", Count, nullable=False, server_default="1"),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
    sa.Index("ix_contact_patient", "patient_id"),
    sa.Index("ix_contact_folded", "folded"),
)

consent = table(
    "consent",
    id_column(),
    ref("patient_id", "patient"),
    sa.Column("purpose", Text, nullable=False),  # treatment, data, text_message, email, marketing
    sa.Column("given", Flag, nullable=False),
    sa.Column("decided_on", Day, nullable=False),
    sa.Column("ends_on", Day, nullable=True),
    sa.Column("note", Text, nullable=False, server_default=""),
    sa.Index("ix_consent_patient", "patient_id"),
)

alert = table(
    "alert",
    id_column(),
    ref("patient_id", "patient"),
    sa.Column("kind", Text, nullable=False),  # allergy, clinical, administrative
    sa.Column("wording", Text, nullable=False),
    sa.Column("since_on", Day, nullable=False),
    sa.Column("ended_on", Day, nullable=True),
    version_column(),
    sa.Index("ix_alert_patient", "patient_id"),
)

note = table(
    "note",
    id_column(),
    ref("patient_id", "patient"),
    sa.Column("body", Text, nullable=False),
    sa.Column("written_at", Instant, nullable=False),
    sa.Column("written_by", Id, nullable=False),
    sa.Index("ix_note_patient", "patient_id"),
)

# Who pays for the patient, from a date on; a family account is a guarantor with several patients.
guarantor = table(
    "guarantor",
    id_column(),
    ref("patient_id", "patient"),
    ref("guarantor_id", "patient"),  # the patient record of who pays; oneself by default
    sa.Column("relationship", Text, nullable=False, server_default="self"),
    sa.Column("from_on", Day, nullable=False),
    sa.Column("to_on", Day, nullable=True),  # last day included
    sa.Index("ix_guarantor_patient", "patient_id", "from_on"),
    sa.Index("ix_guarantor_guarantor", "guarantor_id"),
)

payer = table(
    "payer",
    id_column(),
    sa.Column("name", Text, nullable=False),
    sa.Column("folded_name", Text, nullable=False),
    sa.Column(
        "kind", Text, nullable=False, server_default="commercial"
    ),  # commercial, government, agency, other
    sa.Column("payer_number", Text, nullable=False, server_default=""),
    sa.Column("address", Text, nullable=False, server_default=""),
    sa.Column("phone", Text, nullable=False, server_default=""),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
)

# FHIR Coverage: who insures, rank 1 first, effective dates with the last day included.
coverage = table(
    "coverage",
    id_column(),
    ref("patient_id", "patient"),
    ref("payer_id", "payer"),
    sa.Column("plan", Text, nullable=False, server_default=""),
    sa.Column("member_id", Text, nullable=False, server_default=""),
    sa.Column("group_number", Text, nullable=False, server_default=""),
    sa.Column("subscriber_name", Text, nullable=False, server_default=""),
    sa.Column("relationship", Text, nullable=False, server_default="self"),
    sa.Column("rank", Count, nullable=False),
    sa.Column("from_on", Day, nullable=False),
    sa.Column("to_on", Day, nullable=True),
    version_column(),
    sa.Index("ix_coverage_patient", "patient_id", "from_on"),
)
