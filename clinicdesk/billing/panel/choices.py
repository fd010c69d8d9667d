# SPDX-License-Identifier: Apache-2.0
"""What a person may choose about taking money at this desk."""

from __future__ import annotations

from typing import Final

from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_

PRINT_RECEIPT: Final = Setting(
    "billing.print_receipt", True, N_("Whether a receipt is printed when a payment is taken.")
)
RECEIPT_PAPER: Final = Setting(
    "billing.receipt_paper", "a5", N_("What receipts are printed on: A5 or the 80 mm roll.")
)
STATEMENT_PAPER: Final = Setting(
    "billing.statement_paper", "", N_("What statements are printed on; the country's by default.")
)
RECEIPT_PAPERS: Final = (("a5", N_("A5")), ("roll_80", N_("80 mm roll")), ("a4", N_("A4")))
STATEMENT_PAPERS: Final = (
    ("", N_("As usual in the country")), ("a4", N_("A4")), ("letter", N_("Letter")),
)  # fmt: skip
