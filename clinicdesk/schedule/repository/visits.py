# SPDX-License-Identifier: Apache-2.0
"""Visits: what took place."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from clinicdesk.schedule.model import VISITS
from clinicdesk.schedule.tables import visit
from clinicdesk.storage.records import UnitOfWork

_v = visit.c
_OF = sa.select(_v.id, _v.state, _v.patient_id, _v.provider_id).where(
    _v.appointment_id == sa.bindparam("appointment_id")
)


class VisitRepository:
    """Keeps visits; there is at most one to an appointment."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def of(self, appointment_id: int) -> tuple[int, str] | None:
        """Return id and state of an appointment's visit, or None."""
        row = self._work.execute(_OF, {"appointment_id": appointment_id}).one_or_none()
        return None if row is None else (row.id, row.state)

    def open(self, appointment_id: int, patient_id: int, provider_id: int, at: datetime) -> int:
        """Open a visit, or take up the one that was withdrawn."""
        values: dict[str, Any] = {
            "patient_id": patient_id,
            "provider_id": provider_id,
            "started_at": at,
            "ended_at": None,
            "state": "open",
        }
        kept = self.of(appointment_id)
        if kept is None:
            added = self._work.execute(
                visit.insert(), {**values, "appointment_id": appointment_id}
            ).inserted_primary_key
            assert added is not None  # noqa: S101 -- a single-row insert always has its key
            visit_id = int(added[0])
            self._work.note(VISITS, visit_id)
            return visit_id
        self._put(kept[0], values)
        return kept[0]

    def finish(self, visit_id: int, at: datetime) -> None:
        """Close a visit."""
        self._put(visit_id, {"state": "finished", "ended_at": at})

    def reopen(self, visit_id: int) -> None:
        """Take back the end of a visit."""
        self._put(visit_id, {"state": "open", "ended_at": None})

    def withdraw(self, visit_id: int) -> None:
        """Say that it did not take place."""
        self._put(visit_id, {"state": "cancelled", "ended_at": None})

    def hand_over(self, visit_id: int, *, patient_id: int, provider_id: int) -> None:
        """Give it to another patient or provider."""
        self._put(visit_id, {"patient_id": patient_id, "provider_id": provider_id})

    def _put(self, visit_id: int, values: dict[str, Any]) -> None:
        self._work.execute(
            visit.update().where(_v.id == visit_id).values(**values, version=_v.version + 1)
        )
        self._work.note(VISITS, visit_id)
