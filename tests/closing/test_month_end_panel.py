# SPDX-License-Identifier: Apache-2.0
"""The page of reports: made by Enter, cancelled, saved whole, closed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from clinicdesk.closing.model import CloseMonth
from clinicdesk.closing.panel import ACTIONS
from clinicdesk.closing.panel.checklist import CloseMonthDialog, ReopenMonthDialog
from clinicdesk.closing.panel.month_end import MonthEndPanel
from clinicdesk.closing.panel.pages import PageList
from clinicdesk.closing.panel.printing_out import draw_pages
from clinicdesk.closing.reports import REPORTS
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.moments import Month
from tests.closing.ledgers import SmallClinic
from tests.support.clinics import an_actor

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def panel(qtbot: QtBot, room: Room, clinic: SmallClinic) -> MonthEndPanel:
    """Give the page, seen."""
    made = MonthEndPanel(room, Closing(clinic.records))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitExposed(made)
    return made


def make_it(panel: MonthEndPanel, qtbot: QtBot) -> None:
    """Press Enter on the focused button and wait for the paper."""
    panel.perform("closing.month_report")
    qtbot.keyClick(panel._make, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: panel._made is not None, timeout=20_000)


def test_last_month_is_ready_to_be_made_and_one_key_makes_it(
    panel: MonthEndPanel, qtbot: QtBot
) -> None:
    assert panel._month == Month(2026, 10)
    assert panel.why_not("closing.print")
    make_it(panel, qtbot)
    assert panel._made is not None
    assert panel._made.report.holds
    assert not panel.why_not("closing.print")
    pages = panel.findChild(PageList)
    assert pages is not None
    qtbot.waitUntil(lambda: 0 in pages._drawn, timeout=20_000)
    assert "pages" in pages.accessibleDescription()


def test_the_report_is_saved_as_its_name_ends(
    panel: MonthEndPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    make_it(panel, qtbot)
    for name in ("a.pdf", "a.csv", "a.json"):
        with qtbot.waitSignal(panel.room.notices.toasted, timeout=20_000):
            panel.save_to(tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert json.loads((tmp_path / "a.json").read_text())["holds"] is True
    assert "net_production" in (tmp_path / "a.csv").read_text("utf-8-sig")


def test_making_tells_its_progress_and_can_be_cancelled(panel: MonthEndPanel, qtbot: QtBot) -> None:
    told: list[int] = []
    bar = panel.findChild(QProgressBar)
    assert bar is not None
    bar.valueChanged.connect(told.append)
    make_it(panel, qtbot)
    qtbot.waitUntil(lambda: len(set(told)) >= 5)
    panel._choose(Month(2026, 9))
    panel._start()
    with qtbot.waitSignal(panel.room.notices.toasted, timeout=20_000):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert panel._made is None
    assert panel._make.isEnabled()


def test_another_month_drops_the_paper_and_a_lock_does_too(
    panel: MonthEndPanel, qtbot: QtBot
) -> None:
    make_it(panel, qtbot)
    panel._go_earlier()
    assert panel._made is None
    assert panel._month == Month(2026, 9)
    make_it(panel, qtbot)
    panel.forget()
    assert panel._made is None


def test_a_month_is_closed_from_the_page(panel: MonthEndPanel, qtbot: QtBot) -> None:
    make_it(panel, qtbot)
    panel._close_month()
    qtbot.waitUntil(
        lambda: panel._made is not None and panel._made.report.seal is not None, timeout=20_000
    )
    qtbot.waitUntil(lambda: bool(panel.why_not("closing.close_month")), timeout=20_000)


def test_the_pack_comes_first_and_another_report_is_made_when_it_is_chosen(
    panel: MonthEndPanel, qtbot: QtBot, tmp_path: Path
) -> None:
    make_it(panel, qtbot)
    lines = panel._list
    assert lines.item(0).text() == "Month pack"
    assert lines.count() == 1 + len(REPORTS)
    lines.setFocus()
    qtbot.keyClick(lines, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: panel._made is not None, timeout=20_000)
    assert panel._made is not None
    assert panel._made.name == "summary"
    lines.choose("payer-mix")
    qtbot.waitUntil(
        lambda: panel._made is not None and panel._made.name == "payer-mix", timeout=20_000
    )
    with qtbot.waitSignal(panel.room.notices.toasted, timeout=20_000):
        panel.save_to(tmp_path / "mix.json")
    told = json.loads((tmp_path / "mix.json").read_text())
    assert told["report"] == "payer-mix"
    assert set(told) & {"proof", "aging"} == set()


def checklist_of(panel: MonthEndPanel, qtbot: QtBot) -> CloseMonthDialog:
    """Open the checklist and wait until everything was looked through."""
    panel.perform("closing.close_month")
    dialog = panel.findChild(CloseMonthDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.verb.isEnabled, timeout=20_000)
    return dialog


def test_the_checklist_says_what_is_left_and_enter_closes_the_month(
    panel: MonthEndPanel, qtbot: QtBot
) -> None:
    make_it(panel, qtbot)
    dialog = checklist_of(panel, qtbot)
    said = " ".join(dialog.texts)
    assert "Every visit is finished." in said
    assert "1 owner holds money that is on no charge: £15.00" in said
    assert "All 11 identities hold." in said
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: panel._made is not None and panel._made.report.seal is not None, timeout=20_000
    )
    qtbot.waitUntil(lambda: bool(panel.why_not("closing.close_month")), timeout=20_000)
    assert not panel.why_not("closing.reopen_month")


def test_a_closed_month_is_opened_again_with_a_reason(
    panel: MonthEndPanel, qtbot: QtBot, clinic: SmallClinic
) -> None:
    closing = Closing(clinic.records)
    closing.close_month(CloseMonth(Month(2026, 10)), an_actor())
    panel.refresh()
    qtbot.waitUntil(lambda: panel._seals.get(Month(2026, 10)) is True, timeout=20_000)
    qtbot.waitUntil(lambda: panel._errand is None, timeout=20_000)
    assert panel.why_not("closing.reopen_month") == ""
    assert panel.why_not("closing.close_month")
    panel.perform("closing.reopen_month")
    dialog = panel.findChild(ReopenMonthDialog)
    assert dialog is not None
    dialog.form.commit()
    assert dialog.isVisible(), "without a reason nothing is opened"
    dialog.reason.setText("A remittance came late")
    dialog.form.commit()
    qtbot.waitUntil(lambda: bool(panel.why_not("closing.reopen_month")), timeout=20_000)
    assert not panel.why_not("closing.close_month")


def test_a_month_that_is_not_over_is_not_closed(panel: MonthEndPanel) -> None:
    panel._go_later()
    assert panel.why_not("closing.close_month")


def test_every_page_reaches_the_printer(panel: MonthEndPanel, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from clinicdesk.printing import preview

    make_it(panel, qtbot)
    assert panel._made is not None
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    count = preview.page_count(panel._made.pdf)
    draw_pages(panel._made.pdf, printer, range(count))
    printed = (tmp_path / "printed.pdf").read_bytes()
    assert preview.page_count(printed) == count
    assert [wide > high for wide, high in preview.page_sizes(printed)] == [
        wide > high for wide, high in preview.page_sizes(panel._made.pdf)
    ]


def test_every_control_has_a_name(panel: MonthEndPanel) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox

    for control in [*panel.findChildren(QAbstractButton), *panel.findChildren(QComboBox)]:
        if control.isVisibleTo(panel):
            assert control.accessibleName() or getattr(control, "text", str)(), control
    assert {spec.id for spec in ACTIONS} >= {"closing.month_report", "closing.print"}
