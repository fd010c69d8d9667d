# SPDX-License-Identifier: Apache-2.0
"""Day end and month end as PDF, JSON and CSV, all from the same frozen rows."""

from __future__ import annotations

from clinicdesk.closing.reports.catalogue import BY_NAME, REPORTS, Report
from clinicdesk.closing.reports.day import day_end_pdf
from clinicdesk.closing.reports.machine import (
    month_end_csv,
    month_end_json,
    report_csv,
    report_json,
)
from clinicdesk.closing.reports.paper import month_end_pdf, report_pdf

__all__ = [
    "BY_NAME",
    "REPORTS",
    "Report",
    "day_end_pdf",
    "month_end_csv",
    "month_end_json",
    "month_end_pdf",
    "report_csv",
    "report_json",
    "report_pdf",
]
