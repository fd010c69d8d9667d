# SPDX-License-Identifier: Apache-2.0
"""What the pages ask of billing, on the records lane: plain values in, frozen values out."""

from __future__ import annotations

from dataclasses import dataclass

from clinicdesk.billing.queries import FeeRow
from clinicdesk.billing.service import Account, Billing, Proposal
from clinicdesk.kernel.actors import Actor

_MOST_FEES = 2000


@dataclass(frozen=True, slots=True)
class Start:
    """What a check-out starts with."""

    proposal: Proposal
    fees: tuple[FeeRow, ...]


@dataclass(frozen=True, slots=True)
class View:
    """One answer: the account, whose it is, and today's prices."""

    account: Account
    proposal: Proposal
    fees: tuple[FeeRow, ...]


def start(billing: Billing, patient_id: int, appointment_id: int, actor: Actor) -> Start:
    """Ask what a check-out starts with; of this appointment, if it is the patient's."""
    proposal = billing.proposal(patient_id, actor, appointment_id or None)
    return Start(proposal, billing.fees("", actor, _MOST_FEES))


def look(billing: Billing, patient_id: int, actor: Actor) -> View:
    """Ask all a page of an account shows."""
    return View(
        billing.account(patient_id, actor),
        billing.proposal(patient_id, actor),
        billing.fees("", actor, _MOST_FEES),
    )
