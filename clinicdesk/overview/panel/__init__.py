# SPDX-License-Identifier: Apache-2.0
"""The page of the overview."""

from __future__ import annotations

from functools import partial

from clinicdesk.closing.model import MAY_SEE_FINANCIAL_REPORTS
from clinicdesk.desktop.dock import Area, PanelSpec
from clinicdesk.overview.panel.page import OverviewPanel
from clinicdesk.overview.queries import Overview
from clinicdesk.wording.text import N_

PANEL = "overview"

__all__ = ["PANEL", "OverviewPanel", "overview_spec"]


def overview_spec(overview: Overview, key: str = "") -> PanelSpec:
    """Declare the page; the application lists it."""
    return PanelSpec(
        PANEL, N_("Overview"), "layout-dashboard", Area.PAGE, key, MAY_SEE_FINANCIAL_REPORTS,
        partial(OverviewPanel, overview=overview),
    )  # fmt: skip
