# SPDX-License-Identifier: Apache-2.0
"""Backups in the window: a true age, the daily one, and one put back over the open clinic."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinicdesk.app.daily_backup import Age, DailyBackupDialog, StandingOrder
from clinicdesk.app.leaving import Leaving, Next
from clinicdesk.app.signing_in import Program
from clinicdesk.app.sitting import Sitting
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.login_recovery import RestoreDialog
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.storage.backup import found_in
from clinicdesk.wording.formats import Formats
from tests.app.signed_in import sitting
from tests.support.clinics import NOON

FORMATS = Formats("en", "GB", Currency.of("GBP"), ClinicZone("Europe/London"))


@pytest.mark.parametrize(
    ("age", "tone", "mark"),
    [
        (timedelta(minutes=5), "ok", "✓"),
        (timedelta(hours=23), "ok", "✓"),
        (timedelta(hours=25), "warn", "⚠"),
        (timedelta(hours=73), "danger", "✕"),
    ],
)
def test_the_age_is_told_by_mark_word_and_tone(age: timedelta, tone: str, mark: str) -> None:
    told = Age.of(NOON - age, NOON, FORMATS)
    assert told.tone == tone
    assert told.words.endswith(mark)
    assert Age.of(None, NOON, FORMATS).tone == "danger"


def test_the_daily_backup_is_due_after_a_day_and_after_a_clock_put_back(tmp_path: Path) -> None:
    order = StandingOrder(DeskSettings(), "a-clinic")
    assert not order.due(None, NOON), "nobody chose a folder yet"
    order.give(str(tmp_path), daily=True)
    assert order.due(None, NOON)
    assert not order.due(NOON - timedelta(hours=23), NOON)
    assert order.due(NOON - timedelta(hours=24), NOON)
    assert order.due(NOON + timedelta(days=300), NOON)
    order.give(str(tmp_path), daily=False)
    assert not order.due(None, NOON)


@pytest.fixture
def at_work(program: Program, path: Path, qtbot: QtBot) -> Sitting:
    program.enter(path)
    program._sign_in(DEMO_USER, DEMO_PASSWORD)
    return sitting(program, qtbot)


def cell(own: Sitting) -> str:
    return own.shell.status.cell("backup").text()


def test_ordering_a_daily_backup_makes_the_first_at_once_and_the_cell_tells_the_truth(
    at_work: Sitting, tmp_path: Path, qtbot: QtBot
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    at_work.shell.book.trigger("clinic.daily_backup")
    dialog = at_work.shell.findChild(DailyBackupDialog)
    assert dialog is not None
    dialog._folder.edit.setText(str(tmp_path / "nowhere"))
    dialog.form.commit()
    assert dialog.isVisible()
    dialog._folder.edit.setText(str(usb))
    dialog.form.commit()
    qtbot.waitUntil(lambda: at_work.room.desk.busy == 0, timeout=20_000)
    assert "just now ✓" in cell(at_work)
    assert len(found_in(usb, at_work.clinic.opened.ring)) == 1


def test_closing_makes_the_backup_that_is_due(
    program: Program, at_work: Sitting, tmp_path: Path, qtbot: QtBot
) -> None:
    ring = at_work.clinic.opened.ring
    usb = tmp_path / "usb"
    usb.mkdir()
    at_work._backups.order.give(str(usb), daily=True)
    at_work._backups.last = NOON - timedelta(days=900)
    at_work.leave(Leaving(Next.QUIT))
    assert program._front.window is not None
    qtbot.waitUntil(lambda: program._claim.path is None, timeout=20_000)
    assert len(found_in(usb, ring)) == 1
    assert program._sitting is None


def test_a_folder_that_is_gone_is_told_and_the_window_still_closes(
    program: Program, at_work: Sitting, tmp_path: Path, qtbot: QtBot
) -> None:
    at_work._backups.order.give(str(tmp_path / "unplugged" / "usb"), daily=True)
    at_work._backups._run()
    qtbot.waitUntil(lambda: "failed" in cell(at_work), timeout=20_000)
    assert at_work.shell.status.cell("backup").property("tone") == "danger"


def test_a_backup_is_put_back_over_the_open_clinic_and_what_it_replaces_is_kept(
    program: Program,
    at_work: Sitting,
    path: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = at_work.clinic.back_up(tmp_path)
    with at_work.clinic.records.write(at_work.clinic.actor, "schedule.book") as work:
        work.record("appointment", 1)
    monkeypatch.setattr(
        "clinicdesk.app.restoring.QFileDialog.getOpenFileName", lambda *_a, **_k: (str(made), "")
    )
    at_work.shell.book.trigger("clinic.restore")
    shell = at_work.shell
    qtbot.waitUntil(lambda: shell.findChild(RestoreDialog) is not None, timeout=20_000)
    dialog = shell.findChild(RestoreDialog)
    assert dialog is not None
    assert any("1 act since then" in one.text() for one in dialog.findChildren(QLabel))
    dialog.password.setText("not this one")
    dialog.sure.setText("Restore")
    dialog.submit()
    qtbot.waitUntil(lambda: "password is not right" in dialog.hint.text(), timeout=10_000)
    assert program._sitting is at_work, "a wrong password closes nothing"
    dialog.password.setText(DEMO_PASSWORD)
    dialog.submit()
    qtbot.waitUntil(lambda: program._sitting not in {None, at_work}, timeout=60_000)
    again = sitting(program, qtbot)
    assert again.clinic.path == path
    aside = [one for one in path.parent.iterdir() if ".before-" in one.name]
    assert {one.name.rsplit(".", 1)[-1] for one in aside} >= {"keys", "keys2"}
    assert program._claim.locked
