# SPDX-License-Identifier: Apache-2.0
"""Charges, fee schedules and the columns that plans, packages and tax will need."""

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

fee_schedule = table(
    "fee_schedule",
    id_column(),
    sa.Column("name", Text, nullable=False),
    ref("payer_id", "payer", nullable=True),
    sa.Column("is_default", Flag, nullable=False, server_default="0"),
    sa.Column("archived", Flag, nullable=False, server_default="0"),
    version_column(),
)

fee = table(
    "fee",
    id_column(),
    ref("schedule_id", "fee_schedule"),
    sa.Column("code", Text, nullable=False),
    sa.Column("description", Text, nullable=False),
    sa.Column("folded", Text, nullable=False),
    sa.Column("amount_minor", MinorUnits, nullable=False),
    sa.Column("tax_code", Text, nullable=True),
    sa.Column("from_on", Day, nullable=False),
    sa.Column("to_on", Day, nullable=True),
    version_column(),
    sa.Index("ix_fee_code", "schedule_id", "code", "from_on"),
)

tax_code = table(
    "tax_code",
    sa.Column("code", Text, primary_key=True),
    sa.Column("name", Text, nullable=False),
    sa.Column("kind", Text, nullable=False),  # standard, reduced, zero, exempt, out_of_scope
    sa.Column("rate_ppm", Count, nullable=False),  # parts per million: 190000 = 19 %
    sa.Column("category", Text, nullable=False, server_default=""),  # EN 16931
    sa.Column("wording", Text, nullable=False, server_default=""),
    sa.Column("from_on", Day, nullable=False),
    sa.Column("to_on", Day, nullable=True),
)

# One service line. Immutable: corrections reverse its entry. A zero charge has no postings.
charge = table(
    "charge",
    id_column(),
    ref("patient_id", "patient"),
    ref("guarantor_id", "patient"),  # copied: later changes never rewrite the past
    ref("visit_id", "visit", nullable=True),
    ref("provider_id", "staff_member"),
    sa.Column("service_on", Day, nullable=False),
    sa.Column("business_on", Day, nullable=False),
    sa.Column("code", Text, nullable=False),
    sa.Column("description", Text, nullable=False),
    sa.Column("modifiers", Text, nullable=False, server_default=""),
    sa.Column("diagnoses", Text, nullable=False, server_default=""),
    sa.Column("units", Count, nullable=False),
    sa.Column("unit_minor", MinorUnits, nullable=False),
    sa.Column("amount_minor", MinorUnits, nullable=False),  # without tax
    sa.Column("tax_minor", MinorUnits, nullable=False, server_default="0"),
    sa.Column("tax_code", Text, nullable=True),
    sa.Column("place_of_service", Text, nullable=False, server_default=""),
    sa.Column("package_id", Id, nullable=True),
    ref("coverage_id", "coverage", nullable=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column(
        "reversed", Flag, nullable=False, server_default="0"
    ),  # its charge entry was reversed
    sa.CheckConstraint("units > 0", name="units"),
    sa.CheckConstraint("amount_minor >= 0", name="amount"),
    sa.Index("ix_charge_patient", "patient_id", "service_on"),
    sa.Index("ix_charge_visit", "visit_id"),
    sa.Index("ix_charge_business", "business_on"),
)

package = table(
    "package",
    id_column(),
    ref("patient_id", "patient"),
    sa.Column("name", Text, nullable=False),
    sa.Column("units", Count, nullable=False),
    sa.Column("price_minor", MinorUnits, nullable=False),
    sa.Column("sold_on", Day, nullable=False),
    sa.Column("expires_on", Day, nullable=True),
    version_column(),
)

instalment_plan = table(
    "instalment_plan",
    id_column(),
    ref("guarantor_id", "patient"),
    sa.Column("principal_minor", MinorUnits, nullable=False),
    sa.Column("first_due_on", Day, nullable=False),
    sa.Column("instalments", Count, nullable=False),
    sa.Column("every_months", Count, nullable=False, server_default="1"),
    sa.Column("signed_on", Day, nullable=True),
    sa.Column("state", Text, nullable=False),
    version_column(),
)
