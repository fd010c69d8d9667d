# SPDX-License-Identifier: Apache-2.0
"""The bench gives right answers before it gives times; nothing here asserts seconds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import diary, money
from tests.bench.place import make, opened
from tests.storage.opened import CHEAP


@pytest.mark.slow
def test_book_and_money_give_the_limits_answers(tmp_path: Path) -> None:
    path = make(tmp_path, 0, patients=36, providers=2, cost=CHEAP)
    with opened(path, cost=CHEAP) as place:
        found = [
            *diary.reading(place, pairs=1, inner=1),
            *money.reading(place, pairs=1, inner=1),
            money.posting(place, pairs=1, inner=1),
        ]
    assert [row.name for row in found if not row.same] == []
