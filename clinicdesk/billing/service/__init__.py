# SPDX-License-Identifier: Apache-2.0
"""The use cases of billing. Any thread; each writing method is one transaction.

``charging`` posts charges and checks visits out, ``money`` takes and moves payments,
``correcting`` gives up, transfers and reverses, ``looking`` reads accounts and issues papers.
"""

from clinicdesk.billing.service.charging import ChargingDesk, CheckedOut
from clinicdesk.billing.service.looking import Account, LookingDesk, Proposal
from clinicdesk.billing.service.money import Taken


class Billing(ChargingDesk, LookingDesk):
    """Billing, as reception, billers and other departments use it."""


__all__ = ["Account", "Billing", "CheckedOut", "Proposal", "Taken"]
