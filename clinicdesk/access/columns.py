# SPDX-License-Identifier: Apache-2.0
"""Columns of the audit trail and of the list of users."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clinicdesk.access.queries import TrailRow, UserRow
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.wording.text import N_

TRAIL: tuple[Column[TrailRow], ...] = (
    Column("seq", N_("No."), lambda row: row.seq, Kind.NUMBER, Align.END, 6),
    Column("at", N_("When"), lambda row: row.at, Kind.INSTANT, weight=14),
    Column("user", N_("Who"), lambda row: row.user_name, weight=14),
    Column("role", N_("Role"), lambda row: row.role, weight=9),
    Column("action", N_("Action"), lambda row: row.action, weight=16),
    Column("object", N_("What"), lambda row: _thing(row.object_kind, row.object_id), weight=12),
    Column("patient", N_("Patient no."), lambda row: row.patient_id, Kind.NUMBER, Align.END, 8),
    Column("change", N_("Change"), lambda row: changes(row.before, row.after), weight=30),
    Column("reason", N_("Reason"), lambda row: row.reason or "", weight=16),
    Column("outcome", N_("Outcome"), lambda row: row.outcome, weight=8),
)

USERS: tuple[Column[UserRow], ...] = (
    Column("name", N_("Name"), lambda row: row.name, weight=20),
    Column("login", N_("Signs in as"), lambda row: row.login, weight=14),
    Column("role", N_("Role"), lambda row: row.role_name or row.role, weight=16),
    Column("active", N_("May sign in"), lambda row: "✓" if row.active else "–", weight=8),
)


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> str:
    """Return what differs, field by field, as stored; codes and figures, no sentences."""
    before, after = before or {}, after or {}
    parts = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        parts.append(f"{name}: {new}" if name not in before else f"{name}: {old} → {new}")
    return "; ".join(parts)


def _thing(kind: str, object_id: int | None) -> str:
    return kind if object_id is None else f"{kind} {object_id}"
