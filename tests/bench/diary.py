# SPDX-License-Identifier: Apache-2.0
"""W2 and W3: the book read, an appointment booked, the next openings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from clinicdesk.kernel.identity import PatientId, StaffId
from clinicdesk.kernel.moments import Slot, utc_minute
from clinicdesk.schedule.model import SLOT_MINUTES, BookAppointment, free_spans
from clinicdesk.schedule.queries import CardRow, FreeSlot, setup
from tests.bench import limits
from tests.bench.pairs import Measured, measure
from tests.bench.place import Place
from tests.bench.replay import Replay

_LENGTH = 20
_OPENING = 30
_AHEAD = 7


def reading(place: Place, pairs: int = 9, inner: int = 20) -> list[Measured]:
    """W2: a day, a week, thirty days one after another."""
    desk, actor, raw = place.clinic.schedule, place.actor, place.raw
    zone = place.clinic.records.profile.zone
    providers = [row[0] for row in raw.execute("SELECT DISTINCT provider_id FROM appointment")]
    monday = place.day - timedelta(days=place.day.weekday())
    start, end = zone.day_span(place.day)
    week = (zone.day_span(monday)[0], zone.day_span(monday + timedelta(days=6))[1])
    past = [place.day - timedelta(days=7 + n) for n in range(30)]
    spans = [zone.day_span(day) for day in past]

    def day_rows() -> tuple[CardRow, ...]:
        return desk.day(place.day, actor).cards

    def week_rows() -> list[CardRow]:
        days = desk.week(monday, actor).days
        return [card for day in days for card in day.cards]

    def steps() -> list[CardRow]:
        return [card for day in past for card in desk.day(day, actor).cards]

    def walked() -> list[Any]:
        return [row for span in spans for row in limits.day(raw, providers, *span)]

    cards = len(day_rows())
    return [
        measure(
            f"W2 day, {cards} cards",
            day_rows,
            lambda: limits.day(raw, providers, start, end),
            bar=3,
            same=_same_cards,
            pairs=pairs,
            inner=inner,
        ),
        measure(
            "W2 day, limit with all columns of a card",
            day_rows,
            lambda: limits.day(raw, providers, start, end, limits.WIDE_DAY),
            bar=None,
            same=_same_cards,
            pairs=pairs,
            inner=inner,
        ),
        measure(
            f"W2 week, {len(week_rows())} cards",
            week_rows,
            lambda: limits.day(raw, providers, *week),
            bar=3,
            same=_same_cards,
            pairs=pairs,
            inner=max(1, inner // 4),
        ),
        measure(
            "W2 thirty days, one after another",
            steps,
            walked,
            bar=3,
            same=_same_cards,
            pairs=pairs,
        ),
    ]


def _same_cards(ours: Any, limit: Any) -> bool:
    """Compare which appointments there are, whose, when and in which state."""
    mine = sorted(
        (c.id, c.provider_id, c.starts_min, c.ends_min, c.booking.value, c.contact.value)
        for c in ours
    )
    return mine == sorted(tuple(row[:6]) for row in limit)


def openings(place: Place, pairs: int = 9, inner: int = 20) -> Measured:
    """W3: the next ten openings of half an hour over all providers."""
    clinic, actor = place.clinic, place.actor
    zone, today = clinic.records.profile.zone, place.today
    begin = utc_minute(clinic.records.clock.now())
    days = [today + timedelta(days=n) for n in range(_AHEAD)]
    hours: dict[tuple[int, int], list[tuple[int, int]]] = {}
    members = [one.id for one in clinic.staff.providers(today)]
    with clinic.records.read() as snapshot:
        grid = setup.minutes_setting(snapshot, SLOT_MINUTES)
        spans = clinic.schedule._hours(snapshot, members, days[0], days[-1])
    for place_of_day, day in enumerate(days):
        for member in members:
            hours[place_of_day, member] = free_spans(spans[member, day], ())
    windows = [zone.day_span(day) for day in days]
    wish = (_OPENING, grid, begin, 10)

    def same(ours: Any, limit: Any) -> bool:
        return [(slot.starts_min, slot.provider_id) for slot in ours] == limit

    return measure(
        "W3 next 10 openings",
        lambda: clinic.schedule.next_free(None, _OPENING, None, 10, actor),
        lambda: limits.openings(place.raw, hours, windows, wish),
        bar=3,
        same=same,
        pairs=pairs,
        inner=inner,
    )


def booking(place: Place, pairs: int = 9, inner: int = 20) -> Measured:
    """W3: one appointment to a durable transaction, with overlap test, audit row and chain."""
    desk, actor, raw = place.clinic.schedule, place.actor, place.raw
    slots = _free(place, 2 * (pairs * inner + 3))
    patients = cycle([row[0] for row in raw.execute("SELECT id FROM patient LIMIT 500")])
    shown: list[int] = []

    def ours() -> tuple[Any, ...]:
        slot = next(slots)
        command = BookAppointment(
            PatientId(next(patients)), StaffId(slot.provider_id), Slot(slot.starts, _LENGTH)
        )
        shown[:] = [desk.book(command, actor).value.appointment_id]
        return (slot.starts_min, slot.provider_id)

    tables = ("appointment", "appointment_resource")
    replay = Replay(place, tables, ours)
    template = replay.rows["appointment"][0]
    resources = replay.rows["appointment_resource"]
    members = place.clinic.staff.providers(place.today)
    rooms = {one.id: one.room_id for one in members if one.room_id is not None}

    def limit() -> tuple[Any, ...]:
        slot, patient = next(slots), next(patients)
        span = {"starts_min": slot.starts_min, "ends_min": slot.starts_min + _LENGTH}
        asked = (span["ends_min"], slot.starts_min - 1440, slot.starts_min)
        raw.execute("BEGIN IMMEDIATE")
        if raw.execute(limits.CLASH, (slot.provider_id, *asked)).fetchone() is not None:
            raw.execute("ROLLBACK")
            raise AssertionError("a free slot is taken")
        changed = {
            **span,
            "patient_id": patient,
            "provider_id": slot.provider_id,
            "starts_wall": slot.starts.isoformat(timespec="minutes"),
        }
        given = replay.put("appointment", template, changed)
        for row in resources:
            whose = {"staff_id": slot.provider_id}
            if row["staff_id"] is None:
                whose = {"resource_id": rooms[slot.provider_id]}
            replay.put("appointment_resource", row, {**span, "appointment_id": given, **whose})
        raw.execute("COMMIT")
        shown[:] = [given]
        return (slot.starts_min, slot.provider_id)

    def same(booked: Any, written: Any) -> bool:
        """Both took the slots they were given; neither leaves an overlap."""
        return booked != written and _overlaps(place) == before

    before = _overlaps(place)
    return measure(
        "W3 book, durable, audit and chain",
        ours,
        limit,
        bar=4,
        same=same,
        pairs=pairs,
        inner=inner,
    )


def _free(place: Place, count: int) -> Iterator[FreeSlot]:
    found = place.clinic.schedule.next_free(None, _LENGTH, None, 12 * count, place.actor)
    taken: dict[int, int] = {}
    chosen = []
    for slot in found:  # a grid offers overlapping starts: take them apart
        if slot.starts_min >= taken.get(slot.provider_id, 0):
            taken[slot.provider_id] = slot.starts_min + _LENGTH
            chosen.append(slot)
    return iter(chosen)


def _overlaps(place: Place) -> int:
    """Count pairs of one provider that overlap from tomorrow on."""
    tomorrow: date = place.today + timedelta(days=1)
    start = place.clinic.records.profile.zone.day_span(tomorrow)[0]
    query = """
        SELECT COUNT(*) FROM appointment_resource a JOIN appointment_resource b
        ON b.staff_id = a.staff_id AND b.id > a.id AND b.active = 1
        AND b.starts_min < a.ends_min AND b.starts_min > a.starts_min - 1440
        AND b.ends_min > a.starts_min WHERE a.active = 1 AND a.starts_min > ?
    """
    return int(place.one(query, start))
