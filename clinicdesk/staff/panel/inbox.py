# SPDX-License-Identifier: Apache-2.0
"""What people ask for: a row each; A approves after showing what it means, R refuses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.columns import Column, Kind
from clinicdesk.staff.panel.words import request_words
from clinicdesk.staff.queries import RequestRow
from clinicdesk.wording.text import N_, _

_ROWS = 4


class Inbox(QWidget):
    """Open requests.

    Attributes:
        wanted: (request, verb): ``look``, ``approve``, ``refuse`` or ``withdraw``.
    """

    wanted = Signal(object, str)

    def __init__(self, room: Room, *, may_decide: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room, self._may_decide, self._brief = room, may_decide, False
        formats = room.formats
        columns: tuple[Column[RequestRow], ...] = (
            Column("name", N_("Who"), lambda r: r.name, weight=18),
            Column("what", N_("Asks for"), lambda r: request_words(r, formats), weight=34),
            Column("note", N_("Note"), lambda r: r.note, weight=24),
            Column("asked_at", N_("Asked"), lambda r: r.asked_at, Kind.INSTANT, weight=16),
        )
        outside = QVBoxLayout(self)
        px = room.theme.px
        outside.setContentsMargins(px(12), px(4), px(12), px(8))
        outside.setSpacing(px(4))
        self.title = plain_label("")
        outside.addWidget(self.title)
        self.table: RowTable[RequestRow] = RowTable(
            columns, room, _("Requests"), state_key="roster.requests"
        )
        self.table.installEventFilter(self)
        self.table.opened.connect(self._opened)
        outside.addWidget(self.table)
        room.theme.changed.connect(self._measure)
        self._measure()
        self.hide()

    def show_requests(self, rows: Sequence[RequestRow]) -> None:
        """Show other rows; none hides the box."""
        current = self.table.current()
        self.table.rows.replace(tuple(rows))
        keys = _("A approves, R refuses, Enter shows what it means") if self._may_decide else ""
        own = _("Del withdraws a request of your own")
        native = QKeySequence.SequenceFormat.NativeText
        here = QKeySequence("Ctrl+Shift+Q").toString(native)
        keys = f"{here} · {keys}" if keys and self._brief else keys
        count = self._room.formats.count("{n} request waits", "{n} requests wait", len(rows))
        self.title.setText(f"{count} · {keys or own}")
        self.setVisible(bool(rows))
        if rows and (current is None or not self.table.choose(current.id)):
            self.table.choose_row(0)
        self._measure()

    def set_brief(self, *, brief: bool) -> None:
        """Show the count alone while nobody works here, on a small screen."""
        self._brief = brief
        self.table.setVisible(not brief or self.table.hasFocus())

    def take_focus(self) -> bool:
        """Put the focus on the first request; tell whether there is one."""
        if not self.table.rows.rows:
            return False
        self.table.show()
        if self.table.current() is None:
            self.table.choose_row(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read A, R and Del on a row."""
        if event.type() == QEvent.Type.FocusOut and self._brief:
            self.table.hide()
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Delete and not event.modifiers():
                event.accept()
                return True
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            row = self.table.current()
            verb = {
                Qt.Key.Key_A: "approve",
                Qt.Key.Key_R: "refuse",
                Qt.Key.Key_Delete: "withdraw",
            }.get(Qt.Key(event.key()), "")
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if row is not None and verb and plain and (self._may_decide or verb == "withdraw"):
                self.wanted.emit(row, verb)
                return True
        return super().eventFilter(watched, event)

    def _opened(self, row: RequestRow) -> None:
        self.wanted.emit(row, "look")

    def _measure(self) -> None:
        theme = self._room.theme
        self.title.setFont(theme.font(weight=QFont.Weight.DemiBold))
        count = max(1, min(_ROWS, len(self.table.rows.rows)))
        line = self.table.verticalHeader().defaultSectionSize()
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + line * count + theme.px(6))
