# SPDX-License-Identifier: Apache-2.0
"""Rule: a list can leave the screen as it is seen; a way to arrange the window has a name."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.named_layouts import LayoutSpec
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import Theme
from tests.desktop.toys import SOME, ListPanel, Shelf, make_room, panels


def things(shell: Shell) -> ListPanel:
    panel = shell.panel("schedule")
    assert isinstance(panel, ListPanel)
    return panel


def test_a_csv_file_is_what_is_seen_and_no_cell_becomes_a_formula(shell: Shell) -> None:
    table = things(shell).table
    table.rows.replace([*SOME, replace(SOME[0], id=9, name='=HYPERLINK("x")')])
    table.setColumnHidden(1, True)
    table.rows.narrow("h")
    text = table.as_csv()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["Name", "Price"]
    assert ["Omar Haddad", ""] in rows
    assert ['\'=HYPERLINK("x")', "85.00"] in rows
    assert len(rows) == 1 + table.rows.rowCount()


def test_the_menu_over_a_row_has_only_what_the_main_menus_have(qtbot: QtBot, shell: Shell) -> None:
    table = things(shell).table
    table.choose_row(0)
    place = table.visualRect(table.currentIndex()).center()
    where = table.viewport().mapToGlobal(place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, where)
    QApplication.sendEvent(table, event)
    menu = next(m for m in table.findChildren(QMenu) if m.isVisible())
    known = {spec.id for spec in shell.book.specs()}
    held = [act.objectName() for act in menu.actions() if not act.isSeparator()]
    assert set(held) <= known
    assert {"toys.book", "list.copy"} <= set(held)
    assert "toys.smash" not in held, "what may not be done is not offered over a row"
    menu.close()


def test_a_list_is_copied_with_headings(shell: Shell) -> None:
    things(shell).table.setFocus()
    shell.book.trigger("list.copy")
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Name\tCount\tPrice"
    assert len(lines) == 5


GIVEN = (
    LayoutSpec("calm", "&Calm", "patients"),
    LayoutSpec("busy", "&Busy", "schedule", ("card",)),
)


def make(qtbot: QtBot, theme: Theme, room: Room) -> Shell:
    shell = Shell(room, panels(Shelf()), clinic="Maple Clinic", layouts=GIVEN)
    qtbot.addWidget(shell)
    shell.show()
    shell.resize(1680, 900)
    qtbot.wait(20)
    return shell


def test_a_layout_of_the_program_shows_its_page_and_what_belongs_beside_it(
    qtbot: QtBot, theme: Theme, room: Room
) -> None:
    shell = make(qtbot, theme, room)
    shell.book.trigger("layout.calm")
    assert shell.front == "patients"
    assert not shell.yard["card"].isVisible()
    shell.book.trigger("layout.busy")
    assert shell.front == "schedule"
    assert shell.yard["card"].isVisible()


def test_a_persons_own_layout_is_kept_found_again_and_forgotten(
    qtbot: QtBot, theme: Theme, room: Room
) -> None:
    shell = make(qtbot, theme, room)
    shell.go_to("patients")
    shell.yard["card"].hide()
    shell.layouts.keep("Mornings")
    shell.book.trigger("layout.busy")
    again = make(qtbot, theme, room)
    again.book.trigger("layout.busy")
    again.book.trigger("layout.own.Mornings")
    assert again.front == "patients"
    assert not again.yard["card"].isVisible()
    menu = next(m for m in again.menus.findChildren(QMenu) if m.objectName() == "menu.view/layouts")
    assert "Mornings" in [a.text().replace("&", "") for a in menu.actions()]
    again.layouts.forget("Mornings")
    assert "layout.own.Mornings" not in again.book
    assert "Mornings" not in [a.text().replace("&", "") for a in menu.actions()]


def test_layouts_are_a_persons_own(qtbot: QtBot, theme: Theme, room: Room) -> None:
    shell = make(qtbot, theme, room)
    shell.layouts.keep("Mornings")
    other = make_room(theme)
    other = replace(
        other,
        settings=room.settings,
        actor=replace(other.actor, user_id=9),  # type: ignore[arg-type]
    )
    assert "layout.own.Mornings" not in make(qtbot, theme, other).book
    other.desk.close()
