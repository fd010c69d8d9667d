# SPDX-License-Identifier: Apache-2.0
"""A morning at the desk leaves no patient's name in the log."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import make_demo_clinic, open_clinic
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop import desk, log_file
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme
from clinicdesk.patients.tables import patient

pytestmark = pytest.mark.slow


@pytest.mark.log_expected("clinicdesk")
def test_no_name_of_a_patient_comes_into_the_log(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "small.clinic"
    make_demo_clinic(path, patients=20, providers=1)
    monkeypatch.setattr(log_file, "log_folder", lambda: tmp_path / "log")
    monkeypatch.setattr(desk, "SLOW_MS", 0.0)  # whatever is asked is logged as slow
    handler = log_file.begin()
    clinic = open_clinic(path, DEMO_USER, DEMO_PASSWORD)
    with clinic.records.read() as reading:
        people = reading.execute(sa.select(patient.c.family_name, patient.c.given_name)).all()
    sitting = Sitting(
        clinic,
        Theme("light"),
        DeskSettings(),
        check_password=clinic.opened.ring.is_password,
        reset_layout=True,
    )
    qtbot.addWidget(sitting.shell)
    sitting.start()

    def settle() -> None:
        for _ in range(3):
            qtbot.waitUntil(lambda: sitting.room.desk.busy == 0, timeout=20_000)
            qtbot.wait(30)

    def bug() -> str:
        raise KeyError(people[0].family_name)

    settle()
    hit = clinic.patients.search(people[0].family_name, clinic.actor)[0]
    sitting.room.spotlight.show("patient", hit.id)
    for page in list(sitting.shell.yard):
        sitting.shell.go_to(page.spec.id)
        settle()
    sitting.shell.go_to("patients")
    sitting.shell.palette_box.open_with(people[1].family_name)
    settle()
    sitting.room.desk.ask(bug, sitting.room.notices.toast)
    settle()
    for box in QApplication.topLevelWidgets():
        box.close()
    log_file.end(handler)
    told = "".join(one.read_text(encoding="utf-8") for one in (tmp_path / "log").iterdir())
    assert "records lane" in told
    assert "KeyError" in told
    names = {name for person in people for name in person if len(name) > 3}
    assert not [name for name in names if name in told]
