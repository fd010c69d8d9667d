# SPDX-License-Identifier: Apache-2.0
"""What all use cases of the book share: who works when, is it free, what to know, the answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.schedule.model import (
    MAY_OVERBOOK,
    Appointment,
    Caution,
    Kind,
    NotThere,
    Placed,
    RoomTaken,
    SlotTaken,
    Span,
    cautions_of,
    found,
    free_spans,
    uncovered,
)
from clinicdesk.schedule.queries import checks, lists
from clinicdesk.schedule.repository import AppointmentRepository
from clinicdesk.staff.model import OpenSpan
from clinicdesk.staff.service import Staff
from clinicdesk.storage.records import Reading, Records, UnitOfWork

MOST_KEPT = 20_000  # days of a provider; a year of fifty people
Hours = Mapping[tuple[int, date], tuple[Span, ...]]


class OpenDay(NamedTuple):
    """When somebody works on a day.

    Attributes:
        spans: work, break and closed spans, in order.
        work: what is left of the working spans without the breaks, in order.
        minutes: how long that is.
    """

    spans: tuple[Span, ...]
    work: tuple[tuple[int, int], ...]
    minutes: int


class Counter:
    """The common part of the service."""

    def __init__(self, records: Records, staff: Staff) -> None:
        self._records = records
        self._staff = staff

    # ---- who works when ----

    def _hours(
        self, reading: Reading, providers: Collection[int], first: date, last: date
    ) -> Hours:
        """Return the open spans by provider and day."""
        days = self._open_days(reading, providers, first, last)
        return {whose: day.spans for whose, day in days.items()}

    def _open_days(
        self, reading: Reading, providers: Collection[int], first: date, last: date
    ) -> dict[tuple[int, date], OpenDay]:
        """Return who works when, by provider and day; worked out once until the file changes."""
        kept: dict[tuple[int, date], OpenDay] = reading.kept.setdefault("schedule.open", {})
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        wanted = [(provider, day) for day in days for provider in providers]
        if not all(one in kept for one in wanted):
            if len(kept) > MOST_KEPT:
                kept.clear()
            spans = self._staff.spans_of_days(reading, providers, first, last)
            kept.update((whose, _open_day(own)) for whose, own in spans.items())
        return {one: kept[one] for one in wanted}

    def _everybody(self, reading: Reading, on: date) -> tuple[checks.Member, ...]:
        """Return the providers of a day, in the clinic's order."""
        kept: dict[date, tuple[checks.Member, ...]]
        kept = reading.kept.setdefault("schedule.everybody", {})
        members = kept.get(on)
        if members is None:
            members = kept[on] = tuple(
                checks.Member(p.id, p.name, p.initials, p.role, p.color, p.room_id, p.room or "")
                for p in self._staff.providers_in(reading, on)
            )
        return members

    def _outside_hours(self, reading: Reading, new: Appointment) -> bool:
        first = new.slot.day - timedelta(days=1)  # a night shift began the evening before
        last = reading.zone.slot_at(new.ends_min - 1, 1).day
        hours = self._hours(reading, (new.provider_id,), first, last)
        spans = [span for spans in hours.values() for span in spans]
        return uncovered(new.starts_min, new.ends_min, spans)

    # ---- is it free ----

    def _clash(self, reading: Reading, new: Appointment) -> SlotTaken | None:
        span = (new.starts_min, new.ends_min)
        clash = checks.provider_clash(reading, new.provider_id, *span, besides=new.id)
        kind: type[SlotTaken] = SlotTaken
        fields: dict[str, object] = {}
        if clash is None and new.room_id is not None:
            clash = checks.room_clash(reading, new.room_id, *span, besides=new.id)
            kind, fields = RoomTaken, {"room": checks.room_name(reading, new.room_id) or ""}
        if clash is None:
            return None
        return kind(
            kind.wording_by if clash.by else kind.wording,
            field="slot",
            provider=clash.provider,
            who=clash.who,
            starts=clash.starts,
            until=clash.until,
            from_time=clash.starts.time(),
            to_time=clash.until.time(),
            by=clash.by,
            appointment_id=clash.appointment_id,
            **fields,
        )

    def _fitted(self, work: UnitOfWork, new: Appointment, *, overbook: bool) -> Appointment:
        """Return it with its overbook mark; raise ``SlotTaken`` unless free or allowed."""
        clash = self._clash(work, new)
        if clash is not None:
            if not overbook:
                raise clash
            work.actor.require(MAY_OVERBOOK)
        return replace(new, overbook=clash is not None)

    # ---- what to know ----

    def _cautions(
        self,
        reading: Reading,
        new: Appointment,
        member: checks.Member,
        person: checks.Person | None = None,
    ) -> tuple[Caution, ...]:
        kinds: list[tuple[str, dict[str, object]]] = []
        if new.kind is Kind.VISIT and new.patient_id is not None:
            person = person or self._person(reading, new.patient_id, besides=new.id)
            if person.state in {"inactive", "deceased"}:
                kinds.append((person.state, {"patient": person.name}))
            kinds += self._booked_already(reading, new, person)
            if self._outside_hours(reading, new):
                kinds.append(("outside_hours", {"provider": member.name}))
            if new.ends_min <= reading.zone.day_span(reading.today)[0]:
                kinds.append(("past", {}))
        return cautions_of(kinds)

    def _booked_already(
        self, reading: Reading, new: Appointment, person: checks.Person
    ) -> Iterator[tuple[str, dict[str, object]]]:
        """Yield that the patient is elsewhere at that time, or comes that day anyhow."""
        start, end = reading.zone.day_span(new.slot.day)
        span = (min(start, new.starts_min), max(end, new.ends_min))
        others = checks.others(reading, person.id, *span, besides=new.id)
        for kind, first, last in (
            ("elsewhere", new.starts_min, new.ends_min),
            ("same_day", start, end),
        ):
            for other in others:
                if other.starts_min < last and other.ends_min > first:
                    yield (
                        kind,
                        {
                            "patient": person.name,
                            "provider": other.provider,
                            "starts": other.starts,
                        },
                    )
                    return

    # ---- whom and where ----

    def _person(self, reading: Reading, patient_id: int, *, besides: int = 0) -> checks.Person:
        person = checks.person(reading, patient_id, besides=besides)
        if person is None:
            raise NotThere(field="patient")
        return person

    def _member(self, reading: Reading, provider_id: int) -> checks.Member:
        member = checks.members(reading, (provider_id,)).get(provider_id)
        if member is None:
            raise NotThere(field="provider")
        return member

    def _seen(self, work: UnitOfWork, appointment_id: int, version: int) -> Appointment:
        kept = AppointmentRepository(work).get(appointment_id)
        return found(kept).seen_as(version)

    # ---- the answer ----

    def _answer(
        self,
        work: UnitOfWork,
        placed: Placed,
        wording: str,
        undo: Callable[[], Done[Any]] | None,
    ) -> Done[Placed]:
        """Keep the result for a repetition and phrase the toast."""
        work.remember(
            {
                "appointment_id": placed.appointment_id,
                "version": placed.version,
                "visit_id": placed.visit_id,
            }
        )
        return Done(placed, wording, said(work, placed.appointment_id), undo)

    def _again(self, work: UnitOfWork, wording: str) -> Done[Placed]:
        """Answer a command whose key was carried out before; nothing is done twice."""
        placed = Placed(**(work.earlier or {}))
        return Done(placed, wording, said(work, placed.appointment_id))

    def _audited(
        self,
        work: UnitOfWork,
        new: Appointment,
        before: Appointment | None = None,
        reason: str | None = None,
    ) -> None:
        work.record(
            "appointment",
            new.id,
            patient_id=new.patient_id,
            before=None if before is None else _told(before),
            after=_told(new),
            reason=reason,
        )

    def _read_of(self, actor: Actor, patient_id: int | None, what: str) -> None:
        """Leave in the audit trail that somebody read one patient's appointments."""
        with self._records.write(actor, what) as work:
            work.record("patient", patient_id, patient_id=patient_id, category="demographic")


def _open_day(own: Iterable[OpenSpan]) -> OpenDay:
    spans = tuple([Span(span.from_min, span.to_min, span.kind) for span in own])
    work = tuple(free_spans(spans, ()))
    return OpenDay(spans, work, sum(to - at for at, to in work))


def said(reading: Reading, appointment_id: int) -> dict[str, object]:
    """Return what the sentences about an appointment name."""
    row = lists.named(reading, appointment_id)
    if row is None:
        return {}
    patient, provider, starts, minutes = row
    return {"patient": patient, "provider": provider, "starts": starts, "minutes": minutes}


def _told(appointment: Appointment) -> dict[str, Any]:
    return {
        "patient_id": appointment.patient_id,
        "provider_id": appointment.provider_id,
        "type_id": appointment.type_id,
        "room_id": appointment.room_id,
        "starts": appointment.slot.starts.isoformat(timespec="minutes"),
        "fold": appointment.slot.fold,
        "minutes": appointment.slot.minutes,
        "booking": appointment.booking.value,
        "contact": appointment.contact.value,
        "overbook": appointment.overbook,
        "note": appointment.note,
    }
