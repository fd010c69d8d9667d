# SPDX-License-Identifier: Apache-2.0
"""The staff as a list: who works here, in which role, how many hours; opened to be changed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.staff.columns import MEMBERS
from clinicdesk.staff.dialogs import Offer, StaffDialog
from clinicdesk.staff.model import MAY_EDIT_STAFF, WeeklyHours
from clinicdesk.staff.queries import ResourceRow, StaffRow
from clinicdesk.staff.service import Staff
from clinicdesk.wording.text import _


def _ink(row: StaffRow, _key: str) -> str:
    return "muted" if row.archived else ""


class PeopleList(QWidget):
    """Everybody on the staff."""

    def __init__(self, room: Room, staff: Staff, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._staff = room, staff
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        self.table: RowTable[StaffRow] = RowTable(
            MEMBERS, room, _("Staff members"), state_key="roster.people", ink=_ink
        )
        self.table.opened.connect(self.open_member)
        outside.addWidget(self.table)

    def show_people(self, rows: tuple[StaffRow, ...]) -> None:
        """Show other rows."""
        self.table.rows.replace(rows)
        if rows and self.table.current() is None:
            self.table.choose_row(0)

    def open_member(self, member: StaffRow | None) -> None:
        """Open somebody, or nobody yet, to be changed."""
        if not self._room.actor.may(MAY_EDIT_STAFF):
            return
        known = partial(_known, self._staff, member, self._room)
        opening = _Opening(self, member)
        self._room.desk.ask(known, opening.known, owner=self)

    def show_dialog(
        self,
        member: StaffRow | None,
        rooms: tuple[ResourceRow, ...],
        usual: tuple[WeeklyHours, ...],
    ) -> None:
        """Show the dialog."""
        roles = tuple(dict.fromkeys(row.role for row in self.table.rows.rows))
        offer = Offer(rooms, usual, roles)
        StaffDialog(self._room, self._staff, offer, member, self.window()).open()


class _Opening(QObject):
    """Waits for what the dialog needs to know."""

    def __init__(self, people: PeopleList, member: StaffRow | None) -> None:
        super().__init__(people)
        self._people, self._member = people, member

    def known(self, found: tuple[tuple[ResourceRow, ...], tuple[WeeklyHours, ...]]) -> None:
        self._people.show_dialog(self._member, *found)


def _known(
    staff: Staff, member: StaffRow | None, room: Room
) -> tuple[tuple[ResourceRow, ...], tuple[WeeklyHours, ...]]:
    usual = () if member is None else staff.usual_hours(member.id, room.actor)
    return staff.rooms(), usual
