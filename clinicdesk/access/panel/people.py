# SPDX-License-Identifier: Apache-2.0
"""The page of people: who signs in, as what, and the acts on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from clinicdesk.access.columns import USERS as USER_COLUMNS
from clinicdesk.access.dialogs import AddUserDialog, ChangeRoleDialog, ResetPasswordDialog
from clinicdesk.access.model import MAY_MANAGE_USERS, OWNER, USERS, Deactivate
from clinicdesk.access.queries import RoleRow, UserRow
from clinicdesk.access.service import Access
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.actors import Actor
from clinicdesk.wording.text import N_, _

PANEL = "people"
ADD, ROLE, PASSWORD, SHUT_OUT = (
    "access.add_user",
    "access.change_role",
    "access.reset_password",
    "access.deactivate",
)

ACTIONS = (
    ActionSpec(ADD, N_("&Add a person…"), "tools", icon="user-plus",
               permission=MAY_MANAGE_USERS, panel=PANEL, section=3),
    ActionSpec(ROLE, N_("Change &role…"), "tools", icon="id-card",
               permission=MAY_MANAGE_USERS, panel=PANEL, section=3),
    ActionSpec(PASSWORD, N_("Set &password…"), "tools", icon="key-round",
               permission=MAY_MANAGE_USERS, panel=PANEL, section=3),
    ActionSpec(SHUT_OUT, N_("&Shut out…"), "tools", icon="user-x",
               permission=MAY_MANAGE_USERS, panel=PANEL, section=3),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class People:
    """What the page shows: everybody, and the roles one can give."""

    users: tuple[UserRow, ...]
    roles: tuple[RoleRow, ...]


def _ask(access: Access, actor: Actor) -> People:
    return People(access.users(actor), access.roles(actor))


class PeoplePanel(Panel[People]):
    """The list of people and four verbs."""

    shows = frozenset({USERS})

    def __init__(self, room: Room, access: Access) -> None:
        super().__init__(room)
        self._access = access
        self._roles: tuple[RoleRow, ...] = ()
        self.table: RowTable[UserRow] = RowTable(
            USER_COLUMNS, room, _("People who sign in"), state_key="people", ink=_ink
        )
        edge = room.theme.px(12)
        bar = QHBoxLayout()
        bar.setContentsMargins(edge, edge, edge, edge)
        bar.setSpacing(room.theme.px(8))
        self.buttons: dict[str, QPushButton] = {}
        for spec in ACTIONS:
            button = verb_button(spec.title, primary=spec.id == ADD)
            self.buttons[spec.id] = button
            room.theme.give_icon(button, spec.icon)
            button.clicked.connect(partial(room.run_action, spec.id))
            bar.addWidget(button)
        bar.addStretch(1)
        self.body.addLayout(bar)
        self.body.addWidget(self.table, 1)
        self.table.chosen.connect(self._chosen)
        self.table.opened.connect(self._opened)

    def question(self) -> Callable[[], People]:
        """Ask for everybody and the roles."""
        return partial(_ask, self._access, self.room.actor)

    def show_answer(self, answer: People) -> None:
        """List them."""
        own = next((role.rank for role in answer.roles if role.key == self.room.actor.role), 0)
        self._roles = tuple(
            role for role in answer.roles if self.room.actor.role == OWNER or role.rank < own
        )
        self.table.rows.replace(answer.users)
        self._weigh()

    def forget(self) -> None:
        """Show nobody while the window is locked."""
        self.table.rows.replace(())
        super().forget()

    def why_not(self, action_id: str) -> str:
        """Return why an act on the chosen person cannot be done."""
        user = self.table.current()
        if action_id == ADD:
            return "" if self._roles else _("There is no role you could give.")
        if user is None:
            return _("Choose a person first.")
        if action_id in {ROLE, SHUT_OUT} and user.id == self.room.actor.user_id:
            return _("You cannot do this to yourself.")
        if action_id == SHUT_OUT and not user.active:
            return _("This person is shut out already.")
        return ""

    def perform(self, action_id: str) -> None:
        """Open the form of an act, or ask."""
        user = self.table.current()
        if action_id == ADD:
            AddUserDialog(self.room, self._access, self._roles, self).open()
        elif user is None:
            return
        elif action_id == ROLE:
            ChangeRoleDialog(self.room, self._access, self._roles, user, self).open()
        elif action_id == PASSWORD:
            ResetPasswordDialog(self.room, self._access, user, self).open()
        elif action_id == SHUT_OUT:
            self.room.notices.confirm(
                _("Shut {name} out?").format(name=user.name),
                _("Shut out"),
                partial(self._shut_out, user),
                detail=_(
                    "Their password will open neither this clinic nor any later backup. "
                    "What they did stays theirs."
                ),
                keep=_("Cancel"),
            )

    def _shut_out(self, user: UserRow) -> None:
        command = Deactivate(user.id)
        self.room.desk.carry_out(
            partial(self._access.deactivate, command, self.room.actor), owner=self
        )

    def _chosen(self, _user: object) -> None:
        self._weigh()

    def _weigh(self) -> None:
        """Grey what cannot be done to the chosen person, with the reason."""
        for action_id, button in self.buttons.items():
            reason = self.why_not(action_id)
            button.setEnabled(not reason)
            button.setToolTip(reason)
        self.abilities_changed.emit()

    def _opened(self, _user: object) -> None:
        if not self.why_not(ROLE):
            self.perform(ROLE)


def _ink(user: UserRow, _column: str) -> str:
    return "" if user.active else "muted"
