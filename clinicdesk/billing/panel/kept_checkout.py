# SPDX-License-Identifier: Apache-2.0
"""A check-out under way as a draft: what was filled in, and the key it will be posted under.

The key is the draft's from its first moment. So when a window ends between the posting and its
answer, posting the draft again gives the receipt that is there and no second one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clinicdesk.billing.queries import FeeRow
from clinicdesk.kernel.identity import new_key

if TYPE_CHECKING:
    from clinicdesk.billing.panel.checkout import CheckOutPanel

Draft = dict[str, Any]


class KeptCheckOut:
    """Gives and takes the draft of one panel.

    Attributes:
        key: under which what is filled in will be posted.
    """

    def __init__(self, panel: CheckOutPanel) -> None:
        self._panel = panel
        self._waiting: Draft | None = None
        self.key = new_key()

    def forget(self) -> None:
        """Begin with nothing filled in."""
        self._waiting, self.key = None, new_key()

    def draft(self, patient_id: int, *, touched: bool, typed: bool) -> Draft | None:
        """Return what is filled in; while its patient is not shown yet, what is to be."""
        if self._waiting is not None or not touched:
            return self._waiting
        panel = self._panel
        return {
            "patient": patient_id,
            "key": self.key,
            "lines": [
                [line.fee.code, line.fee.description, line.price.text()]
                for line in panel.services.lines
            ],
            "code": panel.services.code.text(),
            "provider": panel.provider.value(),
            "amount": panel.amount.text() if typed else "",
            "method": panel.method.value(),
            "reference": panel.reference.text(),
        }

    def take(self, draft: Draft) -> None:
        """Show the draft's patient; ``answered`` fills in the rest."""
        self._panel.room.spotlight.show("patient", int(draft["patient"]))
        self._waiting = draft
        self._panel.refresh()

    def answered(self, patient_id: int) -> str:
        """Fill in what waited for this patient; return the amount that was typed."""
        draft = self._waiting
        if draft is None or draft["patient"] != patient_id:
            return ""
        self._waiting, self.key = None, str(draft["key"])
        panel = self._panel
        panel.services.propose(())
        for code, description, price in draft["lines"]:
            panel.services.add(FeeRow(code, description, 0))
            panel.services.lines[-1].price.setText(price)
        panel.services.touched = True
        panel.services.code.setText(draft["code"])
        panel.provider.set_value(draft["provider"])
        panel.method.set_value(draft["method"])
        panel.reference.setText(draft["reference"])
        panel.amount.setText(draft["amount"])
        return str(draft["amount"])
