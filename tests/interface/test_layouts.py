# SPDX-License-Identifier: Apache-2.0
"""A24. The window comes back as it was left, three times, without drift."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from pytestqt.qtbot import QtBot

from clinicdesk.app.sitting import Sitting
from clinicdesk.desktop import layout
from clinicdesk.desktop.desk_settings import DeskSettings
from tests.interface.program import opened, settle, wait

pytestmark = pytest.mark.slow


def measures(sitting: Sitting) -> dict[str, tuple[int, ...]]:
    """Return where everything stands."""
    shell = sitting.shell
    stand: dict[str, tuple[int, ...]] = {
        dock.spec.id: _rect(dock.geometry()) for dock in shell.yard if dock.isVisible()
    }
    stand["window"] = _rect(shell.geometry())
    return stand


def _rect(frame: QRect) -> tuple[int, ...]:
    return frame.x(), frame.y(), frame.width(), frame.height()


def test_the_window_comes_back_three_times_without_drift(
    demo_file: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    screens = [QRect(0, 0, 1920, 1080)]
    monkeypatch.setattr(
        layout, "clamped", lambda wanted, _screens, own=layout.clamped: own(wanted, screens)
    )
    settings = DeskSettings(tmp_path / "desk.json")
    with opened(demo_file, tmp_path, settings=settings, size=(1700, 1000)) as sitting:
        shell = sitting.shell
        shell.go_to("billing")
        page, card = shell.yard["billing"], shell.yard["patient"]
        shell.resizeDocks([page, card], [1000, 440], Qt.Orientation.Horizontal)
        shell.yard._take_sizes()  # as a hand on the line between them does
        wait(60)
        left = measures(sitting)
        assert card.width() > 400, "not the designed width any more"
    for _turn in range(3):
        again = DeskSettings(tmp_path / "desk.json")
        with opened(demo_file, tmp_path, settings=again, reset_layout=False) as sitting:
            sitting.shell.go_to("billing")
            settle(sitting)
            assert measures(sitting) == left
