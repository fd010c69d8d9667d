# SPDX-License-Identifier: Apache-2.0
"""Packages paid in advance and debts paid in instalments."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    MAY_CHARGE,
    MAY_TAKE_PAYMENT,
    MAY_VIEW,
    MAY_WRITE_OFF,
    SALE_CODE,
    AgreePlan,
    ChargeLine,
    CheckOut,
    PackageUsedUp,
    PlanTooLarge,
    Receivable,
    ReverseEntry,
    SellPackage,
    UsePackage,
    WrongLine,
    sale_entry,
    use_entry,
)
from clinicdesk.billing.repository import BillingRepository
from clinicdesk.billing.service.charging import ChargingDesk
from clinicdesk.billing.service.correcting import IN_ERROR
from clinicdesk.billing.service.money import Taken
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class Sold:
    """A package that was sold.

    Attributes:
        entry_id: the sale; reversing it takes it back while nothing of it is used.
    """

    package_id: int
    charge_id: int
    entry_id: int
    taken: Taken | None


class AgreeingDesk(ChargingDesk):
    """What is agreed beforehand."""

    def sell_package(self, command: SellPackage, actor: Actor) -> Done[Sold]:
        """Sell units of a service in advance: owed now, earned as they are used."""
        actor.require(MAY_CHARGE)
        if command.payment is not None:
            actor.require(MAY_TAKE_PAYMENT)
        if command.units < 1 or command.price_minor < command.units or not command.name.strip():
            raise WrongLine(N_("A package needs a name, one unit or more, and a price."))
        with self._records.write(actor, "billing.sell_package", command.key) as work:
            if work.earlier is not None:
                known = work.earlier
                taken = Taken(**known["taken"]) if known["taken"] else None
                done = Sold(known["package_id"], known["charge_id"], known["entry_id"], taken)
            else:
                package_id = BillingRepository(work).add_package(
                    {
                        "patient_id": command.patient_id,
                        "name": command.name.strip(),
                        "units": command.units,
                        "price_minor": command.price_minor,
                        "sold_on": work.today,
                        "expires_on": command.expires_on,
                    }
                )
                guarantor = queries.guarantor_on(work, command.patient_id, work.today)
                line = ChargeLine(
                    SALE_CODE, command.name.strip(), command.price_minor, command.provider_id
                )
                out = CheckOut(command.patient_id, work.today, (line,), key=f"{command.key}:sale")
                (charge_id,), _ = self._charge(work, out, package_id)
                owed = Receivable(
                    charge_id, command.patient_id, ("guarantor", guarantor), command.provider_id
                )
                draft = sale_entry(owed, package_id, command.price_minor, work.today)
                entry_id = self._ledger.post(
                    work, replace(draft, memo=command.name.strip(), key=f"{command.key}:sale")
                )
                taken = None
                if command.payment is not None:
                    taken = self._take(
                        work,
                        command.patient_id,
                        command.payment,
                        command.key,
                        frozenset({charge_id}),
                    )
                done = Sold(package_id, charge_id, entry_id, taken)
                work.remember(
                    {
                        "package_id": package_id,
                        "charge_id": charge_id,
                        "entry_id": entry_id,
                        "taken": None
                        if taken is None
                        else {
                            "receipt_id": taken.receipt_id,
                            "number": taken.number,
                            "entry_id": taken.entry_id,
                            "unapplied_minor": taken.unapplied_minor,
                        },
                    }
                )
        fields = {"name": command.name, "amount": self._money(command.price_minor)}
        return Done(done, N_("{name} sold for {amount}."), fields)

    def use_package(self, command: UsePackage, actor: Actor) -> Done[int]:
        """Give one unit; its part of the price is earned today. Returns the entry's id."""
        actor.require(MAY_CHARGE)
        with self._records.write(actor, "billing.use_package", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["entry_id"], N_("The unit was used."))
            package = queries.package_row(work, command.package_id)
            expired = package.expires_on is not None and package.expires_on < command.service_on
            if package.units_left < 1 or not package.left_minor or expired:
                raise PackageUsedUp
            unit = package.next_unit_minor
            guarantor = queries.guarantor_on(work, package.patient_id, command.service_on)
            line = ChargeLine(command.code, command.description, unit, command.provider_id)
            out = CheckOut(
                package.patient_id,
                command.service_on,
                (line,),
                visit_id=command.visit_id,
                key=command.key,
            )
            (charge_id,), _ = self._charge(work, out, package.package_id)
            owed = Receivable(
                charge_id, package.patient_id, ("guarantor", guarantor), command.provider_id
            )
            draft = use_entry(owed, package.package_id, unit, work.today)
            entry_id = self._ledger.post(
                work, replace(draft, memo=package.name, key=f"{command.key}:use")
            )
            work.remember({"entry_id": entry_id})
        fields = {"name": package.name, "left": package.units_left - 1}
        return Done(
            entry_id,
            N_("One of {name} used, {left} left."),
            fields,
            undo=lambda: self.reverse(ReverseEntry(entry_id, IN_ERROR), actor),
        )

    def packages(self, patient_id: int, actor: Actor) -> tuple[queries.PackageRow, ...]:
        """Return a patient's packages, the newest first."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return queries.packages(reading, patient_id)

    def agree_plan(self, command: AgreePlan, actor: Actor) -> Done[int]:
        """Agree on instalments for what a guarantor owes; an earlier plan ends."""
        actor.require(MAY_WRITE_OFF)
        if command.instalments < 1 or command.every_months < 1 or command.principal_minor < 1:
            raise WrongLine(N_("A plan needs an amount and one instalment or more."))
        party = ("guarantor", command.guarantor_id)
        with self._records.write(actor, "billing.agree_plan", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["plan_id"], N_("The plan is agreed."))
            owed = sum(item.open_minor for item in queries.open_charges(work, party=party))
            if command.principal_minor > owed:
                raise PlanTooLarge(most=self._money(owed), field="principal")
            values = {
                "guarantor_id": command.guarantor_id,
                "principal_minor": command.principal_minor,
                "first_due_on": command.first_due_on,
                "instalments": command.instalments,
                "every_months": command.every_months,
                "signed_on": work.today,
            }
            plan_id = BillingRepository(work).add_plan(values)
            work.record(
                "instalment_plan",
                plan_id,
                patient_id=command.guarantor_id,
                category="financial",
                after=values,
            )
            work.remember({"plan_id": plan_id})
        return Done(plan_id, N_("The plan is agreed."))

    def plan(self, guarantor_id: int, actor: Actor) -> queries.PlanRow | None:
        """Return a guarantor's running plan and how it stands today."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return queries.plan(reading, guarantor_id, reading.today)
