# SPDX-License-Identifier: Apache-2.0
"""Leave, swaps and open shifts: asked for, decided, taken back."""

from __future__ import annotations

import pytest

from clinicdesk.kernel.refusals import NotAllowed
from clinicdesk.staff.model import (
    AlreadyDecided,
    AskLeave,
    AskSwap,
    AskTake,
    DaysBackwards,
    Decide,
    NeedOfDay,
    NoShiftThere,
    NotOnStaff,
    NotYours,
    RosterWentOn,
    SetNeeds,
    Withdraw,
)
from tests.staff.roster import MONDAY, TUESDAY, WEDNESDAY, Roster
from tests.support.clinics import an_actor


def decide(roster: Roster, number: int, *, approve: bool = True) -> object:
    version = next(one.version for one in roster.week().requests if one.id == number)
    return roster.staff.decide(Decide(number, version, approve), roster.actor)


def test_leave_is_asked_for_and_approved_with_the_hole_shown_before(roster: Roster) -> None:
    roster.staff.set_needs(
        SetNeeds("nurse", tuple(NeedOfDay(day, 540, 1020, 1) for day in range(5))), roster.actor
    )
    roster.type(roster.nurse, MONDAY, "9-17")
    roster.type(roster.nurse, TUESDAY, "9-13")
    roster.publish()
    asked = roster.staff.ask_leave(AskLeave(roster.nurse, MONDAY, TUESDAY), roster.be(roster.nurse))
    effect = roster.staff.effect(asked.value, roster.actor)
    assert [(hole.on, hole.least) for hole in effect.holes] == [(MONDAY, 0), (TUESDAY, 0)]
    assert effect.minutes == 12 * 60
    done = roster.staff.decide(Decide(asked.value, 1, approve=True), roster.actor)
    assert roster.shown(roster.nurse, MONDAY) == ("L", "published")
    assert roster.week().requests == ()
    assert done.undo is not None
    again = done.undo()
    assert roster.shown(roster.nurse, MONDAY) == ("9-17", "published")
    assert [one.id for one in roster.week().requests] == [asked.value]
    assert again.undo is not None
    again.undo()
    assert roster.shown(roster.nurse, MONDAY) == ("L", "published")


def test_approved_leave_puts_a_draft_aside_and_undo_brings_it_back(roster: Roster) -> None:
    roster.type(roster.rosa, MONDAY, "9-17")
    asked = roster.staff.ask_leave(AskLeave(roster.rosa, MONDAY, MONDAY), roster.actor)
    done = roster.staff.decide(Decide(asked.value, 1, approve=True), roster.actor)
    assert roster.shown(roster.rosa, MONDAY) == ("L", "published")
    assert done.undo is not None
    done.undo()
    assert roster.shown(roster.rosa, MONDAY) == ("9-17", "draft")


def test_refusing_changes_no_day_and_can_be_undone(roster: Roster) -> None:
    asked = roster.staff.ask_leave(AskLeave(roster.doctor, MONDAY, MONDAY), roster.actor)
    done = roster.staff.decide(Decide(asked.value, 1, approve=False, note="Flu week"), roster.actor)
    assert roster.shown(roster.doctor, MONDAY) == ("9-12 13-17", "usual")
    assert done.undo is not None
    done.undo()
    assert len(roster.week().requests) == 1


def test_a_request_is_decided_once(roster: Roster) -> None:
    asked = roster.staff.ask_leave(AskLeave(roster.doctor, MONDAY, MONDAY), roster.actor)
    decide(roster, asked.value)
    with pytest.raises(AlreadyDecided):
        roster.staff.decide(Decide(asked.value, 1, approve=False), roster.actor)


def test_approved_leave_whose_day_went_on_cannot_be_undone(roster: Roster) -> None:
    asked = roster.staff.ask_leave(AskLeave(roster.rosa, MONDAY, MONDAY), roster.actor)
    done = roster.staff.decide(Decide(asked.value, 1, approve=True), roster.actor)
    roster.type(roster.rosa, MONDAY, "9-12")
    assert done.undo is not None
    with pytest.raises(RosterWentOn):
        done.undo()


