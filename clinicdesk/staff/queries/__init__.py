# SPDX-License-Identifier: Apache-2.0
"""Reads of the staff room: people, open hours, the planned week, requests, hours worked."""

from __future__ import annotations

from clinicdesk.staff.queries.hours import (
    Provider,
    ResourceRow,
    RosterDay,
    RosterRow,
    StaffRow,
    away,
    count,
    members,
    providers,
    rooms,
    roster,
    spans_of_days,
)

__all__ = [
    "Provider",
    "ResourceRow",
    "RosterDay",
    "RosterRow",
    "StaffRow",
    "away",
    "count",
    "members",
    "providers",
    "rooms",
    "roster",
    "spans_of_days",
]
