# SPDX-License-Identifier: Apache-2.0
"""The guide opens at the panel one is on, names keys as they are now, and is searched."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinicdesk.app.guide.pages import PAGES, actions_in, matches, page_of
from clinicdesk.app.guide.window import GuideWindow
from clinicdesk.app.signing_in import Program
from clinicdesk.app.sitting import Sitting
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from tests.app.signed_in import sitting


def signed_in(program: Program, path: Path, qtbot: QtBot) -> Sitting:
    program.enter(path)
    program._sign_in(DEMO_USER, DEMO_PASSWORD)
    return sitting(program, qtbot)


def guide(own: Sitting, qtbot: QtBot) -> GuideWindow:
    qtbot.keyClick(own.shell, Qt.Key.Key_F1)
    window = own.shell.findChild(GuideWindow)
    assert window is not None
    return window


def text_of(window: GuideWindow) -> str:
    inside = window._area.widget()
    assert inside is not None
    return "\n".join(label.text() for label in inside.findChildren(QLabel))


def test_every_panel_has_a_page_and_every_action_named_exists(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    own = signed_in(program, path, qtbot)
    panels = {dock.spec.id for dock in own.shell.yard}
    assert panels <= {page.id for page in PAGES}
    assert {one for one in actions_in() if one not in own.shell.book} == set()


def test_f1_opens_it_at_the_page_in_front_with_the_keys_in_force(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    own = signed_in(program, path, qtbot)
    own.shell.go_to("stock")
    window = guide(own, qtbot)
    assert window.page is page_of("stock")
    assert "Ctrl+U" in text_of(window)
    assert "{" not in text_of(window)


def test_it_is_searched_by_any_words_in_any_order(
    program: Program, path: Path, qtbot: QtBot
) -> None:
    own = signed_in(program, path, qtbot)
    window = guide(own, qtbot)
    window.search.setText("CODE recovery")
    assert [window.list.item(n).text() for n in range(window.list.count())] == [
        "Backups and recovery"
    ]
    window.search.setText("zzz")
    assert window.page is None
    assert "No page" in text_of(window)


def test_words_are_found_without_accents() -> None:
    assert matches("ecran", ("L’écran se verrouille",))
    assert not matches("x", ("abc",))
