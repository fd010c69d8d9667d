# SPDX-License-Identifier: Apache-2.0
"""Taking a copay and printing last month's report within their budgets, checked in the file.

``--budget-clinic PATH`` replays them on a copy of another clinic; ``-s`` prints what each took.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clinicdesk.closing.panel import MonthEndPanel
from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.kernel.moments import Month
from clinicdesk.ledger.tables import issued_paper, receipt
from clinicdesk.patients.panel import PatientCardPanel
from clinicdesk.schedule.model import Booking
from clinicdesk.schedule.panel.page import SchedulePanel
from clinicdesk.storage.tables import audit
from tests.journeys.conftest import Desk, copied, opened_desk

pytestmark = pytest.mark.journey

_Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SLOWEST_MS = 500  # between two turns of the window, on two cores that others use too


class Printing(QObject):
    """Presses Enter in the system's print dialog, or leaves it, and remembers that it was there."""

    def __init__(self, desk: Desk, key: Qt.Key) -> None:
        super().__init__(desk.shell)  # else some thread's garbage collection ends its timer
        self._desk, self._key = desk, key
        self.seen = False
        self._timer = QTimer(self)
        self._timer.setInterval(50)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QPrintDialog) and dialog.isVisible():
                self._timer.stop()
                self.seen = True
                self._desk.keys += 1
                QTest.keyClick(dialog, self._key)


