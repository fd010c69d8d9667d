# SPDX-License-Identifier: Apache-2.0
"""What another system says was used: told here once, so that it is known who got what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from clinicdesk.stock.model import Move, Movement, PastUse, positive
from clinicdesk.stock.repository import ItemRepository
from clinicdesk.stock.service.book import BookDesk
from clinicdesk.storage.records import UnitOfWork


class PastDesk(BookDesk):
    """Takes history in."""

    def take_past_in(
        self, work: UnitOfWork, uses: Sequence[PastUse], place: str
    ) -> tuple[int, ...]:
        """Write uses of the past inside another's transaction; return their ids, in order.

        Each came and went on its own day, at no value: shelves and ledger are as before.

        Raises:
            PeriodClosed: one of the days is closed.
        """
        place_id = ItemRepository(work).place(place)
        ids: dict[int, int] = {}
        ordered = sorted(enumerate(uses), key=lambda pair: pair[1].on)
        for day, group in groupby(ordered, key=lambda pair: pair[1].on):
            some = list(group)
            movements = [
                movement
                for _number, use in some
                for movement in (
                    Movement(use.item_id, None, place_id, Move.RECEIVE, positive(use.quantity), 0),
                    Movement(
                        use.item_id,
                        None,
                        place_id,
                        Move.USE,
                        -use.quantity,
                        0,
                        visit_id=use.visit_id,
                        patient_id=use.patient_id,
                    ),
                )
            ]
            written = self._book(work, movements, action="stock.take_past", day=day)
            ids.update(
                (number, written[2 * place + 1]) for place, (number, _use) in enumerate(some)
            )
        return tuple(ids[number] for number in range(len(uses)))
