# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from clinicdesk.app.speaking import speak

NATIVE = QKeySequence.SequenceFormat.NativeText


@pytest.fixture(autouse=True)
def english_again(qtbot: QtBot) -> Iterator[None]:
    yield
    speak("en")


def written(key: str) -> str:
    return QKeySequence(key).toString(NATIVE)


def test_keys_are_named_as_they_stand_on_the_readers_keyboard() -> None:
    speak("de_DE")
    assert written("Ctrl+Shift+Q") == "Strg+Umschalt+Q"
    assert QKeySequence("Ctrl+Shift+Q").toString() == "Ctrl+Shift+Q"
    speak("en")
    assert written("Ctrl+Shift+Q") == "Ctrl+Shift+Q"


def test_a_language_qt_has_no_words_for_leaves_keys_in_english() -> None:
    speak("de")
    speak("xx")
    assert written("Shift+F7") == "Shift+F7"
