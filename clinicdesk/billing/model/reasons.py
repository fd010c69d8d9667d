# SPDX-License-Identifier: Apache-2.0
"""Why an amount on a charge is changed without money. The reason decides cause, account and sign.

What a contract gives up, what the clinic gives up, and what was never collectable are kept on
accounts of their own, so that a report can tell them apart (standards.md §1.1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from clinicdesk.ledger.model import chart
from clinicdesk.wording.text import N_


@dataclass(frozen=True, slots=True)
class Reason:
    """A typed reason of an adjustment.

    Attributes:
        key: kept on the posting.
        title: English, marked.
        cause: of the postings.
        account: the other side of the receivable.
        raises: it adds to what is owed.
    """

    key: str
    title: str
    cause: str
    account: str
    raises: bool = False


_ALL = (
    Reason("contractual", N_("Contract with the insurer"), "contractual", chart.CONTRACTUAL),
    Reason("discount", N_("Discount"), "discount", chart.DISCOUNTS),
    Reason("prompt_payment", N_("Prompt payment"), "discount", chart.DISCOUNTS),
    Reason("courtesy", N_("Professional courtesy"), "discount", chart.DISCOUNTS),
    Reason("charity", N_("Hardship"), "write-off", chart.CHARITY),
    Reason("bad_debt", N_("Bad debt"), "write-off", chart.BAD_DEBT),
    Reason("small_balance", N_("Small balance"), "write-off", chart.ADMIN_WRITE_OFF),
    Reason("filed_late", N_("Filed too late"), "write-off", chart.ADMIN_WRITE_OFF),
    Reason("not_authorised", N_("No prior approval"), "write-off", chart.ADMIN_WRITE_OFF),
    Reason("office", N_("Office error"), "write-off", chart.ADMIN_WRITE_OFF),
    Reason(
        "office_more", N_("Charged too little"), "adjustment", chart.ADMIN_WRITE_OFF, raises=True
    ),
    Reason("interest", N_("Late charge"), "interest", chart.ADMIN_FEES, raises=True),
    Reason("recovery", N_("Bad debt recovered"), "write-off", chart.BAD_DEBT, raises=True),
)
REASONS: Mapping[str, Reason] = MappingProxyType({reason.key: reason for reason in _ALL})
