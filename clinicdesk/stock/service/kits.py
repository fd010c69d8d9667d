# SPDX-License-Identifier: Apache-2.0
"""What visits use up: taken when a visit is done, given back when that is undone.

Heeds the facts of the book inside their transactions, so a visit and its kit are one. Nobody is
kept from finishing a visit by an empty shelf: what is missing is told in the audit trail.
"""

from __future__ import annotations

from clinicdesk.schedule.model import VisitCompleted, VisitReopened, VisitWithdrawn
from clinicdesk.stock import queries
from clinicdesk.stock.model import KIT, Move, Movement, first_to_expire
from clinicdesk.stock.repository import MovementRepository
from clinicdesk.stock.service.moving import UNDONE, MovingDesk
from clinicdesk.storage.records import UnitOfWork


class KitDesk(MovingDesk):
    """Follows the visits."""

    def heed_completion(self, work: UnitOfWork, fact: VisitCompleted) -> None:
        """Take the kit of a visit that is done, first to expire first."""
        lines = queries.kit_of_visit(work, fact.visit_id)
        repository = MovementRepository(work)
        if not lines or repository.kit_of(fact.visit_id):
            return
        movements: list[Movement] = []
        missing: list[str] = []
        for line in lines:
            there = repository.lots_on_hand(line.item_id)
            taken = first_to_expire(there, line.quantity, work.today)
            movements += [
                Movement(
                    line.item_id,
                    lot.lot_id,
                    lot.place_id,
                    Move.USE,
                    -lot.quantity,
                    visit_id=fact.visit_id,
                    patient_id=fact.patient_id,
                    reason=KIT,
                )
                for lot in taken
            ]
            short = line.quantity - sum(lot.quantity for lot in taken)
            if short:
                missing.append(f"{line.item}: {short}")
        if movements:
            self._book(work, movements, action="stock.use_kit", reason=KIT)
        if missing:
            work.record(
                "visit",
                fact.visit_id,
                action="stock.kit_short",
                patient_id=fact.patient_id,
                after={"missing": "; ".join(missing)},
            )

    def heed_reopening(self, work: UnitOfWork, fact: VisitReopened) -> None:
        """Give back the kit of a visit that is not done after all."""
        self._give_back(work, fact.visit_id)

    def heed_withdrawal(self, work: UnitOfWork, fact: VisitWithdrawn) -> None:
        """Give back the kit of a visit that did not take place."""
        self._give_back(work, fact.visit_id)

    def _give_back(self, work: UnitOfWork, visit_id: int) -> None:
        taken = MovementRepository(work).kit_of(visit_id)
        if taken:
            self._reversed(work, taken, "stock.return_kit", UNDONE)
