# SPDX-License-Identifier: Apache-2.0
"""The book's controls stay under the hand: neither day nor view moves them, nothing is cut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint

from clinicdesk.schedule.panel.page import SchedulePanel
from tests.journeys.conftest import UNTIL, Desk

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("width", [1680, 1366])
def test_buttons_do_not_move_with_the_day_or_the_view(desk: Desk, width: int) -> None:
    desk.shell.resize(width, 768)
    page = desk.shell.panel("schedule")
    assert isinstance(page, SchedulePanel)
    places = set()
    for view in ("day", "week", "month", "list"):
        desk.act(f"schedule.{view}")
        for days in (0, 40, 75, 300):
            page.go(UNTIL + timedelta(days=days))
            desk.settle()
            today, modes = page.top.today, page.top.modes
            places.add((today.mapTo(desk.shell, QPoint()), modes.mapTo(desk.shell, QPoint())))
            title = desk.shell.top.title
            assert title.isVisible()
            assert "…" not in title.text()
    assert len({(one.x(), other.x()) for one, other in places}) == 1


def test_at_large_text_the_title_is_brief_and_whole(desk: Desk) -> None:
    desk.shell.resize(1366, 768)
    desk.sitting.room.theme.set_text_size(150)
    desk.settle()
    for view in ("day", "week", "month", "list"):
        desk.act(f"schedule.{view}")
        title = desk.shell.top.title
        assert title.isVisible()
        assert "…" not in title.text()
        needed = title.fontMetrics().horizontalAdvance(title.text())
        assert title.contentsRect().width() - 2 * title.margin() >= needed
    desk.sitting.room.theme.set_text_size(100)
