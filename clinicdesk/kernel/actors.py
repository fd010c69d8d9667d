# SPDX-License-Identifier: Apache-2.0
"""Who acts, and what they may do. Rights are checked in services, denied by default."""

from __future__ import annotations

from dataclasses import dataclass

from clinicdesk.kernel.identity import UserId
from clinicdesk.kernel.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Permission:
    """A right that a role may hold.

    Attributes:
        key: stable, ``room.verb``; stored in the file.
        title: English words for it, marked for translation by the declaring room.
    """

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person, or the program acting for one.

    Attributes:
        user_id: whose acts these are.
        name: shown and kept in the audit trail.
        role: role key, e.g. ``receptionist``.
        rights: permission keys that the role holds now.
        sitting: random id of this sign-in.
    """

    user_id: UserId
    name: str
    role: str
    rights: frozenset[str]
    sitting: str

    def may(self, permission: Permission) -> bool:
        """Tell whether the act would be allowed."""
        return permission.key in self.rights

    def require(self, permission: Permission) -> None:
        """Raise ``NotAllowed`` unless the role holds the right."""
        if not self.may(permission):
            raise NotAllowed(permission.title, self.role)
