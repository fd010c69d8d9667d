# SPDX-License-Identifier: Apache-2.0
"""The month end as PDF, JSON and CSV, all from the same frozen rows."""

from __future__ import annotations

from clinicdesk.closing.reports.machine import month_end_csv, month_end_json
from clinicdesk.closing.reports.paper import month_end_pdf

__all__ = ["month_end_csv", "month_end_json", "month_end_pdf"]
