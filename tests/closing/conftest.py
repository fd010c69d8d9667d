# SPDX-License-Identifier: Apache-2.0
"""One busy clinic per test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Theme
from clinicdesk.wording.formats import Formats
from tests.closing.ledgers import SmallClinic, a_busy_clinic
from tests.support.clinics import an_actor


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[SmallClinic]:
    """Give a clinic with two months of money in it."""
    made = a_busy_clinic(tmp_path)
    yield made
    made.records.close()


@pytest.fixture
def room(qapp: object, clinic: SmallClinic, tmp_path: Path) -> Room:
    """Give what a panel is given."""
    theme = Theme("light")
    profile = clinic.records.profile
    formats = Formats("en", profile.country, profile.currency, profile.zone)
    notices = Notices(theme, formats)
    return Room(
        desk=Desk(notices, formats),
        feed=ChangeFeed(),
        spotlight=Spotlight(),
        notices=notices,
        theme=theme,
        formats=formats,
        actor=an_actor(),
        clock=clinic.records.clock,
        settings=DeskSettings(tmp_path / "desk.ini"),
    )
