# SPDX-License-Identifier: Apache-2.0
"""The roster: everybody's week, planned, published and asked for."""

from __future__ import annotations

from clinicdesk.staff.panel.week import ROSTER_ACTIONS, RosterPanel

__all__ = ["ROSTER_ACTIONS", "RosterPanel"]
