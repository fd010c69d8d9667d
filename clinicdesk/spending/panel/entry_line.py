# SPDX-License-Identifier: Apache-2.0
"""The line at the foot of the list in which expenses are entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox, DayEdit, MoneyEdit, TextEdit, verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.spending.model import (
    BANK,
    MAY_ENTER_EXPENSES,
    PAID_FROM,
    PAYABLE,
    EnterExpense,
    check_expense,
)
from clinicdesk.spending.queries import AccountRow
from clinicdesk.wording.text import _

_WIDTHS: Final = {
    "on": 104, "supplier": 110, "account": 190, "document": 74, "memo": 74, "paid_from": 116,
    "due_on": 104, "tax": 84, "amount": 96,
}  # fmt: skip
_SECOND: Final = ("document", "memo", "due_on", "tax")  # below the others where it is narrow
_STRETCH: Final = {"supplier": 3, "account": 4, "document": 2, "memo": 2}


class ExpenseLine(QFrame):
    """Makes a command of what is typed; the page carries it out.

    Attributes:
        entered: (command): Enter in any field, and nothing is wrong.
    """

    entered = Signal(object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry")
        self.room = room
        self._usual: dict[str, str] = {}
        self._account_chosen = False
        self._folded = False
        formats = room.formats
        self.on = DayEdit(formats, self._today, past=True)
        self.supplier = TextEdit(formats)
        self.account: ChoiceBox[str] = ChoiceBox()
        self.document = TextEdit(formats)
        self.memo = TextEdit(formats)
        self.paid_from: ChoiceBox[str] = ChoiceBox([(key, _(words)) for key, words in PAID_FROM])
        self.due_on = DayEdit(formats, self._today)
        self.tax = MoneyEdit(formats)
        self.amount = MoneyEdit(formats)
        self.verb = verb_button(_("Post"), primary=True)
        self.error = plain_label("")
        self.error.setProperty("tone", "danger")
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.supplier.setCompleter(completer)
        self._cells: dict[str, QWidget] = {}
        self._lay_out()
        self._measure()
        room.theme.changed.connect(self._measure)
        self.supplier.editingFinished.connect(self._suggest_account)
        self.account.activated.connect(self._choose_account)
        self.paid_from.understood.connect(self._show_due)
        self.verb.clicked.connect(self.commit)
        self.setEnabled(room.actor.may(MAY_ENTER_EXPENSES))
        self.clear()

    def _lay_out(self) -> None:
        px = self.room.theme.px
        outside = QVBoxLayout(self)
        outside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        outside.setContentsMargins(px(12), px(8), px(12), px(8))
        outside.setSpacing(px(4))
        self._rows = (QHBoxLayout(), QHBoxLayout())
        for row in self._rows:
            row.setSpacing(px(8))
            outside.addLayout(row)
        row = self._rows[0]
        for name, caption, field in (
            ("on", _("Date"), self.on),
            ("supplier", _("Supplier"), self.supplier),
            ("account", _("Account"), self.account),
            ("document", _("Document"), self.document),
            ("memo", _("Note"), self.memo),
            ("paid_from", _("Paid from"), self.paid_from),
            ("due_on", _("Due"), self.due_on),
            ("tax", _("Input tax"), self.tax),
            ("amount", _("Amount"), self.amount),
        ):
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(2))
            words = plain_label(caption, muted=True, wrap=False)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            words.setBuddy(field)
            field.setAccessibleName(caption)
            column.addWidget(words)
            column.addWidget(field)
            self._cells[name] = cell
            row.addWidget(cell, _STRETCH.get(name, 0))
        row.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignBottom)
        outside.addWidget(self.error)
        self.hint = plain_label(_("Enter posts · Esc clears this line"), muted=True)
        outside.addWidget(self.hint)

    # ── what it works on ─────────────────────────────────────────────────────────────────────

    def offer(self, accounts: tuple[AccountRow, ...], suppliers: Mapping[str, str]) -> None:
        """Complete from these; what is being typed stays."""
        word = self.room.formats.word
        self.account.set_choices(
            [(row.number, f"{row.number} {word(row.name)}") for row in accounts]
        )
        self._usual = {fold(name): number for name, number in suppliers.items()}
        if list(suppliers) != self._names.stringList():
            self._names.setStringList(list(suppliers))

    def start(self) -> None:
        """Put the focus where typing begins."""
        self.supplier.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear(self) -> None:
        """Empty this line; the day and what it is paid from stay."""
        self._account_chosen = False
        self.show_error("")
        for field in (self.supplier, self.document, self.memo, self.tax, self.amount, self.due_on):
            field.clear()
        if self.on.value() is None:
            self.on.set_value(self._today())
        self._show_due()

    def command(self) -> EnterExpense:
        """Return what is typed as a command.

        Raises:
            Refusal: something is missing; its field says what.
        """
        for name in ("on", "due_on", "tax", "amount"):
            problem = getattr(self, name).problem()
            if problem and not self._cells[name].isHidden():
                raise Refusal(problem, field=name)
        waits = self.paid_from.value() == PAYABLE
        command = EnterExpense(
            on=self.on.value() or self._today(),
            supplier=self.supplier.text_value(),
            account=self.account.value() or "",
            amount_minor=self.amount.value() or 0,
            paid_from=self.paid_from.value() or BANK,
            tax_minor=self.tax.value() or 0,
            document=self.document.text_value(),
            memo=self.memo.text_value(),
            due_on=self.due_on.value() if waits else None,
        )
        check_expense(command)
        return command

    def commit(self) -> None:
        """Hand out the command, or say what is missing."""
        try:
            command = self.command()
        except Refusal as refusal:
            self.show_refusal(refusal)
            return
        self.show_error("")
        self.entered.emit(command)

    def show_refusal(self, refusal: Refusal) -> None:
        """Say under the line what is wrong, and go there."""
        self.show_error(self.room.formats.refusal(refusal))
        field = getattr(self, refusal.field, None) if refusal.field in self._cells else None
        if isinstance(field, QWidget):
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """Write a reason under the line, or take it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.hint.setVisible(not sentence)
        if sentence:
            self.room.notices.announce(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter from any field posts; Esc clears the line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.start()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the folded line."""
        px = self.room.theme.px
        narrow = sum(width + 8 for name, width in _WIDTHS.items() if name not in _SECOND)
        return QSize(px(narrow + 90), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put some fields below the others where the line is narrow."""
        super().resizeEvent(event)
        self._fold()

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _suggest_account(self) -> None:
        """Take the account of the supplier's last expense unless one was chosen."""
        usual = self._usual.get(fold(self.supplier.text_value()))
        if usual and not self._account_chosen:
            self.account.set_value(usual)

    def _choose_account(self, _place: int) -> None:
        self._account_chosen = True

    def _show_due(self) -> None:
        self._cells["due_on"].setVisible(self.paid_from.value() == PAYABLE)

    def _fold(self) -> None:
        whole = sum(width + 8 for width in _WIDTHS.values()) + 110
        folded = self.width() < self.room.theme.px(whole)
        if folded == self._folded:
            return
        self._folded = folded
        self._deal_cells()

    def _deal_cells(self) -> None:
        """Deal the cells to the rows in order; the focus stays where it is."""
        focused = self.focusWidget()
        for name, cell in self._cells.items():
            for row in self._rows:
                row.removeWidget(cell)
            below = self._folded and name in _SECOND
            self._rows[below].addWidget(cell, _STRETCH.get(name, 0))
        self._rows[0].removeWidget(self.verb)
        self._rows[0].addWidget(self.verb, 0, Qt.AlignmentFlag.AlignBottom)
        if focused is not None:
            focused.setFocus()

    def _measure(self) -> None:
        px = self.room.theme.px
        for name, width in _WIDTHS.items():
            field: QWidget = getattr(self, name)
            field.setMinimumWidth(px(width))
            if name not in _STRETCH:
                field.setMaximumWidth(px(width + 10))
        self._fold()
