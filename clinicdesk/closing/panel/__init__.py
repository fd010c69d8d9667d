# SPDX-License-Identifier: Apache-2.0
"""The pages of closing: a day's end, and the month with its paper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from clinicdesk.closing.model import MAY_CLOSE_MONTH, MAY_SEE_FINANCIAL_REPORTS
from clinicdesk.closing.model.day import MAY_CLOSE_DAY, MAY_REOPEN
from clinicdesk.closing.panel.day_end import CLOSE, PRINT, REOPEN, DayEndPanel
from clinicdesk.closing.panel.day_end import PANEL as DAY_PANEL
from clinicdesk.closing.panel.month_end import MonthEndPanel
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.desktop.room import Room
from clinicdesk.wording.text import N_

PANEL = "month_end"
ACTIONS = (
    ActionSpec(
        "closing.month_report", N_("&Month report…"), "reports", ("Ctrl+Shift+M",), "file-text",
        MAY_SEE_FINANCIAL_REPORTS, PANEL, N_("month end, financial report, proof"),
    ),
    ActionSpec(
        "closing.print", N_("&Print the report…"), "reports", ("Ctrl+P",), "printer",
        MAY_SEE_FINANCIAL_REPORTS, PANEL,
    ),
    ActionSpec(
        "closing.save", N_("&Save the report…"), "reports", (), "file-down",
        MAY_SEE_FINANCIAL_REPORTS, PANEL, N_("export, CSV, JSON, PDF"),
    ),
    ActionSpec(
        "closing.close_month", N_("&Close the month…"), "reports", (), "lock",
        MAY_CLOSE_MONTH, PANEL, N_("seal, period, sign off"), section=6,
    ),
    ActionSpec(
        "closing.reopen_month", N_("Open the month a&gain…"), "reports", (), "unlock",
        MAY_REOPEN, PANEL, N_("reopen, unseal"), section=6,
    ),
)  # fmt: skip

DAY_ACTIONS = (
    ActionSpec(
        CLOSE, N_("Close the &day"), "reports", ("Ctrl+Shift+D",), "vault",
        MAY_CLOSE_DAY, DAY_PANEL, N_("till, cash up, count, deposit, end of day"), section=4,
    ),
    ActionSpec(
        PRINT, N_("Print the d&ay report…"), "reports", ("Ctrl+P",), "printer",
        MAY_CLOSE_DAY, DAY_PANEL, N_("day end, deposit slip"), section=4,
    ),
    ActionSpec(
        REOPEN, N_("&Open the day again…"), "reports", (), "unlock",
        MAY_REOPEN, DAY_PANEL, section=4,
    ),
)  # fmt: skip

__all__ = ["ACTIONS", "PANEL", "DayEndPanel", "MonthEndPanel", "day_end_spec", "month_end_spec"]


def month_end_spec(closing: Closing, key: str = "") -> PanelSpec:
    """Declare the page; the application lists it."""
    factory: Callable[[Room], MonthEndPanel] = partial(MonthEndPanel, closing=closing)
    return PanelSpec(
        PANEL, N_("Reports"), "chart-column", Area.PAGE, key, MAY_SEE_FINANCIAL_REPORTS, factory,
        ACTIONS,
    )  # fmt: skip


def day_end_spec(closing: Closing, key: str = "") -> PanelSpec:
    """Declare the page of a day's end; the application lists it."""
    return PanelSpec(
        DAY_PANEL, N_("Day end"), "vault", Area.PAGE, key, MAY_CLOSE_DAY,
        partial(DayEndPanel, closing=closing), DAY_ACTIONS,
    )  # fmt: skip
