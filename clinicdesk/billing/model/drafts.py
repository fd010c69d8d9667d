# SPDX-License-Identifier: Apache-2.0
"""How each event of an account is posted. Pure: entries from amounts, debit positive.

Responsibility decides the account: payers 1100, guarantors 1110, agencies 1120
(standards.md §1.5, decisions.md "Money and the ledger").
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinicdesk.billing.model.reasons import REASONS
from clinicdesk.ledger.model import EntryDraft, PostingDraft, chart

MONEY_ACCOUNTS: Mapping[str, str] = {
    "cash": chart.CASH,
    "card": chart.CARD_CLEARING,
    "cheque": chart.UNDEPOSITED,
    "transfer": chart.BANK,
}
_RECEIVABLE = {"payer": chart.INSURANCE, "guarantor": chart.PATIENTS, "agency": chart.AGENCY}
_CREDIT = {
    "payer": chart.PAYER_CREDITS,
    "guarantor": chart.PATIENT_CREDITS,
    "agency": chart.PATIENT_CREDITS,
}
INCOME: Mapping[str, str] = {
    "service": chart.REVENUE,
    "retail": chart.RETAIL,
    "fee": chart.ADMIN_FEES,
}


@dataclass(frozen=True, slots=True)
class Receivable:
    """Whose debt on which charge.

    Attributes:
        party: kind and id of who owes.
        provider_id: copied from the charge.
    """

    charge_id: int
    patient_id: int
    party: tuple[str, int]
    provider_id: int

    def posting(self, amount_minor: int, cause: str, **more: object) -> PostingDraft:
        """Return a posting on the receivable's account."""
        draft = PostingDraft(
            account=_RECEIVABLE[self.party[0]],
            amount_minor=amount_minor,
            cause=cause,
            patient_id=self.patient_id,
            party_kind=self.party[0],
            party_id=self.party[1],
            charge_id=self.charge_id,
            provider_id=self.provider_id,
        )
        return replace(draft, **more)  # type: ignore[arg-type]  # field names of the draft


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A receivable with what is open on it."""

    receivable: Receivable
    service_on: date
    open_minor: int


def charge_entry(
    owed: Receivable,
    amount_minor: int,
    on: date,
    *,
    tax: tuple[int, str | None] = (0, None),
    income: str = "service",
) -> EntryDraft:
    """Debit the receivable, credit what was earned; tax is a liability, never production."""
    postings = []
    if amount_minor:
        postings += [
            owed.posting(amount_minor, "charge"),
            PostingDraft(
                INCOME[income],
                -amount_minor,
                "charge",
                patient_id=owed.patient_id,
                charge_id=owed.charge_id,
                provider_id=owed.provider_id,
            ),
        ]
    if tax[0]:
        postings += [
            owed.posting(tax[0], "tax", tax_code=tax[1]),
            PostingDraft(
                chart.TAX_OUTPUT,
                -tax[0],
                "tax",
                patient_id=owed.patient_id,
                charge_id=owed.charge_id,
                tax_code=tax[1],
            ),
        ]
    return EntryDraft("charge", on, tuple(postings))


def oldest_first(amount_minor: int, items: Iterable[OpenItem]) -> list[tuple[OpenItem, int]]:
    """Spread an amount over open items, oldest service first; what is left is not placed."""
    placed = []
    for item in sorted(items, key=lambda i: (i.service_on, i.receivable.charge_id)):
        part = min(amount_minor, item.open_minor)
        if part > 0:
            placed.append((item, part))
            amount_minor -= part
    return placed


def payment_entry(
    amount_minor: int,
    on: date,
    *,
    receipt_id: int,
    method: str,
    till: str,
    party: tuple[str, int],
    patient_id: int | None,
    placed: Sequence[tuple[Receivable, int]],
) -> EntryDraft:
    """Debit the money account; credit the charges named, the rest as the party's credit."""
    money = PostingDraft(
        MONEY_ACCOUNTS[method],
        amount_minor,
        "payment",
        patient_id=patient_id,
        party_kind=party[0],
        party_id=party[1],
        receipt_id=receipt_id,
        method=method,
        till=till,
    )
    parts = [
        owed.posting(-part, "payment", receipt_id=receipt_id, method=method)
        for owed, part in placed
    ]
    rest = amount_minor - sum(part for _, part in placed)
    if rest:
        parts.append(_credit(-rest, "payment", receipt_id, party, patient_id))
    return EntryDraft("payment", on, (money, *parts))


def allocation_entry(
    receipt_id: int,
    party: tuple[str, int],
    patient_id: int | None,
    placed: Sequence[tuple[Receivable, int]],
    on: date,
) -> EntryDraft:
    """Move credit of a receipt onto charges; both are named."""
    total = sum(part for _, part in placed)
    return EntryDraft(
        "allocation",
        on,
        (
            _credit(total, "payment", receipt_id, party, patient_id),
            *(owed.posting(-part, "payment", receipt_id=receipt_id) for owed, part in placed),
        ),
    )


