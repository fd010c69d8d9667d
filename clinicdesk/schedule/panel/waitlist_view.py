# SPDX-License-Identifier: Apache-2.0
"""Who waits for an appointment, in a popover over the book."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.schedule.columns import WAITLIST
from clinicdesk.schedule.queries import WaitlistRow
from clinicdesk.wording.text import _


class WaitlistView(QFrame):
    """The waitlist.

    Attributes:
        opened: a row: book this one.
        withdrawn: a row: take this one off.
    """

    opened = Signal(object)
    withdrawn = Signal(object)

    def __init__(self, room: Room, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._room, self._page = room, parent
        self.setObjectName("palette")
        self.setAccessibleName(_("Waitlist"))
        px = room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(10), px(8), px(10), px(10))
        heading = plain_label(_("Who waits for an appointment"), wrap=False)
        heading.setFont(room.theme.font(10.5, QFont.Weight.DemiBold))
        self.table: RowTable[WaitlistRow] = RowTable(
            WAITLIST, room, _("Waitlist"), state_key="schedule.waitlist"
        )
        self.table.opened.connect(self._opened)
        self.hint = plain_label("", muted=True)
        for widget in (heading, self.hint):
            outside.addWidget(widget)
        outside.insertWidget(1, self.table, 1)

    def show_rows(self, rows: tuple[WaitlistRow, ...]) -> None:
        """Show who waits, in the middle of the book."""
        px, page = self._room.theme.px, self._page
        self.table.rows.replace(rows)
        self.table.setVisible(bool(rows))
        self.hint.setText(
            _("Enter books, Del takes off the list, Esc closes.")
            if rows
            else _("Nobody waits. The booking bar puts somebody here when no time suits.")
        )
        wide = min(px(900), page.width() - px(40))
        self.resize(max(px(320), wide), min(px(460), px(96) + px(27) * max(1, len(rows))))
        if not self.isVisible():
            middle = QPoint((page.width() - self.width()) // 2, px(60))
            self.move(page.mapToGlobal(middle))
            self.show()
        if rows:
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.table.choose_row(0)
        else:
            self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Esc, take off on Del."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif event.key() == Qt.Key.Key_Delete and self.table.current() is not None:
            self.withdrawn.emit(self.table.current())
        else:
            super().keyPressEvent(event)

    def _opened(self, row: object) -> None:
        self.hide()
        self.opened.emit(row)
