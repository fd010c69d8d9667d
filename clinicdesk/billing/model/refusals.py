# SPDX-License-Identifier: Apache-2.0
"""Rules of billing that say no."""

from __future__ import annotations

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_


class NothingToPost(Refusal):
    """The command holds no amount."""

    wording = N_("There is nothing to post. Enter an amount.")


class NoSuchPaper(Refusal):
    """The paper is not there."""

    wording = N_("There is no such paper.")


class WrongAmount(Refusal):
    """An amount that is zero, negative, or more than there is."""

    wording = N_("Enter an amount above zero and at most {most}.")


class WrongLine(Refusal):
    """A charge line that cannot be."""

    wording = N_("A service needs one unit or more and a price of zero or more.")


class NotYet(Refusal):
    """A service in the future."""

    wording = N_("{day} is in the future. Charge a service on its day or later.")


class UnknownReason(Refusal):
    """A reason that is not in the list, or not for this."""

    wording = N_("Choose a reason from the list.")


class UnknownTaxCode(Refusal):
    """A tax code without a rate on the day of service."""

    wording = N_("The tax code {code} has no rate on {day}.")


class UnknownMethod(Refusal):
    """A method of payment that leads to no account."""

    wording = N_("Choose how it is paid.")


class CashCannotReturn(Refusal):
    """Only what a bank pays can come back unpaid."""

    wording = N_("Cash does not come back unpaid.")


class PartlyGivenBack(Refusal):
    """A receipt of which a part was refunded or taken back already."""

    wording = N_("{amount} of this receipt was given back already. Reverse that first.")


class OthersStandOnIt(Refusal):
    """A reversal that would leave a charge overpaid or a receipt overdrawn."""

    wording = N_("Later entries stand on this one. Reverse those first, the newest first.")


class PackageUsedUp(Refusal):
    """No unit is left, or the last day has passed."""

    wording = N_("Nothing is left of this package.")


class PlanTooLarge(Refusal):
    """A plan covers at most what is owed."""

    wording = N_("The plan is for more than the {most} that are owed.")
