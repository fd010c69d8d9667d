# SPDX-License-Identifier: Apache-2.0
"""Brings in an exported appointment book, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path

from clinicdesk.billing.service.departments import Departments
from clinicdesk.exchange import appointments
from clinicdesk.exchange.appointments import BookAppointment, BookPatient, BookSlot
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import PatientId, StaffId
from clinicdesk.kernel.moments import ClinicZone, NoSuchWallTime, Slot
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.moving import identifiers
from clinicdesk.moving.book.plan import (
    FALLBACK_MINUTES,
    NO_OUTCOME,
    NO_PATIENT,
    STATE_MAPPED,
    STATE_UNKNOWN,
    STATES,
    in_order,
    parted,
    runs,
    slot_minutes,
)
from clinicdesk.moving.report import ALREADY_HERE, ImportReport
from clinicdesk.moving.rights import MAY_IMPORT, Cancelled, Progress, never, silent
from clinicdesk.patients.model import Demographics, RegisterPatient
from clinicdesk.schedule.model import Booking, PastAppointment
from clinicdesk.staff.model import AddStaff
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_, _

SOURCE = "appointments"
KINDS = ("providers", "patients", "slots", "appointments")
DUPLICATE = N_("repeats an identifier: {value}")
PROVIDER_ONLY = N_("the provider {value} has no name of their own; the identifier is used")
_PATIENTS, _SLOTS, _BOOK = appointments.FILES
_GENDERS = {"Female": "female", "Male": "male"}
_STEPS = 6

Known = Mapping[str, Mapping[str, int]]


@dataclass(slots=True)
class _Fresh:
    """What is new, and how long each provider's slots are."""

    providers: list[str] = field(default_factory=list)
    patients: list[BookPatient] = field(default_factory=list)
    slots: list[BookSlot] = field(default_factory=list)
    book: list[BookAppointment] = field(default_factory=list)
    minutes: dict[str, int] = field(default_factory=dict)


