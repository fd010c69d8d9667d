# SPDX-License-Identifier: Apache-2.0
"""Rule: a locked window shows and does nothing; unlocked it is as it was.

Reason: whoever passes the desk must learn nothing, and nobody may lose a line by being careful.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import Theme
from tests.desktop.toys import FormPanel, ListPanel, Shelf, make_room, make_shell

EVERY_RIGHT = frozenset({"toys.play", "toys.break"})


def list_panel(shell: Shell) -> ListPanel:
    panel = shell.panel("schedule")
    assert isinstance(panel, ListPanel)
    return panel


# ── Lock ─────────────────────────────────────────────────────────────────────────────────────


def test_the_curtain_shows_nothing_of_a_patient(qtbot: QtBot, shell: Shell) -> None:
    shell.room.notices.toast("Moved Omar Haddad to 11:00.", undo=True)
    shell.lock()
    assert shell.is_locked
    assert shell.windowTitle() == "Maple Clinic — ClinicDesk"
    words = [label.text() for label in shell.curtain.findChildren(QLabel)]
    assert not any("Haddad" in one or "Grace" in one for one in words)
    assert shell.curtain.geometry() == shell.rect()
    assert not shell.toast.isVisible()
    assert "Haddad" not in shell.toast.words.text() + shell.toast.words.toolTip()
    assert shell.status.last == ""


def test_a_paper_that_is_ready_while_locked_waits_for_the_unlocking(shell: Shell) -> None:
    shell.lock()
    paper = PaperView(shell.room.theme, "Day sheet", (), lambda _path: None, "day.pdf", shell)
    paper.open()
    assert not paper.isVisible()
    shell.unlock()
    assert paper.isVisible()
    paper.reject()


def test_while_locked_no_key_and_no_undo_gets_through(qtbot: QtBot, shell: Shell) -> None:
    panel = list_panel(shell)
    shell.lock()
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F9):
        qtbot.keyClick(shell.curtain.field, key)
    qtbot.keyClick(shell.curtain.field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    shell.go_to("patients")
    assert panel.performed == []
    assert shell.front == "schedule"
    for _turn in range(12):
        qtbot.keyClick(shell.curtain, Qt.Key.Key_Tab)
        now = shell.focusWidget()
        assert now is not None
        assert shell.curtain.isAncestorOf(now)


def test_unlocking_finds_the_window_as_it_was(qtbot: QtBot, shell: Shell) -> None:
    shell.go_to("patients")
    form = shell.panel("patients")
    assert isinstance(form, FormPanel)
    form.form.field("name").setText("half a na")  # type: ignore[attr-defined]
    shell.lock()
    with qtbot.waitSignal(shell.curtain.unlock_wanted) as asked:
        qtbot.keyClicks(shell.curtain.field, "secret")
        qtbot.keyClick(shell.curtain.field, Qt.Key.Key_Return)
    assert asked.args == ["secret"]
    shell.curtain.refuse("That is not the password.")
    assert shell.curtain.field.isEnabled()
    shell.unlock()
    assert shell.front == "patients"
    assert form.form.field("name").text() == "half a na"  # type: ignore[attr-defined]
    assert shell.book.action("toys.book").isEnabled()
    assert shell.windowTitle().startswith("Patients")


def test_locking_drops_the_rows_and_unlocking_finds_the_same_place(
    qtbot: QtBot, shell: Shell
) -> None:
    table = list_panel(shell).table
    table.choose(3)
    shell.lock()
    assert table.rows.rows == []
    shell.unlock()
    qtbot.waitUntil(lambda: table.rows.rowCount() == 4)
    current = table.current()
    assert current is not None
    assert current.id == 3


def test_more_rights_make_more_pages(qtbot: QtBot, theme: Theme) -> None:
    room = make_room(theme, rights=EVERY_RIGHT)
    shell = make_shell(theme, Shelf(), room)
    qtbot.addWidget(shell)
    assert "secret" in shell.yard
    assert shell.book.action("toys.smash").isEnabled()
    room.desk.close()


def test_user_data_is_never_read_as_markup(qtbot: QtBot, shell: Shell) -> None:
    shell.room.notices.toast("Renamed to <b>Bobby</b>.")
    shell.room.notices.banner("<img src=x> refused")
    for label in shell.findChildren(QLabel):
        if label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText, label.text()
