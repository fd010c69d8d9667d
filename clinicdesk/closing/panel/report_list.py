# SPDX-License-Identifier: Apache-2.0
"""The reports one can make: the pack first, then each of its reports alone."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from clinicdesk.closing.reports import REPORTS, Report
from clinicdesk.desktop.room import Room
from clinicdesk.wording.text import N_, _

PACK: Final = ""
_GAP: Final = 2  # units above and below a line


def _number(one: Report) -> int:
    """Return the number in a title such as "R10 · …"."""
    return int(one.title.partition(" ")[0].removeprefix("R"))


_TITLES: Final = (
    (PACK, N_("Month pack")),
    *((one.name, one.title) for one in sorted(REPORTS, key=_number)),
)


class ReportList(QListWidget):
    """One line of each report, as high as it needs.

    Attributes:
        chosen: (name) another report is wanted; ``PACK`` is the whole pack.
        entered: Enter on a line: make it.
    """

    chosen = Signal(str)
    entered = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self.setAccessibleName(_("Reports"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setSpacing(room.theme.px(_GAP))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        for _name, title in _TITLES:
            item = QListWidgetItem(_(title))
            item.setToolTip(_(title))
            self.addItem(item)
        self.setCurrentRow(0)
        self.currentRowChanged.connect(self._changed)

    @property
    def name(self) -> str:
        """The report that is wanted."""
        return _TITLES[max(0, self.currentRow())][0]

    @property
    def title(self) -> str:
        """What it is called."""
        return _(_TITLES[max(0, self.currentRow())][1])

    def choose(self, name: str) -> None:
        """Turn to a report, as a click does."""
        self.setCurrentRow([known for known, _title in _TITLES].index(name))

    def sizeHint(self) -> QSize:
        """All lines, so that the side scrolls and not the list in it."""
        apart = 2 * self.spacing()
        high = sum(self.sizeHintForRow(row) + apart for row in range(self.count()))
        return QSize(super().sizeHint().width(), high + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter makes the report."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _changed(self, _row: int) -> None:
        self.chosen.emit(self.name)
