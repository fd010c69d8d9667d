# SPDX-License-Identifier: Apache-2.0
"""What may be asked of billing. Amounts are integer minor units; every command has a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from clinicdesk.kernel.actors import Permission
from clinicdesk.kernel.identity import new_key
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

MAY_VIEW = Permission("billing.view", N_("See accounts"))
MAY_CHARGE = Permission("billing.charge", N_("Post charges"))
MAY_TAKE_PAYMENT = Permission("billing.take_payment", N_("Take payments"))
MAY_REFUND = Permission("billing.refund", N_("Refund money"))
MAY_WRITE_OFF = Permission("billing.write_off", N_("Adjust and write off"))
MAY_REVERSE = Permission("billing.reverse", N_("Reverse posted entries"))
MAY_REVERSE_OWN_TODAY = Permission("billing.reverse_own_today", N_("Reverse own entries of today"))
MAY_EDIT_FEES = Permission("billing.fees", N_("Edit the fee schedule"))


class NothingToPost(Refusal):
    """The command holds no amount."""

    wording = N_("There is nothing to post. Enter an amount.")


class WrongAmount(Refusal):
    """An amount that is zero, negative, or more than there is."""

    wording = N_("Enter an amount above zero and at most {most}.")


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One service.

    Attributes:
        unit_minor: fee of one unit.
        tax_minor: tax of the line; never production.
        party: ("guarantor", patient id) or ("payer", payer id); None takes the rank-1 coverage's
            payer, else the guarantor.
    """

    code: str
    description: str
    unit_minor: int
    provider_id: int
    units: int = 1
    modifiers: str = ""
    diagnoses: str = ""
    tax_minor: int = 0
    tax_code: str | None = None
    party: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class PostCharges:
    """Charge services to a patient.

    Attributes:
        service_on: when the work was done; the business day is today.
    """

    patient_id: int
    service_on: date
    lines: tuple[ChargeLine, ...]
    visit_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a receipt for one charge."""

    charge_id: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Payment:
    """Money handed over.

    Attributes:
        allocations: None puts it on the oldest open charges of the same party first; what is
            left rests as that party's credit.
        party: who pays; None is the patient's guarantor.
    """

    amount_minor: int
    method: str
    reference: str = ""
    till: str = "desk"
    party: tuple[str, int] | None = None
    allocations: tuple[Allocation, ...] | None = None


@dataclass(frozen=True, slots=True)
class TakePayment:
    """Take money for a patient's account."""

    patient_id: int
    payment: Payment
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class CheckOut:
    """Charges and payment of a visit, posted together or not at all."""

    patient_id: int
    service_on: date
    lines: tuple[ChargeLine, ...]
    payment: Payment | None = None
    visit_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Allocate:
    """Put a receipt's unapplied credit on charges."""

    receipt_id: int
    allocations: tuple[Allocation, ...]
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Take an amount off a charge without money.

    Attributes:
        cause: contractual, discount, adjustment or write-off; the reason decides the account.
        reason: key of a typed reason.
    """

    charge_id: int
    party: tuple[str, int]
    amount_minor: int
    cause: str
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Move responsibility for an open amount to another party."""

    charge_id: int
    source: tuple[str, int]
    target: tuple[str, int]
    amount_minor: int
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Refund:
    """Pay unapplied credit of a receipt back."""

    receipt_id: int
    amount_minor: int
    method: str
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A payer reclaims what it paid on a charge."""

    charge_id: int
    receipt_id: int
    amount_minor: int
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Bounce:
    """A cheque or card payment came back unpaid."""

    receipt_id: int
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class ReverseEntry:
    """Post the mirror of an entry, today."""

    entry_id: int
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SaveFee:
    """Set a service's price from a day on; the earlier price ends the day before."""

    code: str
    description: str
    amount_minor: int
    from_on: date
    key: str = field(default_factory=new_key)
