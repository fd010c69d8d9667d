# SPDX-License-Identifier: Apache-2.0
"""The roster: everybody's week, planned, published and asked for; the staff as a list."""

from __future__ import annotations

from clinicdesk.staff.panel.page import RosterPanel
from clinicdesk.staff.panel.specs import ROSTER_ACTIONS, roster_spec

__all__ = ["ROSTER_ACTIONS", "RosterPanel", "roster_spec"]
