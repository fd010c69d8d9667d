# SPDX-License-Identifier: Apache-2.0
"""Month ends: the report from one snapshot, and the sealing of months."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from clinicdesk import __version__
from clinicdesk.closing import queries
from clinicdesk.closing.model import (
    MAY_CLOSE_MONTH,
    MAY_SEE_FINANCIAL_REPORTS,
    PERIODS,
    Cancelled,
    CloseMonth,
    MonthAlreadyClosed,
    MonthEnd,
    MonthNotOver,
    PostedMeanwhile,
    Progress,
    ProofFails,
    Seal,
    Stopped,
)  # fmt: skip
from clinicdesk.closing.model.checklist import MonthChecklist
from clinicdesk.closing.reports import (
    BY_NAME,
    month_end_csv,
    month_end_json,
    month_end_pdf,
    report_csv,
    report_json,
    report_pdf,
)
from clinicdesk.closing.service.desk import ClosingDesk
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.checks import Check
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.outcomes import Done
from clinicdesk.printing.sheet import Paper
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_


def _silent(_done: int, _whole: int) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


def _stepping(progress: Progress, cancelled: Cancelled, whole: int) -> Callable[[], None]:
    """Return what a long read calls between its parts: it tells how far, or raises ``Stopped``."""
    done = 0

    def step() -> None:
        nonlocal done
        if cancelled():
            raise Stopped
        done += 1
        progress(done, whole)

    return step


class MonthDesk(ClosingDesk):
    """Month ends of one clinic."""

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
        step = _stepping(progress, cancelled, queries.STEPS)
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

    def is_closed(self, month: Month, actor: Actor) -> bool:
        """Tell whether a month is closed now."""
        actor.require(MAY_SEE_FINANCIAL_REPORTS)
        with self._records.read() as reading:
            return queries.seal_of(reading, month) is not None

    def checklist(
        self,
        month: Month,
        actor: Actor,
        progress: Progress = _silent,
        cancelled: Cancelled = _never,
    ) -> MonthChecklist:
        """Return what is looked at before a month is closed.

        Raises:
            NotAllowed: the role lacks the right.
            Stopped: ``cancelled`` said so.
        """
        actor.require(MAY_CLOSE_MONTH)
        step = _stepping(progress, cancelled, queries.CHECK_STEPS)
        with self._records.read() as reading:
            return queries.checklist(reading, month, step)

    def one_report(
        self,
        name: str,
        month: Month,
        actor: Actor,
        progress: Progress = _silent,
        cancelled: Cancelled = _never,
    ) -> MonthEnd:
        """Return one report of a month by its name, without the others; the making is audited.

        Raises:
            NotAllowed: the role lacks the right.
            Stopped: ``cancelled`` said so.
        """
        actor.require(MAY_SEE_FINANCIAL_REPORTS)

        def step() -> None:
            if cancelled():
                raise Stopped
            progress(0, 1)

        with self._records.read() as reading:
            report = queries.one_report(reading, month, name, step)
        with self._records.write(actor, "closing.report") as work:
            work.record(
                name,
                None,
                category="financial",
                after={
                    "month": str(month),
                    "last_seq": report.last_seq,
                    "draft": report.draft,
                },
            )
        progress(1, 1)
        return report

    def close_month(self, command: CloseMonth, actor: Actor) -> Done[Month]:
        """Close a month and all before it for postings; keep its figures and its paper.

        Later corrections are posted on the day they are made and show there as adjustments to
        prior periods.

        Raises:
            MonthNotOver: its last day has not passed.
            MonthAlreadyClosed: it, or a later one, is closed.
            ProofFails: an identity does not hold.
            PostedMeanwhile: an entry came in while the paper was made.
        """
        actor.require(MAY_CLOSE_MONTH)
        month, now = command.month, self._records.clock.now()
        if self._records.profile.zone.day(now) <= month.last:
            raise MonthNotOver(month=month)
        report = self.month_end(month, actor)
        if not report.holds:
            names = [line.name for line in report.proof if not line.holds]
            raise ProofFails(month=month, names=", ".join(names))
        report = replace(report, seal=Seal(now, actor.name))
        paper = Paper.LETTER if command.letter else Paper.A4
        formats = self.formats()
        body = self.pdf(report, actor, formats, paper)
        options = _options(report, formats, paper)
        with self._records.write(actor, "closing.close_month", command.key) as work:
            if work.earlier is None:
                self._seal(work, report, body, options)
                work.remember({"month": str(month)})
        return Done(month, N_("{month} is closed."), {"month": month})

    def _seal(
        self, work: UnitOfWork, report: MonthEnd, body: bytes, options: dict[str, str]
    ) -> None:
        month = report.month
        closed_until = queries.last_sealed_day(work)
        if closed_until is not None and closed_until >= month.last:
            raise MonthAlreadyClosed(month=month)
        if queries.newest_entry(work, report.as_of) != report.last_seq or report.seal is None:
            raise PostedMeanwhile(month=month)
        before = date(1900, 1, 1) if closed_until is None else closed_until + timedelta(days=1)
        spans = [("before", before, month.first - timedelta(days=1))]
        spans = [
            *(span for span in spans if span[1] <= span[2]),
            ("month", month.first, month.last),
        ]
        for kind, first, last in spans:
            self._ledger.close_period(
                work,
                kind=kind,
                first_on=first,
                last_on=last,
                closed_at=report.seal.closed_at,
                last_seq=report.last_seq,
                figures=report.figures() if kind == "month" else {},
            )
        self._ledger.issue_paper(
            work,
            kind="month_end",
            number=queries.number_of_paper(work, month),
            object_kind="period",
            object_id=None,
            parameters=options,
            body=body,
        )
        work.note(PERIODS, report.last_seq)
        work.record(
            "period", None, category="financial", after={"month": str(month), **report.figures()}
        )

    def handed_out(
        self,
        report: MonthEnd,
        how: Literal["print", "export"],
        actor: Actor,
        name: str = "month_end",
    ) -> None:
        """Say in the audit trail that a month end, or one report of it, was printed or saved."""
        actor.require(MAY_SEE_FINANCIAL_REPORTS)
        with self._records.write(actor, f"closing.{how}") as work:
            work.record(name, None, category="financial", after={"month": str(report.month)})

    def checks(self, reading: Reading) -> tuple[Check, ...]:
        """Prove sealed months again: today's figures of each equal the signed ones."""
        differing = []
        sealed = queries.sealed_figures(reading)
        for month, signed in sealed.items():
            now = queries.month_end(reading, month, whole=False).figures()
            wrong = sorted(key for key in signed if now.get(key) != signed[key])
            if wrong:
                differing.append(f"{month}: {', '.join(wrong)}")
        detail = "; ".join(differing) or f"{len(sealed)} sealed months"
        return (Check("sealed months are as they were signed", not differing, detail),)

    def pdf(
        self,
        report: MonthEnd,
        actor: Actor,
        formats: Formats,
        paper: Paper = Paper.A4,
        step: Progress = _silent,
    ) -> bytes:
        """Return the paper of a month end; ``step`` is told each page and may raise to stop.

        Of a closed month it is the very paper that was signed, if it was made with the same
        options: a roster corrected since does not change what was signed.
        """
        if report.seal is not None:
            with self._records.read() as reading:
                kept = queries.kept_paper(reading, _options(report, formats, paper))
            if kept is not None:
                step(1, 1)
                return kept
        return month_end_pdf(
            report,
            self.letterhead(formats),
            formats,
            printed_at=self._records.clock.now(),
            printed_by=actor.name,
            paper=paper,
            step=step,
        )

    def one_pdf(
        self,
        name: str,
        report: MonthEnd,
        actor: Actor,
        formats: Formats,
        paper: Paper = Paper.A4,
        step: Progress = _silent,
    ) -> bytes:
        """Return the paper of one report."""
        return report_pdf(
            BY_NAME[name],
            report,
            self.letterhead(formats),
            formats,
            printed_at=self._records.clock.now(),
            printed_by=actor.name,
            paper=paper,
            step=step,
        )

    def one_json(self, name: str, report: MonthEnd) -> str:
        """Return one report as JSON."""
        profile = self._records.profile
        return report_json(BY_NAME[name], report, profile.currency, profile.name)

    def one_csv(self, name: str, report: MonthEnd) -> str:
        """Return one report as CSV."""
        return report_csv(BY_NAME[name], report, self._records.profile.currency)

    def json(self, report: MonthEnd) -> str:
        """Return a month end as JSON."""
        profile = self._records.profile
        return month_end_json(report, profile.currency, profile.name)

    def csv(self, report: MonthEnd) -> str:
        """Return a month end as CSV."""
        return month_end_csv(report, self._records.profile.currency)


def _options(report: MonthEnd, formats: Formats, paper: Paper) -> dict[str, str]:
    """Return what a paper's bytes depend on besides the books."""
    return {
        "month": str(report.month),
        "closed_at": "" if report.seal is None else report.seal.closed_at.isoformat(),
        "paper": paper.name,
        "language": formats.language,
        "country": formats.territory,
        "program": __version__,
    }
