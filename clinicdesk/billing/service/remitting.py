# SPDX-License-Identifier: Apache-2.0
"""An insurer's payment with its explanation: paid, given up by contract, left to the patient."""

from __future__ import annotations

from dataclasses import dataclass, replace

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    MAY_TAKE_PAYMENT,
    MAY_WRITE_OFF,
    MONEY_ACCOUNTS,
    NothingToPost,
    PostRemittance,
    Receivable,
    RemittanceLine,
    Settled,
    UnknownMethod,
    WrongAmount,
    payment_entry,
    settlement_entries,
)
from clinicdesk.billing.service.correcting import CorrectingDesk
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.ledger.model import EntryDraft, ReceiptDraft
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class Remitted:
    """A remittance that was posted.

    Attributes:
        receipt_id: None where the insurer paid nothing.
        entry_ids: in order: the payment, then what was given up and moved.
    """

    receipt_id: int | None
    number: str
    entry_ids: tuple[int, ...]
    unapplied_minor: int


class RemittingDesk(CorrectingDesk):
    """What insurers send."""

    def post_remittance(self, command: PostRemittance, actor: Actor) -> Done[Remitted]:
        """Post a remittance, all of it or nothing.

        Raises:
            WrongAmount: the lines take more than came, or more than is open on a charge.
        """
        actor.require(MAY_TAKE_PAYMENT)
        actor.require(MAY_WRITE_OFF)
        self._sound(command)
        with self._records.write(actor, "billing.remittance", command.key) as work:
            if work.earlier is not None:
                known = work.earlier
                entry_ids = tuple(known["entry_ids"])
                done = Remitted(
                    known["receipt_id"], known["number"], entry_ids, known["unapplied_minor"]
                )
            else:
                done = self._remit(work, command)
                work.remember(
                    {
                        "receipt_id": done.receipt_id,
                        "number": done.number,
                        "entry_ids": list(done.entry_ids),
                        "unapplied_minor": done.unapplied_minor,
                    }
                )
        fields = {"amount": self._money(command.amount_minor), "number": done.number}
        wording = N_("{amount} from the insurer posted, receipt {number}.")
        if done.receipt_id is None:
            wording = N_("The insurer's answer is posted; it paid nothing.")
        return Done(done, wording, fields)

    def _sound(self, command: PostRemittance) -> None:
        paid = sum(line.paid_minor for line in command.lines)
        amounts = [
            minor
            for line in command.lines
            for minor in (line.paid_minor, line.contractual_minor, line.patient_minor)
        ]
        if min((*amounts, command.amount_minor)) < 0 or paid > command.amount_minor:
            raise WrongAmount(most=self._money(command.amount_minor), field="lines")
        if not any(amounts) and not command.amount_minor:
            raise NothingToPost(field="amount")
        if command.amount_minor and command.method not in MONEY_ACCOUNTS:
            raise UnknownMethod(field="method")

    def _remit(self, work: UnitOfWork, command: PostRemittance) -> Remitted:
        party = ("payer", command.payer_id)
        settled = [self._settled(work, line, party) for line in command.lines]
        patients = {line.owed.patient_id for line in settled}
        patient_id = next(iter(patients)) if len(patients) == 1 else None
        drafts: list[EntryDraft] = []
        receipt_id, number = None, ""
        if command.amount_minor:
            receipt = self._ledger.new_receipt(
                work,
                ReceiptDraft(
                    work.today,
                    command.method,
                    command.amount_minor,
                    party[0],
                    party[1],
                    patient_id,
                    command.reference,
                ),
            )
            receipt_id, number = receipt.id, receipt.number
            drafts.append(
                payment_entry(
                    command.amount_minor,
                    work.today,
                    receipt_id=receipt.id,
                    method=command.method,
                    till="desk",
                    party=party,
                    patient_id=patient_id,
                    placed=[(line.owed, line.paid_minor) for line in settled if line.paid_minor],
                )
            )
        drafts += settlement_entries(settled, work.today)
        entry_ids = self._ledger.post_many(
            work, [replace(d, key=f"{command.key}:{n}") for n, d in enumerate(drafts)]
        )
        for line in settled:
            work.record(
                "charge",
                line.owed.charge_id,
                patient_id=line.owed.patient_id,
                category="financial",
                after={
                    "paid_minor": line.paid_minor,
                    "contractual_minor": line.contractual_minor,
                    "patient_minor": line.share_minor,
                },
                reason=line.reason,
            )
        if not settled:
            work.record("receipt", receipt_id, category="financial", after={"number": number})
        paid = sum(line.paid_minor for line in settled)
        return Remitted(receipt_id, number, tuple(entry_ids), command.amount_minor - paid)

    def _settled(self, work: UnitOfWork, line: RemittanceLine, party: tuple[str, int]) -> Settled:
        charge = queries.charge_row(work, line.charge_id)
        owed = Receivable(charge.id, charge.patient_id, party, charge.provider_id)
        most = queries.open_on(work, charge.id, party)
        if line.paid_minor + line.contractual_minor + line.patient_minor > most:
            raise WrongAmount(most=self._money(most), field="lines")
        return Settled(
            owed,
            line.paid_minor,
            line.contractual_minor,
            line.patient_minor,
            ("guarantor", charge.guarantor_id),
            line.reason,
        )
