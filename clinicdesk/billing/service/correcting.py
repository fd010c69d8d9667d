# SPDX-License-Identifier: Apache-2.0
"""Giving up, moving and reversing what was posted. Corrections are entries; nothing is edited."""

from __future__ import annotations

from dataclasses import replace

from clinicdesk.billing import queries
from clinicdesk.billing.model import (
    MAY_REVERSE,
    MAY_REVERSE_OWN_TODAY,
    MAY_WRITE_OFF,
    REASONS,
    Adjust,
    NothingToPost,
    OthersStandOnIt,
    Reason,
    Receivable,
    ReverseEntry,
    Transfer,
    UnknownReason,
    WriteOff,
    WrongAmount,
    adjustment_entry,
    excess_postings,
    transfer_entry,
)
from clinicdesk.billing.repository import BillingRepository
from clinicdesk.billing.service.money import MoneyDesk
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.outcomes import Done
from clinicdesk.ledger.model import (
    RECEIVABLES,
    CreditOverdrawn,
    EntryDraft,
    NotOnCharge,
    ReceivableOverpaid,
)
from clinicdesk.ledger.model.chart import PACKAGES
from clinicdesk.storage.records import UnitOfWork
from clinicdesk.wording.text import N_

IN_ERROR = "entered_in_error"
_CHARGING = frozenset({"charge", "package", "package_use"})


