# SPDX-License-Identifier: Apache-2.0
"""Where imports go: the departments as ``assembly`` puts them together, and the supplies."""

from __future__ import annotations

from typing import Protocol

from clinicdesk.billing.service.departments import Departments
from clinicdesk.stock.service import Stock


class Clinic(Departments, Protocol):
    """The departments that people, money and supplies of another program go into."""

    @property
    def stock(self) -> Stock: ...
