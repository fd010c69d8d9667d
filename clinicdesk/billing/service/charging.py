# SPDX-License-Identifier: Apache-2.0
"""Posting charges; checking a visit out in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    MAY_CHARGE,
    MAY_EDIT_FEES,
    MAY_TAKE_PAYMENT,
    ChargeLine,
    CheckOut,
    NothingToPost,
    PostCharges,
    Receivable,
    ReverseEntry,
    SaveFee,
    charge_entry,
)
from clinicdesk.billing.repository import BillingRepository
from clinicdesk.billing.service.correcting import IN_ERROR, CorrectingDesk
from clinicdesk.billing.service.money import Taken
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class CheckedOut:
    """What a check-out posted.

    Attributes:
        entry_ids: of the charges that have postings.
        taken: the payment, or None.
    """

    charge_ids: tuple[int, ...]
    entry_ids: tuple[int, ...]
    taken: Taken | None


class ChargingDesk(CorrectingDesk):
    """What is charged."""

    def charge(self, command: PostCharges, actor: Actor) -> Done[CheckedOut]:
        """Charge services; a price of zero is a charge without postings."""
        check_out = CheckOut(
            command.patient_id,
            command.service_on,
            command.lines,
            visit_id=command.visit_id,
            key=command.key,
        )
        return self.check_out(check_out, actor)

    def check_out(self, command: CheckOut, actor: Actor) -> Done[CheckedOut]:
        """Post a visit's charges and payment together or not at all."""
        if command.lines:
            actor.require(MAY_CHARGE)
        if command.payment is not None:
            actor.require(MAY_TAKE_PAYMENT)
        if not command.lines and command.payment is None:
            raise NothingToPost
        with self._records.write(actor, "billing.check_out", command.key) as work:
            if work.earlier is not None:
                return self._checked_out(command, _known(work.earlier), actor)
            charge_ids, entry_ids = self._charge(work, command)
            taken = None
            if command.payment is not None:
                taken = self._take(work, command.patient_id, command.payment, command.key)
            done = CheckedOut(tuple(charge_ids), tuple(entry_ids), taken)
            work.remember(
                {
                    "charge_ids": list(done.charge_ids),
                    "entry_ids": list(done.entry_ids),
                    "taken": None
                    if taken is None
                    else [taken.receipt_id, taken.number, taken.entry_id, taken.unapplied_minor],
                }
            )
        return self._checked_out(command, done, actor)

    def save_fee(self, command: SaveFee, actor: Actor) -> Done[int]:
        """Set a price from a day on."""
        self.save_fees((command,), actor)
        return Done(1, N_("The price of {code} is set."), {"code": command.code})

    def save_fees(self, commands: Sequence[SaveFee], actor: Actor) -> Done[int]:
        """Set many prices, all of them or none."""
        actor.require(MAY_EDIT_FEES)
        if not commands:
            raise NothingToPost
        with self._records.write(actor, "billing.save_fees", commands[0].key) as work:
            if work.earlier is None:
                repository = BillingRepository(work)
                schedule = repository.default_schedule()
                for item in commands:
                    repository.set_fee(
                        schedule,
                        item.code.strip().upper(),
                        item.description,
                        item.amount_minor,
                        item.from_on,
                    )
                work.record("fee_schedule", schedule, after={"prices": len(commands)})
                work.remember({"count": len(commands)})
        return Done(len(commands), N_("The prices are set."))

    def _charge(self, work: UnitOfWork, command: CheckOut) -> tuple[list[int], list[int]]:
        guarantor = queries.guarantor_on(work, command.patient_id, command.service_on)
        covered = queries.coverage_payer(work, command.patient_id, command.service_on)
        rows = [
            {
                "patient_id": command.patient_id,
                "guarantor_id": guarantor,
                "visit_id": command.visit_id,
                "provider_id": line.provider_id,
                "service_on": command.service_on,
                "business_on": work.today,
                "code": line.code,
                "description": line.description,
                "modifiers": line.modifiers,
                "diagnoses": line.diagnoses,
                "units": line.units,
                "unit_minor": line.unit_minor,
                "amount_minor": line.units * line.unit_minor,
                "tax_minor": line.tax_minor,
                "tax_code": line.tax_code,
                "coverage_id": covered[0] if covered else None,
            }
            for line in command.lines
        ]
        charge_ids = BillingRepository(work).add_charges(rows)
        drafts = []
        for place, (charge_id, line) in enumerate(zip(charge_ids, command.lines, strict=True)):
            party = line.party or (("payer", covered[1]) if covered else ("guarantor", guarantor))
            owed = Receivable(charge_id, command.patient_id, party, line.provider_id)
            draft = charge_entry(
                owed,
                line.units * line.unit_minor,
                work.today,
                tax=(line.tax_minor, line.tax_code),
            )
            if draft.postings:
                drafts.append(replace(draft, key=f"{command.key}:{place}"))
            work.record(
                "charge",
                charge_id,
                action="billing.charge",
                patient_id=command.patient_id,
                category="financial",
                after={"code": line.code, "amount_minor": line.units * line.unit_minor},
            )
        return charge_ids, self._ledger.post_many(work, drafts)

    def _checked_out(self, command: CheckOut, done: CheckedOut, actor: Actor) -> Done[CheckedOut]:
        total = sum(_amount(line) for line in command.lines)
        fields: dict[str, object] = {"charged": self._money(total)}
        wording = N_("{charged} charged.")
        if command.payment is not None and done.taken is not None:
            fields |= {"paid": self._money(command.payment.amount_minor)}
            fields |= {"number": done.taken.number}
            wording = (
                N_("{charged} charged, {paid} paid, receipt {number}.")
                if command.lines
                else N_("{paid} paid, receipt {number}.")
            )
        return Done(done, wording, fields, undo=lambda: self._take_all_back(done, actor))

    def _take_all_back(self, done: CheckedOut, actor: Actor) -> Done[int]:
        """Reverse the payment first, then the charges; both lines of each stay."""
        entries = ([done.taken.entry_id] if done.taken else []) + list(reversed(done.entry_ids))
        last = 0
        for entry_id in entries:
            last = self.reverse(ReverseEntry(entry_id, IN_ERROR), actor).value
        return Done(last, N_("The check-out is reversed; all lines stay."))


def _amount(line: ChargeLine) -> int:
    return line.units * line.unit_minor + line.tax_minor


def _known(earlier: dict[str, list[int]]) -> CheckedOut:
    taken = earlier["taken"]
    return CheckedOut(
        tuple(earlier["charge_ids"]),
        tuple(earlier["entry_ids"]),
        Taken(taken[0], str(taken[1]), taken[2], taken[3]) if taken else None,
    )


__all__ = ["ChargingDesk", "CheckedOut"]
