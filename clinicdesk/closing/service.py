# SPDX-License-Identifier: Apache-2.0
"""Closing, as windows and the command line use it. Any thread; reading never blocks a writer."""

from __future__ import annotations

from clinicdesk.closing import queries
from clinicdesk.closing.model import (
    MAY_SEE_FINANCIAL_REPORTS,
    Cancelled,
    MonthEnd,
    Progress,
    Stopped,
)  # fmt: skip
from clinicdesk.closing.reports import month_end_csv, month_end_json, month_end_pdf
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Month
from clinicdesk.printing.sheet import Letterhead, Paper
from clinicdesk.storage.records import Records
from clinicdesk.wording.formats import Formats


def _silent(_done: int, _whole: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


class Closing:
    """Month ends of one clinic."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def month_end(
        self,
        month: Month,
        actor: Actor,
        progress: Progress = _silent,
        cancelled: Cancelled = _never,
    ) -> MonthEnd:
        """Return a month's reports and their proof, from one snapshot; the making is audited.

        Raises:
            NotAllowed: the role lacks the right.
            Stopped: ``cancelled`` said so.
        """
        actor.require(MAY_SEE_FINANCIAL_REPORTS)
        done = 0

        def step() -> None:
            nonlocal done
            if cancelled():
                raise Stopped
            done += 1
            progress(done, queries.STEPS)

        with self._records.read() as reading:
            report = queries.month_end(reading, month, step)
        with self._records.write(actor, "closing.report") as work:
            work.record(
                "month_end",
                None,
                category="financial",
                after={
                    "month": str(month),
                    "last_seq": report.last_seq,
                    "holds": report.holds,
                    "draft": report.draft,
                },
            )
        return report

    def pdf(
        self, report: MonthEnd, actor: Actor, formats: Formats, paper: Paper = Paper.A4
    ) -> bytes:
        """Return the paper of a month end."""
        return month_end_pdf(
            report,
            self.letterhead(formats),
            formats,
            printed_at=self._records.clock.now(),
            printed_by=actor.name,
            paper=paper,
        )

    def json(self, report: MonthEnd) -> str:
        """Return a month end as JSON."""
        profile = self._records.profile
        return month_end_json(report, profile.currency, profile.name)

    def csv(self, report: MonthEnd) -> str:
        """Return a month end as CSV."""
        return month_end_csv(report, self._records.profile.currency)

    def letterhead(self, formats: Formats) -> Letterhead:
        """Return the clinic's letterhead in a reader's language."""
        profile = self._records.profile
        return Letterhead.of(
            formats,
            name=profile.name,
            address=profile.address,
            phone=profile.phone,
            tax_number=profile.tax_number,
            demo=profile.demo,
        )

    def formats(self, language: str = "") -> Formats:
        """Return the formats of the clinic's papers, or of another language."""
        profile = self._records.profile
        tag = language or profile.language
        return Formats(tag, profile.country, profile.currency, profile.zone)
