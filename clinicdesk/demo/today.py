# SPDX-License-Identifier: Apache-2.0
"""Plays the day the demo opens on, command by command, until 10:22.

The book of the day is the cast's; providers whom the cast does not know get a morning of their
own. Every step is what the desk would do, at the minute it would do it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from clinicdesk.billing.model import ChargeLine, CheckOut, Payment, PostCharges
from clinicdesk.billing.service import Billing
from clinicdesk.demo.cast import MEMBERS, NOTES, SCENES, WISHES, Scene
from clinicdesk.demo.catalogue import FEES, KINDS
from clinicdesk.demo.history import Planned
from clinicdesk.demo.money import Act
from clinicdesk.demo.years import CODES, House, Visit, Years
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.identity import AppointmentId, AppointmentTypeId, PatientId
from clinicdesk.kernel.moments import ClinicZone, FixedClock
from clinicdesk.patients.model import AddNote, RecordConsent
from clinicdesk.patients.service import Patients
from clinicdesk.schedule.model import (
    AddToWaitlist,
    Booking,
    CancelAppointment,
    Contact,
    MarkNoShow,
    SetContact,
    StepState,
)
from clinicdesk.schedule.service import Schedule
from clinicdesk.storage.records import Records

_PLACES = {f"{member.given} {member.family}": n for n, member in enumerate(MEMBERS)}
_FEES = {fee.code: fee for fee in FEES}
_KIND = {kind.key: kind for kind in KINDS}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Staff:
    """Who acts: reception books, arrives and takes money; a clinician calls in and charges."""

    desk: Actor
    clinician: Actor


@dataclass(frozen=True, slots=True)
class _Step:
    at: datetime
    do: Callable[[], object]


def planned_scenes(until: date, providers: int, patients: int) -> list[tuple[Scene, Planned]]:
    """Return the cast's appointments as they stood before the day began."""
    found: list[tuple[Scene, Planned]] = []
    for scene in SCENES:
        patient = _PLACES[scene.who] if scene.kind else None
        if scene.provider >= providers or (patient is not None and patient >= patients):
            continue
        lead = 1 + (scene.starts * 7 + scene.provider) % 19
        created = datetime.combine(until - lead * _DAY, time(9 + lead % 8, lead * 3 % 60))
        if scene.walk_in:
            created = _wall(until, scene.arrived)
        planned = Planned(
            scene.provider,
            _wall(until, scene.starts),
            scene.minutes,
            scene.kind,
            patient,
            "booked",
            created,
            note="" if scene.kind else scene.who,
            newcomer=patient is not None and MEMBERS[patient].newcomer,
            walk_in=scene.walk_in,
            overbook=scene.overbook,
        )
        found.append((scene, planned))
    return found


