# SPDX-License-Identifier: Apache-2.0
"""What billing asks outside of its pages: how credit is paid back."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from clinicdesk.billing.model import Refund
from clinicdesk.billing.queries import CreditRow
from clinicdesk.billing.service import Billing
from clinicdesk.desktop.forms import ChoiceBox, FormDialog, MoneyEdit, TextEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import _


class RefundDialog(FormDialog):
    """Pays the credit of one receipt back; it cannot be taken back, so it is asked apart."""

    def __init__(
        self, room: Room, billing: Billing, credit: CreditRow, parent: QWidget | None = None
    ) -> None:
        note = _("{amount} of receipt {number} is on no charge.").format(
            amount=room.formats.money(credit.amount_minor), number=credit.number
        )
        super().__init__(room, _("Refund credit"), _("Refund"), parent, note=note)
        self._billing, self._credit = billing, credit
        self._key = new_key()
        self.amount = MoneyEdit(room.formats)
        self.amount.set_value(credit.amount_minor)
        self.method: ChoiceBox[str] = ChoiceBox(
            [
                ("cash", _("Cash")),
                ("card", _("Card")),
                ("cheque", _("Cheque")),
                ("transfer", _("Bank transfer")),
            ]
        )
        self.reason = TextEdit(room.formats)
        self.form.add("amount", _("Amount"), self.amount, required=True)
        self.form.add("method", _("Method"), self.method)
        self.form.add("reason", _("Reason"), self.reason, required=True)
        self.submit = self._refund

    def _refund(self) -> None:
        command = Refund(
            self._credit.receipt_id,
            self.amount.value() or 0,
            self.method.value() or "cash",
            self.reason.text_value(),
            self._key,
        )
        self.room.desk.carry_out(
            partial(self._billing.refund, command, self.room.actor),
            self._refunded,
            self._refused,
            owner=self,
        )

    def _refunded(self, _done: Done[int]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.form.show_refusal(refusal)
