# SPDX-License-Identifier: Apache-2.0
"""Words and rules of the staff room; pure."""

from __future__ import annotations

from clinicdesk.staff.model.people import (
    MAY_EDIT_STAFF,
    MAY_VIEW_STAFF,
    STAFF,
    AddResource,
    AddStaff,
    Close,
    EditStaff,
    HoursBackwards,
    NameNeeded,
    OpenSpan,
    SetHours,
    WeeklyHours,
    check_hours,
)

__all__ = [
    "MAY_EDIT_STAFF",
    "MAY_VIEW_STAFF",
    "STAFF",
    "AddResource",
    "AddStaff",
    "Close",
    "EditStaff",
    "HoursBackwards",
    "NameNeeded",
    "OpenSpan",
    "SetHours",
    "WeeklyHours",
    "check_hours",
]
