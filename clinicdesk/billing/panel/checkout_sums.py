# SPDX-License-Identifier: Apache-2.0
"""The sums of a check-out: owed before, today so far, these services, and what is left after."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from clinicdesk.billing.service import Proposal
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.room import Room
from clinicdesk.wording.text import _


class CheckOutSums:
    """Labels that add up as the receipt will: before + today + services - paid = after."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self.total, self.before, self.today, self.after = (_amount_label() for _n in range(4))
        self._grid: QFormLayout | None = None

    def put_into(self, above: QFormLayout, below: QFormLayout) -> None:
        """Stand in a form: what is owed above the payment, what is left below it."""
        self._grid = above
        add_row(above, _("Owed before today"), self.before)
        add_row(above, _("Today so far"), self.today)
        add_row(above, _("These services"), self.total)
        add_row(below, _("Balance after"), self.after)

    def write(self, proposal: Proposal, total_minor: int, paid_minor: int | None) -> int:
        """Write the sums; return what is owed before the payment.

        Args:
            proposal: the account as it stands.
            total_minor: of the services, whoever is to pay them.
            paid_minor: what is to be taken; None takes all that is owed.
        """
        money, day = self._room.formats.money, proposal.day
        self.total.setText(money(total_minor))
        self.before.setText(money(day.before_minor))
        self.today.setText(money(day.balance_minor - day.before_minor))
        if self._grid is not None:
            self._grid.setRowVisible(self.today, day.balance_minor != day.before_minor)
        owed = day.balance_minor + (0 if proposal.insured else total_minor)
        left = owed - (max(0, owed) if paid_minor is None else paid_minor)
        self.after.setText(money(left))
        return owed

    def clear(self) -> None:
        """Show nobody's sums."""
        for label in (self.total, self.before, self.today, self.after):
            label.clear()

    def dress(self) -> None:
        """Set what is decided in bold."""
        for label in (self.total, self.after):
            label.setFont(self._room.theme.font(weight=QFont.Weight.DemiBold))


def form_grid(px: Callable[[float], int]) -> QFormLayout:
    """Make a form of captions and fields."""
    grid = QFormLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(px(6))
    grid.setHorizontalSpacing(px(10))
    grid.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return grid


def add_row(layout: QFormLayout, words: str, field: QWidget) -> None:
    """Add a field with its caption, which is its accessible name."""
    caption = plain_label(words, muted=True, wrap=False)
    caption.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    caption.setBuddy(field)
    field.setAccessibleName(words)
    layout.addRow(caption, field)


def _amount_label() -> QLabel:
    label = plain_label("", wrap=False)
    label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return label
