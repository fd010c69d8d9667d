# SPDX-License-Identifier: Apache-2.0
"""A theme and a toy room for tests of the window's furniture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.room import Room
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import Theme
from tests.desktop.toys import ListPanel, Shelf, make_room, make_shell


@pytest.fixture
def theme(qtbot: QtBot) -> Theme:
    """Return the light theme at 100 percent."""
    return Theme("light")


@pytest.fixture
def room(theme: Theme) -> Iterator[Room]:
    """Return a room with its lanes, closed afterwards."""
    made = make_room(theme)
    yield made
    made.desk.close()


@pytest.fixture
def shelf() -> Shelf:
    """Return what stands for a service."""
    return Shelf()


@pytest.fixture
def shell(qtbot: QtBot, theme: Theme, room: Room, shelf: Shelf) -> Shell:
    """Return the toy window, shown."""
    made = make_shell(theme, shelf, room)
    qtbot.addWidget(made)
    made.resize(1600, 850)
    made.show()
    panel = made.panel("schedule")
    assert isinstance(panel, ListPanel)
    qtbot.waitUntil(lambda: panel.table.rows.rowCount() > 0)
    return made
