# SPDX-License-Identifier: Apache-2.0
"""Reads of the staff room: people, open hours, the planned week, requests, hours worked."""

from __future__ import annotations

from clinicdesk.staff.queries.asked import (
    RequestRow,
    needs,
    open_shift,
    publication_of,
    requests,
)
from clinicdesk.staff.queries.days import (
    CLOSED,
    FREE,
    USUAL,
    Cell,
    Cells,
    CellSpan,
    PersonRow,
    cells,
    people,
    room_names,
    span_minutes,
    weekly_hours,
)
from clinicdesk.staff.queries.hours import (
    Provider,
    ResourceRow,
    StaffRow,
    count,
    members,
    providers,
    rooms,
    spans_of_days,
    with_hours,
)
from clinicdesk.staff.queries.weeks import (
    DAYS,
    PersonWeek,
    RoleCover,
    RosterWeek,
    Summary,
    clashes_of,
    covers,
    week,
)
from clinicdesk.staff.queries.worked import (
    HoursRow,
    hours_by_member,
    published_minutes,
)

__all__ = [
    "CLOSED",
    "DAYS",
    "FREE",
    "USUAL",
    "Cell",
    "CellSpan",
    "Cells",
    "HoursRow",
    "PersonRow",
    "PersonWeek",
    "Provider",
    "RequestRow",
    "ResourceRow",
    "RoleCover",
    "RosterWeek",
    "StaffRow",
    "Summary",
    "cells",
    "clashes_of",
    "count",
    "covers",
    "hours_by_member",
    "members",
    "needs",
    "open_shift",
    "people",
    "providers",
    "publication_of",
    "published_minutes",
    "requests",
    "room_names",
    "rooms",
    "span_minutes",
    "spans_of_days",
    "week",
    "weekly_hours",
    "with_hours",
]
