# SPDX-License-Identifier: Apache-2.0
"""Many accounts at once: who owes, what came in; and the proofs of billing's own records."""

from __future__ import annotations

from datetime import date

from clinicdesk.billing import queries
from clinicdesk.billing.model import MAY_SEE_FINANCIAL, MAY_VIEW
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.checks import Check
from clinicdesk.storage.records import Reading, Records


class SurveyingDesk:
    """What is looked over."""

    _records: Records

    def debtors(self, actor: Actor, as_of: date | None = None) -> tuple[queries.DebtorRow, ...]:
        """Return who owes what by age (R2), now or at the end of an earlier day; audited."""
        actor.require(MAY_VIEW)
        self._tell(actor, "billing.view_debtors")
        with self._records.read() as reading:
            if as_of is None or as_of >= reading.today:
                return queries.debtors(reading, reading.today)
            return queries.debtors(reading, as_of, queries.AsOf(day=as_of))

    def receipts(self, first: date, last: date, actor: Actor) -> tuple[queries.ReceiptListRow, ...]:
        """Return the receipts of some days by number (R9); audited."""
        actor.require(MAY_VIEW)
        self._tell(actor, "billing.view_receipts")
        with self._records.read() as reading:
            return queries.receipts(reading, first, last)

    def methods(self, first: date, last: date, actor: Actor) -> tuple[queries.MethodRow, ...]:
        """Return what came in by method (R9)."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return queries.by_method(reading, first, last)

    def cash_income(
        self, first: date, last: date, actor: Actor
    ) -> tuple[queries.CashIncomeRow, ...]:
        """Return income by provider on the cash basis."""
        actor.require(MAY_SEE_FINANCIAL)
        with self._records.read() as reading:
            return queries.cash_income(reading, first, last)

    def checks(self, reading: Reading) -> tuple[Check, ...]:
        """Prove billing's records against the books."""
        return queries.proofs.checks(reading)

    def _tell(self, actor: Actor, action: str) -> None:
        with self._records.write(actor, action) as work:
            work.record("account", None, category="financial")
