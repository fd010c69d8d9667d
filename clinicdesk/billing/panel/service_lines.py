# SPDX-License-Identifier: Apache-2.0
"""The services of a visit, as lines that can be changed until they are posted."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from clinicdesk.billing.model import ChargeLine
from clinicdesk.billing.panel.code_edit import CodeEdit
from clinicdesk.billing.queries import FeeRow
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import MoneyEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_, _


class ServiceLine(QFrame):
    """One service: its words, its price, and a way to take it out.

    Attributes:
        changed: another price.
        removed: it was taken out.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, fee: FeeRow, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fee = fee
        px = room.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        what = _("{code} {what}").format(code=fee.code, what=fee.description)
        self.words = plain_label(what)
        self.price = MoneyEdit(room.formats)
        self.price.setAccessibleName(_("Price of {what}").format(what=what))
        self.price.set_value(fee.amount_minor)
        self.out = QToolButton()
        self.out.setAccessibleName(_("Remove {what}").format(what=what))
        self.out.setToolTip(_("Remove {what}").format(what=what))
        self.out.setProperty("flat", True)
        room.theme.give_icon(self.out, "cross")
        row.addWidget(self.words, 1)
        row.addWidget(self.price)
        row.addWidget(self.out)
        self._theme = room.theme
        room.theme.changed.connect(self._measure)
        self._measure()
        self.price.understood.connect(self.changed)
        self.out.clicked.connect(self.removed)

    def _measure(self) -> None:
        self.price.setFixedWidth(self._theme.px(80))

    def charge(self, provider_id: int) -> ChargeLine:
        """Return what is to be charged.

        Raises:
            Refusal: the price is none.
        """
        problem = self.price.problem()
        if problem:
            raise Refusal(problem)
        amount = self.price.value()
        if amount is None or amount < 0:
            raise Refusal(N_("Give {code} a price, or remove it."), code=self.fee.code)
        return ChargeLine(self.fee.code, self.fee.description, amount, provider_id)


class ServiceLines(QWidget):
    """The lines and the field that adds one by its code.

    Attributes:
        changed: lines or prices are others.
        finished: Enter was pressed here; money is posted from the payment's fields only.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        self.lines: list[ServiceLine] = []
        self.touched = False
        px = room.theme.px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(6))
        self.none = plain_label(_("No services are proposed."), muted=True)
        self._column.addWidget(self.none)
        self.code = CodeEdit(room)
        self.code.setAccessibleName(_("Add a service by code"))
        self.code.setPlaceholderText(_("Add a service: code or words"))
        self._column.addWidget(self.code)
        self.code.picked.connect(self._add_picked)

    def propose(self, fees: tuple[FeeRow, ...]) -> None:
        """Begin with these services."""
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for fee in fees:
            self.add(fee)
        self.touched = False
        self._tell()

    def add(self, fee: FeeRow) -> None:
        """Put a service under the others."""
        line = ServiceLine(fee, self.room)
        line.changed.connect(self._edited)
        line.removed.connect(partial(self.remove, line))
        self._column.insertWidget(self._column.count() - 1, line)
        self.lines.append(line)
        self._edited()

    def remove(self, line: ServiceLine) -> None:
        """Take a service out."""
        if line in self.lines:
            self.lines.remove(line)
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
            self._edited()
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)

    def total_minor(self) -> int:
        """Return the sum of what is understood."""
        return sum(line.price.value() or 0 for line in self.lines if not line.price.problem())

    def charges(self, provider_id: int) -> tuple[ChargeLine, ...]:
        """Return what is to be charged, in order."""
        return tuple(line.charge(provider_id) for line in self.lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds the service typed, or goes on to the payment; it never posts from here."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
        elif self.code.text().strip():
            fee = self.code.exact()
            if fee is not None:
                self._add_picked(fee)
        else:
            self.finished.emit()

    def _add_picked(self, fee: FeeRow) -> None:
        if self.code.text():  # leaving the field tells the same choice again
            self.code.clear()
            self.add(fee)

    def _edited(self) -> None:
        self.touched = True
        self._tell()

    def _tell(self) -> None:
        self.none.setVisible(not self.lines)
        self.changed.emit()
