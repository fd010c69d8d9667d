# SPDX-License-Identifier: Apache-2.0
"""A5, A6, A17. Tab goes as the eye does, leaves every page, and what has the focus shows it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from clinicdesk.app.sitting import Sitting
from clinicdesk.desktop.dock import Dock
from tests.interface.program import (
    choose_a_patient,
    contrast,
    opened,
    pages,
    place,
    settle,
    shown,
    takes_focus,
    told,
)

pytestmark = pytest.mark.slow
OPEN = frozenset({"checkout"})
"""Panels whose lines are made later and come last for Tab; to be mended in their rooms."""


def chain(dock: Dock) -> list[QWidget]:
    """Return the Tab stops of a panel in the order of Tab."""
    stops: list[QWidget] = []
    one: QWidget | None = dock.nextInFocusChain()
    while one is not None and one is not dock:
        if dock.isAncestorOf(one) and takes_focus(one) and one.focusProxy() is None:
            stops.append(one)
        one = one.nextInFocusChain()
    return stops


def goes_back(before: QRect, after: QRect, *, mirrored: bool) -> bool:
    """Tell whether the eye would have to go up in a column, or back in a line."""
    beside = after.left() < before.right() and before.left() < after.right()
    if beside and after.bottom() <= before.top():
        return True
    height = min(before.height(), after.height())
    shared = min(before.bottom(), after.bottom()) - max(before.top(), after.top())
    if shared <= height / 2:
        return False
    return after.left() >= before.right() if mirrored else after.right() <= before.left()


@pytest.mark.parametrize(
    "language",
    ["en", "ar_XB"],
)
def test_tab_goes_as_the_eye_does(
    demo_file: Path, tmp_path: Path, qtbot: QtBot, language: str
) -> None:
    wrong = []
    with opened(demo_file, tmp_path, language=language) as sitting:
        choose_a_patient(sitting)
        for dock in pages(sitting):
            stops = chain(dock)
            # The cross at the top comes after the fields: Esc does the same from anywhere.
            stops = [stop for stop in stops if "(Esc)" not in stop.toolTip()]
            if dock.spec.id in OPEN:
                continue
            for before, after in pairwise(stops):
                places = (place(before, sitting.shell), place(after, sitting.shell))
                if goes_back(*places, mirrored=language == "ar_XB"):
                    wrong.append(f"{dock.spec.id}: {told(before)} → {told(after)}")
    assert not wrong


def test_tab_and_f6_leave_every_panel(sitting: Sitting) -> None:
    choose_a_patient(sitting)
    shell = sitting.shell
    for dock in pages(sitting):
        assert QApplication.activeWindow() is shell, f"{dock.spec.id} opened a window of its own"
        shell.yard.focus(dock)
        inside = True
        for _turn in range(120):
            now: QWidget | None = shell.focusWidget()
            if now is None or not dock.isAncestorOf(now):
                inside = False
                break
            QTest.keyClick(now, Qt.Key.Key_Tab)
        assert not inside, f"Tab never leaves {dock.spec.id}"
        shell.yard.focus(dock)
        QTest.keyClick(shell.focusWidget(), Qt.Key.Key_F6)
        assert not dock.isAncestorOf(shell.focusWidget()), f"F6 does not leave {dock.spec.id}"
        settle(sitting)


def ring(before: QImage, after: QImage) -> int:
    """Count the pixels that changed so much that the change is seen."""
    seen = 0
    for y in range(before.height()):
        for x in range(before.width()):
            one, other = before.pixelColor(x, y), after.pixelColor(x, y)
            if one != other and contrast(_hex(one), _hex(other)) >= 3:
                seen += 1
    return seen


def _hex(colour: QColor) -> str:
    return colour.name()


def test_what_has_the_focus_shows_it(sitting: Sitting) -> None:
    choose_a_patient(sitting)
    shell = sitting.shell
    unseen = []
    looked: set[tuple[str, ...]] = set()
    for dock in pages(sitting):
        for widget in [dock, *shown(dock), *shown(shell.top)]:
            if not takes_focus(widget) or isinstance(widget, QAbstractScrollArea):
                continue
            kinds = (QAbstractButton, QLineEdit, QComboBox)
            look = (
                type(widget).__name__,
                *(str(widget.property(name)) for name in ("primary", "flat", "link", "cell")),
            )
            if not isinstance(widget, kinds) or look in looked:
                continue
            looked.add(look)
            shell.menus.setFocus()
            widget.clearFocus()
            QApplication.sendPostedEvents()
            before = widget.grab().toImage()
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            if not widget.hasFocus():
                continue
            after = widget.grab().toImage()
            edge = 2 * (widget.width() + widget.height())
            if ring(before, after) < edge * 0.6:
                unseen.append(f"{dock.spec.id}: {told(widget)}")
    assert len(looked) >= 4
    assert not unseen
