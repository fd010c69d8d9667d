# SPDX-License-Identifier: Apache-2.0
"""What one may be allowed to do in billing."""

from __future__ import annotations

from clinicdesk.kernel.actors import Permission
from clinicdesk.wording.text import N_

MAY_VIEW = Permission("billing.view", N_("See accounts"))
MAY_CHARGE = Permission("billing.charge", N_("Post charges"))
MAY_TAKE_PAYMENT = Permission("billing.take_payment", N_("Take payments"))
MAY_REFUND = Permission("billing.refund", N_("Refund money"))
MAY_WRITE_OFF = Permission("billing.write_off", N_("Adjust and write off"))
MAY_REVERSE = Permission("billing.reverse", N_("Reverse posted entries"))
MAY_REVERSE_OWN_TODAY = Permission("billing.reverse_own_today", N_("Reverse own entries of today"))
MAY_EDIT_FEES = Permission("billing.fees", N_("Edit the fee schedule"))
MAY_SEE_FINANCIAL = Permission("reports.financial", N_("See financial reports"))
