# SPDX-License-Identifier: Apache-2.0
"""What is told of an account: all of it, and what a check-out starts with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clinicdesk.billing import queries
from clinicdesk.billing.queries.days import DayOfAccount


@dataclass(frozen=True, slots=True)
class Account:
    """A patient's account.

    Attributes:
        lines: the register, in posting order.
        due_minor: what the guarantor owes on this patient's charges.
        insurer_minor: what payers owe on them.
        credit_minor: money held and not on any charge.
        aging: the guarantor's part by age.
        family: everybody on the guarantor's account, with their part of it.
        guarantor_ids: all records of the guarantor, where some were merged.
        packages: prepaid ones of this patient; ``plan`` the guarantor's instalments.
    """

    patient_id: int
    guarantor_id: int
    lines: tuple[queries.AccountLine, ...]
    open: tuple[queries.OpenCharge, ...]
    credits: tuple[queries.CreditRow, ...]
    due_minor: int
    insurer_minor: int
    credit_minor: int
    aging: queries.AgingBuckets
    family: tuple[queries.FamilyMember, ...] = ()
    packages: tuple[queries.PackageRow, ...] = ()
    plan: queries.PlanRow | None = None
    guarantor_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What check-out starts with.

    Attributes:
        lines: services the visit proposes, with today's prices; none if it is charged already.
        due_minor: what the guarantor owes before these.
        day: what today did to the account so far; its balance is what is owed less what is held.
        insured: whether new charges go to an insurer first.
    """

    patient_id: int
    name: str
    chart_number: str
    visit_id: int | None
    provider_id: int
    service_on: date
    lines: tuple[queries.FeeRow, ...]
    due_minor: int
    insured: bool
    providers: tuple[tuple[int, str, str], ...]
    day: DayOfAccount
