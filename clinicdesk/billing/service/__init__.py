# SPDX-License-Identifier: Apache-2.0
"""The use cases of billing. Any thread; each writing method is one transaction.

``charging`` posts charges and checks visits out, ``money`` takes and moves payments,
``remitting`` posts what insurers send, ``correcting`` gives up, transfers and reverses,
``agreeing`` sells packages and agrees plans, ``pricing`` sets fees and tax, ``looking`` reads
accounts and issues papers,
``writing`` words them, ``surveying`` reads many accounts at once; ``history`` takes in what
was charged elsewhere.
"""

from clinicdesk.billing.service.account import Account, Proposal
from clinicdesk.billing.service.agreeing import AgreeingDesk, Sold
from clinicdesk.billing.service.charging import CheckedOut
from clinicdesk.billing.service.looking import LookingDesk
from clinicdesk.billing.service.money import Taken
from clinicdesk.billing.service.pricing import PricesTaken, PricingDesk
from clinicdesk.billing.service.remitting import Remitted, RemittingDesk
from clinicdesk.billing.service.surveying import SurveyingDesk


class Billing(AgreeingDesk, RemittingDesk, PricingDesk, LookingDesk, SurveyingDesk):
    """Billing, as reception, billers and other departments use it."""


__all__ = [
    "Account",
    "Billing",
    "CheckedOut",
    "PricesTaken",
    "Proposal",
    "Remitted",
    "Sold",
    "Taken",
]
