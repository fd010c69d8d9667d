# SPDX-License-Identifier: Apache-2.0
"""Receipts, statements and charges for the palette: ``#1882`` opens the account at that row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from clinicdesk.billing.model import MAY_VIEW
from clinicdesk.billing.panel.actions import REGISTER
from clinicdesk.billing.queries.numbers import NumberHit
from clinicdesk.billing.service import Billing
from clinicdesk.desktop.palette import Hit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.folding import digits
from clinicdesk.wording.text import N_, _

OPEN: Final = "open"
_MOST = 8
_WORDS: Final = {
    "receipt": (N_("Receipt {number}"), "receipt"),
    "statement": (N_("Statement {number}"), "statement"),
    "charge": (N_("Charge {number}"), "ledger"),
}


class NumberSource:
    """What has a number and stands on an account."""

    prefix = "#"

    def __init__(self, room: Room, billing: Billing) -> None:
        self._room, self._billing = room, billing

    def question(self, text: str) -> Callable[[], Sequence[Hit]] | None:
        """Return what to ask: numbers of three digits or more, fewer only after ``R-`` or #."""
        number = digits(text)
        letters = "".join(c for c in text.upper() if c.isalpha())
        asked = len(letters) <= 1 and letters in {"", "R", "S", "V"}
        if not self._room.actor.may(MAY_VIEW) or not asked or not number:
            return None
        return partial(_hits, self._room, self._billing, text)


@dataclass(frozen=True, slots=True)
class _Open:
    """Choosing a hit: the account of its patient, at its row."""

    room: Room
    hit: NumberHit

    def act(self) -> None:
        spotlight = self.room.spotlight
        spotlight.show("patient", self.hit.patient_id)
        self.room.go_to(REGISTER)
        spotlight.ask_for(self.hit.kind, self.hit.id, OPEN)


def _hits(room: Room, billing: Billing, text: str) -> tuple[Hit, ...]:
    formats = room.formats
    made = []
    for hit in billing.by_number(text, room.actor, _MOST):
        wording, icon = _WORDS[hit.kind]
        amount = "" if hit.amount_minor is None else formats.money(hit.amount_minor)
        path = " · ".join(part for part in (hit.patient, formats.day(hit.on), amount) if part)
        made.append(
            Hit(
                title=_(wording).format(number=hit.number),
                act=_Open(room, hit).act,
                path=path,
                icon=icon,
                aliases=(hit.number,),
                kind="paper",
                id=f"{hit.kind}.{hit.id}",
            )
        )
    return tuple(made)
