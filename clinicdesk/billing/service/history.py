# SPDX-License-Identifier: Apache-2.0
"""Taking in charges that were made elsewhere: imports and the demo clinic."""

from __future__ import annotations

from collections.abc import Sequence

from clinicdesk.billing.model.past import PastCharge
from clinicdesk.billing.repository import BillingRepository
from clinicdesk.storage.records import UnitOfWork

_PAGE = 5000


def take_in(work: UnitOfWork, charges: Sequence[PastCharge]) -> list[int]:
    """Keep many charges inside the caller's transaction; return their ids, in order.

    Their entries are posted apart, through the ledger; a charge of zero has none.
    """
    ids: list[int] = []
    for at in range(0, len(charges), _PAGE):
        page = charges[at : at + _PAGE]
        ids += BillingRepository(work).add_charges(
            [
                {
                    "patient_id": one.patient_id,
                    "guarantor_id": one.guarantor_id,
                    "visit_id": one.visit_id,
                    "provider_id": one.provider_id,
                    "service_on": one.service_on,
                    "business_on": one.business_on,
                    "code": one.code,
                    "description": one.description,
                    "modifiers": one.modifiers,
                    "diagnoses": one.diagnoses,
                    "units": one.units,
                    "unit_minor": one.unit_minor,
                    "amount_minor": one.amount_minor,
                    "coverage_id": one.coverage_id,
                    "created_at": one.created_at or work.now,
                }
                for one in page
            ]
        )
    work.record("charge", None, category="financial", after={"taken_in": len(charges)})
    return ids
