# SPDX-License-Identifier: Apache-2.0
"""The head of the list: what of it is shown, words to find, and what it is worth."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.stock.model import EXPIRING_DAYS
from clinicdesk.stock.queries import LevelRow
from clinicdesk.wording.text import N_, _

ALL, LOW, EXPIRING, EXPIRED, ORDERED = "all", "low", "expiring", "expired", "ordered"
_CHIPS: Final = (
    (ALL, N_("All")),
    (LOW, N_("Below par")),
    (EXPIRING, N_("Expiring {days} d")),
    (EXPIRED, N_("Expired")),
    (ORDERED, N_("On order")),
)


class Chips(QWidget):
    """Chips with their counts, and a field; Esc gives all rows back.

    Attributes:
        changed: other rows are wanted.
    """

    changed = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        px = room.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(12), px(8))
        row.setSpacing(px(6))
        self._group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for key, words in _CHIPS:
            chip = QPushButton(_(words).format(days=EXPIRING_DAYS))
            chip.setCheckable(True)
            chip.setProperty("chip", True)
            chip.setAccessibleDescription(_("Items of the list"))
            chip.clicked.connect(self._told)
            self._group.addButton(chip)
            self.chips[key] = chip
            row.addWidget(chip)
        self.chips[ALL].setChecked(True)
        row.addSpacing(px(6))
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Filter"))
        self.text.setAccessibleName(_("Filter the items"))
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self._told)
        row.addWidget(self.text, 1)
        self.figures = plain_label("", muted=True, wrap=False)
        self.figures.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.figures)
        room.theme.changed.connect(self._measure)
        self._measure()

    def show_counts(self, levels: tuple[LevelRow, ...]) -> None:
        """Write how many rows each chip has."""
        formats = self.room.formats
        for key, words in _CHIPS:
            count = sum(1 for row in levels if passes(row, key))
            title = _(words).format(days=EXPIRING_DAYS)
            self.chips[key].setText(f"{title} · {formats.number(count)}")

    @property
    def key(self) -> str:
        """Which chip is pressed."""
        return next((key for key, chip in self.chips.items() if chip.isChecked()), ALL)

    @property
    def on(self) -> bool:
        """Whether any row may be left out."""
        return self.key != ALL or bool(self.text.text().strip())

    def press(self, key: str) -> None:
        """Press a chip."""
        self.chips[key].setChecked(True)
        self.changed.emit()

    def clear(self) -> None:
        """Give all rows back."""
        was = self.text.blockSignals(True)
        self.text.clear()
        self.text.blockSignals(was)
        self.press(ALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives all rows back."""
        if event.key() == Qt.Key.Key_Escape and self.on:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _told(self, *_what: object) -> None:
        self.changed.emit()

    def _measure(self) -> None:
        self.text.setMinimumWidth(self.room.theme.px(110))


def passes(row: LevelRow, key: str) -> bool:
    """Tell whether a row belongs under a chip."""
    return {
        LOW: row.low,
        EXPIRING: row.expiring > 0,
        EXPIRED: row.expired > 0,
        ORDERED: row.on_order > 0,
    }.get(key, True)