def adjustment_entry(
    owed: Receivable, amount_minor: int, cause: str, reason: str, on: date
) -> EntryDraft:
    """Give up an amount: debit the account of the reason; a negative amount is owed again."""
    known = REASONS.get(reason)
    other = PostingDraft(
        known.account if known else chart.ADMIN_WRITE_OFF,
        amount_minor,
        cause,
        patient_id=owed.patient_id,
        charge_id=owed.charge_id,
        provider_id=owed.provider_id,
        party_kind=owed.party[0],
        party_id=owed.party[1],
        reason_code=reason,
    )
    kind = "write_off" if cause == "write-off" else "adjustment"
    return EntryDraft(kind, on, (other, owed.posting(-amount_minor, cause, reason_code=reason)))


@dataclass(frozen=True, slots=True)
class Settled:
    """What an insurer said about one charge.

    Attributes:
        owed: the insurer's part of the charge.
        contractual_minor: given up by contract.
        share_minor: falls to ``target``.
    """

    owed: Receivable
    paid_minor: int
    contractual_minor: int
    share_minor: int
    target: tuple[str, int]
    reason: str


def settlement_entries(lines: Sequence[Settled], on: date) -> list[EntryDraft]:
    """Post what a remittance says besides money; one entry per cause and charge."""
    drafts = []
    for line in lines:
        if line.contractual_minor:
            drafts.append(
                adjustment_entry(
                    line.owed, line.contractual_minor, "contractual", "contractual", on
                )
            )
        if line.share_minor:
            drafts.append(transfer_entry(line.owed, line.target, line.share_minor, line.reason, on))
    return drafts


def transfer_entry(
    source: Receivable, target: tuple[str, int], amount_minor: int, reason: str, on: date
) -> EntryDraft:
    """Move responsibility; the total owed stays."""
    new = replace(source, party=target)
    return EntryDraft(
        "transfer",
        on,
        (
            new.posting(amount_minor, "transfer", reason_code=reason),
            source.posting(-amount_minor, "transfer", reason_code=reason),
        ),
    )


def refund_entry(
    receipt_id: int,
    party: tuple[str, int],
    patient_id: int | None,
    amount_minor: int,
    on: date,
    *,
    method: str,
    reason: str,
) -> EntryDraft:
    """Pay credit back: debit the liability, credit the money account."""
    money = PostingDraft(
        MONEY_ACCOUNTS[method],
        -amount_minor,
        "refund",
        patient_id=patient_id,
        party_kind=party[0],
        party_id=party[1],
        receipt_id=receipt_id,
        method=method,
        reason_code=reason,
    )
    return EntryDraft(
        "refund", on, (_credit(amount_minor, "refund", receipt_id, party, patient_id), money)
    )


def take_back_entry(
    owed: Receivable, receipt_id: int, amount_minor: int, reason: str, on: date
) -> EntryDraft:
    """A payer reclaims money: the charge is open again, the bank pays."""
    money = PostingDraft(
        chart.BANK,
        -amount_minor,
        "take-back",
        patient_id=owed.patient_id,
        party_kind=owed.party[0],
        party_id=owed.party[1],
        receipt_id=receipt_id,
        method="transfer",
        reason_code=reason,
    )
    again = owed.posting(amount_minor, "take-back", receipt_id=receipt_id, reason_code=reason)
    return EntryDraft("take_back", on, (again, money))


def bounce_entry(
    mirrored: Sequence[PostingDraft], receipt_id: int, method: str, reason: str, on: date
) -> EntryDraft:
    """Mirror what a receipt did to receivables and credits; the bank was charged.

    ``mirrored`` are the receipt's receivable and credit postings.
    """
    back = tuple(
        replace(p, amount_minor=-p.amount_minor, cause="returned", reason_code=reason)
        for p in mirrored
    )
    total = sum(p.amount_minor for p in back)
    money = PostingDraft(
        chart.BANK, -total, "returned", receipt_id=receipt_id, method=method, reason_code=reason
    )
    return EntryDraft("returned", on, (*back, money))


def excess_postings(
    owed: Receivable, payments: Sequence[tuple[int, int]], excess_minor: int
) -> tuple[PostingDraft, ...]:
    """Move what exceeds a shrunken charge to the party's credit, newest payment first.

    ``payments`` are pairs of receipt id and amount still on the charge, oldest first.
    """
    postings: list[PostingDraft] = []
    for receipt_id, paid in reversed(payments):
        part = min(excess_minor, paid)
        if part > 0:
            postings.append(owed.posting(part, "payment", receipt_id=receipt_id))
            postings.append(_credit(-part, "payment", receipt_id, owed.party, owed.patient_id))
            excess_minor -= part
    return tuple(postings)


def _credit(
    amount_minor: int, cause: str, receipt_id: int, party: tuple[str, int], patient_id: int | None
) -> PostingDraft:
    return PostingDraft(
        _CREDIT[party[0]],
        amount_minor,
        cause,
        patient_id=patient_id,
        party_kind=party[0],
        party_id=party[1],
        receipt_id=receipt_id,
    )
