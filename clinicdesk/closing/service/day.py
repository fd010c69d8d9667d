# SPDX-License-Identifier: Apache-2.0
"""Day ends: count, difference, deposit, closing; and opening again what was closed."""

from __future__ import annotations

from datetime import date

from clinicdesk.closing import queries
from clinicdesk.closing.model import PERIODS
from clinicdesk.closing.model.day import (
    BANK,
    CHEQUES,
    DRAWER,
    MAY_CLOSE_DAY,
    MAY_REOPEN,
    OVER_SHORT,
    CloseDay,
    DayClosed,
    DayEnd,
    DayToCome,
    LaterIsClosed,
    LessThanFloat,
    NotClosed,
    ReasonForDifference,
    ReopenDay,
    ReopenMonth,
    WhyReopen,
    differs,
)
from clinicdesk.closing.reports import day_end_pdf
from clinicdesk.closing.repository import ClosingRepository
from clinicdesk.closing.service.desk import ClosingDesk
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.outcomes import Done
from clinicdesk.ledger.model import EntryDraft, PostingDraft
from clinicdesk.printing.sheet import Paper
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_


class DayDesk(ClosingDesk):
    """Closes days, and opens days and months again."""

    def day_end(self, on: date, actor: Actor) -> DayEnd:
        """Return what a day's end shows.

        The counts are typed without it (a blind count); the window shows the expected figures
        after the counted ones.
        """
        actor.require(MAY_CLOSE_DAY)
        with self._records.read() as reading:
            return queries.day_end(reading, on)

    def open_days(self, actor: Actor) -> tuple[date, ...]:
        """Return days before today that took money and were not closed since the last closing."""
        actor.require(MAY_CLOSE_DAY)
        with self._records.read() as reading:
            return queries.open_days(reading, reading.today)

    def day_pdf(
        self, day: DayEnd, actor: Actor, formats: Formats, paper: Paper = Paper.A4
    ) -> bytes:
        """Return the paper of a day's end; making it is audited."""
        actor.require(MAY_CLOSE_DAY)
        with self._records.write(actor, "closing.day_report") as work:
            work.record("day_end", None, category="financial", after={"day": day.on.isoformat()})
        return day_end_pdf(
            day,
            self.letterhead(formats),
            formats,
            printed_at=self._records.clock.now(),
            printed_by=actor.name,
            paper=paper,
        )

    def close_day(self, command: CloseDay, actor: Actor) -> Done[date]:
        """Post what is over or short, deposit the rest, keep the count, close the day.

        Raises:
            DayToCome: the day has not come.
            DayClosed: it, or its month, is closed.
            ReasonForDifference: a count differs from the books and no reason is typed.
            LessThanFloat: less was counted than is to stay.
        """
        actor.require(MAY_CLOSE_DAY)
        with self._records.write(actor, "closing.close_day", command.key) as work:
            if work.earlier is None:
                self._close(work, command)
                work.remember({"day": command.on.isoformat()})
        return Done(command.on, N_("{day} is closed."), {"day": command.on})

    def _close(self, work: UnitOfWork, command: CloseDay) -> None:
        if command.on > work.today:
            raise DayToCome(day=command.on)
        day = queries.day_end(work, command.on)
        if day.seal is not None:
            raise DayClosed(day=command.on)
        if differs(command, day) and not command.reason.strip():
            raise ReasonForDifference(field="reason")
        cash = command.cash_minor - command.float_minor
        if cash < 0:
            raise LessThanFloat(field="float")
        difference = self._over_short(work, command, command.cash_minor - day.cash_minor)
        deposit_id = self._deposit(
            work, command.on, (cash, command.cheques_minor), f"{command.key}:deposit"
        )
        ClosingRepository(work).add_count(command, day, difference, deposit_id)
        self._ledger.close_period(
            work,
            kind="day",
            first_on=command.on,
            last_on=command.on,
            closed_at=work.now,
            last_seq=queries.newest_entry(work, command.on),
            figures=day.figures(),
        )
        work.note(PERIODS, 0)
        work.record(
            "period",
            None,
            category="financial",
            after={"day": command.on.isoformat(), "counted_minor": command.cash_minor}
            | day.figures(),
            reason=command.reason.strip() or None,
        )

    def reopen_day(self, command: ReopenDay, actor: Actor) -> Done[date]:
        """Open a closed day again, with a reason.

        Raises:
            NotClosed: the day was not closed by itself.
            WhyReopen: no reason is typed.
        """
        actor.require(MAY_REOPEN)
        _require_reason(command.reason)
        with self._records.write(actor, "closing.reopen_day", command.key) as work:
            if work.earlier is None:
                if command.on not in queries.closed_days(work, command.on, command.on):
                    raise NotClosed
                self._reopen(work, "day", command.on, command.on, command.reason)
                work.remember({"day": command.on.isoformat()})
        return Done(command.on, N_("{day} is open again."), {"day": command.on})

    def reopen_month(self, command: ReopenMonth, actor: Actor) -> Done[Month]:
        """Open the newest closed month again, with a reason; closed days in it stay closed.

        Raises:
            NotClosed: the month is open.
            LaterIsClosed: a later month is closed.
            WhyReopen: no reason is typed.
        """
        actor.require(MAY_REOPEN)
        _require_reason(command.reason)
        month = command.month
        with self._records.write(actor, "closing.reopen_month", command.key) as work:
            if work.earlier is None:
                newest = queries.last_closed_month(work)
                if queries.seal_of(work, month) is None or newest is None:
                    raise NotClosed
                if newest != month:
                    raise LaterIsClosed(month=newest)
                self._reopen(work, "month", month.first, month.last, command.reason)
                work.remember({"month": str(month)})
        return Done(month, N_("{month} is open again."), {"month": month})

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _reopen(self, work: UnitOfWork, kind: str, first: date, last: date, reason: str) -> None:
        self._ledger.reopen_period(
            work, kind=kind, first_on=first, last_on=last, reason=reason.strip()
        )
        work.note(PERIODS, 0)
        after = {"kind": kind, "first": first.isoformat(), "state": "reopened"}
        work.record("period", None, category="financial", after=after, reason=reason.strip())

    def _over_short(self, work: UnitOfWork, command: CloseDay, difference: int) -> int | None:
        if not difference:
            return None
        return self._ledger.post(
            work,
            EntryDraft(
                kind="till",
                business_on=command.on,
                postings=(
                    PostingDraft(DRAWER, difference, "till", till="desk"),
                    PostingDraft(OVER_SHORT, -difference, "till", till="desk"),
                ),
                memo=command.reason.strip(),
                key=f"{command.key}:difference",
            ),
        )

    def deposit_in(self, work: UnitOfWork, on: date, float_minor: int, key: str) -> int | None:
        """Bring to the bank what the books say is there, within another's transaction.

        For imports and the demo, where nobody counts.
        """
        cash, cheques = queries.in_drawer(work, on)
        if cash <= float_minor and not cheques:
            return None
        return self._deposit(work, on, (max(0, cash - float_minor), cheques), key)

    def _deposit(self, work: UnitOfWork, on: date, parts: tuple[int, int], key: str) -> int | None:
        taken = zip((DRAWER, CHEQUES), parts, strict=True)
        lines = [PostingDraft(account, -part, "till") for account, part in taken if part]
        if not lines:
            return None
        number = self._ledger.next_number(work, "deposit")
        entry_id = self._ledger.post(
            work,
            EntryDraft(
                kind="deposit",
                business_on=on,
                postings=(PostingDraft(BANK, sum(parts), "till"), *lines),
                memo=number,
                key=key,
            ),
        )
        deposit_id = ClosingRepository(work).add_deposit(number, on, parts, entry_id)
        self._ledger.mark_deposited(work, deposit_id, ("cash", "cheque"), on)
        work.record("deposit", deposit_id, category="financial", after={"number": number})
        return deposit_id


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise WhyReopen(field="reason")
