# SPDX-License-Identifier: Apache-2.0
"""Taking payments, putting credit on charges, giving money back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    MAY_REFUND,
    MAY_TAKE_PAYMENT,
    MONEY_ACCOUNTS,
    Allocate,
    Allocation,
    Bounce,
    CashCannotReturn,
    ChargeLine,
    NothingToPost,
    OpenItem,
    PartlyGivenBack,
    Payment,
    Receivable,
    Refund,
    TakeBack,
    TakePayment,
    UnknownMethod,
    WrongAmount,
    allocation_entry,
    bounce_entry,
    oldest_first,
    payment_entry,
    refund_entry,
    take_back_entry,
)
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.money import Money
from clinicdesk.kernel.outcomes import Done
from clinicdesk.ledger.model import ReceiptDraft
from clinicdesk.ledger.service import Ledger
from clinicdesk.storage.records import Reading, Records, UnitOfWork
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class Taken:
    """A payment that was posted.

    Attributes:
        entry_id: the posting; reversing it takes the payment back.
        unapplied_minor: the part that rests as credit.
    """

    receipt_id: int
    number: str
    entry_id: int
    unapplied_minor: int


class MoneyDesk(ABC):
    """What is done with money."""

    def __init__(self, records: Records, ledger: Ledger) -> None:
        self._records = records
        self._ledger = ledger

    def take_payment(self, command: TakePayment, actor: Actor) -> Done[Taken]:
        """Take money for a patient's account and number its receipt."""
        actor.require(MAY_TAKE_PAYMENT)
        with self._records.write(actor, "billing.take_payment", command.key) as work:
            if work.earlier is not None:
                return self._taken(command.payment, Taken(**work.earlier), actor)
            taken = self._take(work, command.patient_id, command.payment, command.key)
            work.remember(
                {
                    "receipt_id": taken.receipt_id,
                    "number": taken.number,
                    "entry_id": taken.entry_id,
                    "unapplied_minor": taken.unapplied_minor,
                }
            )
        return self._taken(command.payment, taken, actor)

    def allocate(self, command: Allocate, actor: Actor) -> Done[int]:
        """Put a receipt's credit on charges."""
        actor.require(MAY_TAKE_PAYMENT)
        with self._records.write(actor, "billing.allocate", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["entry_id"], N_("The credit was put on the charges."))
            credit = queries.credit_of_receipt(work, command.receipt_id)
            if credit is None:
                raise NothingToPost
            if command.allocations is None:
                placed = self._oldest(work, credit.amount_minor, credit.party, credit.patient_id)
            else:
                placed = self._placed(work, command.allocations, credit.party)
            total = sum(part for _, part in placed)
            if not placed:
                raise NothingToPost
            if not 0 < total <= credit.amount_minor:
                raise WrongAmount(most=self._money(credit.amount_minor), field="amount")
            draft = allocation_entry(
                command.receipt_id, credit.party, credit.patient_id, placed, work.today
            )
            entry_id = self._ledger.post(work, replace(draft, key=command.key))
            work.record(
                "receipt",
                command.receipt_id,
                patient_id=credit.patient_id,
                category="financial",
                after={"entry": entry_id, "amount_minor": total},
            )
            work.remember({"entry_id": entry_id})
        return Done(entry_id, N_("{amount} was put on charges."), {"amount": self._money(total)})

    def refund(self, command: Refund, actor: Actor) -> Done[int]:
        """Pay unapplied credit of a receipt back."""
        actor.require(MAY_REFUND)
        with self._records.write(actor, "billing.refund", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["entry_id"], N_("The refund is posted."))
            credit = queries.credit_of_receipt(work, command.receipt_id)
            if command.method not in MONEY_ACCOUNTS:
                raise UnknownMethod(field="method")
            if credit is None:
                raise NothingToPost
            if not 0 < command.amount_minor <= credit.amount_minor:
                raise WrongAmount(most=self._money(credit.amount_minor), field="amount")
            draft = refund_entry(
                command.receipt_id,
                credit.party,
                credit.patient_id,
                command.amount_minor,
                work.today,
                method=command.method,
                reason=command.reason,
            )
            entry_id = self._ledger.post(work, replace(draft, key=command.key))
            self._note_money(work, command.receipt_id, credit.patient_id, entry_id, command.reason)
            work.remember({"entry_id": entry_id})
        fields = {"amount": self._money(command.amount_minor)}
        return Done(entry_id, N_("{amount} is refunded."), fields)

    def take_back(self, command: TakeBack, actor: Actor) -> Done[int]:
        """Post that a payer reclaimed a payment; the charge is open again."""
        actor.require(MAY_REFUND)
        with self._records.write(actor, "billing.take_back", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["entry_id"], N_("The take-back is posted."))
            charge = queries.charge_row(work, command.charge_id)
            receipt = queries.receipt_row(work, command.receipt_id)
            party = (receipt.party_kind, receipt.party_id)
            paid = dict(queries.payments_on(work, command.charge_id, party))
            most = paid.get(command.receipt_id, 0)
            if not 0 < command.amount_minor <= most:
                raise WrongAmount(most=self._money(most), field="amount")
            owed = Receivable(charge.id, charge.patient_id, party, charge.provider_id)
            draft = take_back_entry(
                owed, command.receipt_id, command.amount_minor, command.reason, work.today
            )
            entry_id = self._ledger.post(work, replace(draft, key=command.key))
            self._note_money(work, command.receipt_id, charge.patient_id, entry_id, command.reason)
            work.remember({"entry_id": entry_id})
        fields = {"amount": self._money(command.amount_minor)}
        return Done(entry_id, N_("{amount} was taken back by the insurer."), fields)

    def bounce(self, command: Bounce, actor: Actor) -> Done[int]:
        """Post that a receipt came back unpaid: what it paid is open again.

        Raises:
            CashCannotReturn: it was paid in cash.
            PartlyGivenBack: the bank takes back all of it, and not all of it is here.
        """
        actor.require(MAY_REFUND)
        with self._records.write(actor, "billing.bounce", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["entry_id"], N_("The returned payment is posted."))
            receipt = queries.receipt_row(work, command.receipt_id)
            mirrored = queries.receipt_postings(work, command.receipt_id)
            if not mirrored:
                raise NothingToPost
            if receipt.method == "cash":
                raise CashCannotReturn
            gone = receipt.amount_minor + sum(posting.amount_minor for posting in mirrored)
            if gone:
                raise PartlyGivenBack(amount=self._money(gone))
            draft = bounce_entry(
                mirrored, command.receipt_id, receipt.method, command.reason, work.today
            )
            entry_id = self._ledger.post(work, replace(draft, key=command.key))
            if command.fee is not None and receipt.patient_id is not None:
                self._charge_fee(work, receipt.patient_id, command.fee, command.key)
            self._note_money(work, command.receipt_id, receipt.patient_id, entry_id, command.reason)
            work.remember({"entry_id": entry_id})
        fields = {"number": receipt.number}
        return Done(entry_id, N_("Receipt {number} came back unpaid."), fields)

    def _take(
        self,
        work: UnitOfWork,
        patient_id: int,
        payment: Payment,
        key: str,
        first: frozenset[int] = frozenset(),
    ) -> Taken:
        if payment.amount_minor <= 0:
            raise NothingToPost(field="amount")
        if payment.method not in MONEY_ACCOUNTS:
            raise UnknownMethod(field="method")
        party = payment.party or (
            "guarantor",
            queries.guarantor_on(work, patient_id, work.today),
        )
        if payment.allocations is None:
            placed = self._oldest(work, payment.amount_minor, party, patient_id, first)
        else:
            placed = self._placed(work, payment.allocations, party)
            if sum(part for _, part in placed) > payment.amount_minor:
                raise WrongAmount(most=self._money(payment.amount_minor), field="allocations")
        receipt = self._ledger.new_receipt(
            work,
            ReceiptDraft(
                work.today,
                payment.method,
                payment.amount_minor,
                party[0],
                party[1],
                patient_id,
                payment.reference,
                payment.till,
            ),
        )
        draft = payment_entry(
            payment.amount_minor,
            work.today,
            receipt_id=receipt.id,
            method=payment.method,
            till=payment.till,
            party=party,
            patient_id=patient_id,
            placed=placed,
        )
        entry_id = self._ledger.post(work, replace(draft, key=f"{key}:payment"))
        work.record(
            "receipt",
            receipt.id,
            action="billing.take_payment",
            patient_id=patient_id,
            category="financial",
            after={
                "number": receipt.number,
                "amount_minor": payment.amount_minor,
                "method": payment.method,
            },
        )
        rest = payment.amount_minor - sum(part for _, part in placed)
        return Taken(receipt.id, receipt.number, entry_id, rest)

    def _oldest(
        self,
        reading: Reading,
        amount_minor: int,
        party: tuple[str, int],
        patient_id: int | None,
        first: frozenset[int] = frozenset(),
    ) -> list[tuple[Receivable, int]]:
        """Spread money over what a party owes.

        Charges named come first, then the patient's other ones, then those of the family; of
        each the oldest service. A payer's money pays for this patient only.
        """
        own = () if patient_id is None else queries.same_person(reading, patient_id)
        items = [
            OpenItem(
                Receivable(
                    item.charge_id,
                    item.patient_id,
                    (item.party.kind, item.party.id),
                    item.provider_id,
                ),
                item.service_on,
                item.open_minor,
            )
            for item in queries.open_charges(reading, party=party)
            if party[0] == "guarantor" or item.patient_id in own
        ]
        groups: tuple[list[OpenItem], ...] = ([], [], [])
        for item in items:
            owed = item.receivable
            place = 1 if owed.patient_id in own else 2
            groups[0 if owed.charge_id in first else place].append(item)
        placed: list[tuple[OpenItem, int]] = []
        for group in groups:
            rest = amount_minor - sum(part for _, part in placed)
            placed += oldest_first(rest, group)
        return [(item.receivable, part) for item, part in placed]

    def _placed(
        self, reading: Reading, parts: Sequence[Allocation], party: tuple[str, int]
    ) -> list[tuple[Receivable, int]]:
        placed = []
        for part in parts:
            if part.amount_minor <= 0:
                raise NothingToPost(field="allocations")
            charge = queries.charge_row(reading, part.charge_id)
            owing = queries.owing_as(reading, charge.id, party)
            owed = Receivable(charge.id, charge.patient_id, owing, charge.provider_id)
            placed.append((owed, part.amount_minor))
        return placed

    def _note_money(
        self, work: UnitOfWork, receipt_id: int, patient_id: int | None, entry_id: int, reason: str
    ) -> None:
        work.record(
            "receipt",
            receipt_id,
            patient_id=patient_id,
            category="financial",
            after={"entry": entry_id},
            reason=reason,
        )

    def _taken(self, payment: Payment, taken: Taken, actor: Actor) -> Done[Taken]:
        fields = {"amount": self._money(payment.amount_minor), "number": taken.number}
        return Done(
            taken,
            N_("{amount} taken, receipt {number}."),
            fields,
            undo=lambda: self._undo_payment(taken.entry_id, actor),
        )

    @abstractmethod
    def _undo_payment(self, entry_id: int, actor: Actor) -> Done[int]:
        """Reverse a payment just taken (``correcting``)."""

    @abstractmethod
    def _charge_fee(self, work: UnitOfWork, patient_id: int, line: ChargeLine, key: str) -> None:
        """Charge a fee beside a correction (``charging``)."""

    def _money(self, minor: int) -> Money:
        return Money(minor, self._records.profile.currency)
