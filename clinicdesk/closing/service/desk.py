# SPDX-License-Identifier: Apache-2.0
"""What day ends and month ends share: records, ledger, letterhead, formats."""

from __future__ import annotations

from clinicdesk.ledger.service import Ledger
from clinicdesk.printing.sheet import Letterhead
from clinicdesk.storage.records import Records
from clinicdesk.wording.formats import Formats


class ClosingDesk:
    """One clinic's books at closing time."""

    def __init__(self, records: Records, ledger: Ledger | None = None) -> None:
        self._records = records
        self._ledger = ledger or Ledger(records)

    def letterhead(self, formats: Formats) -> Letterhead:
        """Return the clinic's letterhead in a reader's language."""
        profile = self._records.profile
        return Letterhead.of(
            formats,
            name=profile.name,
            address=profile.address,
            phone=profile.phone,
            tax_number=profile.tax_number,
            demo=profile.demo,
        )

    def formats(self, language: str = "") -> Formats:
        """Return the formats of the clinic's papers, or of another language."""
        profile = self._records.profile
        tag = language or profile.language
        return Formats(tag, profile.country, profile.currency, profile.zone)
