# SPDX-License-Identifier: Apache-2.0
"""What the book prints; each print is audited."""

from __future__ import annotations

from datetime import time

from clinicdesk.kernel.actors import Actor
from clinicdesk.printing.sheet import Letterhead
from clinicdesk.schedule.model import MAY_VIEW, Span, free_spans
from clinicdesk.schedule.queries import ColumnRow, lists
from clinicdesk.schedule.reports import DaySheet, Hours, day_sheet
from clinicdesk.schedule.service.views import ViewingDesk
from clinicdesk.wording.formats import Formats


class PaperDesk(ViewingDesk):
    """Prints."""

    def day_sheet(self, wish: DaySheet, actor: Actor, formats: Formats | None = None) -> bytes:
        """Return the day sheet as PDF.

        Args:
            wish: the day and what of it.
            actor: who prints; stands in the foot.
            formats: the reader's; None takes the clinic's language.
        """
        actor.require(MAY_VIEW)
        profile = self._records.profile
        if formats is None:
            formats = Formats(profile.language, profile.country, profile.currency, profile.zone)
        with self._records.read() as reading:
            day = self._days(reading, wish.on, wish.on, actor)[0]
            rows = lists.listed(reading, wish.on, wish.on)
            printed_at = reading.now
        with self._records.write(actor, "schedule.print_day_sheet") as work:
            work.record(
                "day",
                None,
                category="demographic",
                after={"on": wish.on, "provider_id": wish.provider_id, "masked": wish.masked},
            )
        letterhead = Letterhead.of(
            formats,
            name=profile.name,
            address=profile.address,
            phone=profile.phone,
            tax_number=profile.tax_number,
            demo=profile.demo,
        )
        return day_sheet(
            wish,
            day.columns,
            [self._worked(column) for column in day.columns],
            rows,
            letterhead,
            formats,
            printed_at=printed_at,
            who=actor.name,
        )

    def _worked(self, column: ColumnRow) -> Hours:
        """Return a provider's working hours of the day, joined where they touch, breaks out."""
        zone = self._records.profile.zone
        spans: list[Span] = []
        for at, to in free_spans(column.open_spans, ()):
            if spans and spans[-1].to_min == at:
                spans[-1] = Span(spans[-1].from_min, to)
            else:
                spans.append(Span(at, to))

        def wall(minute: int) -> time:
            return zone.slot_at(minute, 1).starts.time()

        return Hours(
            column.provider_id,
            tuple((wall(span.from_min), wall(span.to_min)) for span in spans),
        )
