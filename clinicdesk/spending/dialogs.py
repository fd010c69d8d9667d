# SPDX-License-Identifier: Apache-2.0
"""The form that adds an account of costs to the chart."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.forms import FormDialog, TextEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.outcomes import Done
from clinicdesk.spending.model import AddAccount
from clinicdesk.spending.service import Spending
from clinicdesk.wording.text import _


class AddAccountDialog(FormDialog):
    """Number and name of a new account."""

    def __init__(self, room: Room, spending: Spending, parent: QWidget | None = None) -> None:
        super().__init__(
            room,
            _("Add an account of costs"),
            _("Add the account"),
            parent,
            note=_("Its number decides where it stands in the list: 6001 to 6899."),
        )
        self._spending = spending
        self.number = TextEdit(room.formats)
        self.name = TextEdit(room.formats)
        self.form.add("number", _("Number"), self.number, required=True)
        self.form.add("name", _("Name"), self.name, required=True)
        self.submit = self._submit

    def _submit(self) -> None:
        command = AddAccount(self.number.text_value(), self.name.text_value())
        self.form.clear_errors()
        self.set_busy(busy=True)
        self.room.desk.carry_out(
            partial(self._spending.add_account, command, self.room.actor),
            self._done,
            self._refused,
            owner=self,
        )

    def _done(self, _outcome: Done[Any]) -> None:
        self.close_done()

    def _refused(self, refusal: Any) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)
