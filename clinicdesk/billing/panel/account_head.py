# SPDX-License-Identifier: Apache-2.0
"""The head of an account: whose it is, and what is owed by whom since when."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from clinicdesk.billing.panel.line_filter import LineFilter
from clinicdesk.billing.panel.wrapping import WrapRow
from clinicdesk.billing.service import Account, Proposal
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import PAGE_TITLE
from clinicdesk.wording.text import N_, _

_AGES = (N_("0–30 days"), N_("31–60"), N_("61–90"), N_("91–120"), N_("over 120"))


_FIXED = "\N{NO-BREAK SPACE}"
_BETWEEN = f"{_FIXED * 2}│  "  # a line breaks after it, never within an age


class AccountHead(QWidget):
    """Name, chart number, sums and the filter of the register."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.room = room
        px = room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(16), px(10), px(16), px(10))
        outside.setSpacing(px(6))
        first = QHBoxLayout()
        first.setSpacing(px(10))
        self.name = plain_label("", wrap=False)
        self.chart = plain_label("", muted=True, wrap=False)
        self.lines = LineFilter(room)
        self.filter = self.lines.text
        self.statement = verb_button(_("Statement…"))
        room.theme.give_icon(self.statement, "statement")
        first.addWidget(self.name)
        first.addWidget(self.chart)
        first.addStretch(1)
        first.addWidget(self.statement)
        outside.addLayout(first)
        self._sums = WrapRow(px(20))
        self.owes, self.insurer, self.credit = (plain_label("", wrap=False) for _n in range(3))
        for label in (self.owes, self.insurer, self.credit):
            self._sums.add(label)
        self.ages = plain_label("", muted=True)
        self.ages.setMinimumWidth(px(380))
        self._sums.add(self.ages, 1)
        outside.addWidget(self._sums)
        outside.addWidget(self.lines)
        room.theme.changed.connect(self._dress)
        self._dress()

    def show_account(self, account: Account, proposal: Proposal) -> None:
        """Write the sums."""
        formats = self.room.formats
        self.name.setText(proposal.name)
        self.chart.setText(_("Chart {number}").format(number=proposal.chart_number))
        for label, words, minor in (
            (self.owes, N_("Owes {amount}"), account.due_minor),
            (self.insurer, N_("Insurer owes {amount}"), account.insurer_minor),
            (self.credit, N_("Credit {amount}"), account.credit_minor),
        ):
            label.setText(formats.say(words, {"amount": formats.money(minor)}))
        self.insurer.setVisible(account.insurer_minor != 0)
        self.credit.setVisible(account.credit_minor != 0)
        parts = zip(_AGES, account.aging.amounts, strict=True)
        self.ages.setText(
            _BETWEEN.join(
                f"{_(age)} {formats.amount(minor)}".replace(" ", _FIXED) for age, minor in parts
            )
        )
        self._sums.arrange()

    def clear(self) -> None:
        """Show nobody's account."""
        for label in (self.name, self.chart, self.owes, self.insurer, self.credit, self.ages):
            label.clear()
        self.lines.clear()

    def _dress(self) -> None:
        theme = self.room.theme
        self.name.setFont(theme.font(PAGE_TITLE, QFont.Weight.DemiBold))
        self.ages.setMinimumWidth(theme.px(380))
        for label in self._strong():
            label.setFont(theme.font(weight=QFont.Weight.DemiBold))

    def _strong(self) -> tuple[QLabel, ...]:
        return self.owes, self.insurer, self.credit
