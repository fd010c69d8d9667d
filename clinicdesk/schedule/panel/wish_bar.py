# SPDX-License-Identifier: Apache-2.0
"""Puts a patient on the waitlist, in place: for what, with whom, and when it would suit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox, TextEdit
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.identity import AppointmentTypeId, PatientId, StaffId
from clinicdesk.schedule.model import AddToWaitlist
from clinicdesk.schedule.panel.bars import Bar
from clinicdesk.schedule.queries import TypeRow
from clinicdesk.wording.text import _


class WishBar(Bar):
    """Keeps a wish.

    Attributes:
        wished: an ``AddToWaitlist``.
    """

    wished = Signal(object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, _("Put on the waitlist"), parent)
        self._patient_id = 0
        self.whose = plain_label("")
        self.lines.addWidget(self.whose)
        line = QHBoxLayout()
        line.setSpacing(room.theme.px(8))
        self.type: ChoiceBox[int | None] = ChoiceBox(parent=self)
        self.type.setAccessibleName(_("Type"))
        self.provider: ChoiceBox[int | None] = ChoiceBox(parent=self)
        self.provider.setAccessibleName(_("With"))
        self.wishes = TextEdit(room.formats, self)
        self.wishes.setAccessibleName(_("Wishes"))
        self.wishes.setPlaceholderText(_("When it suits: Tuesdays, mornings …"))
        self.urgent = QCheckBox(_("&Urgent"), self)
        self.verb = verb_button(_("Put on the waitlist"), primary=True)
        self.verb.clicked.connect(self.commit)
        for widget, stretch in (
            (self.type, 0), (self.provider, 0), (self.wishes, 1), (self.urgent, 0), (self.verb, 0),
        ):  # fmt: skip
            line.addWidget(widget, stretch)
        line.addWidget(self.close_button())
        self.lines.addLayout(line)

    def set_choices(self, types: Sequence[TypeRow], people: Sequence[tuple[int, str]]) -> None:
        """Offer these types and providers."""
        any_type: list[tuple[int | None, str]] = [(None, _("Any type"))]
        self.type.set_choices([*any_type, *((one.id, one.name) for one in types)])
        anyone: list[tuple[int | None, str]] = [(None, _("Anyone"))]
        self.provider.set_choices([*anyone, *people])

    def open_bar(
        self,
        patient_id: int,
        name: str,
        *,
        type_id: int | None = None,
        provider_id: int | None = None,
    ) -> None:
        """Begin a wish; the focus goes to the patient's words."""
        self._patient_id = patient_id
        self.whose.setText(_("{name} waits for an appointment:").format(name=name))
        self.type.set_value(type_id)
        self.provider.set_value(provider_id)
        self.wishes.set_value("")
        self.urgent.setChecked(False)
        self.show()
        self.wishes.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep it on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
        else:
            super().keyPressEvent(event)

    def commit(self, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 -- Qt's signal
        """Send the wish and go away."""
        type_id, provider_id = self.type.value(), self.provider.value()
        command = AddToWaitlist(
            PatientId(self._patient_id),
            None if type_id is None else AppointmentTypeId(type_id),
            None if provider_id is None else StaffId(provider_id),
            self.wishes.text().strip(),
            self.urgent.isChecked(),
        )
        self.close_bar()
        self.wished.emit(command)
