# SPDX-License-Identifier: Apache-2.0
"""Posting charges; checking a visit out in one pass."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    INCOME,
    MAY_CHARGE,
    MAY_REVERSE,
    MAY_REVERSE_OWN_TODAY,
    MAY_TAKE_PAYMENT,
    ChargeLine,
    CheckOut,
    NothingToPost,
    NotYet,
    PostCharges,
    Receivable,
    UnknownTaxCode,
    WrongLine,
    charge_entry,
    tax_of,
)
from clinicdesk.billing.repository import BillingRepository
from clinicdesk.billing.service.correcting import IN_ERROR, CorrectingDesk
from clinicdesk.billing.service.money import Taken
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import new_key
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
                own = frozenset(charge_ids if command.payment.this_visit_first else ())
                taken = self._take(work, command.patient_id, command.payment, command.key, own)
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

    def _charge(
        self, work: UnitOfWork, command: CheckOut, package_id: int | None = None
    ) -> tuple[list[int], list[int]]:
        """Write charges and post their entries; a package's own entries are posted apart."""
        if command.service_on > work.today:
            raise NotYet(day=command.service_on, field="service_on")
        guarantor = queries.guarantor_on(work, command.patient_id, command.service_on)
        covered = queries.coverage_payer(work, command.patient_id, command.service_on)
        lines = [self._taxed(work, line, command.service_on) for line in command.lines]
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
                "package_id": package_id,
                "coverage_id": covered[0] if covered and package_id is None else None,
            }
            for line in lines
        ]
        charge_ids = BillingRepository(work).add_charges(rows)
        drafts = []
        for place, (charge_id, line) in enumerate(zip(charge_ids, lines, strict=True)):
            party = line.party or (("payer", covered[1]) if covered else ("guarantor", guarantor))
            owed = Receivable(charge_id, command.patient_id, party, line.provider_id)
            draft = charge_entry(
                owed,
                line.units * line.unit_minor,
                work.today,
                tax=(line.tax_minor, line.tax_code),
                income=line.income,
            )
            if draft.postings and package_id is None:
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

    def _taxed(self, work: UnitOfWork, line: ChargeLine, on: date) -> ChargeLine:
        if line.units < 1 or line.unit_minor < 0 or line.tax_minor < 0 or line.income not in INCOME:
            raise WrongLine(field="lines")
        if line.tax_code is None or line.tax_minor:
            return line
        rate = queries.tax_rate(work, line.tax_code, on)
        if rate is None:
            raise UnknownTaxCode(code=line.tax_code, day=on)
        return replace(line, tax_minor=tax_of(line.units * line.unit_minor, rate))

    def _charge_fee(self, work: UnitOfWork, patient_id: int, line: ChargeLine, key: str) -> None:
        guarantor = queries.guarantor_on(work, patient_id, work.today)
        owed_by = line.party or ("guarantor", guarantor)
        fee = replace(line, party=owed_by, income="fee")
        self._charge(work, CheckOut(patient_id, work.today, (fee,), key=f"{key}:fee"))

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
        """Reverse the payment first, then the charges, together; both lines of each stay."""
        entries = ([done.taken.entry_id] if done.taken else []) + list(reversed(done.entry_ids))
        if not actor.may(MAY_REVERSE):
            actor.require(MAY_REVERSE_OWN_TODAY)
        last, key = 0, new_key()
        with self._records.write(actor, "billing.reverse", key) as work:
            for place, entry_id in enumerate(entries):
                last = self._reverse(work, entry_id, IN_ERROR, f"{key}:{place}")
        if not done.entry_ids:
            return Done(last, N_("The payment is reversed; both lines stay in the account."))
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
