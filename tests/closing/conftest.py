# SPDX-License-Identifier: Apache-2.0
"""One busy clinic per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.closing.ledgers import SmallClinic, a_busy_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    """Give a clinic with two months of money in it."""
    made = a_busy_clinic(tmp_path)
    yield made
    made.records.close()
