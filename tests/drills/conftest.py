# SPDX-License-Identifier: Apache-2.0
"""How hard the drills are: ``pytest tests/drills --kills 1000`` for a night's run."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=None, help="how often the kill drill kills")


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """Return how often to kill: the option counts only if this folder was named."""
    return request.config.getoption("--kills", default=None) or 100
