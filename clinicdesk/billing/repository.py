# SPDX-License-Identifier: Apache-2.0
"""Writes charges and fees; what they do to money goes through the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from clinicdesk.billing.tables import (
    charge,
    fee,
    fee_schedule,
    instalment_plan,
    package,
    tax_code,
)
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.folding import fold
from clinicdesk.storage.dialect import insert
from clinicdesk.storage.records import UnitOfWork

CHARGES = Topic("billing.charges")
FEES = Topic("billing.fees")
PACKAGES = Topic("billing.packages")
PLANS = Topic("billing.plans")


class BillingRepository:
    """The only writer of billing's tables."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work

    def add_charges(self, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Write charges and return their ids, in order."""
        first = (self._work.execute(sa.select(sa.func.max(charge.c.id))).scalar() or 0) + 1
        numbered = [
            {"created_at": self._work.now, **row, "id": first + place}
            for place, row in enumerate(rows)
        ]
        if numbered:
            self._work.execute(charge.insert(), numbered)
        for row in numbered:
            self._work.note(CHARGES, row["id"])
        return [row["id"] for row in numbered]

    def mark_reversed(self, charge_id: int) -> None:
        """Note that a charge's own entry was reversed; its figures stay."""
        self._work.execute(charge.update().where(charge.c.id == charge_id).values(reversed=True))
        self._work.note(CHARGES, charge_id)

    def default_schedule(self) -> int:
        """Return the clinic's own fee schedule, made when first asked for."""
        found = self._work.execute(
            sa.select(fee_schedule.c.id).where(fee_schedule.c.is_default == sa.literal_column("1"))
        ).scalar()
        if found is None:
            done = self._work.execute(
                fee_schedule.insert().values(name="Standard", is_default=True)
            )
            found = _new_id(done)
        return int(found)

    def set_fee(
        self,
        schedule_id: int,
        code: str,
        description: str,
        amount_minor: int,
        from_on: date,
        tax: str | None = None,
    ) -> int:
        """Set a price from a day on; the one before ends the day before."""
        same = (fee.c.schedule_id == schedule_id, fee.c.code == code)
        self._work.execute(fee.delete().where(*same, fee.c.from_on == from_on))
        self._work.execute(
            fee.update()
            .where(*same, fee.c.from_on < from_on, fee.c.to_on.is_(None))
            .values(to_on=from_on - timedelta(days=1), version=fee.c.version + 1)
        )
        done = self._work.execute(
            fee.insert().values(
                schedule_id=schedule_id,
                code=code,
                description=description,
                folded=fold(f"{code} {description}"),
                amount_minor=amount_minor,
                tax_code=tax,
                from_on=from_on,
            )
        )
        number = _new_id(done)
        self._work.note(FEES, number)
        return number

    def set_tax_code(self, values: Mapping[str, Any]) -> None:
        """Set what a tax code says; past charges keep the tax they have."""
        statement = insert(tax_code, self._work.connection).values(**values)
        self._work.execute(
            statement.on_conflict_do_update(
                index_elements=["code"],
                set_={name: value for name, value in values.items() if name != "code"},
            )
        )
        self._work.note(FEES, 0)

    def add_package(self, values: Mapping[str, Any]) -> int:
        """Write a package that was sold."""
        number = _new_id(self._work.execute(package.insert().values(**values)))
        self._work.note(PACKAGES, number)
        return number

    def add_plan(self, values: Mapping[str, Any]) -> int:
        """Write an agreed plan; the guarantor's earlier one ends."""
        self._work.execute(
            instalment_plan.update()
            .where(
                instalment_plan.c.guarantor_id == values["guarantor_id"],
                instalment_plan.c.state == "active",
            )
            .values(state="replaced", version=instalment_plan.c.version + 1)
        )
        number = _new_id(
            self._work.execute(instalment_plan.insert().values(state="active", **values))
        )
        self._work.note(PLANS, number)
        return number


def _new_id(done: sa.CursorResult[Any]) -> int:
    key = done.inserted_primary_key
    return int(key[0]) if key else 0
