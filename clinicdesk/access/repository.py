# SPDX-License-Identifier: Apache-2.0
"""Writes users, roles and their rights."""

from __future__ import annotations

from typing import Any

from clinicdesk.access.model import ROLES, USERS
from clinicdesk.access.tables import app_user, role, role_right
from clinicdesk.kernel.identity import RoleId, UserId
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.storage.records import UnitOfWork


class UserRepository:
    """The only writer of its tables."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def ship_roles(self) -> None:
        """Write the roles of a new clinic and their rights."""
        for shipped in ROLES:
            made = self._work.execute(
                role.insert().values(key=shipped.key, rank=shipped.rank, built_in=True)
            )
            role_id = _new_id(made.inserted_primary_key)
            self._work.execute(
                role_right.insert(),
                [{"role_id": role_id, "right": right} for right in sorted(shipped.rights)],
            )

    def add(
        self,
        login: str,
        name: str,
        role_id: RoleId,
        slot_id: str,
        staff_id: int | None = None,
        language: str = "",
    ) -> UserId:
        """Write a new user."""
        made = self._work.execute(
            app_user.insert().values(
                login=login,
                name=name,
                role_id=role_id,
                slot_id=slot_id,
                staff_id=staff_id,
                language=language,
                created_at=self._work.now,
            )
        )
        user_id = UserId(_new_id(made.inserted_primary_key))
        self._work.note(USERS, user_id)
        return user_id

    def change(self, user_id: UserId, version: int, **fields: Any) -> None:
        """Change a user; raise ``StaleCopy`` if somebody else did meanwhile."""
        changed = self._work.execute(
            app_user.update()
            .where(app_user.c.id == user_id, app_user.c.version == version)
            .values(version=version + 1, **fields)
        )
        if changed.rowcount != 1:
            raise StaleCopy
        self._work.note(USERS, user_id)

    def set_right(self, role_id: RoleId, right: str, *, granted: bool) -> None:
        """Grant or take away; the same again changes nothing."""
        self._work.execute(
            role_right.delete().where(role_right.c.role_id == role_id, role_right.c.right == right)
        )
        if granted:
            self._work.execute(role_right.insert().values(role_id=role_id, right=right))
        self._work.note(USERS, role_id)


def _new_id(key: Any) -> int:
    return int(key[0])
