# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stock.shelf import Shelf, a_shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A clinic with a vaccine in two lots, and gloves that are kept by none."""
    made = a_shelf(tmp_path)
    yield made
    made.records.close()
