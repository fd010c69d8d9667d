# SPDX-License-Identifier: Apache-2.0
"""A small demo clinic and an empty one, made once; the program on a copy of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import create_clinic
from clinicdesk.demo.clinic import demo_clock, demo_profile
from clinicdesk.demo.making import DEMO_PASSWORD, DEMO_USER, make_demo
from tests.interface.program import opened

UNTIL = date(2026, 11, 25)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo clinic in the middle of its day."""
    path = tmp_path_factory.mktemp("interface") / "demo.clinic"
    profile = demo_profile()
    clinic, _code = create_clinic(
        path, profile, "Demo Owner", DEMO_USER, DEMO_PASSWORD, clock=demo_clock(profile, UNTIL, 1)
    )
    with clinic:
        make_demo(clinic, years=1, patients=120, providers=4, seed=1, until=UNTIL)
    return path


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clinic in which nothing has happened yet."""
    path = tmp_path_factory.mktemp("interface") / "empty.clinic"
    clinic, _code = create_clinic(path, demo_profile(), "Owner", DEMO_USER, DEMO_PASSWORD)
    clinic.close()
    return path


@pytest.fixture
def sitting(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[Sitting]:
    """The window in English, light, at 100 percent on a large screen."""
    with opened(demo_file, tmp_path) as made:
        yield made