class CorrectingDesk(MoneyDesk):
    """What is done about amounts that were posted."""

    def write_off(self, command: WriteOff, actor: Actor) -> Done[int]:
        """Take an amount off a charge without money, for a typed reason."""
        reason = REASONS.get(command.reason)
        if reason is None or reason.raises or reason.cause != command.cause:
            raise UnknownReason(field="reason")
        adjust = Adjust(
            command.charge_id, command.party, command.amount_minor, command.reason, command.key
        )
        return self.adjust(adjust, actor)

    def adjust(self, command: Adjust, actor: Actor) -> Done[int]:
        """Change what is owed on a charge without money, up or down as the reason says.

        Raises:
            UnknownReason: it is not in the list.
            WrongAmount: more than is open, or more than was given up before.
        """
        actor.require(MAY_WRITE_OFF)
        reason = REASONS.get(command.reason)
        if reason is None:
            raise UnknownReason(field="reason")
        with self._records.write(actor, "billing.write_off", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["entry_id"], N_("The adjustment is posted."))
            owed = self._receivable(work, command.charge_id, command.party)
            self._within(work, owed, reason, command.amount_minor)
            signed = -command.amount_minor if reason.raises else command.amount_minor
            draft = adjustment_entry(owed, signed, reason.cause, reason.key, work.today)
            entry_id = self._post_recorded(work, draft, owed, reason.key, command.key)
        return Done(
            entry_id,
            N_("{amount} was added to the charge.")
            if reason.raises
            else N_("{amount} was taken off the charge."),
            {"amount": self._money(command.amount_minor)},
            undo=lambda: self.reverse(ReverseEntry(entry_id, IN_ERROR), actor),
        )

    def _within(
        self, work: UnitOfWork, owed: Receivable, reason: Reason, amount_minor: int
    ) -> None:
        if not reason.raises:
            self._at_most_open(work, owed, amount_minor)
        elif reason.key == "recovery":
            most = queries.on_account(work, owed.charge_id, reason.account)
            if not 0 < amount_minor <= most:
                raise WrongAmount(most=self._money(most), field="amount")
        elif amount_minor <= 0:
            raise NothingToPost(field="amount")

    def transfer(self, command: Transfer, actor: Actor) -> Done[int]:
        """Move responsibility for an open amount to another party."""
        actor.require(MAY_WRITE_OFF)
        with self._records.write(actor, "billing.transfer", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["entry_id"], N_("The transfer is posted."))
            owed = self._receivable(work, command.charge_id, command.source)
            self._at_most_open(work, owed, command.amount_minor)
            draft = transfer_entry(
                owed, command.target, command.amount_minor, command.reason, work.today
            )
            entry_id = self._post_recorded(work, draft, owed, command.reason, command.key)
        return Done(
            entry_id,
            N_("{amount} is now owed by another party."),
            {"amount": self._money(command.amount_minor)},
            undo=lambda: self.reverse(ReverseEntry(entry_id, IN_ERROR), actor),
        )

    def reverse(self, command: ReverseEntry, actor: Actor) -> Done[int]:
        """Post the mirror of an entry; whoever posted it today may do so for an error.

        Raises:
            AlreadyReversed: it has a mirror.
            OthersStandOnIt: later entries need it; nothing was changed.
        """
        if not actor.may(MAY_REVERSE):
            actor.require(MAY_REVERSE_OWN_TODAY)
        with self._records.write(actor, "billing.reverse", command.key) as work:
            if work.earlier is not None:
                return Done(work.earlier["entry_id"], N_("The entry is reversed; both lines stay."))
            entry_id = self._reverse(work, command.entry_id, command.reason, command.key)
            work.remember({"entry_id": entry_id})
        return Done(entry_id, N_("The entry is reversed; both lines stay."))

    def _reverse(self, work: UnitOfWork, entry_id: int, reason: str, key: str) -> int:
        """Post the mirror of an entry inside the caller's transaction; return its id."""
        told = queries.entry_summary(work, entry_id)
        if not work.actor.may(MAY_REVERSE) and not (
            told.user_id == work.actor.user_id and told.business_on == work.today
        ):
            work.actor.require(MAY_REVERSE)
        draft = self._ledger.reversal(
            work, entry_id, business_on=work.today, reason=reason, key=key
        )
        self._unused(work, draft)
        try:
            mirror = self._ledger.post_many(work, [draft, *self._excess(work, draft)])[0]
        except (ReceivableOverpaid, CreditOverdrawn, NotOnCharge) as refusal:
            raise OthersStandOnIt from refusal
        patient_id = next((p.patient_id for p in draft.postings if p.patient_id), None)
        charged = {
            p.charge_id
            for p in draft.postings
            if told.kind in _CHARGING and p.charge_id and p.account in RECEIVABLES
        }
        for charge_id in charged:
            BillingRepository(work).mark_reversed(charge_id)
        work.record(
            "entry",
            entry_id,
            action="billing.reverse",
            patient_id=patient_id,
            category="financial",
            after={"reversed_by": mirror},
            reason=reason,
        )
        return mirror

    def _unused(self, work: UnitOfWork, draft: EntryDraft) -> None:
        """A package of which something was used is not unsold."""
        for item in draft.postings:
            if item.account == PACKAGES and item.package_id and item.amount_minor > 0:
                left = queries.package_row(work, item.package_id).left_minor
                if left < item.amount_minor:
                    raise OthersStandOnIt

    def _undo_payment(self, entry_id: int, actor: Actor) -> Done[int]:
        return self.reverse(ReverseEntry(entry_id, IN_ERROR), actor)

    def _excess(self, work: UnitOfWork, draft: EntryDraft) -> list[EntryDraft]:
        """Return the entries that move what a reversal leaves overpaid to the party's credit."""
        shrunk: dict[tuple[int, str, int], int] = {}
        for item in draft.postings:
            if item.account in RECEIVABLES and item.charge_id and item.party_kind:
                key = (item.charge_id, item.party_kind, item.party_id or 0)
                shrunk[key] = shrunk.get(key, 0) + item.amount_minor
        drafts: list[EntryDraft] = []
        for (charge_id, kind, number), change in shrunk.items():
            owed = self._receivable(work, charge_id, (kind, number))
            excess = -(queries.open_on(work, charge_id, owed.party) + change)
            if excess > 0:
                payments = queries.payments_on(work, charge_id, owed.party)
                moved = excess_postings(owed, payments, excess)
                if moved:
                    place = len(drafts)
                    drafts.append(
                        EntryDraft("allocation", work.today, moved, key=f"{draft.key}:{place}")
                    )
        return drafts

    def _receivable(self, work: UnitOfWork, charge_id: int, party: tuple[str, int]) -> Receivable:
        charge = queries.charge_row(work, charge_id)
        return Receivable(charge.id, charge.patient_id, party, charge.provider_id)

    def _at_most_open(self, work: UnitOfWork, owed: Receivable, amount_minor: int) -> None:
        most = queries.open_on(work, owed.charge_id, owed.party)
        if not 0 < amount_minor <= most:
            raise WrongAmount(most=self._money(most), field="amount")

    def _post_recorded(
        self, work: UnitOfWork, draft: EntryDraft, owed: Receivable, reason: str, key: str
    ) -> int:
        entry_id = self._ledger.post(work, replace(draft, key=key))
        work.record(
            "charge",
            owed.charge_id,
            patient_id=owed.patient_id,
            category="financial",
            after={"entry": entry_id, "kind": draft.kind},
            reason=reason,
        )
        work.remember({"entry_id": entry_id})
        return entry_id
