# SPDX-License-Identifier: Apache-2.0
"""What was being typed survives a kill, a lock and a closing; nobody else is shown it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from clinicdesk.app.keeping_drafts import DraftOffer
from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import make_demo_clinic, open_clinic
from clinicdesk.billing.panel.checkout import CheckOutPanel
from clinicdesk.demo import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme
from clinicdesk.schedule.panel.page import SchedulePanel
from clinicdesk.storage.drafts import Drafts

pytestmark = pytest.mark.slow

_TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import open_clinic
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme

application = QApplication([])
clinic = open_clinic(Path(sys.argv[1]), "owner", "demo-clinic-demo")
sitting = Sitting(clinic, Theme("light"), DeskSettings(), check_password=lambda _p: False)
sitting.start()
page = sitting.shell.panel("schedule")

def type_it():
    sitting.shell.book.trigger("schedule.book")
    page.bar.fields.patient.clear()
    page.bar.fields.patient.setFocus()
    QTest.keyClicks(page.bar.fields.patient, "Zoltan Unfinished")
    page.bar.fields.note.setText("by the window")
    QTimer.singleShot(900, lambda: print("typed", flush=True))

QTimer.singleShot(2500, type_it)
application.exec()
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.clinic"
    make_demo_clinic(path, patients=20, providers=1)
    return path


@pytest.fixture
def path(small: Path, tmp_path: Path) -> Path:
    for suffix in ("", ".keys", ".keys2"):
        shutil.copy(f"{small}{suffix}", tmp_path / f"small.clinic{suffix}")
    return tmp_path / "small.clinic"


class Windows:
    """Sits people down, one after the other."""

    def __init__(self, path: Path, bot: QtBot) -> None:
        self.path, self.bot = path, bot
        self.theme = Theme("light")
        self.now: Sitting | None = None

    def sit(self, user: str = DEMO_USER) -> Sitting:
        clinic = open_clinic(self.path, user, DEMO_PASSWORD)
        own = Sitting(
            clinic,
            self.theme,
            DeskSettings(),
            check_password=clinic.opened.ring.is_password,
            reset_layout=True,
        )
        own.start()
        self.now = own
        self.settle()
        return own

    def settle(self) -> None:
        own = self.now
        assert own is not None
        for _ in range(3):
            self.bot.waitUntil(lambda: own.room.desk.busy == 0, timeout=20_000)
            self.bot.wait(40)

    def leave(self) -> None:
        if self.now is not None:
            self.now.shell.close()
            self.now = None


@pytest.fixture
def windows(path: Path, qtbot: QtBot) -> Iterator[Windows]:
    made = Windows(path, qtbot)
    yield made
    made.leave()


def schedule(own: Sitting) -> SchedulePanel:
    page = own.shell.panel("schedule")
    assert isinstance(page, SchedulePanel)
    return page


def checkout(own: Sitting) -> CheckOutPanel:
    panel = own.shell.panel("checkout")
    assert isinstance(panel, CheckOutPanel)
    return panel


def offer(own: Sitting) -> DraftOffer | None:
    return own.shell.findChild(DraftOffer)


def words(dialog: DraftOffer) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def begin_booking(windows: Windows, own: Sitting, name: str) -> None:
    own.shell.book.trigger("schedule.book")
    windows.settle()
    field = schedule(own).bar.fields.patient
    field.clear()
    field.setFocus()
    QTest.keyClicks(field, name)
    windows.bot.wait(400)
    windows.settle()


def begin_payment(windows: Windows, own: Sitting, amount: str) -> int:
    hit = own.clinic.patients.search("a", own.clinic.actor)[0]
    own.room.spotlight.show("patient", hit.id)
    own.shell.book.trigger("billing.take_payment")
    windows.settle()
    panel = checkout(own)
    panel.amount.setFocus()
    panel.amount.selectAll()
    QTest.keyClicks(panel.amount, amount)
    windows.bot.wait(400)
    windows.settle()
    return int(hit.id)


def test_a_window_killed_while_typing_offers_the_booking_again(
    path: Path, windows: Windows
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", _TYPING, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "typed"
    child.send_signal(signal.SIGKILL)
    child.communicate()
    own = windows.sit()
    dialog = offer(own)
    assert dialog is not None
    assert "closed unexpectedly at" in words(dialog)
    assert "an unfinished booking" in words(dialog)
    windows.bot.waitUntil(lambda: "is whole" in dialog.check.text(), timeout=20_000)
    dialog.open_button.click()
    windows.settle()
    bar = schedule(own).bar
    assert bar.isVisible()
    assert bar.fields.patient.text() == "Zoltan Unfinished"
    assert bar.fields.note.text() == "by the window"


def test_a_payment_left_at_closing_is_offered_and_posts_once(windows: Windows) -> None:
    own = windows.sit()
    patient = begin_payment(windows, own, "12.34")
    key = checkout(own).kept.key
    windows.leave()
    own = windows.sit()
    dialog = offer(own)
    assert dialog is not None
    assert "unexpectedly" not in words(dialog)
    dialog.open_button.click()
    windows.settle()
    panel = checkout(own)
    assert own.room.spotlight.current("patient") == patient
    assert panel.amount.value() == 1234
    assert panel.kept.key == key
    panel.receipt.setChecked(False)
    panel.commit()
    windows.settle()
    assert panel.draft() is None
    windows.bot.wait(400)
    windows.settle()
    windows.leave()
    assert offer(windows.sit()) is None, "what is done is offered no more"


def test_a_discarded_draft_is_gone(windows: Windows) -> None:
    begin_booking(windows, windows.sit(), "Somebody New")
    windows.leave()
    dialog = offer(windows.sit())
    assert dialog is not None
    dialog.discard.click()
    windows.settle()
    windows.leave()
    assert offer(windows.sit()) is None


def test_a_lock_keeps_drafts_for_the_same_person_only(windows: Windows) -> None:
    own = windows.sit()
    begin_booking(windows, own, "Somebody New")
    patient = begin_payment(windows, own, "55")
    own.shell.book.trigger("clinic.lock")
    windows.settle()
    assert not schedule(own).bar.isVisible()
    assert checkout(own).amount.text() == ""
    QTest.keyClicks(own.shell.curtain.field, DEMO_PASSWORD)
    QTest.keyClick(own.shell.curtain.field, Qt.Key.Key_Return)
    windows.bot.waitUntil(lambda: not own.shell.is_locked, timeout=10_000)
    windows.settle()
    assert schedule(own).bar.fields.patient.text() == "Somebody New"
    assert own.room.spotlight.current("patient") == patient
    assert checkout(own).amount.text() == "55" or checkout(own).amount.value() == 5500
    windows.leave()
    rosa = windows.sit("rosa")
    assert offer(rosa) is None
    assert Drafts(rosa.clinic.records).begin(rosa.clinic.actor).drafts == ()
    windows.leave()
    dialog = offer(windows.sit())
    assert dialog is not None
    assert "an unfinished booking" in words(dialog)
    assert "payment" in words(dialog)
