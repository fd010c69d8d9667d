# SPDX-License-Identifier: Apache-2.0
"""What is counted in the evening, typed without seeing the books."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from clinicdesk.closing.model.day import DENOMINATIONS, CountRow, DayEnd, worth
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import MoneyEdit, NumberEdit, TextEdit
from clinicdesk.desktop.room import Room
from clinicdesk.wording.text import N_, _

CASH, CARDS, CHEQUES, FLOAT = "cash", "cards", "cheques", "float"
_LABELS: Final = (
    (CASH, N_("Cash in the drawer")),
    (CARDS, N_("Card terminal")),
    (CHEQUES, N_("Cheques")),
    (FLOAT, N_("Stays in the drawer")),
)
_AMOUNT: Final = 116


class CountForm(QWidget):
    """Four amounts, notes and coins on demand, and a reason once something differs.

    Attributes:
        entered: Enter in any field.
    """

    entered = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        px = room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(px(8))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(6))
        grid.setColumnStretch(2, 1)  # what the books say gives way, an amount never does
        self.fields: dict[str, MoneyEdit] = {}
        self._beside: dict[str, QLabel] = {}
        self._captions: dict[str, QLabel] = {}
        for row, (name, words) in enumerate(_LABELS):
            field = MoneyEdit(room.formats)
            field.setAccessibleName(_(words))
            caption = plain_label(_(words), wrap=False)
            caption.setBuddy(field)
            beside = plain_label("", muted=True)
            grid.addWidget(caption, row, 0)
            grid.addWidget(field, row, 1)
            grid.addWidget(beside, row, 2)
            self.fields[name], self._beside[name], self._captions[name] = field, beside, caption
        outside.addLayout(grid)
        self.count_pieces = QPushButton(_("Count notes and coins"))
        self.count_pieces.setCheckable(True)
        self.count_pieces.toggled.connect(self._show_pieces)
        self._pieces: dict[int, NumberEdit] = {}
        self._tray = self._make_tray()
        self._tray.hide()
        self.count_pieces.setParent(self)  # shown without one it would be a window
        self.count_pieces.setVisible(bool(self._pieces))
        outside.addWidget(self.count_pieces, 0, Qt.AlignmentFlag.AlignLeading)
        outside.addWidget(self._tray)
        self.reason = TextEdit(room.formats)
        self._reason_label = plain_label(_("Why it differs"))
        self._reason_label.setBuddy(self.reason)
        self.reason.setAccessibleName(_("Why it differs"))
        outside.addWidget(self._reason_label)
        outside.addWidget(self.reason)
        self.show_reason(shown=False)
        self.measure()
        room.theme.changed.connect(self.measure)

    def measure(self) -> None:
        """Follow the text size: the largest amount of a day is read whole."""
        for field in self.fields.values():
            field.setFixedWidth(self.room.theme.px(_AMOUNT))

    def _make_tray(self) -> QWidget:
        px, formats = self.room.theme.px, self.room.formats
        tray = QWidget()
        grid = QGridLayout(tray)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(4))
        known = DENOMINATIONS.get(formats.currency.code, ())
        half = (len(known) + 1) // 2
        for place, denomination in enumerate(known):
            name = _("Pieces of {worth}").format(worth=formats.money(denomination))
            field = NumberEdit(formats, 0, 9_999)
            field.setAccessibleName(name)
            field.textChanged.connect(self._add_up)
            caption = plain_label(formats.money(denomination), wrap=False)
            caption.setBuddy(field)
            column = 2 * (place // half)
            grid.addWidget(caption, place % half, column, Qt.AlignmentFlag.AlignTrailing)
            grid.addWidget(field, place % half, column + 1)
            self._pieces[denomination] = field
        return tray

    # ── what is typed ────────────────────────────────────────────────────────────────────────

    def amount(self, name: str) -> int:
        """Return an amount; what is empty counts as nothing."""
        return self.fields[name].value() or 0

    def pieces(self) -> tuple[tuple[int, int], ...]:
        """Return the notes and coins that were counted."""
        if self._tray.isHidden():
            return ()
        counted = ((one, field.value() or 0) for one, field in self._pieces.items())
        return tuple((one, number) for one, number in counted if number)

    def first_wrong(self) -> MoneyEdit | None:
        """Return the first field that cannot be read, or that must be typed and was not."""
        for name, field in self.fields.items():
            if field.isHidden():
                continue
            if field.problem() or (name in {CASH, CARDS} and field.value() is None):
                return field
        return None

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def start(self, float_minor: int, *, cheques: bool) -> None:
        """Empty the fields for another count; cheques are asked for where there are any."""
        for name, field in self.fields.items():
            field.setReadOnly(False)
            field.set_value(float_minor if name == FLOAT else None)
            self._beside[name].setText("")
        for piece in self._pieces.values():
            piece.set_value(None)
        self._ask_cheques(asked=cheques)
        self.count_pieces.setEnabled(True)
        self.reason.clear()
        self.reason.setReadOnly(False)
        self.show_reason(shown=False)

    def compare(self, day: DayEnd) -> None:
        """Show what the books say beside what was counted."""
        for name, expected in (
            (CASH, day.cash_minor),
            (CARDS, day.cards_minor),
            (CHEQUES, day.cheques_minor),
        ):
            self._say(name, self.amount(name), expected)

    def show_kept(self, count: CountRow) -> None:
        """Show a count as it was kept; nothing can be typed."""
        for name, kept, expected in (
            (CASH, count.cash_minor, count.expected_minor),
            (CARDS, count.cards_minor, count.expected_cards_minor),
            (CHEQUES, count.cheques_minor, count.expected_cheques_minor),
            (FLOAT, count.float_minor, None),
        ):
            self.fields[name].set_value(kept)
            self.fields[name].setReadOnly(True)
            if expected is not None:
                self._say(name, kept, expected)
        self._ask_cheques(asked=bool(count.cheques_minor or count.expected_cheques_minor))
        self.count_pieces.setChecked(False)
        self.count_pieces.setEnabled(False)
        self.reason.setText(count.reason)
        self.reason.setReadOnly(True)
        self.show_reason(shown=bool(count.reason))

    def show_reason(self, *, shown: bool) -> None:
        """Ask why, or do not."""
        self.reason.setVisible(shown)
        self._reason_label.setVisible(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on from any field."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _ask_cheques(self, *, asked: bool) -> None:
        for part in (self.fields, self._captions, self._beside):
            part[CHEQUES].setVisible(asked)

    def _say(self, name: str, counted: int, expected: int) -> None:
        formats = self.room.formats
        if counted == expected:
            words, tone = _("as in the books"), ""
        else:
            wording = (
                N_("{expected_minor} in the books: {difference_minor} too much")
                if counted > expected
                else N_("{expected_minor} in the books: {difference_minor} too little")
            )
            fields = {"expected_minor": expected, "difference_minor": abs(counted - expected)}
            words = formats.say(wording, fields)
            tone = "danger"
        label = self._beside[name]
        label.setText(words)
        label.setProperty("tone", tone)
        label.style().unpolish(label)
        label.style().polish(label)

    def _show_pieces(self, shown: bool) -> None:  # noqa: FBT001 -- Qt's signal
        self._tray.setVisible(shown)
        self.fields[CASH].setReadOnly(shown)
        if shown:
            self._add_up()
            next(iter(self._pieces.values())).setFocus()

    def _add_up(self) -> None:
        if not self._tray.isHidden():
            self.fields[CASH].set_value(worth(self.pieces()))
