# SPDX-License-Identifier: Apache-2.0
"""A list of prices."""

from __future__ import annotations

from typing import Final

from clinicdesk.billing.model import SaveFee
from clinicdesk.moving import queries
from clinicdesk.moving.departments import Clinic
from clinicdesk.moving.lists.planning import Keep, Known, Told
from clinicdesk.moving.lists.report import LEFT, REPEATS, TAKEN, LineOutcome
from clinicdesk.moving.lists.rows import MISSING, NO_AMOUNT, Bad, Row, content_of
from clinicdesk.moving.report import ALREADY_HERE
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.text import N_

SAME_PRICE: Final = N_("is the price in force already")
TWICE: Final = N_("has the code of line {value}, but says something else")
NO_TAX: Final = N_("names a tax code that is not set up: {value}")
PRICE_CHANGES: Final = N_("changes the price of {value}")
CODE_LONG: Final = N_("has a code longer than codes are: {value}")
_LONGEST_CODE: Final = 40


class PricePlan:
    """Checks and sets prices."""

    def __init__(self, reading: Reading, known: Known) -> None:
        self._known = known.get("fees", {})
        self._today = reading.today
        self._taxes = queries.tax_codes(reading)
        self._here = queries.fees(reading)
        self._seen: dict[str, tuple[int, str]] = {}
        self._fees: list[tuple[str, SaveFee]] = []

    def check(self, row: Row) -> LineOutcome:
        """Say what becomes of a line; see ``Plan``."""
        code = row.needed("code").upper()
        if len(code) > _LONGEST_CODE:
            raise Bad(CODE_LONG, code[:_LONGEST_CODE])
        description = row.needed("description")
        minor = row.minor("price")
        if minor is None:
            raise Bad(MISSING, row.notation.titles["price"])
        if minor < 0:
            raise Bad(NO_AMOUNT, row.text("price"))
        tax = row.text("tax_code").upper() or None
        if tax and tax not in self._taxes:
            raise Bad(NO_TAX, tax)
        from_on = row.day("from_on", past=False)
        since = from_on.isoformat() if from_on else ""
        identity = content_of((code, description, str(minor), tax or "", since))
        about = f"{code} {description}"
        if code in self._seen:
            line, before = self._seen[code]
            if before == identity:
                return LineOutcome(row.line, LEFT, about, REPEATS, str(line))
            raise Bad(TWICE, str(line))
        self._seen[code] = (row.line, identity)
        if identity in self._known:
            return LineOutcome(row.line, LEFT, about, ALREADY_HERE)
        here = self._here.get(code)
        if here == queries.KnownFee(description, minor, tax):
            return LineOutcome(row.line, LEFT, about, SAME_PRICE)
        if here is not None:
            row.notes.append((PRICE_CHANGES, code))
        self._fees.append(
            (identity, SaveFee(code, description, minor, from_on or self._today, tax))
        )
        return LineOutcome(row.line, TAKEN, about, notes=tuple(row.notes))

    def write(self, work: UnitOfWork, clinic: Clinic, keep: Keep, told: Told) -> int:
        """Set the prices; see ``Plan``."""
        ids = clinic.billing.save_fees_in(work, [one for _identity, one in self._fees])
        keep("fees", dict(zip((one for one, _fee in self._fees), ids, strict=True)))
        told(len(ids), len(ids))
        return 0
