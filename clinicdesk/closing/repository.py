# SPDX-License-Identifier: Apache-2.0
"""Writes till counts and deposits; money moves through the ledger."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from clinicdesk.closing.model.day import CloseDay, DayEnd
from clinicdesk.closing.tables import deposit, till_count
from clinicdesk.storage.records import UnitOfWork


class ClosingRepository:
    """The only writer of closing's tables."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add_deposit(self, number: str, on: date, parts: tuple[int, int], entry_id: int) -> int:
        """Write what goes to the bank, cash and cheques, and return its id."""
        return self._add(
            deposit,
            number=number,
            made_on=on,
            cash_minor=parts[0],
            cheques_minor=parts[1],
            entry_id=entry_id,
        )

    def add_count(
        self, command: CloseDay, day: DayEnd, entry_id: int | None, deposit_id: int | None
    ) -> int:
        """Write what was counted beside what was expected, and return its id."""
        return self._add(
            till_count,
            counted_on=command.on,
            pieces=json.dumps(command.pieces),
            cash_minor=command.cash_minor,
            expected_minor=day.cash_minor,
            float_minor=command.float_minor,
            cards_minor=command.cards_minor,
            expected_cards_minor=day.cards_minor,
            cheques_minor=command.cheques_minor,
            expected_cheques_minor=day.cheques_minor,
            reason=command.reason.strip(),
            entry_id=entry_id,
            deposit_id=deposit_id,
            counted_by=self._work.actor.user_id,
            counted_at=self._work.now,
        )

    def _add(self, table: Any, **values: object) -> int:
        key = self._work.execute(table.insert().values(**values)).inserted_primary_key
        return int(key[0]) if key else 0
