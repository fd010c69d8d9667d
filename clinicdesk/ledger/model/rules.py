# SPDX-License-Identifier: Apache-2.0
"""What an entry must be; a rule is one function in one list."""

from __future__ import annotations

from collections.abc import Callable

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.ledger.model.chart import CHART, CREDITS, PACKAGES, RECEIVABLES
from clinicdesk.ledger.model.entries import CAUSES, PARTIES, EntryDraft
from clinicdesk.wording.text import N_

_KNOWN = frozenset(account.number for account in CHART)


class BrokenEntry(ValueError):
    """A draft that breaks a rule: a bug of the caller, never a user's mistake."""


class PeriodClosed(Refusal):
    """The business day lies in a closed period."""

    wording = N_("{day} is closed. Post it today; it will show as an adjustment to that period.")


class TodayClosed(PeriodClosed):
    """The day under way was closed: there is no later day to post to yet."""

    wording = N_(
        "{day} is closed already. A manager can open it again on the page Day end; "
        "nothing was posted."
    )


class AlreadyReversed(Refusal):
    """Each entry is reversed at most once."""

    wording = N_("This entry was reversed already.")


class IsReversal(Refusal):
    """A reversal stands; whoever was wrong to reverse posts the thing anew."""

    wording = N_("This entry is itself a reversal. Post the amount anew instead.")


class ReasonNeeded(Refusal):
    """A correction without a reason tells nobody anything."""

    wording = N_("Give a reason.")


class ReceivableOverpaid(Refusal):
    """More would be taken off a charge than is open."""

    wording = N_("That is more than is still open on the charge. Take at most what is open.")


class CreditOverdrawn(Refusal):
    """More would be used of a receipt than is left."""

    wording = N_("That is more than is left of the receipt. Use at most what is left.")


class NotOnCharge(Refusal):
    """More would be taken off a charge's payments than a receipt put on it."""

    wording = N_("That is more than this receipt still pays on the charge.")


def _sums_to_zero(draft: EntryDraft) -> str | None:
    total = sum(posting.amount_minor for posting in draft.postings)
    return None if draft.postings and total == 0 else f"postings sum to {total}"


def _amounts_are_whole(draft: EntryDraft) -> str | None:
    wrong = [p for p in draft.postings if type(p.amount_minor) is not int or p.amount_minor == 0]
    return f"amounts {[p.amount_minor for p in wrong]}" if wrong else None


def _accounts_are_known(draft: EntryDraft) -> str | None:
    unknown = {posting.account for posting in draft.postings} - _KNOWN
    return f"accounts {sorted(unknown)}" if unknown else None


def _causes_are_given(draft: EntryDraft) -> str | None:
    unknown = {posting.cause for posting in draft.postings} - CAUSES
    return f"causes {sorted(unknown)}" if unknown else None


def _parties_are_whole(draft: EntryDraft) -> str | None:
    for posting in draft.postings:
        if (posting.party_kind is None) != (posting.party_id is None):
            return "half a party"
        if posting.party_kind is not None and posting.party_kind not in PARTIES:
            return f"party {posting.party_kind}"
    return None


def _receivables_name_who_and_what(draft: EntryDraft) -> str | None:
    for posting in draft.postings:
        whole = posting.charge_id and posting.patient_id and posting.party_kind
        if posting.account in RECEIVABLES and not whole:
            return f"receivable {posting.account} without charge, patient or party"
    return None


def _credits_name_receipt_and_owner(draft: EntryDraft) -> str | None:
    for posting in draft.postings:
        if posting.account in CREDITS and not (posting.receipt_id and posting.party_kind):
            return f"credit {posting.account} without receipt or owner"
    return None


def _packages_are_named(draft: EntryDraft) -> str | None:
    loose = any(p.account == PACKAGES and p.package_id is None for p in draft.postings)
    return "a package posting without package" if loose else None


ENTRY_RULES: tuple[Callable[[EntryDraft], str | None], ...] = (
    _sums_to_zero,
    _amounts_are_whole,
    _accounts_are_known,
    _causes_are_given,
    _parties_are_whole,
    _receivables_name_who_and_what,
    _credits_name_receipt_and_owner,
    _packages_are_named,
)


def validate(draft: EntryDraft) -> None:
    """Raise ``BrokenEntry`` naming the first broken rule."""
    for rule in ENTRY_RULES:
        fault = rule(draft)
        if fault:
            raise BrokenEntry(f"{draft.kind}: {fault}")
