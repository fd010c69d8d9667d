# SPDX-License-Identifier: Apache-2.0
"""Icons grow with the text beside them, wherever Qt draws them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QMenu, QPushButton, QStyle, QTabBar, QToolButton
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.theme import Theme


@pytest.mark.parametrize("percent", [80, 100, 150, 200])
def test_an_icon_is_as_large_as_the_text_it_stands_beside(
    qtbot: QtBot, theme: Theme, percent: int
) -> None:
    buttons = [QPushButton("Print"), QToolButton(), QCheckBox("Print")]
    menu, tabs = QMenu(), QTabBar()
    for widget in (*buttons, menu, tabs):
        qtbot.addWidget(widget)
    theme.give_icon(buttons[0], "print")
    for widget in (*buttons, menu, tabs):
        widget.show()
    theme.set_text_size(percent)
    wanted = QSize(theme.px(16), theme.px(16))
    beside = QSize(wanted.width() + theme.px(4), wanted.height())  # a gap before the words
    assert [button.iconSize() for button in buttons] == [beside, wanted, wanted]
    assert tabs.iconSize() == wanted
    small = QStyle.PixelMetric.PM_SmallIconSize
    assert menu.style().pixelMetric(small, None, menu) == wanted.width()
    assert buttons[0].icon().actualSize(beside) == beside, "drawn at that size, not scaled up"
