# SPDX-License-Identifier: Apache-2.0
"""The manager's and the nurse's tasks with the roster, key by key, within their budgets.

Start: the main window, the book in front. Typed data is free (experience.md, section 1).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import open_clinic
from clinicdesk.demo.making import DEMO_PASSWORD
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.schedule.panel.page import SchedulePanel
from clinicdesk.staff.panel import RosterPanel
from clinicdesk.staff.queries import RosterWeek
from tests.journeys.conftest import UNTIL, Desk

MONDAY = UNTIL - timedelta(days=UNTIL.weekday())
NEXT = MONDAY + timedelta(days=7)
Hire = Callable[[str], Desk]


def panel(desk: Desk) -> RosterPanel:
    found = desk.shell.yard["roster"].panel
    assert isinstance(found, RosterPanel)
    return found


def week(desk: Desk, monday: date = NEXT) -> RosterWeek:
    return desk.clinic.staff.week(monday, desk.clinic.actor)


@pytest.fixture
def sit(desk: Desk) -> Iterator[Hire]:
    """Let somebody else sit down at the same file."""
    sittings: list[Sitting] = []

    def down(login: str) -> Desk:
        path = desk.clinic.path
        desk.shell.close()
        desk.clinic.close()
        clinic = open_clinic(path, login, DEMO_PASSWORD)
        last = clinic.records.last_act()
        assert last is not None
        clinic.records.clock = FixedClock(last)
        sitting = Sitting(
            clinic,
            Theme("light"),
            DeskSettings(path.parent / "other.json"),
            check_password=clinic.opened.ring.is_password,
            reset_layout=True,
        )
        sittings.append(sitting)
        desk.bot.addWidget(sitting.shell)
        sitting.shell.resize(1680, 1020)
        sitting.start()
        hands = Desk(sitting, desk.bot)
        sitting.shell.activateWindow()
        hands.settle()
        return hands

    yield down
    for sitting in sittings:
        sitting.shell.close()


def test_m6_next_weeks_roster_is_published_from_this_week_in_three_keys(desk: Desk) -> None:
    assert desk.shell.front == "schedule"
    desk.act("roster.copy_week")
    assert panel(desk).monday == NEXT
    assert week(desk).drafts > 30
    desk.act("roster.publish")
    assert panel(desk).planner.bar.isVisible()
    desk.key(Qt.Key.Key_Return)
    assert desk.keys <= 3
    assert week(desk).drafts == 0
    doctor = week(desk).people[0]
    assert {cell.state for cell in doctor.cells[:5]} == {"published"}
    with desk.clinic.records.read() as reading:
        spans = desk.clinic.staff.open_spans(reading, doctor.person.id, NEXT)
    assert [(span.kind, span.to_min - span.from_min) for span in spans] == [("work", 480)]


def test_m7_leave_is_approved_in_three_keys_with_the_hole_shown_before(desk: Desk) -> None:
    desk.act("roster.requests")
    desk.key(Qt.Key.Key_A)
    bar = panel(desk).asking.decision
    assert bar.isVisible()
    assert "Nurse" in bar.accessibleDescription()
    assert "too few" in bar.accessibleDescription()
    desk.key(Qt.Key.Key_Return)
    assert desk.keys <= 3
    nurse = next(row for row in week(desk).people if row.person.role == "nurse")
    assert [cell.kind for cell in nurse.cells[1:3]] == ["leave", "leave"]
    assert [one.kind for one in week(desk).requests] == ["swap"]


def test_n9_the_nurse_asks_for_leave_in_four_keys(sit: Hire) -> None:
    nurse = sit("mei")
    nurse.act("roster.ask_leave")
    assert panel(nurse).asking.leave.isVisible()
    nurse.type("14/12/2026")
    nurse.key(Qt.Key.Key_Tab)
    nurse.type("18/12/2026")
    nurse.key(Qt.Key.Key_Return)
    assert nurse.keys <= 4
    asked = week(nurse).requests[-1]
    assert (asked.kind, asked.from_on, asked.to_on) == (
        "leave",
        date(2026, 12, 14),
        date(2026, 12, 18),
    )


def test_n10_a_shift_is_swapped_in_four_keys(sit: Hire) -> None:
    rosa = sit("rosa")
    rosa.act("roster.swap")
    bar = panel(rosa).asking.swap
    assert bar.isVisible()
    assert bar.other.currentText() == "Inés Duarte", "who has the same role is offered first"
    rosa.key(Qt.Key.Key_Tab)
    rosa.key(Qt.Key.Key_Down)
    rosa.key(Qt.Key.Key_Return)
    assert rosa.keys <= 4
    asked = week(rosa, MONDAY).requests[-1]
    assert (asked.kind, asked.from_on) == ("swap", UNTIL)
    assert asked.to_on > UNTIL


def test_a_shift_is_typed_filled_and_undone(desk: Desk) -> None:
    desk.act("roster.later")
    grid = panel(desk).grid
    grid.setFocus()
    grid.stand_on(4, 0)
    desk.key(Qt.Key.Key_F2)
    desk.type("8-12 13-16")
    desk.key(Qt.Key.Key_Return)
    rosa = week(desk).people[4]
    assert (rosa.cells[0].state, rosa.minutes) == ("draft", 420)
    grid.stand_on(4, 0)
    desk.act("roster.fill")
    assert week(desk).people[4].cells[1].minutes == 420
    desk.act("edit.undo")
    assert week(desk).people[4].cells[1].state == ""


def test_who_may_not_plan_sees_the_roster_and_cannot_type(sit: Hire) -> None:
    rosa = sit("rosa")
    rosa.shell.go_to("roster")
    rosa.settle()
    grid = panel(rosa).grid
    grid.setFocus()
    grid.stand_on(4, 2)
    rosa.type("9")
    rosa.key(Qt.Key.Key_Delete)
    assert week(rosa, MONDAY).people[4].cells[2].minutes == 510
    assert rosa.shell.book.reason("roster.publish")


def test_what_is_published_is_at_once_the_open_hours_of_the_book(desk: Desk) -> None:
    book = desk.shell.yard["schedule"].panel
    assert isinstance(book, SchedulePanel)
    before = book.grid.board.columns[0].source.open_spans
    desk.shell.go_to("roster")
    desk.settle()
    page = panel(desk)
    page.grid.rows.typed.emit(0, UNTIL.weekday(), "9-13")
    desk.settle()
    desk.act("roster.publish")
    assert "outside the hours" in page.planner.bar.accessibleDescription()
    desk.key(Qt.Key.Key_Return)
    desk.shell.go_to("schedule")
    desk.settle()
    after = book.grid.board.columns[0].source.open_spans
    assert before != after
    assert max(span.to_min for span in after) - min(span.from_min for span in after) == 240
    desk.act("edit.undo")
    assert book.grid.board.columns[0].source.open_spans == before
