# SPDX-License-Identifier: Apache-2.0
"""A small demo clinic whose book is half-way through the day, made once; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from clinicdesk.assembly import Clinic, create_clinic, open_clinic
from clinicdesk.demo.clinic import demo_clock, demo_profile
from clinicdesk.demo.making import DEMO_PASSWORD, DEMO_USER, make_demo
from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.overview.queries import Overview
from clinicdesk.wording.formats import Formats

UNTIL = date(2026, 11, 25)


@pytest.fixture(scope="session")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clinic]:
    """Give the clinic at its last act."""
    path = tmp_path_factory.mktemp("overview") / "demo.clinic"
    profile = demo_profile()
    clinic, _code = create_clinic(
        path, profile, "Demo Owner", DEMO_USER, DEMO_PASSWORD, clock=demo_clock(profile, UNTIL, 1)
    )
    with clinic:
        make_demo(clinic, years=1, patients=120, providers=3, seed=1, until=UNTIL)
    opened = open_clinic(path, DEMO_USER, DEMO_PASSWORD)
    last = opened.records.last_act()
    assert last is not None
    opened.records.clock = FixedClock(last)
    with opened:
        yield opened


@pytest.fixture
def overview(looked_at: Clinic) -> Overview:
    """Give what the page asks."""
    return Overview(looked_at.records)


@pytest.fixture
def room(qapp: object, looked_at: Clinic, tmp_path: Path) -> Room:
    """Give what a panel is given."""
    theme, profile = Theme("light"), looked_at.records.profile
    formats = Formats("en", profile.country, profile.currency, profile.zone)
    notices = Notices(theme, formats)
    return Room(
        desk=Desk(notices, formats),
        feed=ChangeFeed(),
        spotlight=Spotlight(),
        notices=notices,
        theme=theme,
        formats=formats,
        actor=looked_at.actor,
        clock=looked_at.records.clock,
        settings=DeskSettings(tmp_path / "desk.json"),
    )
