# SPDX-License-Identifier: Apache-2.0
"""The columns of expenses: screen, CSV and paper share them."""

from __future__ import annotations

from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.spending.model import PAID_FROM, PAYABLE
from clinicdesk.spending.queries import ExpenseRow
from clinicdesk.wording.text import N_, Term

_END = Align.END
_FROM = {key: Term(words) for key, words in PAID_FROM}
TAKEN_BACK = Term(N_("Taken back"))
PAID = Term(N_("Paid"))


def state(row: ExpenseRow) -> str:
    """Return how an expense stands, in words marked for translation."""
    if row.taken_back:
        return TAKEN_BACK
    if row.paid_from == PAYABLE and row.paid_on is not None:
        return PAID
    return _FROM.get(row.paid_from, row.paid_from)


EXPENSES: tuple[Column[ExpenseRow], ...] = (
    Column("day", N_("Date"), lambda r: r.spent_on, Kind.DAY, weight=11),
    Column("supplier", N_("Supplier"), lambda r: r.supplier, weight=22),
    Column("account", N_("Account"), lambda r: Term(r.account_name), weight=20),
    Column("document", N_("Document"), lambda r: r.document, weight=12),
    Column("memo", N_("Note"), lambda r: r.memo, weight=18),
    Column("paid_from", N_("Paid from"), state, weight=12),
    Column("due", N_("Due"), lambda r: r.due_on if r.waiting else None, Kind.DAY, weight=11),
    Column("tax", N_("Input tax"), lambda r: r.tax_minor or None, Kind.MONEY, _END, 10),
    Column(
        "amount",
        N_("Amount"),
        lambda r: 0 if r.taken_back else r.amount_minor,
        Kind.MONEY,
        _END,
        12,
        total=True,
    ),
)
