# SPDX-License-Identifier: Apache-2.0
"""Type and note of an appointment, changed in place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox, TextEdit
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.schedule.model import Kind
from clinicdesk.schedule.panel.bars import Bar
from clinicdesk.schedule.queries import CardRow, TypeRow
from clinicdesk.wording.text import _


class NoteBar(Bar):
    """Changes a note.

    Attributes:
        noted: (card, type id or None, note).
    """

    noted = Signal(object, object, str)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, _("Type and note"), parent)
        line = QHBoxLayout()
        self.whose = plain_label("", wrap=False)
        self.type: ChoiceBox[int | None] = ChoiceBox(parent=self)
        self.type.setAccessibleName(_("Type"))
        self.note = TextEdit(room.formats, self)
        self.note.setAccessibleName(_("Note"))
        self.note.setPlaceholderText(_("Note"))
        self.verb = verb_button(_("Save"), primary=True)
        self.verb.clicked.connect(self._save)
        for widget, stretch in ((self.whose, 0), (self.type, 0), (self.note, 1), (self.verb, 0)):
            line.addWidget(widget, stretch)
        line.addWidget(self.close_button())
        self.lines.addLayout(line)
        self._card: CardRow | None = None

    def open_bar(self, card: CardRow, types: tuple[TypeRow, ...]) -> None:
        """Show what is kept; the focus goes to the note."""
        self._card = card
        self.whose.setText(
            card.name if card.kind is Kind.VISIT else self.room.formats.time(card.starts)
        )
        choices: list[tuple[int | None, str]] = [(None, _("No type"))]
        choices += [(one.id, one.name) for one in types]
        if card.type_id is not None and card.type_id not in {one.id for one in types}:
            choices.append((card.type_id, card.type))
        self.type.set_choices(choices)
        self.type.set_value(card.type_id)
        self.type.setVisible(card.kind is Kind.VISIT)
        self.note.set_value(card.note)
        self.show()
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)
        self.note.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Enter."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._save()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        card = self._card
        self.close_bar()
        if card is not None:
            self.noted.emit(card, self.type.value(), self.note.text().strip())