def import_appointments(
    clinic: Departments,
    folder: Path,
    actor: Actor,
    *,
    dry_run: bool = False,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> ImportReport:
    """Bring in patients, shifts, appointments and visits of an exported book.

    Args:
        clinic: where to.
        folder: holds ``patients``, ``slots`` and ``appointments``, each ``.csv`` or ``.csv.gz``.
        actor: needs the right to import.
        dry_run: read, check and report only.
        progress: told (done, total, words).
        cancelled: asked before the transaction begins; never inside it.

    Raises:
        Refusal: a file cannot be read; nothing was written.
    """
    actor.require(MAY_IMPORT)
    currency = clinic.records.profile.currency.code
    report = ImportReport(SOURCE, currency, dry_run)
    progress(0, _STEPS, _("Reading"))
    with clinic.records.read() as reading:
        known = identifiers.known(reading, SOURCE)
    fresh = _read(folder, known, report)
    if cancelled():
        return ImportReport(SOURCE, currency, dry_run, cancelled=True)
    if not dry_run and (fresh.patients or fresh.slots or fresh.book):
        _write(clinic, fresh, known, actor, progress)
    progress(_STEPS, _STEPS, _("Done"))
    return report


def _read(folder: Path, known: Known, report: ImportReport) -> _Fresh:
    report.expect(*KINDS)
    fresh = _Fresh()
    people = set(known.get("patients", {}))
    for person in appointments.patients(folder):
        report.read("patients")
        value = _value(person.provider, person.id)
        if value in known.get("patients", {}):
            report.skip(_PATIENTS, "patients", person.line, ALREADY_HERE)
        elif value in people:
            report.skip(_PATIENTS, "patients", person.line, DUPLICATE, value)
        else:
            fresh.patients.append(person)
            report.take(_PATIENTS, "patients", person.line)
        people.add(value)
    slots = list(appointments.slots(folder))
    fresh.minutes = slot_minutes(slots)
    for slot in slots:
        report.read("slots")
        if _day_value(slot.provider, slot.starts) in known.get("rosters", {}):
            report.skip(_SLOTS, "slots", slot.line, ALREADY_HERE)
        else:
            fresh.slots.append(slot)
            report.take(_SLOTS, "slots", slot.line)
    _read_book(folder, known, report, fresh, people)
    named = {slot.provider for slot in slots} | {one.provider for one in fresh.book}
    named |= {person.provider for person in fresh.patients}
    for provider in sorted(named):
        report.read("providers")
        if provider in known.get("providers", {}):
            report.skip(_SLOTS, "providers", 1, ALREADY_HERE)
        else:
            fresh.providers.append(provider)
            report.take(_SLOTS, "providers", 1)
            report.map(_SLOTS, "providers", 1, PROVIDER_ONLY, provider)
    return fresh


def _read_book(
    folder: Path, known: Known, report: ImportReport, fresh: _Fresh, people: set[str]
) -> None:
    here = known.get("appointments", {})
    seen: set[str] = set()
    for one in appointments.appointments(folder):
        report.read("appointments")
        value, patient = _value(one.provider, one.id), _value(one.provider, one.patient)
        if value in here:
            report.skip(_BOOK, "appointments", one.line, ALREADY_HERE)
        elif value in seen:
            report.skip(_BOOK, "appointments", one.line, DUPLICATE, value)
        elif patient not in people:
            report.skip(_BOOK, "appointments", one.line, NO_PATIENT, patient)
        elif one.status not in STATES:
            report.skip(_BOOK, "appointments", one.line, STATE_UNKNOWN, one.status)
        else:
            fresh.book.append(one)
            report.take(_BOOK, "appointments", one.line)
            words = f"{one.status} → {STATES[one.status].value}"
            report.map(_BOOK, "appointments", one.line, STATE_MAPPED, words)
        seen.add(value)


def _write(
    clinic: Departments, fresh: _Fresh, known: Known, actor: Actor, progress: Progress
) -> None:
    with clinic.records.write(actor, "moving.import_appointments") as work:
        if identifiers.known(work, SOURCE) != known:
            raise StaleCopy  # somebody else imported meanwhile
        ids = {kind: dict(values) for kind, values in known.items()}

        def keep(kind: str, new: Mapping[str, int]) -> None:
            identifiers.keep(work, SOURCE, kind, new)
            ids.setdefault(kind, {}).update(new)

        progress(1, _STEPS, _("Patients"))
        keep("providers", _providers(work, clinic, fresh.providers, len(ids.get("providers", {}))))
        keep("patients", _patients(work, clinic, fresh.patients))
        progress(2, _STEPS, _("Shifts"))
        keep("rosters", _shifts(work, clinic, fresh, ids["providers"]))
        progress(3, _STEPS, _("Appointments"))
        keep("appointments", _book(work, clinic, fresh, ids))
        progress(5, _STEPS, _("Finishing"))
        work.record(
            "import",
            None,
            after={
                "source": SOURCE,
                "patients": len(fresh.patients),
                "slots": len(fresh.slots),
                "appointments": len(fresh.book),
            },
        )


def _providers(
    work: UnitOfWork, clinic: Departments, names: Sequence[str], before: int
) -> dict[str, int]:
    return {
        name: clinic.staff.add_in(
            work, AddStaff(name, name[:1] + name[-1:], "provider", True, (before + place) % 8)
        )
        for place, name in enumerate(names)
    }


def _patients(
    work: UnitOfWork, clinic: Departments, people: Sequence[BookPatient]
) -> dict[str, int]:
    commands = []
    for one in people:
        name = parted(one.name)
        who = Demographics(
            family_name=name.family,
            given_name=name.given,
            prefix=name.prefix,
            suffix=name.suffix,
            born_on=one.born_on,
            gender=_GENDERS.get(one.sex, "unknown"),
        )
        commands.append(RegisterPatient(who))
    numbers = clinic.patients.register_many(work, commands)
    return {
        _value(one.provider, one.id): number for one, number in zip(people, numbers, strict=True)
    }


def _shifts(
    work: UnitOfWork, clinic: Departments, fresh: _Fresh, providers: Mapping[str, int]
) -> dict[str, int]:
    rows: list[dict[str, object]] = []
    days: dict[str, int] = {}
    for run in runs(fresh.slots, fresh.minutes):
        slot = Slot(run.starts, run.minutes)
        try:
            first, last = work.zone.span(slot)
        except NoSuchWallTime:
            continue  # the night the clocks go forward has no such hour
        days[_day_value(run.provider, run.starts)] = providers[run.provider]
        rows.append(
            {
                "staff_id": providers[run.provider],
                "kind": "work",
                "starts_wall": slot.starts,
                "fold": slot.fold,
                "minutes": slot.minutes,
                "starts_min": first,
                "ends_min": last,
                "state": "published",
            }
        )
    if rows:
        clinic.staff.add_shifts_in(work, rows)
    return days


def _book(
    work: UnitOfWork,
    clinic: Departments,
    fresh: _Fresh,
    ids: Mapping[str, Mapping[str, int]],
) -> dict[str, int]:
    ordered = in_order(fresh.book)
    seen: set[int] = set()
    history = []
    for one in ordered:
        patient = ids["patients"][_value(one.provider, one.patient)]
        booking = STATES[one.status]
        came = booking is Booking.DONE
        history.append(
            PastAppointment(
                PatientId(patient),
                StaffId(ids["providers"][one.provider]),
                Slot(one.starts, fresh.minutes.get(one.provider, FALLBACK_MINUTES)),
                booking,
                note=_("No outcome was recorded.") if one.status == NO_OUTCOME else "",
                new_patient=came and patient not in seen,
                created_at=_morning(work.zone, one),
                arrived_at=_instant(work.zone, one.came),
                roomed_at=_instant(work.zone, one.began),
                done_at=_instant(work.zone, one.ended),
                opened=came,
            )
        )
        if came:
            seen.add(patient)
    taken = clinic.schedule.take_in(work, history)
    return {
        _value(one.provider, one.id): put.appointment_id
        for one, put in zip(ordered, taken, strict=True)
    }


def _morning(zone: ClinicZone, one: BookAppointment) -> datetime:
    """Return the instant it was booked: the file knows the day only."""
    day = one.made_on or one.starts.date()
    return _instant(zone, datetime.combine(day, time(9))) or zone.instant(one.starts)


def _instant(zone: ClinicZone, wall: datetime | None) -> datetime | None:
    if wall is None:
        return None
    try:
        return zone.instant(wall)
    except NoSuchWallTime:
        return None


def _value(provider: str, number: str) -> str:
    return f"{provider}:{number}"


def _day_value(provider: str, starts: datetime) -> str:
    return f"{provider}:{starts:%Y-%m-%d}"
