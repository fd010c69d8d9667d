# SPDX-License-Identifier: Apache-2.0
"""How long the appointment book is tried."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a night try more than every run can."""
    parser.addoption(
        "--bookings", type=int, default=400, help="random bookings of two who write at once"
    )
