# SPDX-License-Identifier: Apache-2.0
"""The pane of open charges: what a payment in the making is put on, by itself or by hand.

While a payment is typed the pane shows where it would go, oldest first. Space on a charge fills
what it owes or takes it off again, digits put a part of it there; what is left is said live.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.billing.model import Allocation
from clinicdesk.billing.panel.words import open_columns
from clinicdesk.billing.queries import OpenCharge
from clinicdesk.billing.service import Account
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import MoneyEdit, verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.wording.text import N_, _

Key = tuple[int, str, int]


class OpenPane(QWidget):
    """Open charges, and the part of a payment each of them gets.

    Attributes:
        put_changed: (sum) parts were put by hand; the amount follows unless one was typed.
        finished: Enter: go back to the line that posts.
    """

    put_changed = Signal(int)
    finished = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self._payers: tuple[int, ...] = ()
        self._items: tuple[OpenCharge, ...] = ()
        self._amount: int | None = None
        self._paying = self._by_hand = False
        self._put: dict[Key, int] = {}
        self._edited: Key | None = None
        put: Column[OpenCharge] = Column(
            "put", N_("This payment"), self._part, Kind.MONEY, Align.END, 12, total=True
        )
        self.table: RowTable[OpenCharge] = RowTable(
            (*open_columns(room.formats), put), room, _("Open charges"), id_of=open_id,
            state_key="open_charges", ink=self._ink,
        )  # fmt: skip
        self.table.installEventFilter(self)
        self.credits = plain_label("")
        self.put_on = verb_button(_("Put on charges"))
        self.left = plain_label("", muted=True)
        self.part = MoneyEdit(room.formats)
        self.part.setAccessibleName(_("Part for this charge"))
        self.part.installEventFilter(self)
        self.part.hide()
        self._lay_out()
        room.theme.changed.connect(self._measure)
        self._measure()

    def _lay_out(self) -> None:
        px = self.room.theme.px
        below = QVBoxLayout(self)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(px(16), px(6), px(16), px(6))
        line.setSpacing(px(10))
        line.addWidget(plain_label(_("Open charges"), wrap=False))
        line.addWidget(self.left, 1)
        line.addWidget(self.part)
        line.addWidget(self.credits)
        line.addWidget(self.put_on)
        below.addLayout(line)
        below.addWidget(self.table, 1)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def show_account(self, account: Account) -> None:
        """Show what is open; parts put by hand stay where they still fit."""
        self._payers = account.guarantor_ids
        self._items = account.open
        owed = {open_id(item): item.open_minor for item in self._items}
        self._put = {key: min(part, owed[key]) for key, part in self._put.items() if key in owed}
        self._by_hand = self._by_hand and bool(self._put)
        self.table.rows.replace(account.open)
        self._tell()

    def clear(self) -> None:
        """Put nothing anywhere."""
        self._put.clear()
        self._by_hand = False
        self.part.hide()
        self._tell()

    def forget(self) -> None:
        """Show nobody's charges."""
        self._items = ()
        self.table.rows.replace(())
        self.credits.clear()
        self.clear()

    def follow(self, amount_minor: int | None, *, paying: bool) -> None:
        """Show where an amount would go; nothing while something else is entered."""
        self._amount, self._paying = amount_minor, paying
        self._tell()

    def allocations(self) -> tuple[Allocation, ...] | None:
        """Return what was put by hand; None lets the oldest be paid first."""
        if not self._by_hand:
            return None
        return tuple(Allocation(key[0], part) for key, part in self._put.items() if part)

    @property
    def put_minor(self) -> int:
        """The sum of what was put by hand."""
        return sum(self._put.values())

    # ── putting ──────────────────────────────────────────────────────────────────────────────

    def toggle(self, item: OpenCharge) -> None:
        """Fill what a charge owes, as far as the payment reaches; or take it off again."""
        key = open_id(item)
        part = self._parts().get(key, 0)
        if not self._by_hand:  # what was only shown becomes a choice
            self._put = self._parts() if part else {}
        if part and self._put.get(key):
            self._put.pop(key)
        else:
            rest = item.open_minor
            if self._amount:
                rest = min(rest, max(0, self._amount - self.put_minor))
            self._put[key] = rest
        self._changed()

    def put(self, item: OpenCharge, minor: int) -> None:
        """Put a part on a charge, never more than it owes."""
        if not self._by_hand:
            self._put = {}
        self._put[open_id(item)] = max(0, min(minor, item.open_minor))
        self._changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space and digits put; Enter goes on; in the part's field Enter puts and Esc leaves."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if watched is self.part:
            if enter:
                self._take_part()
            elif event.key() == Qt.Key.Key_Escape:
                self._leave_part()
            return enter or event.key() == Qt.Key.Key_Escape
        item = self.table.current()
        if not self._paying or item is None or not self._may(item):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Space:
            self.toggle(item)
            return True
        if enter:
            self.finished.emit()
            return True
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._begin_part(item, event.text())
            return True
        return super().eventFilter(watched, event)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _begin_part(self, item: OpenCharge, digit: str) -> None:
        self._edited = open_id(item)
        self.part.clear()
        self.part.show()
        self.part.setFocus(Qt.FocusReason.OtherFocusReason)
        self.part.setText(digit)
        self.part.setCursorPosition(len(digit))
        self.left.setText(_("Part for {what}: Enter puts it, Esc leaves it").format(
            what=item.description or item.code
        ))  # fmt: skip

    def _take_part(self) -> None:
        item = next((one for one in self._items if open_id(one) == self._edited), None)
        minor = None if self.part.problem() else self.part.value()
        self._leave_part()
        if item is not None and minor is not None:
            self.put(item, minor)

    def _leave_part(self) -> None:
        self.part.hide()
        self._edited = None
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _changed(self) -> None:
        self._by_hand = bool(self._put)
        self.put_changed.emit(self.put_minor)
        self._tell()

    def _may(self, item: OpenCharge) -> bool:
        """Tell whether the guarantor's money can be put on a charge."""
        return item.party.kind == "guarantor" and item.party.id in self._payers

    def _parts(self) -> dict[Key, int]:
        """Return what each charge gets: by hand, else oldest first as posting would do."""
        if self._by_hand:
            return self._put
        rest, parts = self._amount or 0, {}
        for item in self._items:
            part = min(rest, item.open_minor) if self._may(item) else 0
            if part > 0:
                parts[open_id(item)] = part
                rest -= part
        return parts

    def _part(self, item: OpenCharge) -> int | None:
        return self._parts().get(open_id(item)) or None if self._paying else None

    def _ink(self, _item: OpenCharge, key: str) -> str:
        return "muted" if key == "put" and not self._by_hand else ""

    def _tell(self) -> None:
        """Say what is left, and draw the parts again."""
        rows = self.table.rows
        if rows.rows:
            last = rows.index(len(rows.rows) - 1, len(rows.columns) - 1)
            rows.dataChanged.emit(rows.index(0, 0), last)
        self.left.setVisible(self._paying)
        if not self._paying:
            return
        formats, put = self.room.formats, sum(self._parts().values())
        if not self._amount:
            self.left.setText(_("Space puts the payment on a charge, digits a part of it"))
            return
        words = _("{put} on charges, {left} left as credit")
        rest = self._amount - put
        if rest == 0:
            words = _("{put} on charges")
        elif rest < 0:
            words = _("{put} on charges: {left} more than the payment")
        amounts = {"put": formats.amount(put), "left": formats.amount(abs(rest))}
        self.left.setText(words.format(**amounts))

    def _measure(self) -> None:
        self.part.setFixedWidth(self.room.theme.px(110))


def open_id(item: OpenCharge) -> Key:
    """Return what tells an open charge from others: a charge may be open with two parties."""
    return item.charge_id, item.party.kind, item.party.id


def _pays(of: tuple[str, int], owes: tuple[str, int], account: Account) -> bool:
    """Tell whether money of one party may go on what another record of it owes."""
    same = {of[1], owes[1]} <= set(account.guarantor_ids)
    return of == owes or (of[0] == owes[0] == "guarantor" and same)


def spread(account: Account) -> list[tuple[int, tuple[Allocation, ...]]]:
    """Spread the account's credit over its open charges of the same party, oldest first."""
    left: dict[Key, int] = {open_id(one): one.open_minor for one in account.open}
    placed = []
    for credit in account.credits:
        rest, parts = max(0, credit.amount_minor), []
        for key, owed in left.items():
            part = min(rest, owed) if _pays(credit.party, key[1:], account) else 0
            if part > 0:
                parts.append(Allocation(key[0], part))
                left[key] = owed - part
                rest -= part
        if parts:
            placed.append((credit.receipt_id, tuple(parts)))
    return placed
