# SPDX-License-Identifier: Apache-2.0
"""A37. Nothing is shown in English that the catalogue has in the reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from clinicdesk.wording.text import catalogue
from tests.interface.program import choose_a_patient, opened, pages, shown, told, words

pytestmark = pytest.mark.slow


def test_no_english_is_left_where_there_is_a_translation(
    demo_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    texts = catalogue("de")
    left = []
    with opened(demo_file, tmp_path, language="de") as sitting:
        choose_a_patient(sitting)
        for dock in pages(sitting):
            for widget in shown(sitting.shell):
                for english in {words(widget), widget.toolTip(), widget.accessibleName()}:
                    german = texts.gettext(english) if english else english
                    if german.replace("&", "") != english.replace("&", ""):
                        left.append(f"{dock.spec.id}: {english!r} in {told(widget)}")
    assert not sorted(set(left))
