# SPDX-License-Identifier: Apache-2.0
"""The only writer of the staff room's tables; notes topics. Opened by the service only."""

from __future__ import annotations

from clinicdesk.staff.repository.people import StaffRepository
from clinicdesk.staff.repository.roster import RosterRepository

__all__ = ["RosterRepository", "StaffRepository"]
