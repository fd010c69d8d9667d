# SPDX-License-Identifier: Apache-2.0
"""What a person may choose about taking money at this desk."""

from __future__ import annotations

from typing import Final

from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_

PRINT_RECEIPT: Final = Setting(
    "billing.print_receipt", True, N_("Whether a receipt is printed when a payment is taken.")
)
