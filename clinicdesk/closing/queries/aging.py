# SPDX-License-Identifier: Apache-2.0
"""R2: who owes what, by age of the service, as of a day; from the query of the debtors' list.

It reads the amounts kept open; the other side of its proof reads the postings.
"""

from __future__ import annotations

from datetime import date

from clinicdesk.billing.queries.debtors import aged, debtors
from clinicdesk.closing.model import RECEIVABLE, AgingRow
from clinicdesk.ledger.model.chart import PATIENT_CREDITS
from clinicdesk.ledger.queries import AsOf
from clinicdesk.storage.records import Reading


def rows(reading: Reading, as_of: date) -> tuple[AgingRow, ...]:
    """Return R2, largest first; what stands with agencies is not on it."""
    found = debtors(reading, as_of, AsOf(day=as_of), owed_on=RECEIVABLE, held_on=(PATIENT_CREDITS,))
    return tuple(
        AgingRow(
            guarantor_id=row.guarantor_id,
            account=row.chart_number,
            name=row.name,
            phone=row.phone,
            buckets=row.buckets,
            insurer_minor=row.insurer_minor,
            credit_minor=row.credit_minor,
            last_payment_on=row.last_payment_on,
            last_payment_minor=None if row.last_payment_on is None else row.last_payment_minor,
        )
        for row in found
    )


def over_90_share(reading: Reading, as_of: date) -> tuple[int, int]:
    """Return what is owed for more than 90 days, and all that is owed."""
    sums = aged(reading, as_of, AsOf(day=as_of), owed_on=RECEIVABLE)
    return sums[3] + sums[4], sum(sums)
