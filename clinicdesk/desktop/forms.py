# SPDX-License-Identifier: Apache-2.0
"""Forms: labelled fields with the reason beside the field that needs mending.

Labels stand above nothing and beside everything: one column of labels, one of fields, and under a
field its error in words. Enter commits, Ctrl+Enter commits and goes on, Esc leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import (
    ChoiceBox,
    DayEdit,
    MoneyEdit,
    NoteEdit,
    NumberEdit,
    TextEdit,
    TimeEdit,
)
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import _

__all__ = [
    "ChoiceBox",
    "DayEdit",
    "Form",
    "FormDialog",
    "MoneyEdit",
    "NoteEdit",
    "NumberEdit",
    "TextEdit",
    "TimeEdit",
    "verb_button",
]


@runtime_checkable
class Editor(Protocol):
    """What a form asks of a field that understands its text."""

    def value(self) -> Any: ...
    def problem(self) -> str: ...


class Form(QWidget):
    """Labelled fields.

    Attributes:
        committed: Enter in a field and nothing is wrong; True if Ctrl was held ("and next").
        left: Esc.
    """

    committed = Signal(bool)
    left = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self._fields: dict[str, QWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._errors: dict[str, QLabel] = {}
        self._required: set[str] = set()
        self._hints: dict[str, str] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(room.theme.px(12))
        self._grid.setVerticalSpacing(room.theme.px(4))
        self._grid.setColumnStretch(1, 1)

    # ── building ─────────────────────────────────────────────────────────────────────────────

    def add(
        self, name: str, label: str, field: QWidget, *, required: bool = False, hint: str = ""
    ) -> None:
        """Add a field; ``name`` is what a Refusal's ``field`` says, ``label`` is translated.

        "(required)" is written, not starred; the label is the field's accessible name.
        """
        row = self._grid.rowCount()
        words = _("{label} (required)").format(label=label) if required else label
        caption = plain_label(words, wrap=False)
        caption.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        caption.setBuddy(field)
        field.setAccessibleName(label)
        error = plain_label("")
        error.setProperty("tone", "danger")
        error.setVisible(False)
        tall = isinstance(field, QPlainTextEdit)
        side = Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
        self._grid.addWidget(caption, row, 0, side)
        self._grid.addWidget(field, row, 1)
        self._grid.addWidget(error, row + 1, 1)
        self._fields[name], self._labels[name], self._errors[name] = field, caption, error
        self._hints[name] = hint
        if hint:
            field.setToolTip(hint)
            field.setAccessibleDescription(hint)
        if required:
            self._required.add(name)

    def field(self, name: str) -> QWidget:
        """Return a field by its name."""
        return self._fields[name]

    def label(self, name: str) -> QLabel:
        """Return a field's label."""
        return self._labels[name]

    def set_shown(self, name: str, *, shown: bool) -> None:
        """Show or hide a field with its label."""
        self._fields[name].setVisible(shown)
        self._labels[name].setVisible(shown)
        if not shown:
            self._errors[name].setVisible(False)

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def check(self) -> bool:
        """Show what is wrong with each field; tell whether nothing is, else go to the first."""
        first: QWidget | None = None
        for name, field in self._fields.items():
            problem = self._problem(name, field)
            self.show_error(name, problem)
            if problem and first is None:
                first = field
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        return first is None

    def show_error(self, name: str, sentence: str) -> None:
        """Write a reason under a field, or take it away."""
        field, error = self._fields[name], self._errors[name]
        error.setText(sentence)
        error.setVisible(bool(sentence))
        field.setAccessibleDescription(sentence or self._hints[name])
        if field.property("wrong") != bool(sentence):
            field.setProperty("wrong", bool(sentence))
            field.style().unpolish(field)
            field.style().polish(field)
        if sentence:
            self.room.notices.announce(sentence)

    def show_refusal(self, refusal: Refusal) -> None:
        """Write a refusal beside the field it names, or in a banner if it names none here."""
        if refusal.field in self._fields:
            self.show_error(refusal.field, self.room.formats.refusal(refusal))
            self._fields[refusal.field].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.room.notices.refusal(refusal)

    def clear_errors(self) -> None:
        """Take all reasons away."""
        for name in self._fields:
            self.show_error(name, "")

    def focus_first(self) -> None:
        """Put the focus into the first field that can have it."""
        for field in self._fields.values():
            if field.isEnabled() and not field.isHidden():
                field.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def commit(self, *, go_on: bool = False) -> None:
        """Tell ``committed`` if nothing is wrong."""
        if self.check():
            self.committed.emit(go_on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit or leave from any field."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit(go_on=control)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.ignore()  # a dialog around it closes
        else:
            super().keyPressEvent(event)

    def _problem(self, name: str, field: QWidget) -> str:
        if field.isHidden() or not isinstance(field, Editor):
            return ""
        problem = field.problem()
        if not problem and name in self._required and field.value() in {None, ""}:
            return _("This is needed.")
        return problem


def verb_button(text: str, *, primary: bool = False, danger: bool = False) -> QPushButton:
    """Make a button; its words are a verb."""
    button = QPushButton(text)
    button.setProperty("primary", primary)
    button.setProperty("danger", danger)
    return button


class FormDialog(QDialog):
    """A form with a verb, for what cannot be done in place.

    Attributes:
        form: where fields are added.
        submit: set by whoever opens it: called when nothing is wrong; call ``close_done`` after
            the command was carried out, or ``form.show_refusal``.
    """

    def __init__(
        self, room: Room, title: str, verb: str, parent: QWidget | None = None, *, note: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(title)
        self.setMinimumWidth(room.theme.px(440))
        self.room = room
        self.submit: Callable[[], None] | None = None
        self.outside = QVBoxLayout(self)
        edge = room.theme.px(20)
        self.outside.setContentsMargins(edge, edge, edge, room.theme.px(16))
        self.outside.setSpacing(room.theme.px(14))
        if note:
            self.outside.addWidget(plain_label(note, muted=True))
        self.form = Form(room, self)
        self.outside.addWidget(self.form)
        self.outside.addStretch(1)
        self.buttons = QDialogButtonBox()
        self.verb = self.buttons.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.verb.setProperty("primary", True)
        self.verb.setDefault(True)
        self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        self.buttons.accepted.connect(self.form.commit)
        self.form.committed.connect(self._committed)
        self.outside.addWidget(self.buttons)

    def open(self) -> None:
        """Show it with the focus in the first field."""
        super().open()
        self.form.focus_first()

    def set_busy(self, *, busy: bool) -> None:
        """Keep the verb from being pressed twice while the command is under way."""
        self.verb.setEnabled(not busy)

    def close_done(self) -> None:
        """The command was carried out."""
        self.accept()

    def _committed(self) -> None:
        if self.submit is not None:
            self.submit()
