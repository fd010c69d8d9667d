# SPDX-License-Identifier: Apache-2.0
"""Plans what became of each visit's bill: who paid what and when, what was written off. Pure.

One act is one entry of the books. An insurer pays after weeks, cuts the fee to what was agreed
and leaves the rest to the patient; patients pay at the desk, later, or never; what nobody pays is
written off after half a year, so every bucket of the aging holds something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from clinicdesk.demo.catalogue import FEES, INSURERS

PRICES = {fee.code: fee.price for fee in FEES}
_METHODS = ("card", "cash", "cheque", "transfer")
_METHOD_WEIGHTS = (62, 24, 6, 8)
_DAY = timedelta(days=1)
_WRITE_OFF_DAYS = 180


@dataclass(frozen=True, slots=True)
class Line:
    """A service on a bill; ``minor`` is its price."""

    code: str
    minor: int


@dataclass(frozen=True, slots=True)
class Act:
    """One entry to be.

    Attributes:
        at: naive wall instant.
        kind: charge, insurer, patient, write_off or refund.
        bill: number of the bill; its lines are in ``Bill.lines``.
        paid: minor units by line of the bill.
        cut: contractual write-off by line; ``moved``: what falls to the patient, by line.
        method: of money that came or goes.
        extra: money beyond the bill, kept as credit; a refund gives it back.
    """

    at: datetime
    kind: str
    bill: int
    paid: tuple[int, ...] = ()
    cut: tuple[int, ...] = ()
    moved: tuple[int, ...] = ()
    method: str = ""
    extra: int = 0


@dataclass(frozen=True, slots=True)
class Bill:
    """What one visit cost.

    Attributes:
        insurer: index into the insurers, None if the patient pays alone.
    """

    number: int
    patient: int
    insurer: int | None
    lines: tuple[Line, ...]


class Till:
    """Plans the acts of each bill."""

    def __init__(
        self, chance: Random, unit: int, now: datetime, closed: frozenset[date], *, sparse: bool
    ) -> None:
        self._chance = chance
        self._unit = unit
        self._now = now
        self._closed = closed
        self._billed = 0.27 if sparse else 0.9
        self._bills = 0

    def lines(self, codes: Sequence[str]) -> tuple[Line, ...]:
        """Return the lines of a visit's bill, () if it is covered by a lump sum."""
        chance = self._chance
        if chance.random() >= self._billed:
            return ()
        chosen = list(codes)
        if len(chosen) > 1 and chance.random() < 0.35:
            chosen.pop()
        luck = chance.random()
        if luck < 0.04:
            chosen.append("LETTER")
        elif luck < 0.06:
            chosen.append("ADVICE")
        return tuple(Line(code, PRICES[code] * self._unit) for code in chosen)

    def owed(self, owing: int) -> tuple[Line, ...]:
        """Return the lines of a bill on which so much can stay open."""
        lines = [Line("CONS15", PRICES["CONS15"] * self._unit)]
        if owing > PRICES["CONS15"]:
            lines.append(Line("CONS30", PRICES["CONS30"] * self._unit))
        return tuple(lines)

    def bill(
        self,
        patient: int,
        insurer: int | None,
        lines: tuple[Line, ...],
        at: datetime,
        owing: int | None = None,
        *,
        prompt: bool = False,
    ) -> tuple[Bill, list[Act]]:
        """Return the bill of a visit that ended at ``at`` and its acts up to now.

        Attributes:
            owing: whole units that shall be open on it now, None for whatever comes.
            prompt: the patient pays whatever falls to them at once.
        """
        self._bills += 1
        bill = Bill(self._bills, patient, insurer, lines)
        acts = [Act(at, "charge", bill.number)]
        due = tuple(line.minor for line in lines)
        if owing is not None:
            acts += self._partly(bill, due, at, owing * self._unit)
        elif insurer is not None:
            acts += self._insured(bill, due, at, prompt=prompt)
        elif prompt:
            acts.append(Act(at + timedelta(minutes=2), "patient", bill.number, due, method="card"))
        else:
            acts += self._alone(bill, due, at)
        return bill, [act for act in acts if act.at <= self._now]

    def _insured(
        self, bill: Bill, due: tuple[int, ...], at: datetime, *, prompt: bool
    ) -> list[Act]:
        assert bill.insurer is not None  # noqa: S101 -- asked only for the insured
        insurer, chance = INSURERS[bill.insurer], self._chance
        luck = chance.random()
        wait = chance.randrange(*insurer.days)
        if luck < 0.05:
            wait += chance.randrange(30, 160)  # a claim that was stuck
        paid_at = self._office(at, wait)
        if luck > 0.97 and not prompt:  # refused: all of it falls to the patient
            nothing = tuple(0 for _ in due)
            acts = [Act(paid_at, "insurer", bill.number, nothing, nothing, due)]
            return acts + self._alone(bill, due, paid_at, at_desk=False)
        agreed = tuple(minor * insurer.agreed // 100 for minor in due)
        paid = tuple(minor * insurer.pays // 100 for minor in agreed)
        cut = tuple(a - b for a, b in zip(due, agreed, strict=True))
        moved = tuple(a - b for a, b in zip(agreed, paid, strict=True))
        acts = [Act(paid_at, "insurer", bill.number, paid, cut, moved, "transfer")]
        if prompt and any(moved):
            acts.append(Act(paid_at, "patient", bill.number, moved, method="transfer"))
        elif any(moved):
            acts += self._alone(bill, moved, paid_at, at_desk=False)
        return acts

    def _alone(
        self, bill: Bill, due: tuple[int, ...], at: datetime, *, at_desk: bool = True
    ) -> list[Act]:
        chance = self._chance
        if not any(due):
            return []
        luck = chance.random()
        if at_desk and luck < 0.7:
            later = at + timedelta(minutes=2)
        elif luck < 0.9:
            later = self._office(at, chance.randrange(3, 58))
        elif luck < 0.95:
            later = self._office(at, chance.randrange(58, 130))
        else:
            write_off = Act(self._office(at, _WRITE_OFF_DAYS), "write_off", bill.number, due)
            return [write_off] if chance.random() < 0.9 else []
        method = chance.choices(_METHODS, _METHOD_WEIGHTS)[0]
        extra = 0
        if chance.random() < 0.012:
            extra = -sum(due) % (10 * self._unit) or 10 * self._unit
        acts = [Act(later, "patient", bill.number, due, method=method, extra=extra)]
        if extra and chance.random() < 0.7:
            acts.append(
                Act(self._office(later, 20), "refund", bill.number, method="transfer", extra=extra)
            )
        return acts

    def _partly(self, bill: Bill, due: tuple[int, ...], at: datetime, owing: int) -> list[Act]:
        """Pay all but what shall be left open."""
        left, paid, moved = owing, [], []
        for minor in due:
            stays = min(left, minor)
            left -= stays
            paid.append(minor - stays)
            moved.append(stays)
        later = self._office(at, 2)
        if bill.insurer is not None:
            nothing = tuple(0 for _ in due)
            return [
                Act(later, "insurer", bill.number, tuple(paid), nothing, tuple(moved), "transfer")
            ]
        if any(paid):
            return [
                Act(at + timedelta(minutes=2), "patient", bill.number, tuple(paid), method="card")
            ]
        return []

    def _office(self, at: datetime, days: int) -> datetime:
        """Return an office hour so many days on, on a day the clinic is open."""
        day = at.date() + days * _DAY
        while day.weekday() > 4 or day in self._closed:
            day += _DAY
        minute = self._chance.randrange(9 * 60, 16 * 60 + 30)
        return datetime.combine(day, time(minute // 60, minute % 60))
