# SPDX-License-Identifier: Apache-2.0
"""The roster's page in a real room: typing, filling, carrying by mouse and by keys, asking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.staff.dialogs import StaffDialog
from clinicdesk.staff.model import AskLeave, Close, EditStaff, NeedOfDay, SetNeeds
from clinicdesk.staff.panel import RosterPanel
from clinicdesk.wording.formats import Formats
from tests.staff.roster import MONDAY, TUESDAY, WEDNESDAY, Roster

Key, Shift = Qt.Key, Qt.KeyboardModifier
DOCTOR, NURSE, ROSA, RAVI, OPEN = range(5)


class Page:
    """The panel with a hand on it."""

    def __init__(self, panel: RosterPanel, bot: QtBot) -> None:
        self.panel, self.bot = panel, bot
        self.grid = panel.grid

    def settle(self) -> None:
        for _ in range(3):
            self.bot.waitUntil(lambda: self.panel.room.desk.busy == 0, timeout=10_000)
            self.bot.wait(20)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Shift.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.grid, key, held)
        self.settle()

    def write(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.grid, text)

    def type(self, row: int, column: int, text: str) -> None:
        self.grid.setFocus()
        self.grid.stand_on(row, column)
        self.key(Key.Key_F2)
        self.write(text)
        self.key(Key.Key_Return)

    def shown(self, row: int, column: int) -> str:
        return str(self.grid.rows.index(row, column).data(Qt.ItemDataRole.EditRole))

    def centre(self, row: int, column: int) -> QPoint:
        return self.grid.visualRect(self.grid.rows.index(row, column)).center()

    def drag(self, source: tuple[int, int], target: tuple[int, int], *, copy: bool = False) -> None:
        view, held = self.grid.viewport(), Shift.ControlModifier if copy else Shift.NoModifier
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(view, left, Shift.NoModifier, self.centre(*source))
        QTest.mouseMove(view, self.centre(*source) + QPoint(15, 0))
        QTest.mouseMove(view, self.centre(*target))
        QTest.mouseRelease(view, left, held, self.centre(*target))
        self.settle()


@pytest.fixture
def room(roster: Roster, qtbot: QtBot) -> Iterator[Room]:
    theme, profile = Theme("light"), roster.records.profile
    formats = Formats("en", "GB", profile.currency, profile.zone)
    notices = Notices(theme, formats)
    desk, feed = Desk(notices, formats), ChangeFeed()
    bugs: list[BaseException] = []
    desk.bug_found.connect(bugs.append)
    roster.records.on_commit(feed.announce)
    assert isinstance(roster.records.clock, FixedClock)
    roster.records.clock.advance(timedelta(days=5))
    made = Room(
        desk, feed, Spotlight(), notices, theme, formats, roster.actor, roster.records.clock,
        DeskSettings(),
    )  # fmt: skip
    yield made
    desk.close()
    assert not bugs


@pytest.fixture
def page(roster: Roster, room: Room, qtbot: QtBot) -> Page:
    panel = RosterPanel(room, roster.staff)
    qtbot.addWidget(panel)
    panel.resize(1200, 800)
    panel.show()
    panel.activateWindow()
    made = Page(panel, qtbot)
    made.settle()
    assert panel.monday == MONDAY
    return made


def test_what_is_typed_becomes_a_draft_and_enter_goes_a_row_down(page: Page) -> None:
    page.type(ROSA, 0, "9-12:30 13-17")
    assert page.shown(ROSA, 0) == "9-12:30 13-17"
    assert page.grid.here() == (RAVI, 0)


def test_typing_over_a_day_begins_with_the_first_letter(page: Page) -> None:
    page.grid.setFocus()
    page.grid.stand_on(ROSA, 1)
    page.write("L")
    page.key(Key.Key_Return)
    assert page.shown(ROSA, 1) == "L"


def test_what_means_nothing_stays_to_be_mended_with_the_reason(page: Page) -> None:
    told: list[str] = []
    page.panel.room.notices.bannered.connect(lambda *said: told.append(str(said)))
    page.type(ROSA, 0, "nine")
    (editor,) = [one for one in page.grid.viewport().findChildren(QLineEdit) if one.isVisible()]
    assert editor.text() == "nine"
    assert "not understood" in told[0]
    page.key(Key.Key_Escape)
    assert page.shown(ROSA, 0) == ""


def test_days_are_cleared_filled_copied_and_pasted(page: Page) -> None:
    page.type(ROSA, 0, "9-13 R1")
    page.grid.stand_on(ROSA, 0)
    page.panel.perform("roster.fill")
    page.settle()
    assert page.shown(ROSA, 1) == "9-13 R1"
    page.key(Key.Key_C, Shift.ControlModifier)
    page.grid.stand_on(RAVI, 3)
    page.key(Key.Key_V, Shift.ControlModifier)
    assert page.shown(RAVI, 3) == "9-13 R1"
    page.key(Key.Key_Delete)
    assert page.shown(RAVI, 3) == ""


def test_a_block_is_pasted_from_a_spreadsheet(page: Page) -> None:
    QGuiApplication.clipboard().setText("9-13\tL\n13-17\toff")
    page.grid.setFocus()
    page.grid.stand_on(ROSA, 2)
    page.key(Key.Key_V, Shift.ControlModifier)
    assert [page.shown(ROSA, 2), page.shown(ROSA, 3)] == ["9-13", "L"]
    assert [page.shown(RAVI, 2), page.shown(RAVI, 3)] == ["13-17", "off"]


@pytest.mark.parametrize("by_keys", [False, True])
def test_a_day_is_moved_by_mouse_as_by_keys(page: Page, *, by_keys: bool) -> None:
    page.type(ROSA, 0, "9-13")
    if by_keys:
        page.grid.stand_on(ROSA, 0)
        page.key(Key.Key_Right, Shift.AltModifier)
    else:
        page.drag((ROSA, 0), (ROSA, 1))
    assert (page.shown(ROSA, 0), page.shown(ROSA, 1)) == ("", "9-13")
    assert page.panel.room.desk.shelf.next_undo == "Planned: 2 days."
    page.panel.room.desk.undo()
    page.settle()
    assert (page.shown(ROSA, 0), page.shown(ROSA, 1)) == ("9-13", "")


@pytest.mark.parametrize("by_keys", [False, True])
def test_a_day_is_copied_by_mouse_as_by_keys(page: Page, *, by_keys: bool) -> None:
    page.type(ROSA, 0, "9-13")
    if by_keys:
        page.grid.stand_on(ROSA, 0)
        page.key(Key.Key_Down, Shift.AltModifier | Shift.ShiftModifier)
    else:
        page.drag((ROSA, 0), (RAVI, 0), copy=True)
    assert (page.shown(ROSA, 0), page.shown(RAVI, 0)) == ("9-13", "9-13")


def test_nine_px_are_a_click_and_esc_lets_a_drag_go(page: Page) -> None:
    page.type(ROSA, 0, "9-13")
    view, left = page.grid.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(view, left, Shift.NoModifier, page.centre(ROSA, 0))
    QTest.mouseMove(view, page.centre(ROSA, 0) + QPoint(9, 0))
    QTest.mouseRelease(view, left, Shift.NoModifier, page.centre(ROSA, 0) + QPoint(9, 0))
    QTest.mousePress(view, left, Shift.NoModifier, page.centre(ROSA, 0))
    QTest.mouseMove(view, page.centre(ROSA, 2))
    page.key(Key.Key_Escape)
    QTest.mouseRelease(view, left, Shift.NoModifier, page.centre(ROSA, 2))
    page.settle()
    assert (page.shown(ROSA, 0), page.shown(ROSA, 2)) == ("9-13", "")


def test_an_open_shift_given_to_somebody_joins_their_hours(page: Page) -> None:
    page.type(OPEN, 0, "13-17 reception")
    page.type(ROSA, 0, "8-12")
    page.drag((OPEN, 0), (ROSA, 0))
    assert (page.shown(OPEN, 0), page.shown(ROSA, 0)) == ("", "8-12 13-17")


def test_the_need_is_typed_into_the_coverage_and_filled(page: Page, roster: Roster) -> None:
    nurses = OPEN + 2
    page.type(nurses, 0, "2 8-18")
    need = roster.week().needs["nurse", 0]
    assert (need.people, need.from_minute, need.to_minute) == (2, 480, 1080)
    page.grid.stand_on(nurses, 0)
    page.panel.perform("roster.fill")
    page.settle()
    assert roster.week().needs["nurse", 1].people == 2
    assert "0 of 2" in str(page.grid.rows.index(nurses, 0).data())


def test_each_day_is_said_with_who_when_state_and_what_is_wrong(page: Page, roster: Roster) -> None:
    roster.staff.close(Close(TUESDAY, TUESDAY, "Training"), roster.actor)
    page.type(ROSA, 1, "9-13")
    page.settle()
    interface = QAccessible.queryAccessibleInterface(page.grid)
    said = [
        interface.child(number).text(QAccessible.Text.Name)
        for number in range(interface.childCount())
    ]
    assert "Rosa Bennett, Tue 1 Dec, 9–13, draft, Training, closed that day: Training" in said
    assert "Amara Osei, Mon 30 Nov, 9–12, 13–17, usual hours" in said


def test_publishing_shows_what_it_means_and_the_week_is_solid(page: Page, roster: Roster) -> None:
    roster.staff.set_needs(SetNeeds("reception", (NeedOfDay(0, 540, 1020, 1),)), roster.actor)
    page.type(ROSA, 0, "9-13")
    page.panel.perform("roster.publish")
    page.settle()
    bar = page.panel.planner.bar
    assert "too few 13–17" in bar.accessibleDescription()
    page.key(Key.Key_Return)
    assert bar.isHidden()
    assert roster.shown(roster.rosa, MONDAY) == ("9-13", "published")


def test_a_published_week_is_made_a_draft_again(page: Page, roster: Roster) -> None:
    assert page.panel.why_not("roster.take_back")
    page.type(ROSA, 0, "9-13")
    roster.publish()
    page.settle()
    assert not page.panel.why_not("roster.take_back")
    page.panel.perform("roster.take_back")
    page.settle()
    assert roster.shown(roster.rosa, MONDAY) == ("9-13", "draft")


def test_a_lock_takes_the_names_of_a_question_away(page: Page) -> None:
    page.type(ROSA, 0, "9-13")
    page.panel.perform("roster.publish")
    page.settle()
    page.panel.forget()
    bar = page.panel.planner.bar
    assert bar.isHidden()
    assert not bar.accessibleDescription()


def test_a_request_is_refused_with_one_key(page: Page, roster: Roster) -> None:
    roster.staff.ask_leave(AskLeave(roster.rosa, MONDAY, WEDNESDAY, "Holiday"), roster.actor)
    page.settle()
    assert page.panel.inbox.isVisible()
    page.panel.perform("roster.requests")
    page.key(Key.Key_R)
    assert page.panel.inbox.isHidden()


def test_leave_that_ends_before_it_begins_is_said_in_the_bar(page: Page) -> None:
    page.panel.perform("roster.ask_leave")
    leave = page.panel.asking.leave
    leave.last.set_value(MONDAY - timedelta(days=3))
    leave.answer()
    page.settle()
    assert "before the first" in leave.problem.text()
    page.key(Key.Key_Escape)
    assert leave.isHidden()


def test_a_staff_member_is_added_with_usual_hours_and_undone(page: Page, roster: Roster) -> None:
    page.panel.perform("roster.add")
    page.settle()
    (dialog,) = _dialogs()
    dialog.name.set_value("Noor Haddad")
    dialog.hours.set_value("19.5")
    dialog.days[0].set_value("9-12:30 13-17")
    dialog.days[5].set_value("x")
    dialog.form.commit()
    assert not dialog.isHidden()
    dialog.days[5].set_value("")
    dialog.form.commit()
    page.settle()
    noor = next(row for row in roster.staff.members(roster.actor) if row.name == "Noor Haddad")
    assert (noor.initials, noor.weekly_minutes) == ("NH", 1170)
    week = roster.week().people[-1]
    assert [(s.from_minute, s.to_minute) for s in week.cells[0].spans] == [(540, 750), (780, 1020)]
    page.panel.room.desk.undo()
    page.settle()
    assert next(r for r in roster.staff.members(roster.actor) if r.id == noor.id).archived


def test_changing_somebody_keeps_breaks_of_days_not_touched(page: Page, roster: Roster) -> None:
    doctor = roster.staff.members(roster.actor)[0]
    page.panel.set_mode("people")
    page.settle()
    page.panel.people.open_member(doctor)
    page.settle()
    (dialog,) = _dialogs()
    dialog.days[1].set_value("8-12")
    dialog.since.set_value(MONDAY)
    dialog.form.commit()
    page.settle()
    usual = roster.staff.usual_hours(doctor.id, roster.actor)
    assert {(one.weekday, one.kind) for one in usual} >= {(0, "break"), (1, "work")}
    assert (1, "break") not in {(one.weekday, one.kind) for one in usual}


def test_nobody_on_the_staff_is_said_with_what_to_do(
    qtbot: QtBot, room: Room, roster: Roster
) -> None:
    for row in roster.staff.members(roster.actor):
        roster.staff.edit(
            EditStaff(row.id, row.version, row.name, row.initials, row.role, row.is_provider,
                      archived=True),
            roster.actor,
        )  # fmt: skip
    panel = RosterPanel(room, roster.staff)
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    Page(panel, qtbot).settle()
    buttons = [one.text() for one in panel.findChildren(QWidget) if hasattr(one, "text")
               and one.isVisible()]  # fmt: skip
    assert "Add a staff member" in buttons


def test_every_control_has_a_name(page: Page) -> None:
    for bar in page.panel.bars:
        bar.show()
    for widget in page.panel.findChildren(QWidget):
        plain = isinstance(widget, QLabel) or widget.focusPolicy() == Qt.FocusPolicy.NoFocus
        if plain or not widget.isVisible():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name) or widget.accessibleName(), widget


def test_the_week_and_ones_own_week_are_papers(roster: Roster) -> None:
    roster.type(roster.doctor, MONDAY, "9-13 R1")
    body = roster.staff.week_paper(MONDAY, roster.actor)
    assert body.startswith(b"%PDF")
    mine = roster.staff.my_week_paper(MONDAY, roster.be(roster.nurse))
    assert mine.startswith(b"%PDF")
    assert date(2026, 11, 30) == MONDAY


def _dialogs() -> list[StaffDialog]:
    return [
        one for one in QApplication.topLevelWidgets()
        if isinstance(one, StaffDialog) and one.isVisible()
    ]  # fmt: skip
