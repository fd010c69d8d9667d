# SPDX-License-Identifier: Apache-2.0
"""The filters of the register: which kind of lines, from and to which day, which words or sum."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from clinicdesk.billing.panel.wrapping import WrapRow
from clinicdesk.billing.queries import AccountLine
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import DayEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_, _

ALL, OPEN, UNALLOCATED, INSURER = "all", "open", "unallocated", "insurer"
_CHIPS: Final = (
    (ALL, N_("All")),
    (OPEN, N_("Open")),
    (UNALLOCATED, N_("Unallocated")),
    (INSURER, N_("Insurer")),
)


class LineFilter(QWidget):
    """Chips, two days and a field; Esc gives all lines back.

    Attributes:
        changed: other lines are wanted.
    """

    changed = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        px = room.theme.px
        outside = QHBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        self._row = WrapRow(px(12))
        outside.addWidget(self._row)
        kinds, days = QWidget(), QWidget()
        self._row.add(kinds, 2)
        self._row.add(days)
        row = QHBoxLayout(kinds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        self._group = QButtonGroup(self)
        self.chips: dict[str, QPushButton] = {}
        for key, words in _CHIPS:
            chip = QPushButton(_(words))
            chip.setCheckable(True)
            chip.setProperty("chip", True)
            chip.setAccessibleDescription(_("Lines of the register"))
            chip.clicked.connect(self._told)
            self._group.addButton(chip)
            self.chips[key] = chip
            row.addWidget(chip)
        self.chips[ALL].setChecked(True)
        row.addStretch(1)
        row = QHBoxLayout(days)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        formats = room.formats
        self.first = DayEdit(formats, self._today, past=True)
        self.last = DayEdit(formats, self._today, past=True)
        for words, field in ((_("From"), self.first), (_("To"), self.last)):
            caption = plain_label(words, muted=True, wrap=False)
            caption.setBuddy(field)
            field.setAccessibleName(words)
            field.understood.connect(self._told)
            row.addWidget(caption)
            row.addWidget(field)
        self.text = QLineEdit()
        self.text.setPlaceholderText(_("Filter, or =42.50"))
        self.text.setAccessibleName(_("Filter the register"))
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self._told)
        self._row.add(self.text, 1)
        room.theme.changed.connect(self._measure)
        self._measure()

    def passes(self, line: AccountLine, held: frozenset[int]) -> bool:
        """Tell whether a line is wanted by its kind, day and sum.

        Args:
            line: of the register.
            held: receipts with money on no charge.
        """
        wanted = self._kind(line, held)
        first, last = self._day(self.first), self._day(self.last)
        if first is not None:
            wanted = wanted and line.business_on >= first
        if last is not None:
            wanted = wanted and line.business_on <= last
        text = self.text.text().strip()
        if wanted and text.startswith("="):
            try:
                minor = abs(self.room.formats.parse_money(text))
            except Refusal:
                return True  # half typed
            wanted = minor in _amounts(line)
        return wanted

    @property
    def words(self) -> str:
        """The words to be found; a sum is none."""
        text = self.text.text().strip()
        return "" if text.startswith("=") else text

    @property
    def on(self) -> bool:
        """Whether any line may be left out."""
        return bool(
            self.text.text().strip()
            or not self.chips[ALL].isChecked()
            or self._day(self.first)
            or self._day(self.last)
        )

    def clear(self) -> None:
        """Give all lines back."""
        for field in (self.text, self.first, self.last):
            was = field.blockSignals(True)
            field.clear()
            field.blockSignals(was)
        self.chips[ALL].setChecked(True)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives all lines back."""
        if event.key() == Qt.Key.Key_Escape and self.on:
            self.clear()
        else:
            super().keyPressEvent(event)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _kind(self, line: AccountLine, held: frozenset[int]) -> bool:
        if self.chips[OPEN].isChecked():
            return bool(line.open_minor)
        if self.chips[UNALLOCATED].isChecked():
            return line.charge_id is None and line.receipt_id in held
        if self.chips[INSURER].isChecked():
            return bool(line.payer)
        return True

    def _day(self, field: DayEdit) -> date | None:
        return None if field.problem() else field.value()

    def _told(self, *_what: object) -> None:
        self.changed.emit()

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _measure(self) -> None:
        px = self.room.theme.px
        self.text.setMinimumWidth(px(150))
        for field in (self.first, self.last):
            field.setFixedWidth(px(104))
        self._row.arrange()


def _amounts(line: AccountLine) -> set[int]:
    values = (line.charge_minor, line.payment_minor, line.adjustment_minor, line.open_minor)
    return {abs(one) for one in values if one is not None}
