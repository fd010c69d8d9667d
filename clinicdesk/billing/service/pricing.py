# SPDX-License-Identifier: Apache-2.0
"""Prices and tax codes: set one by one, or taken from a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    MAY_EDIT_FEES,
    MAY_VIEW,
    NothingToPost,
    SaveFee,
    SaveTaxCode,
    WrongLine,
)
from clinicdesk.billing.repository import BillingRepository
from clinicdesk.exchange.delimited import Line, lines
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.storage.records import Records, UnitOfWork
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

FEE_COLUMNS = ("code", "description", "price")


@dataclass(frozen=True, slots=True)
class PricesTaken:
    """What a list of prices changed.

    Attributes:
        changed: new prices; ``same`` ones stayed as they are.
    """

    changed: int
    same: int


class PricingDesk:
    """What services cost."""

    _records: Records

    def save_fee(self, command: SaveFee, actor: Actor) -> Done[int]:
        """Set a price from a day on; the one before ends the day before."""
        self.save_fees((command,), actor)
        return Done(1, N_("The price of {code} is set."), {"code": command.code})

    def save_fees(self, commands: Sequence[SaveFee], actor: Actor) -> Done[int]:
        """Set many prices, all of them or none."""
        actor.require(MAY_EDIT_FEES)
        if not commands:
            raise NothingToPost
        with self._records.write(actor, "billing.save_fees", commands[0].key) as work:
            if work.earlier is None:
                self._save(work, commands)
                work.remember({"count": len(commands)})
        return Done(len(commands), N_("The prices are set."))

    def import_fees(
        self, path: Path, from_on: date, actor: Actor, formats: Formats
    ) -> Done[PricesTaken]:
        """Take prices from a delimited file with the columns ``FEE_COLUMNS``, all of it or none.

        A ``tax_code`` column may stand beside them. Prices that are the same already are left
        alone, so that taking a list twice changes nothing.

        Raises:
            Unreadable: names the line that cannot be read.
        """
        actor.require(MAY_EDIT_FEES)
        wanted = [self._fee_of_line(line, from_on, formats) for line in lines(path, FEE_COLUMNS)]
        if not wanted:
            raise NothingToPost
        with self._records.write(actor, "billing.import_fees") as work:
            changed = [fee for fee in wanted if not self._is_set(work, fee)]
            if changed:
                self._save(work, changed)
        taken = PricesTaken(len(changed), len(wanted) - len(changed))
        fields = {"changed": taken.changed, "same": taken.same}
        return Done(taken, N_("{changed} prices set, {same} unchanged."), fields)

    def save_tax_code(self, command: SaveTaxCode, actor: Actor) -> Done[str]:
        """Set what a tax code says."""
        actor.require(MAY_EDIT_FEES)
        code = command.code.strip().upper()
        if not code or not 0 <= command.rate_ppm <= 1_000_000:
            raise WrongLine(N_("A tax code needs a name and a rate from 0 to 100 %."))
        with self._records.write(actor, "billing.save_tax_code", command.key) as work:
            if work.earlier is None:
                BillingRepository(work).set_tax_code(
                    {
                        "code": code,
                        "name": command.name,
                        "kind": command.kind,
                        "rate_ppm": command.rate_ppm,
                        "wording": command.wording,
                        "from_on": command.from_on,
                    }
                )
                after = {"code": code, "rate_ppm": command.rate_ppm}
                work.record("tax_code", None, after=after)
                work.remember({"code": code})
        return Done(code, N_("The tax code {code} is set."), {"code": code})

    def fee_of(self, code: str, actor: Actor) -> queries.FeeRow | None:
        """Return the price of a service code today, if the clinic has one."""
        actor.require(MAY_VIEW)
        with self._records.read() as reading:
            return queries.fee_valid_on(reading, code.strip().upper(), reading.today)

    def save_fees_in(self, work: UnitOfWork, commands: Sequence[SaveFee]) -> list[int]:
        """Set prices inside another's transaction; return their ids, in order."""
        return self._save(work, commands) if commands else []

    def _save(self, work: UnitOfWork, commands: Sequence[SaveFee]) -> list[int]:
        repository = BillingRepository(work)
        schedule = repository.default_schedule()
        ids: list[int] = []
        for item in commands:
            if not item.code.strip() or item.amount_minor < 0:
                raise WrongLine(N_("A price needs a code and an amount of zero or more."))
            number = repository.set_fee(
                schedule,
                item.code.strip().upper(),
                item.description,
                item.amount_minor,
                item.from_on,
                item.tax_code,
            )
            ids.append(number)
        work.record("fee_schedule", schedule, after={"prices": len(commands)})
        return ids

    def _is_set(self, work: UnitOfWork, fee: SaveFee) -> bool:
        known = queries.fee_valid_on(work, fee.code, fee.from_on)
        return known is not None and known == queries.FeeRow(
            fee.code, fee.description, fee.amount_minor, fee.tax_code
        )

    def _fee_of_line(self, line: Line, from_on: date, formats: Formats) -> SaveFee:
        try:
            minor = formats.parse_money(line.needed("price"))
        except Refusal as refusal:
            wording = N_("{file}, line {line}: {column} is not an amount: {value}")
            raise line.wrong("price", wording) from refusal
        if minor < 0:
            raise line.wrong("price", N_("{file}, line {line}: {column} is below zero: {value}"))
        fee = SaveFee(line.needed("code").upper(), line.needed("description"), minor, from_on)
        tax_code = line.cells.get("tax_code", "")
        return replace(fee, tax_code=tax_code.upper() or None)
