# SPDX-License-Identifier: Apache-2.0
"""Turns Synthea's claim transactions into what a ledger does. Pure.

Synthea's account of a charge is a walk: it begins with the first insurer (or the patient, if
there is none), payments take from whoever owes at that point, and a TRANSFEROUT with its
TRANSFERIN hands the rest on: to the second insurer ("2") or the patient ("p"). A COPAY is the
exception: the patient pays it while the insurer still owes, and nothing is transferred for it. So
the patient's share is put on the patient when the charge is posted, and every other amount is
posted as the file has it. Where payments are missing the walk goes on and leaves more open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from clinicdesk.exchange.synthea import (
    ADJUSTMENT,
    CHARGE,
    PAYMENT,
    TRANSFER_IN,
    TRANSFER_OUT,
    SyntheaClaim,
    SyntheaTransaction,
)
from clinicdesk.wording.text import N_

FILE = "claims_transactions.csv"
COPAY = "COPAY"
NO_INSURANCE = "NO_INSURANCE"

# How Synthea says money came, and how we say it.
METHODS = {
    "CASH": "cash",
    "CC": "card",
    "CHECK": "cheque",
    "ECHECK": "transfer",
    COPAY: "cash",
}

NO_CHARGE = N_("belongs to no charge of its claim")
NO_CLAIM = N_("names the claim {value}, which is not in claims.csv")
NO_PAIR = N_("is a transfer whose other half is missing")
NO_AMOUNT = N_("carries no amount")
METHOD_UNKNOWN = N_("names the unknown method {value}")
TOO_MUCH = N_("takes more than was open; the rest is kept as credit")
TRANSFER_CUT = N_("hands on more than was open; only what was open is handed on")


@dataclass(frozen=True, slots=True)
class Party:
    """Who owes: an insurer's foreign id, or "" for the patient's guarantor."""

    payer: str = ""


PATIENT = Party()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens to a charge after it was posted.

    Attributes:
        kind: PAYMENT, ADJUSTMENT or TRANSFER_IN.
        row: the line of the file; ``pair`` is the TRANSFEROUT of a TRANSFERIN.
        party: who pays, is adjusted, or owed before a transfer.
        to: who owes after a transfer.
        minor: what is applied to the charge; ``extra`` what is beyond it.
    """

    kind: str
    row: SyntheaTransaction
    party: Party
    minor: int
    extra: int = 0
    to: Party = PATIENT
    pair: SyntheaTransaction | None = None


@dataclass(slots=True)
class Walk:
    """A charge and what became of it.

    Attributes:
        first: who owes at first, apart from the patient's copay.
        copay_minor: the part put on the patient at once.
    """

    charge: SyntheaTransaction
    claim: SyntheaClaim
    first: Party
    copay_minor: int = 0
    steps: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Remark:
    """Why a line was left out, or how it was bent."""

    row: SyntheaTransaction
    reason: str
    skipped: bool
    value: str = ""


def walks(
    transactions: Iterable[SyntheaTransaction],
    claims: Mapping[str, SyntheaClaim],
    insured_by_nobody: frozenset[str],
) -> tuple[list[Walk], list[Remark]]:
    """Return every charge with its steps, by day and number, and remarks on odd lines.

    Args:
        transactions: the file's lines; those of one claim in order, claims may be mixed.
        claims: by id.
        insured_by_nobody: ids of payers that mean "no insurance".
    """
    groups: dict[str, list[list[SyntheaTransaction]]] = {}
    remarks: list[Remark] = []
    for row in transactions:
        mine = groups.setdefault(row.claim, [])
        if row.claim not in claims:
            remarks.append(Remark(row, NO_CLAIM, skipped=True, value=row.claim))
        elif row.type == CHARGE:
            mine.append([row])
        elif mine:
            mine[-1].append(row)
        else:
            remarks.append(Remark(row, NO_CHARGE, skipped=True))
    done = [
        _walk(rows, claims[claim], insured_by_nobody, remarks)
        for claim, mine in groups.items()
        for rows in mine
    ]
    done.sort(key=lambda walk: (walk.charge.happened_at, walk.charge.number))
    return done, remarks


def _walk(
    rows: list[SyntheaTransaction],
    claim: SyntheaClaim,
    insured_by_nobody: frozenset[str],
    remarks: list[Remark],
) -> Walk:
    def party(code: str) -> Party:
        payer = {"1": claim.payer, "2": claim.second_payer}.get(code, "")
        return PATIENT if payer in insured_by_nobody else Party(payer)

    charge = rows[0]
    walk = Walk(charge, claim, party(charge.to))
    outs = {str(row.number): row for row in rows if row.type == TRANSFER_OUT}
    paired = {row.moved for row in rows if row.type == TRANSFER_IN}
    remarks += [
        Remark(row, NO_PAIR, skipped=True) for number, row in outs.items() if number not in paired
    ]
    if walk.first != PATIENT:
        owed = sum(row.minor for row in rows if row.type == PAYMENT and row.method == COPAY)
        walk.copay_minor = min(owed, charge.minor)
    opened = {walk.first: charge.minor - walk.copay_minor}
    opened[PATIENT] = opened.get(PATIENT, 0) + walk.copay_minor
    now = walk.first
    for row in rows[1:]:
        if row.type == TRANSFER_OUT:
            continue
        if row.minor <= 0:
            remarks.append(Remark(row, NO_AMOUNT, skipped=True))
        elif row.type == TRANSFER_IN:
            pair = outs.get(row.moved)
            if pair is None:
                remarks.append(Remark(row, NO_PAIR, skipped=True))
                continue
            to = party(row.to)
            minor = min(row.minor, opened.get(now, 0))
            if minor < row.minor:
                remarks.append(Remark(row, TRANSFER_CUT, skipped=False))
            if minor and to != now:
                opened[now] -= minor
                opened[to] = opened.get(to, 0) + minor
            walk.steps.append(Step(TRANSFER_IN, row, now, minor, to=to, pair=pair))
            now = to
        elif row.type == PAYMENT and row.method not in METHODS:
            remarks.append(Remark(row, METHOD_UNKNOWN, skipped=True, value=row.method))
        else:
            who = PATIENT if row.method == COPAY else now
            minor = min(row.minor, opened.get(who, 0))
            extra = row.minor - minor if row.type == PAYMENT else 0
            if minor < row.minor:
                remarks.append(Remark(row, TOO_MUCH, skipped=False))
            opened[who] = opened.get(who, 0) - minor
            kind = PAYMENT if row.type == PAYMENT else ADJUSTMENT
            walk.steps.append(Step(kind, row, who, minor, extra))
    return walk
