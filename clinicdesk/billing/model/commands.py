# SPDX-License-Identifier: Apache-2.0
"""What may be asked of billing. Amounts are integer minor units; every command has a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from clinicdesk.kernel.identity import new_key


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """One service.

    Attributes:
        unit_minor: fee of one unit.
        tax_minor: tax of the line; never production. With a tax code and no tax given, the
            code's rate on the day of service decides.
        party: ("guarantor", patient id) or ("payer", payer id); None takes the rank-1 coverage's
            payer, else the guarantor.
        income: service, retail or fee: what is earned.
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
    income: str = "service"


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
        this_visit_first: at check-out, the visit's own charges come before older ones.
    """

    amount_minor: int
    method: str
    reference: str = ""
    till: str = "desk"
    party: tuple[str, int] | None = None
    allocations: tuple[Allocation, ...] | None = None
    this_visit_first: bool = False


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
    """Put a receipt's unapplied credit on charges.

    Attributes:
        allocations: None puts it on the oldest open charges of its owner first.
    """

    receipt_id: int
    allocations: tuple[Allocation, ...] | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class WriteOff:
    """Take an amount off a charge without money.

    Attributes:
        cause: that of the reason.
        reason: key of ``REASONS``; it decides cause and account.
    """

    charge_id: int
    party: tuple[str, int]
    amount_minor: int
    cause: str
    reason: str
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class Adjust:
    """Change what is owed on a charge without money, up or down as the reason says.

    Attributes:
        amount_minor: above zero.
        reason: key of ``REASONS``.
    """

    charge_id: int
    party: tuple[str, int]
    amount_minor: int
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
    """A cheque or card payment came back unpaid.

    Attributes:
        fee: charged to the patient in the same transaction, e.g. the bank's own.
    """

    receipt_id: int
    reason: str
    fee: ChargeLine | None = None
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
    tax_code: str | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SaveTaxCode:
    """Set a tax code. A new rate is a new code, since papers name it; past charges keep theirs.

    Attributes:
        rate_ppm: parts per million: 190000 is 19 %.
        kind: standard, reduced, zero, exempt or out_of_scope.
    """

    code: str
    name: str
    rate_ppm: int
    from_on: date
    kind: str = "standard"
    wording: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class RemittanceLine:
    """What an insurer says about one charge.

    Attributes:
        contractual_minor: given up by contract.
        patient_minor: falls to the patient's guarantor.
        reason: why it does, e.g. copayment or deductible.
    """

    charge_id: int
    paid_minor: int
    contractual_minor: int = 0
    patient_minor: int = 0
    reason: str = "copayment"


@dataclass(frozen=True, slots=True)
class PostRemittance:
    """Post an insurer's payment with its explanation, all of it or nothing.

    Attributes:
        amount_minor: received; what no line takes rests as the insurer's credit. Zero where it
            pays nothing and only explains.
    """

    payer_id: int
    amount_minor: int
    lines: tuple[RemittanceLine, ...]
    method: str = "transfer"
    reference: str = ""
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class SellPackage:
    """Sell units of a service in advance, on account or with a payment."""

    patient_id: int
    name: str
    units: int
    price_minor: int
    provider_id: int
    expires_on: date | None = None
    payment: Payment | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class UsePackage:
    """Give one unit of a package; its part of the price is earned."""

    package_id: int
    code: str
    description: str
    provider_id: int
    service_on: date
    visit_id: int | None = None
    key: str = field(default_factory=new_key)


@dataclass(frozen=True, slots=True)
class AgreePlan:
    """Agree on paying what a guarantor owes in instalments."""

    guarantor_id: int
    principal_minor: int
    first_due_on: date
    instalments: int
    every_months: int = 1
    key: str = field(default_factory=new_key)
