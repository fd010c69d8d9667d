# SPDX-License-Identifier: Apache-2.0
"""Closing the month from the palette within its budget (M3), checked in the file.

``--budget-clinic PATH`` replays it on a copy of another clinic; ``-s`` prints what it took.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from clinicdesk.closing.panel import MonthEndPanel
from clinicdesk.closing.panel.checklist import CloseMonthDialog
from clinicdesk.kernel.moments import Month
from tests.journeys.conftest import Desk, copied, opened_desk

pytestmark = pytest.mark.journey

_Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
BUDGET = 6


@pytest.fixture
def manager(
    request: pytest.FixtureRequest, budget_file: Path | None, tmp_path: Path, qtbot: QtBot
) -> Iterator[Desk]:
    """The window as the practice manager has it."""
    path = budget_file or copied(request.getfixturevalue("demo_file"), tmp_path)
    yield from opened_desk(path, tmp_path, "helen", qtbot)


def test_m3_the_month_is_closed_from_the_palette_after_its_checklist(
    manager: Desk, request: pytest.FixtureRequest
) -> None:
    desk = manager
    desk.keys = 0
    desk.key(_Key.Key_K, CONTROL)
    desk.type("close month")
    desk.press(_Key.Key_Return)
    desk.bot.waitUntil(lambda: bool(dialogs(desk)), timeout=20_000)
    (checklist,) = dialogs(desk)
    desk.bot.waitUntil(checklist.verb.isEnabled, timeout=120_000)
    assert any("identities hold" in line for line in checklist.texts)
    assert checklist.focusWidget() is checklist.verb
    desk.press(_Key.Key_Return)
    today = desk.sitting.room.formats.zone.day(desk.clinic.records.clock.now())
    month, actor = Month.of(today).previous, desk.clinic.actor
    desk.bot.waitUntil(lambda: desk.clinic.closing.is_closed(month, actor), timeout=120_000)
    desk.settle()
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if request.config.getoption("capture") == "no" and reporter is not None:
        reporter.write_line(f"M3: {desk.keys} of {BUDGET}")
    assert desk.keys <= BUDGET
    panel = desk.shell.panel("month_end")
    assert isinstance(panel, MonthEndPanel)
    assert panel.why_not("closing.close_month")


def dialogs(desk: Desk) -> list[CloseMonthDialog]:
    return [one for one in desk.shell.findChildren(CloseMonthDialog) if one.isVisible()]
