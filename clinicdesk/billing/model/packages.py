# SPDX-License-Identifier: Apache-2.0
"""Prepaid packages: a liability when sold, income when used. Pure.

A sale on account owes the price without earning it. Each use charges its unit like any service,
and the liability pays that charge in the same entry; so production stands in the month of the
work, and what is left of the liability is what was paid and not yet given.
"""

from __future__ import annotations

from datetime import date

from clinicdesk.billing.model.drafts import Receivable, charge_entry
from clinicdesk.kernel.money import share
from clinicdesk.ledger.model import EntryDraft, PostingDraft, chart

SALE_CODE = "PACKAGE"


def unit_values(price_minor: int, units: int) -> tuple[int, ...]:
    """Return what each unit of a package is worth; together exactly its price."""
    return share(price_minor, [1] * units)


def sale_entry(owed: Receivable, package_id: int, price_minor: int, on: date) -> EntryDraft:
    """Debit the receivable, credit the liability; nothing is earned yet."""
    return EntryDraft(
        "package",
        on,
        (
            owed.posting(price_minor, "package", package_id=package_id),
            _liability(owed, package_id, -price_minor),
        ),
    )


def use_entry(owed: Receivable, package_id: int, unit_minor: int, on: date) -> EntryDraft:
    """Charge a unit and let the liability pay it."""
    charged = charge_entry(owed, unit_minor, on)
    return EntryDraft(
        "package_use",
        on,
        (
            *charged.postings,
            _liability(owed, package_id, unit_minor),
            owed.posting(-unit_minor, "package", package_id=package_id),
        ),
    )


def _liability(owed: Receivable, package_id: int, amount_minor: int) -> PostingDraft:
    """The package names what it is for; the charge stands on the receivable's posting."""
    return PostingDraft(
        chart.PACKAGES,
        amount_minor,
        "package",
        patient_id=owed.patient_id,
        party_kind=owed.party[0],
        party_id=owed.party[1],
        package_id=package_id,
        provider_id=owed.provider_id,
    )
