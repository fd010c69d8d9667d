# SPDX-License-Identifier: Apache-2.0
"""The page of keys: every action with its key, another one given by pressing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.actions import ActionBook
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.file_choice import open_file, save_file, write_text
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.key_map import KeyMap, why_no_key
from clinicdesk.desktop.palette import menu_paths
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.columns import Column
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_, _

_PURPOSE: Final = "keys"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One action with its keys."""

    id: str
    title: str
    menu: str
    keys: str
    own: str


COLUMNS: Final[tuple[Column[KeyRow], ...]] = (
    Column("title", N_("Action"), lambda row: row.title, weight=20),
    Column("menu", N_("Menu"), lambda row: row.menu, weight=14),
    Column("keys", N_("Keys"), lambda row: row.keys, weight=14),
    Column("own", N_("Changed"), lambda row: row.own, weight=6),
)


class KeysPage(QWidget):
    """Find an action, press its new key; a key that is taken is named, and can be taken over."""

    def __init__(self, room: Room, book: ActionBook, keys: KeyMap) -> None:
        super().__init__()
        self._room, self._book, self._keys = room, book, keys
        px = room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(px(8))
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(_("Find an action or a key"))
        self.filter.setAccessibleName(_("Find an action or a key"))
        self.filter.setClearButtonEnabled(True)
        outside.addWidget(self.filter)
        self.table: RowTable[KeyRow] = RowTable(COLUMNS, room, _("Keys"), state_key="keys")
        self.table.setMinimumHeight(px(180))
        self.filter.textChanged.connect(self.table.rows.narrow)
        outside.addWidget(self.table, 1)
        line = QHBoxLayout()
        caption = plain_label(_("New key"), wrap=False)
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.setAccessibleName(_("New key"))
        caption.setBuddy(self.edit)
        self._name_inner()
        line.addWidget(caption)
        line.addWidget(self.edit, 1)
        self.give = self._button(line, _("Set key"), self._give, primary=True)
        self.take = self._button(line, _("Take it over"), self._take_over)
        self.none = self._button(line, _("No key"), self._none)
        outside.addLayout(line)
        self.words = plain_label("")
        self.words.setProperty("tone", "warn")
        outside.addWidget(self.words)
        below = QHBoxLayout()
        self.reset_one = self._button(below, _("Reset this one"), self._reset_one)
        self.reset_all = self._button(below, _("Reset all"), self._reset_all)
        below.addStretch(1)
        self._button(below, _("Import…"), self._import)
        self._button(below, _("Export…"), self._export)
        outside.addLayout(below)
        self.table.chosen.connect(self._chosen)
        self.edit.keySequenceChanged.connect(self._pressed)
        keys.changed.connect(self._fill)
        self._fill()
        self.table.choose_row(0)

    def key(self) -> str:
        """Return the key that was pressed, in portable spelling."""
        return self.edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _button(
        self, line: QHBoxLayout, words: str, act: Callable[[], None], *, primary: bool = False
    ) -> QPushButton:
        button = verb_button(words, primary=primary)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        line.addWidget(button)
        return button

    def _name_inner(self) -> None:
        for inner in self.edit.findChildren(QLineEdit):
            inner.setAccessibleName(_("New key"))
            inner.setPlaceholderText(_("Press the key"))

    def _fill(self) -> None:
        current = self.table.current()
        paths = menu_paths()
        rows = []
        for spec in self._book.specs():
            keys = [
                QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
                for key in self._book.keys(spec.id)
            ]
            own = _("yes") if spec.id in self._keys.own else ""
            path = paths.get(spec.menu, "")
            rows.append(KeyRow(spec.id, spec.title, path, " · ".join(keys), own))
        self.table.rows.replace(rows)
        if current is not None:
            self.table.choose(current.id)
        self._weigh()

    def _chosen(self) -> None:
        self.edit.clear()
        self._weigh()

    def _pressed(self) -> None:
        """Say at once whether the key can be given."""
        self._weigh()

    def _weigh(self) -> None:
        row, key = self.table.current(), self.key()
        words, free, taken = "", False, False
        if row is not None and key:
            try:
                why_no_key(key)
                holders = self._keys.holders(row.id, key)
                taken, free = bool(holders), not holders
                if holders:
                    words = _("{key} is the key of “{action}”.").format(
                        key=self.edit.keySequence().toString(), action=holders[0].title
                    )
            except Refusal as refusal:
                words = self._room.formats.refusal(refusal)
        self._name_inner()  # Qt writes its own words when the field is emptied
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.give.setEnabled(free)
        self.take.setEnabled(taken)
        self.none.setEnabled(row is not None and bool(row.keys))
        self.reset_one.setEnabled(row is not None and bool(row.own))
        self.reset_all.setEnabled(bool(self._keys.own))

    def _give(self) -> None:
        self._set(take=False)

    def _take_over(self) -> None:
        self._set(take=True)

    def _set(self, *, take: bool) -> None:
        row, key = self.table.current(), self.key()
        if row is None or not key:
            return
        try:
            self._keys.give(row.id, key, take=take)
        except Refusal as refusal:
            self.words.setText(self._room.formats.refusal(refusal))
            self.words.setVisible(True)
            return
        self.edit.clear()
        self._room.notices.announce(
            _("{key} now chooses “{action}”.").format(key=key, action=row.title)
        )

    def _none(self) -> None:
        row = self.table.current()
        if row is not None:
            self._keys.take_away(row.id)

    def _reset_one(self) -> None:
        row = self.table.current()
        if row is not None:
            self._keys.reset(row.id)

    def _reset_all(self) -> None:
        self._keys.reset()

    def _export(self) -> None:
        kinds = _("Keys") + " (*.json)"
        path = save_file(self, self._room.settings, _PURPOSE, _("Export keys"), "keys.json", kinds)
        if path is not None:
            write_text(path, self._keys.as_text(), self._room.notices)

    def _import(self) -> None:
        kinds = _("Keys") + " (*.json)"
        path = open_file(self, self._room.settings, _PURPOSE, _("Import keys"), kinds)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Put the keys of a file in force, or say what is wrong with it."""
        try:
            self._keys.take_text(path.read_text(encoding="utf-8"))
        except Refusal as refusal:
            self.words.setText(self._room.formats.refusal(refusal))
            self.words.setVisible(True)
        except (OSError, UnicodeDecodeError):
            self.words.setText(_("This file cannot be read."))
            self.words.setVisible(True)

    def focus_first(self) -> None:
        """Begin with finding an action."""
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)
