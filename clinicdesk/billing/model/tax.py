# SPDX-License-Identifier: Apache-2.0
"""Tax of a line, and the part of a payment that is income. Pure.

Tax is owed by whoever pays and never the clinic's: neither production nor income.
"""

from __future__ import annotations

from decimal import Decimal

from clinicdesk.kernel.money import Rounding, times

_WHOLE = 1_000_000  # rates are parts per million: 190000 is 19 %


def tax_of(amount_minor: int, rate_ppm: int) -> int:
    """Return the tax on an amount, rounded half up once per line."""
    return times(amount_minor, Decimal(rate_ppm) / _WHOLE, Rounding.HALF_UP)


def income_part(applied_minor: int, amount_minor: int, tax_minor: int) -> int:
    """Return the part of money applied to a charge that is not tax.

    Of the running total, never of one payment: the parts of several payments then add up to the
    charge itself, without a unit lost.
    """
    whole = amount_minor + tax_minor
    if not whole:
        return 0
    return times(applied_minor, Decimal(amount_minor) / Decimal(whole), Rounding.HALF_UP)


def income_between(before_minor: int, after_minor: int, amount_minor: int, tax_minor: int) -> int:
    """Return the income that appears while the total applied to a charge goes up or down."""
    return income_part(after_minor, amount_minor, tax_minor) - income_part(
        before_minor, amount_minor, tax_minor
    )
