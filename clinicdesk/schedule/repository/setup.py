# SPDX-License-Identifier: Apache-2.0
"""Appointment types and the waitlist."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.schedule.model import TYPES, WAITLIST, AddToWaitlist, SaveType
from clinicdesk.schedule.tables import appointment_type, waitlist
from clinicdesk.storage.records import UnitOfWork


class TypeRepository:
    """Keeps appointment types."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def save(self, command: SaveType) -> int:
        """Add or change one; return its id. Raises ``StaleCopy``."""
        values = {
            "name": command.name.strip(),
            "minutes": command.minutes,
            "color": command.color,
            "position": command.position,
            "default_codes": ",".join(command.default_codes),
        }
        if command.type_id is not None:
            self._put(command.type_id, command.version, values)
            return command.type_id
        added = self._work.execute(appointment_type.insert(), values).inserted_primary_key
        assert added is not None  # noqa: S101 -- a single-row insert always has its key
        self._work.note(TYPES, int(added[0]))
        return int(added[0])

    def archive(self, type_id: int, version: int, *, archived: bool) -> None:
        """Offer it no longer, or again."""
        self._put(type_id, version, {"archived": archived})

    def _put(self, type_id: int, version: int, values: dict[str, Any]) -> None:
        _put(self._work, appointment_type, type_id, version, values)
        self._work.note(TYPES, type_id)


class WaitlistRepository:
    """Keeps wishes for an appointment."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add(self, command: AddToWaitlist) -> int:
        """Keep a wish."""
        added = self._work.execute(
            waitlist.insert(),
            {
                "patient_id": command.patient_id,
                "type_id": command.type_id,
                "provider_id": command.provider_id,
                "wishes": command.wishes.strip(),
                "urgent": command.urgent,
                "since_at": self._work.now,
                "state": "waiting",
            },
        ).inserted_primary_key
        assert added is not None  # noqa: S101 -- a single-row insert always has its key
        self._work.note(WAITLIST, int(added[0]))
        return int(added[0])

    def settle(self, waitlist_id: int, version: int, state: str) -> None:
        """End a wish or take that back. Raises ``StaleCopy``."""
        _put(self._work, waitlist, waitlist_id, version, {"state": state})
        self._work.note(WAITLIST, waitlist_id)


def _put(work: UnitOfWork, of: sa.Table, row_id: int, version: int, values: dict[str, Any]) -> None:
    changed = work.execute(
        of.update()
        .where(of.c.id == row_id, of.c.version == version)
        .values(**values, version=version + 1)
    )
    if changed.rowcount != 1:
        raise StaleCopy
