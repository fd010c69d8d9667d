# SPDX-License-Identifier: Apache-2.0
"""Forms for people who sign in: add one, another role, a new password, one's own password."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from clinicdesk.access.columns import role_words
from clinicdesk.access.model import AddUser, ChangePassword, ChangeRole, ResetPassword
from clinicdesk.access.queries import RoleRow, UserRow
from clinicdesk.access.service import Access
from clinicdesk.desktop.forms import ChoiceBox, FormDialog, TextEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import _


class PasswordEdit(QLineEdit):
    """A password, kept exactly as typed; an eye shows it."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setMaxLength(256)
        self._eye = self.addAction(
            room.theme.icon("eye"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._eye.setCheckable(True)
        self._eye.setText(_("Show the password"))
        self._eye.setToolTip(_("Show the password"))
        self._eye.toggled.connect(self._show_text)

    def value(self) -> str:
        """Return what was typed."""
        return self.text()

    def problem(self) -> str:
        """Whether it will do is the service's to say."""
        return ""

    def _show_text(self, shown: bool) -> None:  # noqa: FBT001 -- Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._eye.setIcon(self._room.theme.icon("eye-off" if shown else "eye"))


class _PasswordDialog(FormDialog):
    """A form whose command is carried out while it stays open until all is well."""

    def ask_password(self, label: str) -> None:
        """Ask for a new password twice."""
        self.form.add("password", label, PasswordEdit(self.room), required=True)
        self.form.add("again", _("The same again"), PasswordEdit(self.room), required=True)

    def text(self, name: str) -> str:
        """Return a field's text."""
        value: Any = self.form.field(name).value()  # type: ignore[attr-defined]
        return value or ""

    def carry_out(self, command: Callable[[], Done[Any]]) -> None:
        """Carry it out unless the two passwords differ."""
        if self.text("password") != self.text("again"):
            self.form.show_error("again", _("The two are not the same."))
            return
        self.form.clear_errors()
        self.set_busy(busy=True)
        self.room.desk.carry_out(command, self._done, self._refused, owner=self)

    def _done(self, _outcome: Done[Any]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)


def _role_box(roles: Sequence[RoleRow], room: Room, chosen: str = "") -> ChoiceBox[str]:
    box: ChoiceBox[str] = ChoiceBox(
        [(role.key, room.formats.word(role_words(role.key, role.name))) for role in roles]
    )
    if chosen:
        box.set_value(chosen)
    return box


class AddUserDialog(_PasswordDialog):
    """Let somebody sign in."""

    def __init__(
        self, room: Room, access: Access, roles: Sequence[RoleRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            room,
            _("Add a person"),
            _("Add"),
            parent,
            note=_("Tell them the password in person; they can change it after signing in."),
        )
        self._access = access
        self.form.add("name", _("Name"), TextEdit(room.formats), required=True)
        self.form.add("login", _("Signs in as"), TextEdit(room.formats), required=True)
        self.form.add("role", _("Role"), _role_box(roles, room))
        self.ask_password(_("Password"))
        self.submit = self._submit

    def _submit(self) -> None:
        command = AddUser(
            self.text("login"), self.text("name"), self.text("role"), self.text("password")
        )
        self.carry_out(partial(self._access.add_user, command, self.room.actor))


class ChangeRoleDialog(FormDialog):
    """Give somebody another role."""

    def __init__(
        self,
        room: Room,
        access: Access,
        roles: Sequence[RoleRow],
        user: UserRow,
        parent: QWidget | None = None,
    ) -> None:
        title = _("Another role for {name}").format(name=user.name)
        super().__init__(room, title, _("Change role"), parent)
        self._access, self._user = access, user
        self._role = _role_box(roles, room, user.role)
        self.form.add("role", _("Role"), self._role)
        self.submit = self._submit

    def _submit(self) -> None:
        role = self._role.value() or self._user.role
        command = ChangeRole(self._user.id, role, self._user.version)
        self.set_busy(busy=True)
        self.room.desk.carry_out(
            partial(self._access.change_role, command, self.room.actor),
            self._done,
            self._refused,
            owner=self,
        )

    def _done(self, _outcome: Done[Any]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)


class ResetPasswordDialog(_PasswordDialog):
    """Set another's password; lets somebody shut out in again."""

    def __init__(
        self, room: Room, access: Access, user: UserRow, parent: QWidget | None = None
    ) -> None:
        title = _("New password for {name}").format(name=user.name)
        super().__init__(room, title, _("Set password"), parent)
        self._access, self._user = access, user
        self.ask_password(_("New password"))
        self.submit = self._submit

    def _submit(self) -> None:
        command = ResetPassword(self._user.id, self.text("password"))
        self.carry_out(partial(self._access.reset_password, command, self.room.actor))


class ChangePasswordDialog(_PasswordDialog):
    """Set one's own password; anybody may."""

    def __init__(self, room: Room, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(room, _("Change your password"), _("Change password"), parent)
        self._access = access
        self.form.add("old", _("Present password"), PasswordEdit(room), required=True)
        self.ask_password(_("New password"))
        self.submit = self._submit

    def _submit(self) -> None:
        command = ChangePassword(self.text("old"), self.text("password"))
        self.carry_out(partial(self._access.change_password, command, self.room.actor))
