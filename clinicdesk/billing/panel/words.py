# SPDX-License-Identifier: Apache-2.0
"""What the register calls things, and its columns as a screen shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from clinicdesk.billing.columns import OPEN_CHARGES, REGISTER
from clinicdesk.billing.model import REASONS
from clinicdesk.billing.queries import AccountLine, OpenCharge
from clinicdesk.desktop.row_model import RowModel
from clinicdesk.kernel.columns import Column
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

# Cash is chosen at first, so C leads to the card and Enter alone takes cash.
METHODS: Final = (
    ("cash", N_("Cash")),
    ("card", N_("Card")),
    ("cheque", N_("Cheque")),
    ("transfer", N_("Bank transfer")),
)
# Key of the reason, its words, the cause it is posted with.
GIVEN_UP: Final = tuple(
    (reason.key, reason.title, reason.cause) for reason in REASONS.values() if not reason.raises
)
# On paper and screen alike but for this: the balance is to be seen at 1366 px beside the card.
_WEIGHTS: Final = {
    "day": 12, "service": 13, "reference": 9, "description": 19, "payer": 10,
    "charge": 9, "payment": 9, "adjusted": 8, "balance": 10, "open": 9,
}  # fmt: skip
_METHOD_WORDS: Final = dict(METHODS)
_CAUSE_WORDS: Final = {
    "contractual": N_("Contractual write-off"),
    "discount": N_("Discount"),
    "write-off": N_("Write-off"),
    "adjustment": N_("Adjustment"),
    "transfer": N_("Transfer"),
    "interest": N_("Interest"),
    "package": N_("Package"),
    "refund": N_("Refund"),
    "returned": N_("Returned payment"),
    "take-back": N_("Take-back"),
    "payment": N_("Payment"),
}


def described(line: AccountLine, formats: Formats) -> str:
    """Say in words what a line of the register is."""
    words = line.description
    if line.cause in {"payment", "refund", "returned", "take-back"}:
        method = formats.word(_METHOD_WORDS.get(line.description, line.description))
        cause = formats.word(_CAUSE_WORDS[line.cause])
        words = f"{cause} · {method}" if method else cause
    elif line.cause in _CAUSE_WORDS:
        cause = formats.word(_CAUSE_WORDS[line.cause])
        words = f"{cause} · {line.description}" if line.description else cause
    if line.kind == "reversal":
        return formats.say(N_("Reversal: {what}"), {"what": words})
    if line.reversed:
        return formats.say(N_("Reversed: {what}"), {"what": words})
    return words


def register_columns(formats: Formats) -> tuple[Column[AccountLine], ...]:
    """Return the register's columns with their words in the reader's language."""

    def words(line: AccountLine) -> str:
        return described(line, formats)

    return _with(REGISTER, "description", words)


def balanced(rows: RowModel[AccountLine]) -> tuple[Column[AccountLine], ...]:
    """Return a model's columns with the balance empty where rows are not in order of date."""

    def balance(line: AccountLine) -> int | None:
        by = rows.sorted_by
        return line.balance_minor if by is None or by[0] == "day" else None

    return _with(rows.columns, "balance", balance)


def open_columns(formats: Formats) -> tuple[Column[OpenCharge], ...]:
    """Return the open charges' columns with their words in the reader's language."""

    def owner(item: OpenCharge) -> str:
        return owed_by(item, formats)

    return _with(OPEN_CHARGES, "owes", owner)


def owed_by(item: OpenCharge, formats: Formats) -> str:
    """Say who owes a charge."""
    return item.party.name or formats.word(N_("Patient"))


def _with(
    columns: tuple[Column[AccountLine], ...] | tuple[Column[OpenCharge], ...],
    worded: str,
    value: Callable[..., Any],
) -> tuple[Column, ...]:
    """Word one column, and give all of them the room they have beside a patient's card."""
    made = []
    for column in columns:
        weight = _WEIGHTS.get(column.key, column.weight)
        wide = replace(column, weight=weight)
        made.append(replace(wide, value=value) if wide.key == worded else wide)
    return tuple(made)
