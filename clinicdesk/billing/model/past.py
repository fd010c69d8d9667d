# SPDX-License-Identifier: Apache-2.0
"""Charges as another system or the demo clinic tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class PastCharge:
    """A charge to be kept as it was; its entry is posted apart, a zero one has none.

    Attributes:
        guarantor_id: who answered for the patient then.
        created_at: None takes the unit's instant.
    """

    patient_id: int
    guarantor_id: int
    provider_id: int
    service_on: date
    business_on: date
    code: str
    description: str
    unit_minor: int
    units: int = 1
    modifiers: str = ""
    diagnoses: str = ""
    visit_id: int | None = None
    coverage_id: int | None = None
    created_at: datetime | None = None

    @property
    def amount_minor(self) -> int:
        """Units times fee."""
        return self.units * self.unit_minor
