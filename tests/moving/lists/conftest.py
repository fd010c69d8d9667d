# SPDX-License-Identifier: Apache-2.0
"""An empty clinic with every department."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.whole_clinics import WholeClinic, a_whole_clinic


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[WholeClinic]:
    made = a_whole_clinic(tmp_path)
    yield made
    made.records.close()
