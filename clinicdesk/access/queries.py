# SPDX-License-Identifier: Apache-2.0
"""Reads users, roles and the audit trail."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.access.tables import app_user, role, role_right
from clinicdesk.kernel.identity import PatientId, RoleId, StaffId, UserId
from clinicdesk.storage.records import Reading
from clinicdesk.storage.tables import audit


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user as listed."""

    id: UserId
    login: str
    name: str
    role_id: RoleId
    role: str
    rank: int
    role_name: str  # the clinic's own wording, or ""
    staff_id: StaffId | None
    slot_id: str
    active: bool
    language: str
    version: int


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with what it may do."""

    id: RoleId
    key: str
    name: str
    rank: int
    rights: frozenset[str]


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One entry of the audit trail."""

    seq: int
    at: datetime
    user_name: str
    role: str
    action: str
    object_kind: str
    object_id: int | None
    patient_id: PatientId | None
    category: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    reason: str | None
    outcome: str


@dataclass(frozen=True, slots=True)
class TrailQuestion:
    """Which entries are wanted; None and "" mean any."""

    from_on: date | None = None
    to_on: date | None = None
    user_id: UserId | None = None
    patient_id: PatientId | None = None
    object_kind: str = ""
    object_id: int | None = None
    action: str = ""  # the beginning of an action code
    below_seq: int | None = None  # for the next page
    limit: int = 500


def users(reading: Reading) -> tuple[UserRow, ...]:
    """Return every user, the active ones first, by name."""
    statement = _USERS.order_by(app_user.c.active.desc(), app_user.c.name, app_user.c.id)
    return tuple(_user(row) for row in reading.execute(statement))


def user(reading: Reading, user_id: UserId) -> UserRow | None:
    """Return one user."""
    row = reading.execute(_USERS.where(app_user.c.id == user_id)).one_or_none()
    return None if row is None else _user(row)


def user_of_slot(reading: Reading, slot_id: str) -> UserRow | None:
    """Return whose key slot it is."""
    row = reading.execute(_USERS.where(app_user.c.slot_id == slot_id)).one_or_none()
    return None if row is None else _user(row)


def first_owner(reading: Reading) -> UserRow | None:
    """Return the owner for whom the recovery code stands."""
    statement = (
        _USERS.where(role.c.key == "owner", app_user.c.active == 1).order_by(app_user.c.id).limit(1)
    )
    row = reading.execute(statement).one_or_none()
    return None if row is None else _user(row)


def owner_count(reading: Reading) -> int:
    """Return how many active owners there are."""
    statement = (
        sa.select(sa.func.count())
        .select_from(app_user.join(role, role.c.id == app_user.c.role_id))
        .where(role.c.key == "owner", app_user.c.active == 1)
    )
    return int(reading.execute(statement).scalar_one())


def roles(reading: Reading) -> tuple[RoleRow, ...]:
    """Return every role, the lowest first."""
    rights: dict[int, set[str]] = {}
    for row in reading.execute(sa.select(role_right)):
        rights.setdefault(row.role_id, set()).add(row.right)
    return tuple(
        RoleRow(RoleId(row.id), row.key, row.name, row.rank, frozenset(rights.get(row.id, ())))
        for row in reading.execute(sa.select(role).order_by(role.c.rank, role.c.id))
    )


def trail(reading: Reading, question: TrailQuestion) -> tuple[TrailRow, ...]:
    """Return entries, the newest first."""
    statement = sa.select(audit).order_by(audit.c.seq.desc()).limit(question.limit)
    if question.from_on is not None:
        statement = statement.where(audit.c.business_on >= question.from_on)
    if question.to_on is not None:
        statement = statement.where(audit.c.business_on <= question.to_on)
    if question.user_id is not None:
        statement = statement.where(audit.c.user_id == question.user_id)
    if question.patient_id is not None:
        statement = statement.where(audit.c.patient_id == question.patient_id)
    if question.object_kind:
        statement = statement.where(audit.c.object_kind == question.object_kind)
    if question.object_id is not None:
        statement = statement.where(audit.c.object_id == question.object_id)
    if question.action:
        statement = statement.where(audit.c.action.startswith(question.action, autoescape=True))
    if question.below_seq is not None:
        statement = statement.where(audit.c.seq < question.below_seq)
    return tuple(
        TrailRow(
            row.seq,
            row.at,
            row.user_name,
            row.role,
            row.action,
            row.object_kind,
            row.object_id,
            row.patient_id,
            row.category,
            None if row.before is None else json.loads(row.before),
            None if row.after is None else json.loads(row.after),
            row.reason,
            row.outcome,
        )
        for row in reading.execute(statement)
    )


_USERS = sa.select(
    app_user, role.c.key.label("role_key"), role.c.rank, role.c.name.label("role_name")
).join(role, role.c.id == app_user.c.role_id)


def _user(row: Any) -> UserRow:
    return UserRow(
        UserId(row.id),
        row.login,
        row.name,
        RoleId(row.role_id),
        row.role_key,
        row.rank,
        row.role_name,
        row.staff_id,
        row.slot_id,
        row.active,
        row.language,
        row.version,
    )


def staff_of(reading: Reading, user_id: UserId) -> int | None:
    """Return who of the staff a user is, None if nobody linked them."""
    return reading.execute(sa.select(app_user.c.staff_id).where(app_user.c.id == user_id)).scalar()
