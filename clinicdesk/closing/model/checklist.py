# SPDX-License-Identifier: Apache-2.0
"""What is looked at before a month is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clinicdesk.closing.model.month_end import ProofLine, Seal
from clinicdesk.kernel.moments import Month


@dataclass(frozen=True, slots=True)
class MonthChecklist:
    """What is left undone in a month, and whether its books prove themselves.

    Attributes:
        unfinished: days with visits that never ended; ``uncharged`` with finished visits without
            a charge; a day as often as it has such visits.
        open_days: days with takings whose till was never counted; of clinics that close days.
        credits: how many owners hold money that is put on no charge; ``credits_minor`` its sum.
        proof: the identities.
        seal: who closed the month already.
    """

    month: Month
    unfinished: tuple[date, ...]
    uncharged: tuple[date, ...]
    open_days: tuple[date, ...]
    credits: int
    credits_minor: int
    proof: tuple[ProofLine, ...]
    seal: Seal | None

    @property
    def holds(self) -> bool:
        """Whether every identity holds."""
        return all(line.holds for line in self.proof)
