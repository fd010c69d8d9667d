# SPDX-License-Identifier: Apache-2.0
"""Rule: every command is reachable by menu, key and palette, at every size and in every theme.

Reason: what only a mouse at 1680 px can reach does not exist for half of its users.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.desktop import layout
from clinicdesk.desktop.actions import MENUS
from clinicdesk.desktop.menus import plain_entries
from clinicdesk.desktop.mnemonics import deal, letter
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import Theme
from tests.desktop.toys import SOME, FormPanel, ListPanel, Shelf, make_shell

EVERY_RIGHT = frozenset({"toys.play", "toys.break"})


def list_panel(shell: Shell) -> ListPanel:
    panel = shell.panel("schedule")
    assert isinstance(panel, ListPanel)
    return panel


def own_menus(shell: Shell) -> list[QMenu]:
    """Return the menus without the one Qt keeps for what does not fit."""
    return [m for m in shell.menus.findChildren(QMenu) if m.objectName().startswith("menu.")]


def settled_width(qtbot: QtBot, shell: Shell) -> int:
    """Return the width of the card once the layout has come to rest, however busy the machine."""
    seen: list[int] = []
    for _look in range(60):
        qtbot.wait(25)
        seen.append(shell.yard["card"].width())
        if len(seen) > 5 and len(set(seen[-6:])) == 1:
            break
    return seen[-1]


# ── Actions ──────────────────────────────────────────────────────────────────────────────────


def test_every_action_is_in_exactly_one_menu(shell: Shell) -> None:
    held = [
        action.objectName()
        for menu in own_menus(shell)
        for action in plain_entries(menu)
        if action.menu() is None
    ]
    assert sorted(held) == sorted(spec.id for spec in shell.book.specs())


def test_only_menus_that_have_something_are_shown(shell: Shell) -> None:
    titles = [action.text().replace("&", "") for action in shell.menus.actions()]
    assert "Stock" not in titles
    assert titles[:5] == ["Clinic", "Edit", "View", "Go", "Schedule"]
    assert titles[5:] == ["Patient", "Billing", "Tools", "Help"]


def test_mnemonics_differ_within_the_bar_and_within_each_menu(shell: Shell) -> None:
    bars = [[action.text() for action in shell.menus.actions()]]
    bars += [[a.text() for a in plain_entries(menu)] for menu in own_menus(shell)]
    for captions in bars:
        letters = [letter(caption) for caption in captions]
        assert len(letters) == len(set(letters)), captions


def test_the_designed_menu_letters_are_all_different() -> None:
    letters = [letter(title) for _key, title in MENUS]
    assert letters == ["c", "e", "v", "g", "s", "p", "b", "a", "o", "r", "l", "h"]


def test_a_doubled_wish_for_a_letter_gets_another() -> None:
    assert deal(["&Save", "&Send", "S&S", "R&&D"]) == ["S&ave", "S&end", "&SS", "&R&&D"]


def test_whoever_holds_the_only_letter_of_another_moves_on() -> None:
    assert deal(["&Peo", "&Eo", "O"]) == ["&Peo", "&Eo", "&O"]
    assert deal(["P&eo", "&Oe", "&E"]) == ["&Peo", "&Oe", "&E"]
    assert deal(["&A", "&A"]) == ["&A", "A"]


@pytest.mark.parametrize("name", ["view", "go"])
def test_the_fixed_menus_fit_a_small_screen_at_the_largest_text(
    theme: Theme, shell: Shell, name: str
) -> None:
    theme.set_text_size(200)
    menu = next(one for one in own_menus(shell) if one.objectName() == f"menu.{name}")
    assert menu.sizeHint().height() <= 700


def test_an_errand_is_shown_without_a_complaint_of_qt(
    qtbot: QtBot, shell: Shell, qtlog: Any
) -> None:
    shell.room.desk.run_errand("Reading", lambda errand: errand.step(1, 2, "One of two"), print)
    qtbot.waitUntil(lambda: shell.room.desk.busy == 0)
    assert not [r for r in qtlog.records if "Index out of range" in r.message]


def test_smaller_text_gives_the_side_panel_its_width_back(
    qtbot: QtBot, theme: Theme, shell: Shell
) -> None:
    shell.resize(1680, 900)
    before = settled_width(qtbot, shell)
    for _turn in range(3):
        for percent in (150, 200, 100):
            theme.set_text_size(percent)
            settled_width(qtbot, shell)
    assert settled_width(qtbot, shell) == before


def test_a_toast_covers_neither_the_focus_nor_other_panels(qtbot: QtBot, shell: Shell) -> None:
    panel = list_panel(shell)
    page = shell.yard["schedule"]
    room = QRect(page.mapTo(shell, page.rect().topLeft()), page.size())
    panel.table.rows.replace([replace(SOME[0], id=n) for n in range(200)])
    for row in (0, 60, 199):
        panel.table.choose_row(row)
        panel.table.setFocus()
        shell.room.notices.toast("Moved Omar Haddad to 11:00 with Dr Osei.", undo=True)
        place = panel.table.visualRect(panel.table.currentIndex())
        focus = QRect(panel.table.viewport().mapTo(shell, place.topLeft()), place.size())
        assert not shell.toast.geometry().intersects(focus)
        assert room.contains(shell.toast.geometry())


def test_no_key_belongs_to_two_actions(shell: Shell) -> None:
    for page in ("schedule", "patients"):
        shell.go_to(page)
        keys = [
            key.toString()
            for spec in shell.book.specs()
            for key in shell.book.action(spec.id).shortcuts()
        ]
        assert len(keys) == len(set(keys))


def test_a_shared_key_belongs_to_the_page_in_front(shell: Shell) -> None:
    new = QKeySequence("Ctrl+N")
    assert new in shell.book.action("toys.new").shortcuts()
    shell.go_to("patients")
    assert new in shell.book.action("toys.new_patient").shortcuts()
    assert new not in shell.book.action("toys.new").shortcuts()


def test_no_chord_is_altgr_and_no_alt_letter_is_taken(shell: Shell) -> None:
    for spec in shell.book.specs():
        for key in spec.keys:
            assert not ({"Ctrl", "Alt"} <= set(key.split("+")))
            assert not (key.startswith("Alt+") and len(key) == 5)


def test_a_greyed_action_says_why(shell: Shell) -> None:
    assert not shell.book.action("toys.arrive").isEnabled()
    assert "Nobody is chosen." in shell.book.action("toys.arrive").toolTip()
    assert "Break toys" in shell.book.reason("toys.smash")
    shell.book.set_reason("toys.smash", "")
    assert not shell.book.action("toys.smash").isEnabled(), "a missing right cannot be lifted"


def test_keys_work_as_the_papers_say(qtbot: QtBot, shell: Shell) -> None:
    panel = list_panel(shell)
    qtbot.keyClick(shell, Qt.Key.Key_F7)
    qtbot.keyClick(shell, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    assert panel.performed == ["toys.book", "toys.book"]
    qtbot.keyClick(shell, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shell.front == "patients"
    qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.front == "schedule"
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert shell.palette_box.isVisible()


def test_an_action_of_another_page_raises_it_first(shell: Shell) -> None:
    shell.go_to("patients")
    shell.book.trigger("toys.book")
    assert shell.front == "schedule"
    assert list_panel(shell).performed == ["toys.book"]


# ── Pages and layout ─────────────────────────────────────────────────────────────────────────


def test_a_page_is_made_when_first_seen(qtbot: QtBot, shell: Shell) -> None:
    assert shell.yard["patients"].panel is None
    shell.rail.button("patients").click()
    assert isinstance(shell.yard["patients"].panel, FormPanel)


def test_a_page_without_the_right_does_not_exist(shell: Shell) -> None:
    assert "secret" not in shell.yard
    assert "go.secret" not in shell.book


def test_locked_panels_show_one_page_and_no_tabs(shell: Shell) -> None:
    visible = [dock.spec.id for dock in shell.yard if dock.isVisible()]
    assert visible == ["schedule", "card"]
    shell.set_panels_locked(locked=False)
    assert not shell.yard["patients"].isHidden()
    shell.set_panels_locked(locked=True)
    assert [dock.spec.id for dock in shell.yard if dock.isVisible()] == ["schedule", "card"]


def test_the_layout_comes_back_after_a_restart(
    qtbot: QtBot, theme: Theme, room: Room, shell: Shell
) -> None:
    shell.go_to("patients")
    shell.resize(780, 600)  # the offscreen screen has 800 by 800
    for _turn in range(3):
        frame = shell.geometry()
        shell.close()
        shell = make_shell(theme, Shelf(), room)
        qtbot.addWidget(shell)
        shell.show()
        assert shell.geometry() == frame
        assert shell.front == "patients"


@pytest.mark.parametrize("state", ["", "bm90IGEgc3RhdGU=", "other version"])
def test_a_strange_layout_gives_the_designed_one(
    qtbot: QtBot, theme: Theme, room: Room, shell: Shell, state: str
) -> None:
    if state == "other version":
        state = bytes(shell.saveState(99).toBase64().data()).decode()
    room.settings.put_text("window.state", state)
    again = make_shell(theme, Shelf(), room)
    qtbot.addWidget(again)
    again.show()
    again.resize(1600, 850)
    assert again.front == "schedule"
    assert again.yard["card"].isVisible()


def test_reset_layout_brings_everything_back(shell: Shell) -> None:
    shell.set_panels_locked(locked=False)
    shell.yard["card"].setFloating(True)
    shell.yard["card"].hide()
    shell.reset_layout()
    assert shell.yard["card"].isVisible()
    assert not shell.yard["card"].isFloating()


@pytest.mark.parametrize(
    "wanted",
    [QRect(5000, 300, 1200, 800), QRect(-3000, -900, 800, 600), QRect(100, 50, 9000, 9000)],
)
def test_a_window_never_opens_off_every_screen(wanted: QRect) -> None:
    screens = [QRect(0, 0, 1920, 1040), QRect(1920, 0, 1280, 1024)]
    frame = layout.clamped(wanted, screens[:1])
    assert screens[0].contains(frame)
    inside = layout.clamped(QRect(2000, 40, 900, 700), screens)
    assert inside == QRect(2000, 40, 900, 700)


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("width", [1024, 1366, 1680])
def test_search_and_the_first_act_never_fall_out(
    qtbot: QtBot, theme: Theme, shell: Shell, width: int, percent: int
) -> None:
    theme.set_text_size(percent)
    shell.resize(width, 800)
    qtbot.wait(20)
    for part in (shell.top.search, shell.top.acts()[0]):
        assert part.isVisible()
        inside = QRect(part.mapTo(shell, part.rect().topLeft()), part.size())
        assert shell.rect().contains(inside), (part, inside)


def test_panes_are_reached_with_f6(qtbot: QtBot, shell: Shell) -> None:
    reached = set()
    for _turn in range(8):
        qtbot.keyClick(shell, Qt.Key.Key_F6)
        now: QWidget | None = shell.focusWidget()
        for name, pane in (
            ("rail", shell.rail),
            ("top", shell.top),
            ("status", shell.status),
            ("page", shell.yard["schedule"]),
        ):
            if now is not None and pane.isAncestorOf(now):
                reached.add(name)
    assert reached == {"rail", "top", "status", "page"}


# ── Themes ───────────────────────────────────────────────────────────────────────────────────


def test_switching_colours_leaves_no_widget_behind(
    qtbot: QtBot, theme: Theme, shell: Shell
) -> None:
    for mode in ("dark", "light", "dark"):
        theme.set_mode("dark" if mode == "dark" else "light")
        picture = shell.grab().toImage()
        rail = shell.rail.mapTo(shell, shell.rail.rect().bottomLeft())
        assert picture.pixelColor(rail.x() + 5, rail.y() - 5) == QColor(theme.tokens.window)
        table = list_panel(shell).table
        spot = table.viewport().mapTo(shell, table.viewport().rect().bottomLeft())
        assert picture.pixelColor(spot.x() + 9, spot.y() - 9) == QColor(theme.tokens.surface)
        application = QApplication.palette()
        assert application.color(QPalette.ColorRole.ToolTipBase) == QColor(theme.tokens.surface2)
        assert application.color(QPalette.ColorRole.AlternateBase) == QColor(theme.tokens.surface2)


def test_text_grows_within_bounds_and_is_remembered(shell: Shell, theme: Theme) -> None:
    for _turn in range(12):
        shell.book.trigger("view.larger")
    assert theme.text_size == 200
    assert theme.u > 1.8
    theme.set_text_size(100)
    for _turn in range(4):
        shell.book.trigger("view.smaller")
    assert theme.text_size == 80
    shell.book.trigger("view.normal")
    assert theme.text_size == 100


# ── Accessible names ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", ["schedule", "patients"])
def test_everything_that_takes_the_focus_has_a_name(shell: Shell, page: str) -> None:
    shell.go_to(page)
    nameless = []
    for widget in shell.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible():
            continue
        if widget.objectName().startswith("qt_") or isinstance(widget, QLabel | QMenu):
            continue
        spoken = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        if not spoken or (isinstance(widget, QComboBox) and not widget.accessibleName()):
            nameless.append(f"{type(widget).__name__} {widget.objectName()}")
    assert not nameless


def test_buttons_are_large_enough_to_hit(shell: Shell) -> None:
    small = [
        (button.text(), button.size())
        for button in shell.findChildren(QAbstractButton)
        if button.isVisible() and button.text() and min(button.width(), button.height()) < 22
    ]
    assert not small
