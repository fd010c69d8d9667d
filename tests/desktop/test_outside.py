# SPDX-License-Identifier: Apache-2.0
"""Rule: what surrounds the window is careful: settings, idle lock, bugs, second starts, sign-in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.crash import CrashNet, code, report, scrubbed
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dialogs import ConfirmDialog, TroubleDialog
from clinicdesk.desktop.idle import IdleWatch
from clinicdesk.desktop.login import LoginWindow, load_meanwhile
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.single_instance import SingleInstance, socket_name
from clinicdesk.desktop.theme import Theme
from clinicdesk.desktop.view_choices import TEXT_SIZE, kept_theme
from clinicdesk.kernel.settings import Setting


def test_settings_are_kept_whole_and_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "new" / "desk.json"
    DeskSettings(path).put(TEXT_SIZE, 150)
    assert DeskSettings(path).get(TEXT_SIZE) == 150
    path.write_text('{"desktop.text_size": "big"}')
    assert DeskSettings(path).get(TEXT_SIZE) == 100
    path.write_text("{half")
    assert DeskSettings(path).get(TEXT_SIZE) == 100
    assert path.with_suffix(".damaged.json").exists()
    assert [one.name for one in path.parent.iterdir()] == ["desk.damaged.json"]


def test_settings_are_forgotten_by_their_beginning(tmp_path: Path) -> None:
    settings = DeskSettings(tmp_path / "desk.json")
    settings.put_text("window.state", "x")
    settings.put(Setting("other.thing", "a", ""), "b")
    settings.forget("window.")
    assert settings.text("window.state") == ""
    assert DeskSettings(settings.path).get(Setting("other.thing", "a", "")) == "b"


def test_the_chosen_theme_is_there_at_the_next_start(qtbot: QtBot) -> None:
    settings = DeskSettings()
    settings.put(TEXT_SIZE, 130)
    assert kept_theme(settings).text_size == 130


def test_the_watch_warns_for_a_minute_and_then_locks(qtbot: QtBot) -> None:
    watch = IdleWatch(minutes=10)
    warned: list[int] = []
    watch.warned.connect(warned.append)
    with qtbot.assertNotEmitted(watch.expired):
        watch.look_after(539)
        watch.look_after(541)
        watch.touched()
    assert warned == [59, 0]
    with qtbot.waitSignal(watch.expired):
        watch.look_after(600)


def test_the_limit_of_the_watch_has_bounds(qtbot: QtBot) -> None:
    watch = IdleWatch(minutes=600)
    with qtbot.waitSignal(watch.expired):
        watch.look_after(15 * 60)


def nothing_came(_value: object) -> None:
    """An answer that never comes."""


def a_bug(name: str) -> None:
    secret = {"patient": name}
    raise KeyError(secret["missing" if name else "patient"] + name)


def test_a_logged_trace_holds_no_word_of_a_patient() -> None:
    with pytest.raises(KeyError) as caught:
        a_bug("Grace Adeyemi")
    told = scrubbed(caught.value) + report(caught.value)
    assert code(caught.value) in told
    assert re.fullmatch(r"CD-[0-9A-F]{6}", code(caught.value))
    assert "Adeyemi" not in told
    assert "missing" not in told
    assert "a_bug" in told
    assert "tests/desktop/test_outside.py" in told


@pytest.mark.log_expected("clinicdesk.desktop.crash")
def test_a_bug_is_told_once_in_a_sentence(
    qtbot: QtBot, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[str, ...]] = []
    monkeypatch.setattr(room.notices, "tell", lambda *words: said.append(words))
    net = CrashNet(room.notices)
    room.desk.bug_found.connect(net.found)
    for _turn in range(3):
        room.desk.ask(lambda: a_bug("Grace"), nothing_came)
    qtbot.waitUntil(lambda: room.desk.busy == 0 and bool(said))
    qtbot.wait(20)
    assert len(said) == 1
    assert "Grace" not in " ".join(said[0])
    assert said[0][4].startswith("CD-")
    assert said[0][4] in said[0][3]


def test_installing_the_net_catches_what_nobody_caught(
    qtbot: QtBot, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    net = CrashNet(room.notices)
    net.install()
    assert sys.excepthook == net._hook
    net.remove()
    assert sys.excepthook is sys.__excepthook__


def test_a_second_start_raises_the_first_and_leaves(qtbot: QtBot, tmp_path: Path) -> None:
    name = socket_name(tmp_path / "a.clinic", "rosa")
    first, second = SingleInstance(name), SingleInstance(name)
    assert not first.call_first()
    assert first.listen()
    with qtbot.waitSignal(first.called) as called:
        assert second.call_first("raise")
    assert called.args == ["raise"]
    first.close()
    assert not second.call_first()


def test_each_clinic_and_person_has_a_window_of_its_own(tmp_path: Path) -> None:
    names = {
        socket_name(tmp_path / clinic, person)
        for clinic in ("a.clinic", "b.clinic")
        for person in ("rosa", "ben")
    }
    assert len(names) == 4


def test_signing_in_by_keyboard(qtbot: QtBot, theme: Theme) -> None:
    login = LoginWindow(theme, "Maple Clinic", user="rosa")
    qtbot.addWidget(login)
    login.show()
    with qtbot.waitSignal(login.sign_in_wanted) as wanted:
        qtbot.keyClicks(login.password, "correct horse")
        qtbot.keyClick(login.password, Qt.Key.Key_Return)
    assert wanted.args == ["rosa", "correct horse"]
    assert not login.button.isEnabled()
    login.refuse("That is not the password.")
    assert login.hint.isVisible()
    assert login.button.isEnabled()


def test_modules_are_loaded_while_the_password_is_typed() -> None:
    thread = load_meanwhile(["wave"])
    thread.join(5)
    assert "wave" in sys.modules


def test_the_safe_button_is_the_default_before_what_cannot_be_undone(
    qtbot: QtBot, theme: Theme
) -> None:
    dialog = ConfirmDialog(
        theme,
        question="Close October?",
        detail="",
        verb="Close October",
        keep="Keep",
        typed="close",
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    assert not dialog._act.isEnabled()
    dialog._typed("Close")
    assert dialog._act.isEnabled()
    assert not dialog._act.isDefault()


def test_trouble_says_what_is_safe_and_what_to_do(qtbot: QtBot, theme: Theme) -> None:
    again: list[int] = []
    dialog = TroubleDialog(
        theme,
        what="The drive is full.",
        safe="Your data is not affected.",
        do="Free some space.",
        details="CD-0A1B2C\nDiskFull",
        code="CD-0A1B2C",
        again=lambda: again.append(1),
    )
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog._details.isVisible()
    assert any("CD-0A1B2C" in label.text() for label in dialog.findChildren(QLabel))
    dialog._copy()
    assert QApplication.clipboard().text() == "CD-0A1B2C\nDiskFull"
    dialog.accept()
    assert again == [1]
