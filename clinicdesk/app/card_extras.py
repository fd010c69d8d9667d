# SPDX-License-Identifier: Apache-2.0
"""What the rooms above tell on a patient's card: appointments and the account.

Called on the records lane; returns frozen, translated sections.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinicdesk.assembly import Clinic
from clinicdesk.billing.model import MAY_VIEW as MAY_VIEW_ACCOUNT
from clinicdesk.billing.panel.words import described
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import utc_minute
from clinicdesk.patients.model import CardButton, CardFact, CardLine, CardSection
from clinicdesk.schedule.model import (
    ACTIVE,
    LOOK_WORDS,
    MAY_VIEW,
    PRESENT,
    Booking,
    look_of,
    step,
)
from clinicdesk.schedule.queries.rows import ListRow
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

_LEDGER_LINES = 4


@dataclass(frozen=True, slots=True)
class CardExtras:
    """Makes the sections of one patient."""

    clinic: Clinic
    actor: Actor
    formats: Formats

    def __call__(self, patient_id: int, appointment_id: int) -> tuple[CardSection, ...]:
        """Return appointments, the box of the one selected, and the latest account lines."""
        sections: list[CardSection] = []
        if self.actor.may(MAY_VIEW):
            sections += self._appointments(patient_id, appointment_id)
        if self.actor.may(MAY_VIEW_ACCOUNT):
            sections += self._account(patient_id)
        return tuple(sections)

    def _appointments(self, patient_id: int, appointment_id: int) -> list[CardSection]:
        formats, now = self.formats, self.clinic.records.clock.now()
        today = formats.zone.day(now)
        rows = self.clinic.schedule.patient_appointments(patient_id, self.actor)
        past = [r for r in rows if r.booking is Booking.DONE]
        wall = formats.zone.wall(now)
        coming = [r for r in rows if r.booking is Booking.BOOKED and r.starts > wall]
        facts = []
        if past:
            last = max(past, key=lambda r: r.starts)
            words = f"{formats.day(last.starts.date())} · {last.provider}"
            facts.append(CardFact(_("Last visit"), words))
        after_today = [r for r in coming if r.starts.date() > today]
        if after_today:
            first = min(after_today, key=lambda r: r.starts)
            words = f"{formats.moment(first.starts)} · {first.provider}"
            facts.append(CardFact(_("Next"), words))
        sections = [CardSection(facts=tuple(facts))] if facts else []
        about = next((r for r in rows if r.id == appointment_id), None) or _of_today(rows, today)
        if about is not None:
            sections.append(self._box(about, today))
        return sections

    def _box(self, row: ListRow, today: date) -> CardSection:
        formats = self.formats
        until = formats.zone.slot_at(
            utc_minute(formats.zone.instant(row.starts)) + row.minutes, 1
        ).starts
        title = f"{formats.time(row.starts)} – {formats.time(until)}"
        if row.starts.date() != today:
            title = f"{formats.day(row.starts.date())} · {title}"
        if row.type:
            title += f" · {row.type}"
        where = " · ".join(part for part in (row.provider, row.room) if part)
        tone = "warn" if row.booking is Booking.ARRIVED else ""
        remarks = ((where, ""), (self._state(row), tone))
        return CardSection(title, remarks=remarks, buttons=_buttons(row, today, formats))

    def _state(self, row: ListRow) -> str:
        """Name the state, and since when somebody who is here has been in it."""
        formats = self.formats
        state = formats.word(str(LOOK_WORDS[row.look]))
        if row.booking not in PRESENT:
            return state
        here = self.clinic.schedule.waiting(self.actor)
        since = next((one.since_at for one in here if one.appointment_id == row.id), None)
        if since is None:  # of another day
            return state
        time = formats.time(formats.zone.wall(since))
        return _("{state} since {time}").format(state=state, time=time)

    def _account(self, patient_id: int) -> list[CardSection]:
        formats = self.formats
        account = self.clinic.billing.account(patient_id, self.actor)
        lines, shown = account.lines, []
        for line in lines[-_LEDGER_LINES:]:
            moved = line.charge_minor
            if moved is None:
                moved = -(line.payment_minor or 0) + (line.adjustment_minor or 0)
            shown.append(
                CardLine(
                    formats.day(line.business_on, "day_month"),
                    described(line, formats) or line.reference,
                    formats.amount(moved),
                    formats.amount(line.balance_minor),
                )
            )
        sections = [CardSection(_("Ledger"), lines=tuple(shown))] if shown else []
        if account.credit_minor > 0:  # the balance above does not count it, the check-out does
            held = CardFact(_("Credit held"), formats.money(account.credit_minor))
            sections.append(CardSection(facts=(held,)))
        return sections


def _of_today(rows: Sequence[ListRow], today: date) -> ListRow | None:
    """Return today's appointment: that for which the patient is here, else the first."""
    here = sorted(
        (r for r in rows if r.starts.date() == today and r.booking in ACTIVE),
        key=lambda r: r.starts,
    )
    present = next((r for r in here if r.booking in PRESENT), None)
    coming = next((r for r in here if r.booking is not Booking.DONE), None)
    return present or coming or (here[0] if here else None)


def _buttons(row: ListRow, today: date, formats: Formats) -> tuple[CardButton, ...]:
    """Return what can be done with an appointment where it stands now."""
    buttons = []
    if row.booking in ACTIVE and row.booking is not Booking.DONE and row.starts.date() == today:
        to = step(row.booking)
        look = str(LOOK_WORDS[look_of(row.kind, to, row.contact)])
        words = _("Arrived") if to is Booking.ARRIVED else formats.word(look)
        buttons.append(CardButton("schedule.forward", words, "F8", primary=True))
    buttons.append(CardButton("billing.take_payment", _("Payment"), "F9"))
    if row.booking in ACTIVE and row.booking not in {Booking.CHECKOUT, Booking.DONE}:
        buttons.append(CardButton("schedule.move", _("Move"), "M"))
    buttons.append(CardButton("schedule.book", _("Book next"), "F7"))
    buttons.append(CardButton("schedule.wait", _("Waitlist")))
    return tuple(buttons)