class Today:
    """Carries the day out."""

    def __init__(
        self,
        records: Records,
        schedule: Schedule,
        billing: Billing,
        patients: Patients,
        *,
        house: House,
        staff: Staff,
        clock: FixedClock,
        unit: int,
    ) -> None:
        self._records = records
        self._schedule = schedule
        self._billing = billing
        self._patients = patients
        self._house = house
        self._staff = staff
        self._clock = clock
        self._unit = unit
        self._zone: ClinicZone = records.profile.zone
        self._versions: dict[int, int] = {}
        self._visits: dict[int, int | None] = {}
        self._steps: list[_Step] = []

    def play(self, years: Years, until: date, providers: int, patients: int) -> None:
        """Enter the cast's book, then play every step in order of time."""
        scenes = planned_scenes(until, providers, patients)
        self._clock.instant = self._zone.instant(_wall(until - _DAY, 17 * 60))
        with self._records.write(self._staff.desk, "demo.book") as work:
            visits = years.enter(work, [planned for _, planned in scenes])
        for (scene, _), visit in zip(scenes, visits, strict=True):
            self._versions[visit.appointment_id] = 1
            if scene.kind:
                self._plan(scene, visit, until)
        self._remember(until)
        for act in years.due(until):
            self._at(act.at, lambda act=act: self._post(years, act))  # type: ignore[misc]
        for step in sorted(self._steps, key=lambda one: one.at):
            self._clock.instant = self._zone.instant(step.at)
            step.do()

    def _remember(self, until: date) -> None:
        """Write down what the desk learnt lately: consents, notes, wishes for an earlier date."""
        house, desk, patients = self._house, self._staff.desk, self._patients
        for place in range(min(12, len(house.payers))):
            number = house.payers[place].patient_id
            at = _wall(until - _DAY, 17 * 60 + 10 + place)
            consent = RecordConsent(
                number, "data", given=True, note="v3", key=f"demo-consent-{number}"
            )
            self._at(at, partial(patients.record_consent, consent, desk))
        for place, words in NOTES:
            if place < len(house.payers):
                number = house.payers[place].patient_id
                note = AddNote(number, words, key=f"demo-note-{number}")
                self._at(_wall(until - _DAY, 17 * 60 + 30), partial(patients.add_note, note, desk))
        for place, kind, wishes, urgent in WISHES:
            if place < len(house.payers):
                number = house.payers[place].patient_id
                wish = AddToWaitlist(
                    PatientId(number),
                    AppointmentTypeId(house.types[kind]),
                    wishes=wishes,
                    urgent=urgent,
                    key=f"demo-wish-{number}",
                )
                add = partial(self._schedule.add_to_waitlist, wish, desk)
                self._at(_wall(until - _DAY, 17 * 60 + 40), add)

    def _plan(self, scene: Scene, visit: Visit, until: date) -> None:
        number = visit.appointment_id
        if scene.confirmed or scene.booking == "done":
            early = _wall(until, 8 * 60 + 1) if scene.starts >= 615 else None
            self._at(early or _wall(until - _DAY, 17 * 60 + 5), lambda: self._confirm(number))
        if scene.booking == "cancelled":
            self._at(_wall(until, 8 * 60 + 12), lambda: self._cancel(number))
        if scene.booking == "no_show":
            self._at(_wall(until, scene.starts + 20), lambda: self._missed(number))
        for minute, state in (
            (scene.arrived, Booking.ARRIVED),
            (scene.roomed, Booking.IN_ROOM),
            (scene.leaving, Booking.CHECKOUT),
            (scene.done, Booking.DONE),
        ):
            if minute:
                self._at(_wall(until, minute), lambda to=state: self._go(number, to))  # type: ignore[misc]
        if scene.leaving and not scene.done:
            self._at(_wall(until, scene.leaving), lambda: self._charge(scene, visit))
        if scene.done:
            self._at(_wall(until, scene.done - 1), lambda: self._check_out(scene, visit))

    def _at(self, when: datetime, do: Callable[[], object]) -> None:
        self._steps.append(_Step(when, do))

    def _confirm(self, number: int) -> None:
        command = SetContact(
            AppointmentId(number), self._versions[number], Contact.CONFIRMED, key=self._key(number)
        )
        self._versions[number] = self._schedule.set_contact(command, self._staff.desk).value.version

    def _go(self, number: int, to: Booking) -> None:
        actor = self._staff.clinician if to is Booking.IN_ROOM else self._staff.desk
        command = StepState(
            AppointmentId(number), self._versions[number], to=to, key=self._key(number)
        )
        placed = self._schedule.step(command, actor).value
        self._versions[number] = placed.version
        self._visits[number] = placed.visit_id

    def _cancel(self, number: int) -> None:
        command = CancelAppointment(
            AppointmentId(number), self._versions[number], "illness", key=self._key(number)
        )
        self._versions[number] = self._schedule.cancel(command, self._staff.desk).value.version

    def _missed(self, number: int) -> None:
        command = MarkNoShow(AppointmentId(number), self._versions[number], key=self._key(number))
        self._versions[number] = self._schedule.no_show(command, self._staff.desk).value.version

    def _post(self, years: Years, act: Act) -> None:
        with self._records.write(self._staff.desk, "demo.post") as work:
            years.post(work, [act])

    def _charge(self, scene: Scene, visit: Visit) -> None:
        patient = visit.planned.patient
        assert patient is not None  # noqa: S101 -- blocks take no steps
        self._billing.charge(
            PostCharges(
                self._house.payers[patient].patient_id,
                visit.planned.starts.date(),
                self._lines(scene),
                self._visits[visit.appointment_id],
                key=f"demo-charge-{visit.appointment_id}",
            ),
            self._staff.clinician,
        )

    def _check_out(self, scene: Scene, visit: Visit) -> None:
        patient = visit.planned.patient
        assert patient is not None  # noqa: S101 -- blocks take no steps
        payers = self._house.payers[patient]
        lines = self._lines(scene)
        payment = None
        if payers.payer_id is None:
            payment = Payment(sum(line.unit_minor for line in lines), "card")
        self._billing.check_out(
            CheckOut(
                payers.patient_id,
                visit.planned.starts.date(),
                lines,
                payment,
                self._visits[visit.appointment_id],
                key=f"demo-checkout-{visit.appointment_id}",
            ),
            self._staff.desk,
        )

    def _lines(self, scene: Scene) -> tuple[ChargeLine, ...]:
        provider = self._house.providers[scene.provider]
        return tuple(
            ChargeLine(code, _FEES[code].description, _FEES[code].price * self._unit, provider)
            for code in CODES[scene.kind]
        )

    def _key(self, number: int) -> str:
        return f"demo-day-{number}-{self._versions[number]}"


def _wall(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))
