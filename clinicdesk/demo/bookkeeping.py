# SPDX-License-Identifier: Apache-2.0
"""Carries the plan of the money into the books: charges, receipts, entries, in order of time.

Each act becomes the entries that the desk's commands would post for it, drafted by the same
functions of ``billing.model``; many of them are written with few statements.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from clinicdesk.billing.model import (
    Receivable,
    adjustment_entry,
    charge_entry,
    payment_entry,
    refund_entry,
    transfer_entry,
)
from clinicdesk.billing.model.past import PastCharge
from clinicdesk.billing.service.history import take_in
from clinicdesk.demo.catalogue import FEES
from clinicdesk.demo.money import Act, Bill
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.ledger.model import EntryDraft, ReceiptDraft
from clinicdesk.ledger.service import Ledger
from clinicdesk.storage.records import UnitOfWork

_WORDS = {fee.code: fee.description for fee in FEES}
SOURCE = "demo"


@dataclass(frozen=True, slots=True)
class Payers:
    """Who answers for a patient: guarantor, and an insurer with the coverage, if any."""

    patient_id: int
    guarantor_id: int
    payer_id: int | None
    coverage_id: int | None


@dataclass(slots=True)
class Account:
    """A bill with what the clinic file made of it."""

    bill: Bill
    payers: Payers
    provider_id: int
    visit_id: int | None
    service_on: date
    charge_ids: list[int] = field(default_factory=list)
    credit_receipt: int | None = None  # the receipt that left an unapplied credit

    def owed(self, line: int, *, by_insurer: bool) -> Receivable:
        """Return the receivable of a line."""
        payers = self.payers
        party = (
            ("payer", payers.payer_id)
            if by_insurer and payers.payer_id is not None
            else ("guarantor", payers.guarantor_id)
        )
        return Receivable(self.charge_ids[line], payers.patient_id, party, self.provider_id)

    @property
    def insured(self) -> bool:
        """The bill went to an insurer first."""
        return self.bill.insurer is not None and self.payers.payer_id is not None


@dataclass(frozen=True, slots=True)
class Hands:
    """Users whose acts these are: who takes money at the desk, and who books what comes by post."""

    desk: int
    office: int


class Books:
    """Posts acts; must be given them in order of time."""

    def __init__(self, ledger: Ledger, zone: ClinicZone, hands: Hands) -> None:
        self._ledger = ledger
        self._zone = zone
        self._hands = hands
        self._accounts: dict[int, Account] = {}
        self._posted = 0

    def open(self, account: Account) -> None:
        """Introduce a bill before its first act."""
        self._accounts[account.bill.number] = account

    def post(self, work: UnitOfWork, acts: Sequence[Act]) -> None:
        """Post acts that are in order of time."""
        self._charge(work, [act for act in acts if act.kind == "charge"])
        receipts = self._receive(work, acts)
        drafts = [
            self._stamped(draft, act)
            for act in acts
            for draft in self._drafts(act, receipts.get(id(act)))
        ]
        self._ledger.post_many(work, drafts)

    def _charge(self, work: UnitOfWork, acts: Sequence[Act]) -> None:
        rows: list[PastCharge] = []
        accounts = [self._accounts[act.bill] for act in acts]
        for act, account in zip(acts, accounts, strict=True):
            at = self._zone.instant(act.at)
            rows += [
                PastCharge(
                    patient_id=account.payers.patient_id,
                    guarantor_id=account.payers.guarantor_id,
                    visit_id=account.visit_id,
                    provider_id=account.provider_id,
                    service_on=account.service_on,
                    business_on=act.at.date(),
                    code=line.code,
                    description=_WORDS[line.code],
                    unit_minor=line.minor,
                    coverage_id=account.payers.coverage_id if account.insured else None,
                    created_at=at,
                )
                for line in account.bill.lines
            ]
        ids = iter(take_in(work, rows))
        for account in accounts:
            account.charge_ids = [next(ids) for _ in account.bill.lines]

    def _receive(self, work: UnitOfWork, acts: Sequence[Act]) -> dict[int, int]:
        paying = [act for act in acts if act.kind in {"insurer", "patient"} and _money(act)]
        drafts = []
        for act in paying:
            account = self._accounts[act.bill]
            party = account.owed(0, by_insurer=act.kind == "insurer").party
            drafts.append(
                ReceiptDraft(
                    received_on=act.at.date(),
                    method=act.method,
                    amount_minor=_money(act),
                    party_kind=party[0],
                    party_id=party[1],
                    patient_id=account.payers.patient_id,
                    created_at=self._zone.instant(act.at),
                    created_by=self._hand(act),
                )
            )
        numbered = self._ledger.new_receipts(work, drafts) if drafts else []
        return {id(act): row.id for act, row in zip(paying, numbered, strict=True)}

    def _drafts(self, act: Act, receipt_id: int | None) -> Iterator[EntryDraft]:
        account = self._accounts[act.bill]
        if act.kind == "charge":
            yield from _charges(account, act)
        elif act.kind == "refund":
            yield from _refund(account, act)
        elif act.kind == "write_off":
            for place, minor in _parts(act.paid):
                owed = account.owed(place, by_insurer=False)
                yield adjustment_entry(owed, minor, "write-off", "bad_debt", act.at.date())
        else:
            if receipt_id is not None:
                yield _payment(account, act, receipt_id)
            yield from _settled(account, act)

    def _stamped(self, draft: EntryDraft, act: Act) -> EntryDraft:
        self._posted += 1
        return replace(
            draft,
            source=SOURCE,
            posted_at=self._zone.instant(act.at),
            user_id=self._hand(act),
            key=f"demo-{self._posted}",
        )

    def _hand(self, act: Act) -> int:
        at_desk = act.kind == "charge" or (act.kind == "patient" and act.method != "transfer")
        return self._hands.desk if at_desk else self._hands.office


def _charges(account: Account, act: Act) -> Iterator[EntryDraft]:
    for place, minor in _parts([line.minor for line in account.bill.lines]):
        yield charge_entry(account.owed(place, by_insurer=account.insured), minor, act.at.date())


def _payment(account: Account, act: Act, receipt_id: int) -> EntryDraft:
    by_insurer = act.kind == "insurer"
    if act.extra:
        account.credit_receipt = receipt_id
    return payment_entry(
        _money(act),
        act.at.date(),
        receipt_id=receipt_id,
        method=act.method,
        till="desk",
        party=account.owed(0, by_insurer=by_insurer).party,
        patient_id=account.payers.patient_id,
        placed=[
            (account.owed(place, by_insurer=by_insurer), minor) for place, minor in _parts(act.paid)
        ],
    )


def _settled(account: Account, act: Act) -> Iterator[EntryDraft]:
    """Cut what the contract gives up, hand the patient's share on."""
    on = act.at.date()
    for place, minor in _parts(act.cut):
        owed = account.owed(place, by_insurer=True)
        yield adjustment_entry(owed, minor, "contractual", "contractual", on)
    for place, minor in _parts(act.moved):
        owed = account.owed(place, by_insurer=True)
        target = ("guarantor", account.payers.guarantor_id)
        yield transfer_entry(owed, target, minor, "patient_share", on)


def _refund(account: Account, act: Act) -> Iterator[EntryDraft]:
    if account.credit_receipt is not None:
        yield refund_entry(
            account.credit_receipt,
            ("guarantor", account.payers.guarantor_id),
            account.payers.patient_id,
            act.extra,
            act.at.date(),
            method=act.method,
            reason="overpaid",
        )


def _parts(amounts: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((place, minor) for place, minor in enumerate(amounts) if minor)


def _money(act: Act) -> int:
    return sum(act.paid) + act.extra


def by_time(acts: Sequence[Act]) -> list[Act]:
    """Return acts in order of time, those of one bill in their own order."""
    return sorted(acts, key=lambda act: act.at)
