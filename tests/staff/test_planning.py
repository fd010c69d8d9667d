# SPDX-License-Identifier: Apache-2.0
"""Drafts, publishing, copying the week before, and the way back from each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from clinicdesk.kernel.refusals import NotAllowed, StaleCopy
from clinicdesk.staff.model import (
    BookedSpan,
    CellWish,
    Close,
    CopyWeek,
    DayPlan,
    NeedOfDay,
    NoSuchHours,
    NothingToCopy,
    NothingToPublish,
    PlanDays,
    PlannedSpan,
    PublishWeek,
    RosterWentOn,
    SetNeeds,
)
from clinicdesk.staff.model import read as read_shift
from tests.staff.roster import MONDAY, SATURDAY, TUESDAY, WEDNESDAY, Roster

WEEK = timedelta(days=7)


def test_a_typed_day_is_a_draft_that_changes_no_open_hours(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY, "8-12 R1")
    assert roster.shown(roster.doctor, MONDAY) == ("8-12 R1", "draft")
    assert roster.open(roster.doctor, MONDAY) == [("09:00", "17:00")]


def test_standing_hours_are_shown_cut_by_their_break(roster: Roster) -> None:
    assert roster.shown(roster.doctor, MONDAY) == ("9-12 13-17", "usual")
    assert roster.shown(roster.doctor, SATURDAY) == ("", "")


def test_published_shifts_are_the_open_hours_of_the_book(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY, "8-12 14-16")
    roster.type(roster.doctor, TUESDAY, "L")
    roster.publish()
    assert roster.open(roster.doctor, MONDAY) == [("08:00", "12:00"), ("14:00", "16:00")]
    assert roster.open(roster.doctor, TUESDAY) == []
    assert roster.open(roster.doctor, WEDNESDAY) == [("09:00", "17:00")]
    assert roster.shown(roster.doctor, TUESDAY) == ("L", "published")


def test_publishing_undone_makes_drafts_again_and_what_was_replaced_is_in_force(
    roster: Roster,
) -> None:
    roster.type(roster.doctor, MONDAY, "8-12")
    roster.publish()
    roster.type(roster.doctor, MONDAY, "10-14")
    done = roster.publish()
    assert roster.open(roster.doctor, MONDAY) == [("10:00", "14:00")]
    assert done.undo is not None
    undone = done.undo()
    assert roster.open(roster.doctor, MONDAY) == [("08:00", "12:00")]
    assert roster.shown(roster.doctor, MONDAY) == ("10-14", "draft")
    assert undone.undo is not None
    undone.undo()
    assert roster.open(roster.doctor, MONDAY) == [("10:00", "14:00")]


def test_publishing_cannot_be_undone_once_the_days_went_on(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY, "8-12")
    done = roster.publish()
    roster.type(roster.doctor, MONDAY, "10-14")
    assert done.undo is not None
    with pytest.raises(RosterWentOn):
        done.undo()


def test_deleting_a_published_day_brings_the_usual_hours_back_once_published(
    roster: Roster,
) -> None:
    roster.type(roster.doctor, MONDAY, "8-12")
    roster.publish()
    roster.type(roster.doctor, MONDAY, "")
    assert roster.shown(roster.doctor, MONDAY) == ("9-12 13-17", "draft")
    assert roster.open(roster.doctor, MONDAY) == [("08:00", "12:00")]
    done = roster.publish()
    assert roster.open(roster.doctor, MONDAY) == [("09:00", "17:00")]
    assert done.undo is not None
    done.undo()
    assert roster.open(roster.doctor, MONDAY) == [("08:00", "12:00")]


def test_typing_what_is_published_already_leaves_no_draft(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY, "8-12")
    roster.publish()
    roster.type(roster.doctor, MONDAY, "9-10")
    roster.type(roster.doctor, MONDAY, "8-12")
    assert roster.shown(roster.doctor, MONDAY) == ("8-12", "published")
    with pytest.raises(NothingToPublish):
        roster.publish()


def test_each_change_of_days_is_undone_as_one_and_done_again(roster: Roster) -> None:
    roster.type(roster.rosa, MONDAY, "8-12")
    plan = read_shift("9-13", roster.vocabulary)
    cells = tuple(CellWish(roster.rosa, MONDAY + timedelta(days=n), plan) for n in range(3))
    done = roster.staff.plan(PlanDays(cells), roster.actor)
    assert roster.week().drafts == 3
    assert done.undo is not None
    undone = done.undo()
    assert roster.shown(roster.rosa, MONDAY) == ("8-12", "draft")
    assert roster.week().drafts == 1
    assert undone.undo is not None
    undone.undo()
    assert roster.shown(roster.rosa, WEDNESDAY) == ("9-13", "draft")


def test_the_same_key_plans_once_and_a_stale_copy_is_refused(roster: Roster) -> None:
    wish = CellWish(roster.rosa, MONDAY, read_shift("9-13", roster.vocabulary), ())
    command = PlanDays((wish,), key="once")
    first = roster.staff.plan(command, roster.actor)
    again = roster.staff.plan(command, roster.actor)
    assert first.value == again.value
    assert len(roster.cell(roster.rosa, MONDAY).seen) == 1
    with pytest.raises(StaleCopy):
        roster.staff.plan(PlanDays((wish,)), roster.actor)


def test_drafts_are_seen_by_who_plans_and_by_nobody_else(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY, "8-12")
    nurse = roster.be(roster.nurse)
    assert roster.shown(roster.doctor, MONDAY, nurse) == ("9-12 13-17", "usual")
    with pytest.raises(NotAllowed):
        roster.staff.plan(PlanDays((CellWish(roster.nurse, MONDAY, DayPlan("off")),)), nurse)
    with pytest.raises(NotAllowed):
        roster.staff.publish(PublishWeek(MONDAY), nurse)


def test_a_week_is_copied_with_its_rooms_and_open_shifts_but_without_leave(
    roster: Roster,
) -> None:
    roster.type(roster.doctor, MONDAY - WEEK, "8-12 R1")
    roster.type(roster.doctor, TUESDAY - WEEK, "L")
    roster.type(roster.rosa, SATURDAY - WEEK, "off")
    roster.type(None, WEDNESDAY - WEEK, "13-17 reception")
    roster.publish(MONDAY - WEEK)
    done = roster.staff.copy_week(CopyWeek(MONDAY), roster.actor)
    assert roster.shown(roster.doctor, MONDAY) == ("8-12 R1", "draft")
    assert roster.shown(roster.doctor, TUESDAY) == ("9-12 13-17", "draft")
    assert roster.shown(roster.rosa, SATURDAY) == ("off", "draft")
    assert roster.shown(None, WEDNESDAY) == ("13-17 reception", "draft")
    assert done.undo is not None
    done.undo()
    assert roster.week().drafts == 0


def test_copying_leaves_planned_and_closed_days_alone(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY - WEEK, "8-12")
    roster.type(roster.doctor, WEDNESDAY - WEEK, "8-12")
    roster.publish(MONDAY - WEEK)
    roster.type(roster.doctor, MONDAY, "L")
    roster.staff.close(Close(WEDNESDAY, WEDNESDAY, "Training"), roster.actor)
    roster.staff.copy_week(CopyWeek(MONDAY), roster.actor)
    assert roster.shown(roster.doctor, MONDAY) == ("L", "draft")
    assert roster.cell(roster.doctor, WEDNESDAY).closed == "Training"
    with pytest.raises(NothingToCopy):
        roster.staff.copy_week(CopyWeek(MONDAY), roster.actor)


def test_the_summary_names_holes_clashes_and_appointments_left_outside(roster: Roster) -> None:
    need = NeedOfDay(0, 540, 1020, 2)
    roster.staff.set_needs(SetNeeds("reception", (need,)), roster.actor)
    roster.type(roster.rosa, MONDAY, "9-17")
    roster.type(roster.ravi, MONDAY, "9-13 15-17")
    roster.type(roster.doctor, MONDAY, "13-17")
    with roster.records.read() as reading:
        inside = reading.zone.day_span(MONDAY)[0] + 14 * 60
        early = reading.zone.day_span(MONDAY)[0] + 9 * 60
    roster.staff.booked = lambda reading, _actor, who, start, end: tuple(
        BookedSpan(roster.doctor, at, at + 30, reading.zone.slot_at(at, 1).starts, "Adeyemi, Grace")
        for at in (early, inside)
        if roster.doctor in who and start <= at < end
    )
    summary = roster.staff.publishing(MONDAY, roster.actor)
    (hole,) = [one for one in summary.holes if one.role == "reception"]
    assert (hole.least, [gap.people for gap in hole.gaps]) == (1, [1])
    ((provider, booked),) = summary.outside
    assert (provider, booked.starts.hour, booked.who) == ("Amara Osei", 9, "Adeyemi, Grace")
    assert (summary.shifts, summary.people) == (4, 3)
    assert roster.publish().fields["count"] == 1


def test_hours_over_midnight_and_in_the_nights_of_a_clock_change_are_real_hours(
    roster: Roster,
) -> None:
    longer, shorter = date(2026, 10, 24), date(2026, 3, 28)
    for day in (longer, shorter, SATURDAY):
        roster.type(roster.nurse, day, "22-6")
    assert roster.cell(roster.nurse, SATURDAY).minutes == 8 * 60
    assert roster.cell(roster.nurse, longer).minutes == 9 * 60
    assert roster.cell(roster.nurse, shorter).minutes == 7 * 60
    assert roster.shown(roster.nurse, longer) == ("22-6", "draft")


def test_hours_that_the_clock_skips_are_refused(roster: Roster) -> None:
    with pytest.raises(NoSuchHours):
        roster.type(roster.nurse, date(2026, 3, 29), "1:15-1:45")
    roster.type(roster.nurse, date(2026, 3, 29), "1:30-4")
    assert roster.cell(roster.nurse, date(2026, 3, 29)).minutes == 2 * 60


def test_needs_are_set_by_weekday_and_undone(roster: Roster) -> None:
    done = roster.staff.set_needs(
        SetNeeds("nurse", tuple(NeedOfDay(day, 540, 1020, 1) for day in range(5))), roster.actor
    )
    (nurses,) = [row for row in roster.week().covers if row.role == "nurse"]
    assert [day.holds for day in nurses.days] == [False] * 5 + [True] * 2
    assert done.undo is not None
    done.undo()
    assert roster.week().needs == {}


def test_a_closed_day_needs_nobody(roster: Roster) -> None:
    roster.staff.set_needs(SetNeeds("nurse", (NeedOfDay(0, 540, 1020, 1),)), roster.actor)
    roster.staff.close(Close(MONDAY, MONDAY, "St Andrew"), roster.actor)
    assert all(day.holds for row in roster.week().covers for day in row.days)


def test_the_balance_compares_hours_with_the_contract(roster: Roster) -> None:
    rows = {row.person.id: row for row in roster.week().people}
    assert (rows[roster.doctor].minutes, rows[roster.doctor].balance) == (35 * 60, -3 * 60)
    assert rows[roster.rosa].balance is None


def test_a_span_keeps_its_room_and_an_open_shift_its_role(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY, "9-12 R1 13-17")
    assert roster.cell(roster.doctor, MONDAY).plan.spans == (
        PlannedSpan(540, 720, roster.room),
        PlannedSpan(780, 1020),
    )
