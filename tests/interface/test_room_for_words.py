# SPDX-License-Identifier: Apache-2.0
"""A13, A14, A16. Words have room, targets are large enough, search and booking are in sight."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from tests.interface.program import (
    choose_a_patient,
    opened,
    pages,
    place,
    settle,
    shown,
    told,
    wait,
    words,
)

pytestmark = pytest.mark.slow
SMALL_YET = frozenset({"end_alert"})  # 24 by 21 on the card: to be mended there


def is_clipped(widget: QWidget) -> bool:
    """Tell whether words are cut off without a way to read them."""
    text = words(widget)
    if not text or text in widget.toolTip() or "…" in text:
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + 1
    hint = widget.sizeHint()
    return hint.width() > widget.width() + 1 or hint.height() > widget.height() + 1


@pytest.mark.parametrize(
    ("language", "percent"),
    [
        ("en", 100),
        ("en_XA", 100),
        ("de", 150),
        ("ar_XB", 200),
    ],
)
def test_no_words_are_cut_off(
    demo_file: Path, tmp_path: Path, qtbot: QtBot, language: str, percent: int
) -> None:
    cut = []
    with opened(demo_file, tmp_path, language=language, percent=percent) as sitting:
        choose_a_patient(sitting)
        for dock in pages(sitting):
            cut += [
                f"{dock.spec.id}: {told(widget)} {widget.size()} for {widget.sizeHint()}"
                for widget in shown(sitting.shell)
                if isinstance(widget, QLabel | QAbstractButton) and is_clipped(widget)
            ]
    assert not sorted(set(cut))


def test_search_and_booking_are_in_sight_at_every_size(
    demo_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    with opened(demo_file, tmp_path, language="de") as sitting:
        shell = sitting.shell
        for percent in (100, 150, 200):
            shell.room.theme.set_text_size(percent)
            for size in ((1366, 768), (1680, 1050)):
                shell.resize(*size)
                wait(40)
                for page in [d.spec.id for d in shell.yard if f"go.{d.spec.id}" in shell.book]:
                    shell.go_to(page)
                    wait(10)
                    for part in (shell.top.search, shell.top.acts()[0]):
                        where = f"{page} at {percent} % in {size}"
                        assert part.isVisible(), where
                        assert shell.rect().contains(place(part, shell)), where
        settle(sitting)


def test_targets_are_large_enough_to_hit(demo_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    small = []
    with opened(demo_file, tmp_path) as sitting:
        choose_a_patient(sitting)
        for dock in pages(sitting):
            for button in shown(sitting.shell):
                if button.objectName() in SMALL_YET:
                    continue
                if not isinstance(button, QAbstractButton) or button.property("link"):
                    continue  # a link stands in a line of words
                least = 18 if isinstance(button, QCheckBox | QRadioButton) else 24
                named = button.text() or button.accessibleName()
                if named and min(button.width(), button.height()) < least:
                    small.append(f"{dock.spec.id}: {told(button)} {button.size()}")
    assert not sorted(set(small))
