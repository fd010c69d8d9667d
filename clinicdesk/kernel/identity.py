# SPDX-License-Identifier: Apache-2.0
"""Id types, one per kind of record, so that a patient's id is never taken for a charge's."""

from __future__ import annotations

from typing import NewType
from uuid import uuid4

UserId = NewType("UserId", int)
RoleId = NewType("RoleId", int)
PatientId = NewType("PatientId", int)
PayerId = NewType("PayerId", int)
CoverageId = NewType("CoverageId", int)
StaffId = NewType("StaffId", int)
ResourceId = NewType("ResourceId", int)
AppointmentTypeId = NewType("AppointmentTypeId", int)
AppointmentId = NewType("AppointmentId", int)
VisitId = NewType("VisitId", int)
ChargeId = NewType("ChargeId", int)
ReceiptId = NewType("ReceiptId", int)
EntryId = NewType("EntryId", int)
PostingId = NewType("PostingId", int)
PaperId = NewType("PaperId", int)


def new_key() -> str:
    """Return a fresh idempotency key: the same key always gives the same result."""
    return uuid4().hex
