# SPDX-License-Identifier: Apache-2.0
"""The use cases of the staff room. Any thread."""

from __future__ import annotations

from clinicdesk.staff.service.papers import PaperDesk
from clinicdesk.staff.service.people import week_of


class Staff(PaperDesk):
    """Who works here and when."""


__all__ = ["Staff", "week_of"]
