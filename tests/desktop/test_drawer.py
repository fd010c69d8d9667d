# SPDX-License-Identifier: Apache-2.0
"""Rule: in a narrow window the page comes first; what stood beside it is one key away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.palette import Hit
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import Theme
from tests.desktop.toys import Shelf, make_shell, nothing


def resize(qtbot: QtBot, shell: Shell, width: int) -> None:
    shell.resize(width, 768)
    qtbot.wait(30)


def handle(shell: Shell) -> QToolButton:
    button = shell.drawer.bar.findChild(QToolButton, "card")
    assert isinstance(button, QToolButton)
    return button


@pytest.mark.parametrize(
    ("width", "percent", "docked", "names"),
    [(1680, 100, True, True), (1500, 100, True, True), (1366, 100, False, True),
     (1200, 100, False, False), (1680, 150, False, False), (2300, 150, True, True)],
)  # fmt: skip
def test_the_card_goes_into_the_drawer_and_the_rail_to_icons_by_width_and_text(
    qtbot: QtBot, theme: Theme, shell: Shell, width: int, percent: int, docked: bool, names: bool
) -> None:
    theme.set_text_size(percent)
    resize(qtbot, shell, width)
    assert shell.yard["card"].isVisible() is docked
    assert shell.drawer.bar.isVisible() is not docked
    qtbot.waitUntil(lambda: (shell.rail.width() > 100 * theme.u) is names)
    qtbot.waitUntil(lambda: shell.rail.button("patients").width() <= shell.rail.width())
    assert shell.rail.button("patients").accessibleName() == "Patients"


def test_the_drawer_opens_by_its_key_and_by_its_handle_and_closes_with_escape(
    qtbot: QtBot, shell: Shell
) -> None:
    resize(qtbot, shell, 1366)
    card = shell.yard["card"]
    qtbot.keyClick(shell, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert card.isVisible()
    assert handle(shell).isChecked()
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    assert not card.isVisible()
    assert shell.focusWidget() is not None
    qtbot.mouseClick(handle(shell), Qt.MouseButton.LeftButton)
    assert card.isVisible()
    qtbot.mouseClick(handle(shell), Qt.MouseButton.LeftButton)
    assert not card.isVisible()


def test_a_patient_who_was_looked_up_is_answered_by_the_card(qtbot: QtBot, shell: Shell) -> None:
    resize(qtbot, shell, 1366)
    shell.palette_box.open_with("")
    shell.palette_box._hits.replace([Hit("Grace", nothing, kind="patient")])
    shell.palette_box.list.setCurrentIndex(shell.palette_box._hits.index(0))
    shell.palette_box.choose()
    assert shell.yard["card"].isVisible()


def test_a_wide_window_shows_the_card_again_unless_it_was_put_away(
    qtbot: QtBot, theme: Theme, room: Room, shell: Shell
) -> None:
    resize(qtbot, shell, 1680)
    resize(qtbot, shell, 1366)
    resize(qtbot, shell, 1680)
    assert shell.yard["card"].isVisible()
    shell.book.trigger("view.card")
    resize(qtbot, shell, 1366)
    resize(qtbot, shell, 1680)
    assert not shell.yard["card"].isVisible()


def test_unlocked_panels_stay_where_a_person_puts_them(qtbot: QtBot, shell: Shell) -> None:
    resize(qtbot, shell, 1680)
    shell.set_panels_locked(locked=False)
    resize(qtbot, shell, 1366)
    assert shell.yard["card"].isVisible()
    shell.set_panels_locked(locked=True)
    assert not shell.yard["card"].isVisible()


def test_a_count_is_seen_on_an_icon_and_said(shell: Shell, qtbot: QtBot) -> None:
    resize(qtbot, shell, 1200)
    shell.rail.button("patients").set_badge(3)
    assert "3" in shell.rail.button("patients").toolTip()
    assert "3" in shell.rail.button("patients").accessibleName()


def test_where_reading_goes_right_to_left_the_card_stands_left_of_the_page(
    qtbot: QtBot, theme: Theme, room: Room
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = make_shell(theme, Shelf(), room)
        qtbot.addWidget(mirrored)
        mirrored.show()
        resize(qtbot, mirrored, 1680)
        page, card = mirrored.yard["schedule"], mirrored.yard["card"]
        assert card.geometry().right() < page.geometry().left()
        assert mirrored.rail.mapTo(mirrored, QPoint(0, 0)).x() > page.geometry().right()
        assert page.width() > card.width() * 2
    finally:
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_going_between_tall_pages_never_makes_the_window_taller(qtbot: QtBot, shell: Shell) -> None:
    shell.resize(1600, 760)
    qtbot.wait(30)
    pages = shell.pages()[:2]
    for page in pages:
        shell.go_to(page)
        panel = shell.panel(page)
        assert panel is not None
        panel.setMinimumHeight(panel.height())  # no room for a row of tabs beside it
        qtbot.wait(30)
    height = shell.height()
    for page in pages * 2:
        shell.go_to(page)
        qtbot.wait(30)
        assert shell.height() == height


def test_pages_of_the_rail_draw_closer_before_one_is_out_of_sight(
    qtbot: QtBot, shell: Shell
) -> None:
    pages = [shell.rail.button(page) for page in shell.pages()]
    px = shell.room.theme.px
    assert {button.height() for button in pages} == {px(36)}
    shell.rail.setFixedHeight(len(pages) * px(31) + px(16))
    qtbot.wait(30)
    assert all(px(29) <= button.height() < px(36) for button in pages)
    inside = shell.rail.rect()
    for button in pages:
        corner = button.mapTo(shell.rail, button.rect().bottomLeft())
        assert inside.contains(corner)