class Pulse(QObject):
    """Measures how long the window ever kept still."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.shell)
        self.longest_ms = 0
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(5)

    def _beat(self) -> None:
        self.longest_ms = max(self.longest_ms, self._since.restart())


def told(desk: Desk, task: str, budget: int, request: pytest.FixtureRequest) -> None:
    """Hold the count against the budget, and tell it."""
    reporter = request.config.pluginmanager.get_plugin("terminalreporter")
    if request.config.getoption("capture") == "no" and reporter is not None:
        reporter.write_line(f"{task}: {desk.keys} of {budget}")
    assert desk.keys <= budget


@pytest.fixture
def manager(
    request: pytest.FixtureRequest, budget_file: Path | None, tmp_path: Path, qtbot: QtBot
) -> Iterator[Desk]:
    """The window as the practice manager has it."""
    path = budget_file or copied(request.getfixturevalue("demo_file"), tmp_path)
    yield from opened_desk(path, tmp_path, "helen", qtbot)


def owing(desk: Desk) -> int:
    """Select in the book somebody who owes something today; return the patient."""
    page = desk.shell.panel("schedule")
    assert isinstance(page, SchedulePanel)
    actor = desk.clinic.actor
    seen = {Booking.CHECKOUT, Booking.DONE}
    for one in page.grid.cards():
        if one.patient_id is None or one.booking not in seen:
            continue
        if desk.clinic.billing.amount_due(one.patient_id, actor) > 0:
            page.grid.choose(one.id)
            page.grid.setFocus()
            desk.settle()
            desk.keys = 0
            return one.patient_id
    pytest.fail("nobody of today owes anything")


def test_r5_a_copay_is_taken_and_its_receipt_is_there_with_four_keys(
    reception: Desk, request: pytest.FixtureRequest
) -> None:
    desk = reception
    patient = owing(desk)
    owed = desk.clinic.billing.amount_due(patient, desk.clinic.actor)
    desk.key(_Key.Key_F9)
    desk.key(_Key.Key_Tab)
    desk.key(_Key.Key_C)
    desk.key(_Key.Key_Return)
    desk.bot.waitUntil(lambda: bool(papers(desk)), timeout=20_000)
    told(desk, "R5, to the receipt", 4, request)
    with desk.clinic.records.read() as reading:
        row = reading.execute(
            sa.select(receipt).where(receipt.c.patient_id == patient).order_by(receipt.c.id.desc())
        ).first()
        assert row is not None
        kept = reading.execute(
            sa.select(issued_paper.c.number).where(
                issued_paper.c.kind == "receipt:a5", issued_paper.c.object_id == row.id
            )
        ).scalar()
    assert (row.method, kept) == ("card", row.number)
    assert 0 < row.amount_minor <= owed
    printing = Printing(desk, _Key.Key_Escape)
    desk.key(_Key.Key_Return)  # Print… is the verb of the preview; the system's dialog is left
    assert printing.seen
    told(desk, "R5, to the printer", 6, request)
    for view in papers(desk):
        view.close()
    desk.settle()
    assert desk.clinic.billing.amount_due(patient, desk.clinic.actor) < owed


def papers(desk: Desk) -> list[PaperView]:
    return [view for view in desk.shell.findChildren(PaperView) if view.isVisible()]


def test_m1_last_months_report_is_made_seen_and_printed_with_four_keys(
    manager: Desk, request: pytest.FixtureRequest
) -> None:
    desk = manager
    desk.keys = 0
    pulse = Pulse(desk)
    desk.press(_Key.Key_M, CONTROL | SHIFT)
    desk.press(_Key.Key_Return)
    panel = desk.shell.panel("month_end")
    assert isinstance(panel, MonthEndPanel)
    desk.bot.waitUntil(lambda: not panel.why_not("closing.print"), timeout=120_000)
    desk.settle()
    slowest = pulse.longest_ms
    printing = Printing(desk, _Key.Key_Escape)
    desk.key(_Key.Key_P, CONTROL)
    assert printing.seen
    told(desk, f"M1, the window kept still for at most {slowest} ms", 4, request)
    assert slowest < SLOWEST_MS
    today = desk.sitting.room.formats.zone.day(desk.clinic.records.clock.now())
    with desk.clinic.records.read() as reading:
        after = reading.execute(
            sa.select(audit.c.after)
            .where(audit.c.action == "closing.report")
            .order_by(audit.c.seq.desc())
            .limit(1)
        ).scalar()
    assert str(Month.of(today).previous) in json.dumps(json.loads(after or "{}"))


def test_an_unknown_name_in_the_palette_becomes_a_booked_patient_with_ten_keys(
    reception: Desk, request: pytest.FixtureRequest
) -> None:
    desk = reception
    desk.keys = 0
    name = "quillon, zebedee"
    desk.key(_Key.Key_K, CONTROL)
    desk.type(name)
    assert desk.shell.palette_box.shown[-1].title.startswith("New patient")
    desk.key(_Key.Key_Up)  # the last row, whatever else is found
    desk.key(_Key.Key_Return)
    desk.type("3.5.1991")
    desk.key(_Key.Key_Tab)
    desk.type("07700 900123")
    desk.key(_Key.Key_Return)
    actor = desk.clinic.actor
    desk.bot.waitUntil(lambda: bool(desk.clinic.patients.search("quillon", actor)), timeout=20_000)
    desk.settle()
    (hit,) = desk.clinic.patients.search("quillon", actor)
    if not desk.clinic.schedule.patient_appointments(hit.id, actor):
        desk.key(_Key.Key_Return)
    desk.settle()
    assert hit.born_on is not None
    assert hit.name == "Quillon, Zebedee"
    assert desk.clinic.schedule.patient_appointments(hit.id, actor)
    card = desk.shell.panel("patient")
    assert isinstance(card, PatientCardPanel)
    assert card.card is not None
    assert card.card.id == hit.id
    told(desk, "R3 from the palette", 10, request)


def test_a_receipts_number_in_the_palette_opens_the_account_at_its_row(reception: Desk) -> None:
    from clinicdesk.billing.panel import RegisterPanel

    desk = reception
    with desk.clinic.records.read() as reading:
        row = reading.execute(sa.select(receipt).order_by(receipt.c.id.desc()).limit(1)).one()
    desk.key(_Key.Key_K, CONTROL)
    desk.type(f"#{row.number}")
    desk.key(_Key.Key_Return)
    panel = desk.shell.panel("billing")
    assert isinstance(panel, RegisterPanel)
    desk.settle()
    line = panel.table.current()
    assert line is not None
    assert line.receipt_id == row.id
    assert desk.shell.front == "billing"
