# SPDX-License-Identifier: Apache-2.0
"""Columns of the audit trail and of the list of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clinicdesk.access.columns.words import (
    action_words,
    kind_words,
    outcome_words,
    role_words,
)
from clinicdesk.access.queries import TrailRow, UserRow
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.wording.text import N_, Term

TRAIL: tuple[Column[TrailRow], ...] = (
    Column("seq", N_("No."), lambda row: row.seq, Kind.NUMBER, Align.END, 8),
    Column("at", N_("When"), lambda row: row.at, Kind.INSTANT, weight=17),
    Column("user", N_("Who"), lambda row: row.user_name, weight=14),
    Column("role", N_("Role"), lambda row: role_words(row.role), weight=10),
    Column("action", N_("Act"), lambda row: action_words(row.action), weight=20),
    Column("object", N_("Of"), lambda row: kind_words(row.object_kind), weight=11),
    Column("object_id", N_("Its no."), lambda row: row.object_id, Kind.NUMBER, Align.END, 4),
    Column("patient", N_("Patient no."), lambda row: row.patient_id, Kind.NUMBER, Align.END, 5),
    Column("change", N_("Change"), lambda row: changes(row.before, row.after), weight=25),
    Column("reason", N_("Reason"), lambda row: row.reason or "", weight=8),
    Column("outcome", N_("Outcome"), lambda row: outcome_words(row.outcome), weight=8),
)

_YES, _NO = Term(N_("yes")), Term(N_("no"))

USERS: tuple[Column[UserRow], ...] = (
    Column("name", N_("Name"), lambda row: row.name, weight=24),
    Column("login", N_("Signs in as"), lambda row: row.login, weight=16),
    Column("role", N_("Role"), lambda row: role_words(row.role, row.role_name), weight=20),
    Column("active", N_("May sign in"), lambda row: _YES if row.active else _NO, weight=12),
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


__all__ = [
    "TRAIL",
    "USERS",
    "action_words",
    "changes",
    "kind_words",
    "outcome_words",
    "role_words",
]
