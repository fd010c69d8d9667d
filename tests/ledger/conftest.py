# SPDX-License-Identifier: Apache-2.0
"""The option of the long run."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the random books run longer."""
    parser.addoption("--ledger-steps", type=int, default=2000, help="steps of the random books")