def test_people_ask_for_themselves_and_see_their_own_requests_only(roster: Roster) -> None:
    me = roster.be(roster.nurse)
    with pytest.raises(NotYours):
        roster.staff.ask_leave(AskLeave(roster.rosa, MONDAY, MONDAY), me)
    roster.staff.ask_leave(AskLeave(roster.rosa, MONDAY, MONDAY), roster.actor)
    own = roster.staff.ask_leave(AskLeave(roster.nurse, MONDAY, MONDAY), me)
    assert [one.id for one in roster.week(actor=me).requests] == [own.value]
    with pytest.raises(NotAllowed):
        roster.staff.decide(Decide(own.value, 1, approve=True), me)
    with pytest.raises(NotOnStaff):
        roster.staff.ask_leave(
            AskLeave(roster.rosa, MONDAY, MONDAY), an_actor("staff.view", role="biller")
        )


def test_ones_own_request_is_withdrawn_and_asked_again(roster: Roster) -> None:
    me = roster.be(roster.nurse)
    own = roster.staff.ask_leave(AskLeave(roster.nurse, MONDAY, TUESDAY), me)
    done = roster.staff.withdraw(Withdraw(own.value, 1), me)
    assert roster.week().requests == ()
    assert done.undo is not None
    done.undo()
    assert [one.id for one in roster.week().requests] == [own.value]


def test_a_swap_exchanges_what_two_people_do(roster: Roster) -> None:
    roster.type(roster.rosa, MONDAY, "8-13")
    roster.type(roster.ravi, WEDNESDAY, "12-18")
    roster.publish()
    asked = roster.staff.ask_swap(
        AskSwap(roster.rosa, MONDAY, roster.ravi, WEDNESDAY), roster.be(roster.rosa)
    )
    done = roster.staff.decide(Decide(asked.value, 1, approve=True), roster.actor)
    assert roster.shown(roster.ravi, MONDAY) == ("8-13", "published")
    assert roster.shown(roster.rosa, MONDAY) == ("off", "published")
    assert roster.shown(roster.rosa, WEDNESDAY) == ("12-18", "published")
    assert done.undo is not None
    done.undo()
    assert roster.shown(roster.rosa, MONDAY) == ("8-13", "published")
    assert roster.shown(roster.ravi, MONDAY) == ("", "")


def test_only_a_day_with_a_shift_can_be_swapped(roster: Roster) -> None:
    with pytest.raises(NoShiftThere):
        roster.staff.ask_swap(AskSwap(roster.rosa, MONDAY, roster.ravi), roster.actor)
    with pytest.raises(DaysBackwards):
        roster.staff.ask_leave(AskLeave(roster.rosa, TUESDAY, MONDAY), roster.actor)


def test_an_open_shift_is_taken_beside_ones_own_hours_and_the_others_stay_open(
    roster: Roster,
) -> None:
    roster.type(None, MONDAY, "13-17 reception 13-18 nurse")
    roster.type(roster.rosa, MONDAY, "8-12")
    roster.publish()
    (first, _other) = roster.cell(None, MONDAY).spans
    asked = roster.staff.ask_take(AskTake(roster.rosa, first.shift_id), roster.be(roster.rosa))
    done = roster.staff.decide(Decide(asked.value, 1, approve=True), roster.actor)
    assert roster.shown(roster.rosa, MONDAY) == ("8-12 13-17", "published")
    assert roster.shown(None, MONDAY) == ("13-18 nurse", "published")
    with pytest.raises(AlreadyDecided):
        roster.staff.ask_take(AskTake(roster.ravi, first.shift_id), roster.actor)
    assert done.undo is not None
    done.undo()
    assert len(roster.cell(None, MONDAY).spans) == 2


def test_an_open_shift_somebody_once_asked_for_can_still_be_taken_out_of_the_plan(
    roster: Roster,
) -> None:
    typed = roster.type(None, MONDAY, "13-17")
    published = roster.publish()
    (span,) = roster.cell(None, MONDAY).spans
    asked = roster.staff.ask_take(AskTake(roster.rosa, span.shift_id), roster.actor)
    for done in (asked, published, typed):
        assert done.undo is not None
        done.undo()
    assert roster.shown(None, MONDAY) == ("", "")
