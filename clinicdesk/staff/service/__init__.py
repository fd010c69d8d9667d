# SPDX-License-Identifier: Apache-2.0
"""The use cases of the staff room. Any thread."""

from __future__ import annotations

from clinicdesk.staff.service.people import PeopleDesk, week_of


class Staff(PeopleDesk):
    """Who works here and when."""


__all__ = ["Staff", "week_of"]
