# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk tour``: the real window on a fixed clock, a picture of each panel.

The clock stands at the last act in the file, so a demo clinic shows its half-finished morning on
whatever day the pictures are taken.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import (
    QElapsedTimer,
    QEventLoop,
    QMessageLogContext,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from clinicdesk.app.sitting import Sitting
from clinicdesk.app.speaking import speak
from clinicdesk.assembly import Clinic, open_clinic
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.wording import text

_PATIENCE_MS = 15_000


def take(arguments: argparse.Namespace, password: str) -> list[Path]:
    """Take every picture and return where they are."""
    qInstallMessageHandler(_speak)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName("ClinicDesk")
    speak(arguments.lang or "en")
    if text.is_right_to_left(arguments.lang or "en"):
        QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    arguments.out.mkdir(parents=True, exist_ok=True)
    clinic = open_clinic(arguments.clinic, arguments.user or "owner", password)
    last = clinic.records.last_act()
    if last is not None:
        clinic.records.clock = FixedClock(last)
    theme = Theme(
        "dark" if arguments.theme == "dark" else "light",
        text_size=round(arguments.scale * 100),
        contrast=arguments.theme == "contrast",
    )
    with tempfile.TemporaryDirectory() as folder:
        settings = DeskSettings(Path(folder) / "desk.json")
        sitting = Sitting(
            clinic, theme, settings, check_password=lambda _password: False, reset_layout=True
        )
        tour = _Tour(sitting, arguments.out)
        sitting.shell.resize(*arguments.size)
        sitting.start()
        sitting.shell.resize(*arguments.size)
        pictures = tour.walk(clinic)
        sitting.shell.close()
    return pictures


def _speak(_kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
    """Pass Qt's messages on, but for what the offscreen platform says it cannot do."""
    if "plugin does not support" not in words:
        sys.stderr.write(words + "\n")


class _Tour:
    """Walks the window and takes pictures."""

    def __init__(self, sitting: Sitting, out: Path) -> None:
        self._sitting, self._out = sitting, out
        self._pictures: list[Path] = []

    def walk(self, clinic: Clinic) -> list[Path]:
        """Show a patient who waits, then each page and the things in front of them."""
        shell, room = self._sitting.shell, self._sitting.room
        self._settle()
        waiting = clinic.schedule.waiting(clinic.actor)
        if waiting:
            late = min(waiting, key=lambda card: card.since_at)
            room.spotlight.show("patient", late.patient_id)
            room.spotlight.show("appointment", late.appointment_id)
        shell.go_to("schedule")
        self._picture("schedule-day")
        for view in ("week", "month", "list", "day"):
            shell.book.trigger(f"schedule.{view}")
            if view != "day":
                self._picture(f"schedule-{view}")
        self._settle()
        shell.book.trigger("schedule.book")
        self._picture("schedule-booking")
        schedule = shell.panel("schedule")
        close = getattr(schedule, "close_bars", None)
        if close is not None:
            close()
        for page in shell.pages():
            if page != "schedule":
                shell.go_to(page)
                self._picture(page)
        shell.go_to("schedule")
        if "view.checkout" in shell.book:
            shell.go_to("checkout")
            self._picture("checkout")
        shell.palette_box.open_with("an")
        self._picture("palette")
        shell.palette_box.close_box()
        shell.lock()
        self._picture("locked")
        return self._pictures

    def _picture(self, name: str) -> None:
        self._settle()
        path = self._out / f"{name}.png"
        self._sitting.shell.grab().save(str(path))
        self._pictures.append(path)

    def _settle(self) -> None:
        """Let questions be answered and layouts come to rest."""
        clock = QElapsedTimer()
        clock.start()
        quiet = 0
        while quiet < 3 and clock.elapsed() < _PATIENCE_MS:
            loop = QEventLoop()
            QTimer.singleShot(60, loop.quit)
            loop.exec()
            quiet = quiet + 1 if self._sitting.room.desk.busy == 0 else 0
