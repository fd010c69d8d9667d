# SPDX-License-Identifier: Apache-2.0
"""A roster of four people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.staff.roster import Roster, a_roster


@pytest.fixture
def roster(tmp_path: Path) -> Iterator[Roster]:
    made = a_roster(tmp_path)
    yield made
    made.records.close()
