# SPDX-License-Identifier: Apache-2.0
"""Day, week, month, list, openings: what the book shows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.kernel.moments import FixedClock, Month
from clinicdesk.kernel.refusals import NotAllowed, StaleCopy
from clinicdesk.patients.tables import alert, patient
from clinicdesk.schedule.model import (
    AddToWaitlist,
    ArchiveType,
    BlockTime,
    CancelAppointment,
    SaveType,
    SettleWaiting,
    SlotTaken,
    StepState,
)
from clinicdesk.staff.model import Close
from clinicdesk.staff.service import Staff
from clinicdesk.staff.tables import staff_member
from clinicdesk.storage.tables import audit, setting
from tests.schedule.clinic import (
    CHECK_UP,
    FISCHER,
    KHAN,
    LIN,
    NURSE,
    OSEI,
    PARK,
    RUIZ,
    TODAY,
    Clinic,
    a_clinic,
    another_desk,
    at,
    booking,
    fill,
)
from tests.support.clinics import NOON, a_file, an_actor

ADA = an_actor()
MONDAY = date(2026, 11, 23)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return a_clinic(tmp_path)


def test_a_day_counts_what_is_booked_and_what_is_free_from_now(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    view = clinic.schedule.day(TODAY, ADA)
    osei, fischer, nurse = view.columns
    assert (osei.name, osei.initials, osei.room) == ("Dr Amara Osei", "AO", "Room 1")
    assert nurse.room == ""
    # noon; open till 17:00 but for the break 12:30-13:00
    assert (fischer.booked, fischer.free) == (0, 2 + 16)
    assert (osei.booked, osei.free) == (1, 2 + 16 - 2)
    assert (fischer.open_minutes, fischer.free_minutes) == (450, 450)
    assert osei.free_minutes == 420
    assert view.ends_min - view.starts_min == 1440


def test_cancelled_cards_are_shown_and_take_nothing(clinic: Clinic) -> None:
    placed = clinic.schedule.book(booking(), ADA).value
    cancel = CancelAppointment(AppointmentId(placed.appointment_id), 1, "ill")
    clinic.schedule.cancel(cancel, ADA)
    view = clinic.schedule.day(TODAY, ADA)
    assert len(view.cards) == 1
    assert view.columns[0].booked == 0


def test_an_alert_shows_until_it_ends(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    clinic.schedule.book(booking(PARK, FISCHER), ADA)
    with clinic.records.write(ADA, "test.alert") as work:
        for who, ended in ((RUIZ, None), (PARK, TODAY)):
            work.execute(
                alert.insert(),
                {
                    "patient_id": who, "kind": "allergy", "wording": "Penicillin",
                    "since_on": TODAY, "ended_on": ended,
                },
            )  # fmt: skip
        work.record("alert", None)
    by_name = {card.name: card.alert for card in clinic.schedule.day(TODAY, ADA).cards}
    assert by_name == {"Ruiz, Elena": True, "Park, Min": False}


def test_a_card_of_a_merged_record_shows_the_patient_it_was_merged_into(clinic: Clinic) -> None:
    clinic.schedule.book(booking(PARK), ADA)
    with clinic.records.write(ADA, "test.merge") as work:
        work.execute(patient.update().where(patient.c.id == PARK).values(survivor_id=RUIZ))
        warning = {"kind": "allergy", "wording": "Latex", "since_on": TODAY}
        work.execute(alert.insert(), {"patient_id": RUIZ, **warning})
        work.record("patient", PARK)
    (card,) = clinic.schedule.day(TODAY, ADA).cards
    assert (card.patient_id, card.name, card.alert) == (RUIZ, "Ruiz, Elena", True)
    assert card.chart_number == f"{10480 + RUIZ}"


def test_a_card_tells_since_when_its_patient_waits_until_they_are_done(clinic: Clinic) -> None:
    own = AppointmentId(clinic.schedule.book(booking(), ADA).value.appointment_id)
    seen = []
    for version in range(1, 5):
        clinic.clock.advance(timedelta(minutes=5))
        (card,) = clinic.schedule.day(TODAY, ADA).cards
        seen.append((card.booking.value, card.since_at))
        clinic.schedule.step(StepState(own, version), ADA)
    (card,) = clinic.schedule.day(TODAY, ADA).cards
    seen.append((card.booking.value, card.since_at))
    assert seen == [
        ("booked", None),
        ("arrived", NOON + timedelta(minutes=5)),
        ("in_room", NOON + timedelta(minutes=10)),
        ("checkout", NOON + timedelta(minutes=15)),
        ("done", None),
    ]


def test_a_provider_who_left_keeps_a_column_while_cards_stand_in_it(clinic: Clinic) -> None:
    clinic.schedule.book(booking(with_=NURSE), ADA)
    with clinic.records.write(ADA, "test.leave") as work:
        work.execute(
            staff_member.update()
            .where(staff_member.c.id == NURSE)
            .values(archived=True, ends_on=TODAY - timedelta(days=1))
        )
        work.record("staff_member", NURSE)
    assert [c.provider_id for c in clinic.schedule.day(TODAY, ADA).columns] == [1, 2, 3]


def test_a_night_appointment_shows_on_both_days_and_takes_the_time_of_both(
    clinic: Clinic,
) -> None:
    clinic.schedule.book(booking(slot=at(23, 30, minutes=90)), ADA)
    for on in (TODAY, TODAY + timedelta(days=1)):
        assert len(clinic.schedule.day(on, ADA).cards) == 1
    assert not clinic.schedule.day(TODAY + timedelta(days=2), ADA).cards
    late = at(0, 45, on=TODAY + timedelta(days=1))
    with pytest.raises(SlotTaken):
        clinic.schedule.book(booking(PARK, slot=late), ADA)


def test_a_week_is_seven_days_of_one_provider_or_all(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    clinic.schedule.book(booking(PARK, FISCHER, at(9, on=MONDAY)), ADA)
    week = clinic.schedule.week(MONDAY, ADA)
    assert [day.on for day in week.days] == [MONDAY + timedelta(days=n) for n in range(7)]
    assert [len(day.cards) for day in week.days] == [1, 0, 1, 0, 0, 0, 0]
    assert week.days[5].columns[0].open_minutes == 0
    own = clinic.schedule.week(MONDAY, ADA, FISCHER)
    assert [len(day.cards) for day in own.days] == [1, 0, 0, 0, 0, 0, 0]
    assert [column.provider_id for column in own.days[0].columns] == [FISCHER]


def test_a_month_shows_load_and_the_first_three(clinic: Clinic) -> None:
    for hour, who in ((9, RUIZ), (10, PARK), (11, LIN), (14, KHAN)):
        clinic.schedule.book(booking(who, slot=at(hour)), ADA)
    clinic.schedule.block(BlockTime(OSEI, at(16, minutes=60), "Meeting"), ADA)
    month = clinic.schedule.month_load(Month(2026, 11), ADA)
    assert len(month.days) == 30
    day = month.days[TODAY.day - 1]
    assert (day.booked, day.booked_minutes, day.more) == (4, 120, 1)
    assert [row.name for row in day.first] == ["Ruiz, Elena", "Park, Min", "Lin, Yara"]
    assert [(load.booked, load.open_minutes) for load in day.loads] == [
        (4, 390),
        (0, 450),
        (0, 450),
    ]
    assert [c.initials for c in month.providers] == ["AO", "LF", "TB"]


def test_the_list_has_phone_and_provider_in_order_of_time(clinic: Clinic) -> None:
    clinic.schedule.book(booking(), ADA)
    clinic.schedule.book(booking(PARK, FISCHER, at(10)), ADA)
    rows = clinic.schedule.list(MONDAY, TODAY, ADA)
    assert [(r.name, r.provider, r.phone) for r in rows] == [
        ("Park, Min", "Dr Lena Fischer", ""),
        ("Ruiz, Elena", "Dr Amara Osei", "07700 900001"),
    ]


def test_a_patients_appointments_come_newest_first_and_the_reading_is_audited(
    clinic: Clinic,
) -> None:
    for on in (TODAY, TODAY + timedelta(days=7)):
        clinic.schedule.book(booking(slot=at(15, on=on)), ADA)
    rows = clinic.schedule.patient_appointments(RUIZ, ADA)
    assert [row.starts.date() for row in rows] == [TODAY + timedelta(days=7), TODAY]
    with clinic.records.read() as reading:
        last = reading.execute(sa.select(audit).order_by(audit.c.seq.desc()).limit(1)).one()
    assert (last.action, last.patient_id, last.category) == (
        "schedule.read_patient",
        RUIZ,
        "demographic",
    )


def test_the_slot_length_of_the_clinic_is_heeded(clinic: Clinic) -> None:
    assert clinic.schedule.day(TODAY, ADA).slot_minutes == 15
    with clinic.records.write(ADA, "test.setting") as work:
        work.execute(setting.insert(), {"key": "schedule.slot_minutes", "value": "30"})
        work.record("setting", None)
    day = clinic.schedule.day(TODAY, ADA)
    assert (day.slot_minutes, day.columns[1].free) == (30, 1 + 8)


def test_views_take_a_fixed_number_of_statements_and_few_once_hours_are_known(
    clinic: Clinic,
) -> None:
    counted: list[str] = []
    with clinic.records.read() as reading:
        driver = reading.connection.connection.driver_connection
    assert driver is not None
    driver.set_trace_callback(counted.append)

    def cost() -> int:
        counted.clear()
        clinic.schedule.day(TODAY, ADA)
        return len([told for told in counted if told.startswith("SELECT")])

    empty = cost()
    assert cost() == 1  # nothing was written between: the cards alone
    for hour in (9, 10, 11, 13, 14):
        clinic.schedule.book(booking(slot=at(hour)), ADA)
    assert cost() == empty
    driver.set_trace_callback(None)


def test_what_is_kept_of_hours_rooms_and_types_is_forgotten_once_another_program_writes(
    tmp_path: Path,
) -> None:
    path, key = a_file(tmp_path)
    records, schedule = another_desk(path, key, FixedClock(NOON))
    fill(records)
    schedule.book(booking(type_id=CHECK_UP), ADA)
    other, elsewhere = another_desk(path, key, FixedClock(NOON))
    seen = elsewhere.day(TODAY, ADA)
    assert [len(column.open_spans) for column in seen.columns] == [2, 2, 2]
    Staff(records).close(Close(TODAY, TODAY, "Course", FISCHER), ADA)
    kept = next(t for t in schedule.types(ADA) if t.id == CHECK_UP)
    schedule.save_type(
        SaveType("Long check", kept.minutes, type_id=CHECK_UP, version=kept.version), ADA
    )
    seen = elsewhere.day(TODAY, ADA)
    assert [column.provider_id for column in seen.columns] == [OSEI, NURSE]
    assert seen.cards[0].type == "Long check"
    assert {slot.initials for slot in elsewhere.next_free(None, 30, None, 6, ADA)} == {"AO", "TB"}
    records.close()
    other.close()


def test_nobody_sees_the_book_without_the_right(clinic: Clinic) -> None:
    nobody = an_actor("staff.view")
    for look in (
        lambda: clinic.schedule.day(TODAY, nobody),
        lambda: clinic.schedule.waiting(nobody),
        lambda: clinic.schedule.list(TODAY, TODAY, nobody),
        lambda: clinic.schedule.month_load(Month(2026, 11), nobody),
        lambda: clinic.schedule.next_free(None, 15, None, 1, nobody),
    ):
        with pytest.raises(NotAllowed):
            look()


def test_types_are_added_changed_archived_and_undone(clinic: Clinic) -> None:
    schedule = clinic.schedule
    done = schedule.save_type(SaveType("Follow-up", 15, default_codes=("99213", "99214")), ADA)
    row = next(t for t in schedule.types(ADA) if t.id == done.value)
    assert (row.name, row.minutes, row.default_codes) == ("Follow-up", 15, ("99213", "99214"))
    changed = schedule.save_type(
        SaveType("Follow up", 20, type_id=done.value, version=1),  # type: ignore[arg-type]
        ADA,
    )
    with pytest.raises(StaleCopy):
        schedule.archive_type(ArchiveType(done.value, 1), ADA)  # type: ignore[arg-type]
    assert changed.undo is not None
    changed.undo()
    row = next(t for t in schedule.types(ADA) if t.id == done.value)
    assert (row.name, row.minutes, row.version) == ("Follow-up", 15, 3)
    gone = schedule.archive_type(ArchiveType(done.value, 3), ADA)  # type: ignore[arg-type]
    assert [t.id for t in schedule.types(ADA)] == [CHECK_UP]
    assert gone.undo is not None
    gone.undo()
    assert len(schedule.types(ADA)) == 2


def test_the_waitlist_is_urgent_first_and_lets_go(clinic: Clinic) -> None:
    schedule = clinic.schedule
    schedule.add_to_waitlist(AddToWaitlist(RUIZ, CHECK_UP, OSEI, "mornings"), ADA)
    clinic.clock.advance(timedelta(minutes=1))
    urgent = schedule.add_to_waitlist(AddToWaitlist(PARK, urgent=True), ADA)
    rows = schedule.waitlist(ADA)
    assert [(r.name, r.type, r.provider) for r in rows] == [
        ("Park, Min", "", ""),
        ("Ruiz, Elena", "Check-up", "Dr Amara Osei"),
    ]
    done = schedule.settle_waiting(SettleWaiting(urgent.value, 1, "booked"), ADA)
    assert len(schedule.waitlist(ADA)) == 1
    assert done.undo is not None
    done.undo()
    assert len(schedule.waitlist(ADA)) == 2
