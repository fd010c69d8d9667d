# SPDX-License-Identifier: Apache-2.0
"""Hands on the keyboard of whatever window is in front; keys are counted, typed data is free."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

PLAIN = Qt.KeyboardModifier.NoModifier


class Hands:
    """Presses keys where the system's own would come in.

    Attributes:
        keys: how many there were.
    """

    def __init__(self, bot: QtBot, window: QWidget) -> None:
        self.bot, self.front = bot, window
        self.keys = 0

    def window(self) -> QWindow:
        active: QWindow | None = QGuiApplication.focusWindow()
        return active or self.front.windowHandle()

    def focus(self) -> QWidget | None:
        return QApplication.focusWidget()

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        self.keys += 1
        QTest.keyClick(self.window(), key, held)
        self.bot.wait(20)

    def type(self, text: str) -> None:
        for letter in text:
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, self.window(), Qt.Key.Key_unknown, letter, PLAIN
            )
        self.bot.wait(10)
