# SPDX-License-Identifier: Apache-2.0
"""What the staff room prints; each print is audited."""

from __future__ import annotations

from datetime import date, datetime

from clinicdesk.kernel.actors import Actor
from clinicdesk.printing.sheet import Letterhead
from clinicdesk.staff.queries import RosterWeek
from clinicdesk.staff.reports import my_week_paper, week_paper
from clinicdesk.staff.service.hours import HoursDesk
from clinicdesk.wording.formats import Formats


class PaperDesk(HoursDesk):
    """Prints."""

    def week_paper(self, monday: date, actor: Actor, formats: Formats | None = None) -> bytes:
        """Return everybody's week as PDF; drafts are on it for those who plan."""
        week, letterhead, formats, at = self._printed(monday, actor, formats, mine=False)
        return week_paper(week, letterhead, formats, printed_at=at, who=actor.name)

    def my_week_paper(self, monday: date, actor: Actor, formats: Formats | None = None) -> bytes:
        """Return one's own week as PDF."""
        week, letterhead, formats, at = self._printed(monday, actor, formats, mine=True)
        return my_week_paper(week, letterhead, formats, printed_at=at, who=actor.name)

    def _printed(
        self, monday: date, actor: Actor, formats: Formats | None, *, mine: bool
    ) -> tuple[RosterWeek, Letterhead, Formats, datetime]:
        profile = self._records.profile
        if formats is None:
            formats = Formats(profile.language, profile.country, profile.currency, profile.zone)
        week = self.week(monday, actor)
        with self._records.write(actor, "staff.print_roster") as work:
            work.record("roster", None, after={"from_on": monday, "mine": int(mine)})
            at = work.now
        letterhead = Letterhead.of(
            formats,
            name=profile.name,
            address=profile.address,
            phone=profile.phone,
            tax_number=profile.tax_number,
            demo=profile.demo,
        )
        return week, letterhead, formats, at
