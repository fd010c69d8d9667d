# SPDX-License-Identifier: Apache-2.0
"""A31. Empty, filtered empty and trouble: every page says so in words, with something to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from clinicdesk.app.sitting import Sitting
from clinicdesk.desktop.placards import Placard
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.refusals import Trouble
from tests.interface.program import opened, pages, settle, shown, words

pytestmark = pytest.mark.slow


def test_every_page_of_an_empty_clinic_says_something(
    empty_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    silent = []
    with opened(empty_file, tmp_path) as sitting:
        for dock in pages(sitting):
            said = [w for w in shown(dock) if isinstance(w, QLabel) and len(words(w)) > 12]
            tables = [w for w in shown(dock) if isinstance(w, RowTable) and w.rows.rowCount()]
            painted = dock.spec.id in {"schedule", "roster"}  # an empty book is still a book
            if not said and not tables and not painted:
                silent.append(dock.spec.id)
            for widget in shown(dock):
                assert "Traceback" not in words(widget)
    assert not silent


def test_trouble_is_told_on_every_page_with_a_way_to_try_again(sitting: Sitting) -> None:
    untold = []
    for dock in pages(sitting):
        panel = dock.panel
        if panel is None or panel.question() is None:
            continue
        panel.question = _broken  # type: ignore[method-assign]
        panel.refresh()
        settle(sitting)
        placards = [p for p in panel.findChildren(Placard) if p.isVisible()]
        told = [words(label) for p in placards for label in p.findChildren(QLabel)]
        again = [b for p in placards for b in p.findChildren(QPushButton) if b.isVisible()]
        if not any(told) or not again or any("Traceback" in one for one in told):
            untold.append(dock.spec.id)
    assert not untold


def _broken():  # type: ignore[no-untyped-def]
    def ask() -> None:
        raise Trouble

    return ask
