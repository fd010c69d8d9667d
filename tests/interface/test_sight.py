# SPDX-License-Identifier: Apache-2.0
"""A11, A25. Words can be read in every colouring, and a switch of colours leaves nothing behind."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.closing.panel.pages import PageList
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import Mode
from clinicdesk.desktop.tokens import DARK, LIGHT
from tests.interface.program import (
    choose_a_patient,
    contrast,
    opened,
    pages,
    place,
    shown,
    told,
    wait,
    words,
)

pytestmark = pytest.mark.slow


def readable(picture: QImage, part: QRect) -> float:
    """Return the contrast of the ground and the ink that differs most from it."""
    colours: Counter[str] = Counter()
    for y in range(max(0, part.top()), min(picture.height(), part.bottom())):
        for x in range(max(0, part.left()), min(picture.width(), part.right())):
            colours[picture.pixelColor(x, y).name()] += 1
    if len(colours) < 2:
        return 21.0  # nothing is written there
    ground = colours.most_common(1)[0][0]
    return max(contrast(ground, ink) for ink in colours if ink != ground)


def papers_in(shell: Shell) -> list[QRect]:
    """Return where pages of paper are shown."""
    return [place(page, shell) for page in shell.findChildren(PageList) if page.isVisible()]


@pytest.mark.parametrize(
    ("mode", "more"),
    [
        ("light", False),
        ("dark", False),
        ("dark", True),
    ],
)
def test_words_can_be_read_in_every_colouring(
    demo_file: Path, tmp_path: Path, qtbot: QtBot, mode: Mode, more: bool
) -> None:
    faint = []
    with opened(demo_file, tmp_path, mode=mode, contrast=more) as sitting:
        choose_a_patient(sitting)
        for dock in pages(sitting):
            picture = sitting.shell.grab().toImage()
            for widget in shown(sitting.shell):
                written = isinstance(widget, QLabel | QAbstractButton) and words(widget).strip()
                if not written or not widget.isEnabled() or _covered(widget, sitting.shell):
                    continue
                where = place(widget, sitting.shell)
                found = readable(picture, where.intersected(_seen(widget, sitting.shell)))
                if found < 4.5:
                    faint.append(f"{dock.spec.id}: {told(widget)} {found:.1f}")
    assert not sorted(set(faint))


def _seen(widget: QWidget, shell: Shell) -> QRect:
    """Return the part of a widget that no scroll area cuts off."""
    seen = widget.visibleRegion().boundingRect()
    return QRect(widget.mapTo(shell, seen.topLeft()), seen.size())


def _covered(widget: QWidget, shell: Shell) -> bool:
    middle = widget.visibleRegion().boundingRect().center()
    above = shell.childAt(widget.mapTo(shell, middle if middle.x() else QPoint(1, 1)))
    return above is not widget and not (above is not None and widget.isAncestorOf(above))


def test_a_switch_of_colours_leaves_no_page_behind(
    demo_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    grounds = {
        "light": {LIGHT.window, LIGHT.surface, LIGHT.surface2},
        "dark": {DARK.window, DARK.surface, DARK.surface2},
    }
    with opened(demo_file, tmp_path) as sitting:
        choose_a_patient(sitting)
        for dock in pages(sitting):
            for mode, other in (("dark", "light"), ("light", "dark")):
                sitting.shell.room.theme.set_mode("dark" if mode == "dark" else "light")
                wait(20)
                picture = sitting.shell.grab().toImage()
                step = 4
                papers = papers_in(sitting.shell)  # white in every colouring
                seen = Counter(
                    picture.pixelColor(x, y).name().upper()
                    for y in range(0, picture.height(), step)
                    for x in range(0, picture.width(), step)
                    if not any(paper.contains(x, y) for paper in papers)
                )
                whole = sum(seen.values())
                old = sum(seen[one.upper()] for one in grounds[other] - grounds[mode])
                assert old / whole < 0.002, f"{dock.spec.id} keeps {other} in {mode}"
