# SPDX-License-Identifier: Apache-2.0
"""The page of accounts by keys: which account, where a payment goes, filters, copies, numbers."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from clinicdesk.billing.model import PostRemittance, RemittanceLine
from clinicdesk.billing.panel import NumberSource
from clinicdesk.billing.panel.register import RegisterPanel
from tests.billing.panel.conftest import Bench
from tests.billing.panel.test_register import of_anna, of_anna_owing
from tests.support.practice import TODAY

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


def _two_open(bench: Bench) -> RegisterPanel:
    """Anna owes 40.00 of long ago and 85.00 of today."""
    bench.practice.charge(bench.practice.anna, 4_000, on=TODAY - timedelta(days=40))
    return of_anna_owing(bench, 8_500)


def _parts(panel: RegisterPanel) -> list[int | None]:
    column = panel.open.rows.columns[-1]
    return [column.value(item) for item in panel.open.rows.rows]


def test_the_last_account_is_opened_when_no_patient_is_chosen(bench: Bench) -> None:
    bench.practice.charge(bench.practice.cara, 1_000)
    panel = bench.register()
    bench.show(panel)
    assert panel.head.name.text() == "Cara Ito"
    assert bench.room.spotlight.current("patient") == bench.practice.cara


def test_an_empty_clinic_offers_the_search_with_the_focus_on_it(bench: Bench) -> None:
    panel = bench.register()
    bench.qtbot.addWidget(panel)
    panel.show()
    panel.activateWindow()
    bench.qtbot.waitUntil(panel._placard._button.hasFocus, timeout=5_000)
    bench.key(panel._placard._button, Qt.Key.Key_Space)
    assert bench.ran == ["edit.find_patient"]


def test_a_typed_payment_shows_where_it_would_go_oldest_first(bench: Bench) -> None:
    panel = _two_open(bench)
    panel.row.start("payment")
    bench.qtbot.keyClicks(panel.row.amount, "100")
    assert _parts(panel) == [4_000, 6_000]
    assert "0.00" in panel.pane.left.text()
    panel.row.start("charge")
    assert _parts(panel) == [None, None]


def test_space_fills_a_charge_and_digits_put_a_part_of_it_there(bench: Bench) -> None:
    panel = _two_open(bench)
    panel.row.start("payment")
    panel.open.setFocus()
    panel.open.choose_row(1)
    bench.key(panel.open, Qt.Key.Key_Space)
    assert _parts(panel) == [None, 8_500]
    assert panel.row.amount.value() == 8_500
    panel.open.choose_row(0)
    bench.key(panel.open, Qt.Key.Key_2)
    bench.qtbot.keyClicks(panel.pane.part, "5")
    bench.key(panel.pane.part, ENTER)
    assert _parts(panel) == [2_500, 8_500]
    assert panel.row.amount.value() == 11_000
    bench.key(panel.open, ENTER)
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    assert [item.open_minor for item in panel.open.rows.rows] == [1_500]
    assert bench.practice.failed_checks() == []


def test_what_is_put_by_hand_leaves_the_rest_as_credit(bench: Bench) -> None:
    panel = _two_open(bench)
    panel.row.start("payment")
    bench.qtbot.keyClicks(panel.row.amount, "100")
    panel.open.choose_row(0)
    panel.open.setFocus()
    bench.key(panel.open, Qt.Key.Key_Space)  # off the older one: only the newer keeps its part
    assert _parts(panel) == [None, 6_000]
    assert "40.00" in panel.pane.left.text()
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    account = bench.practice.billing.account(bench.practice.anna, bench.practice.actor)
    assert [item.open_minor for item in account.open] == [4_000, 2_500]
    assert account.credit_minor == 4_000


def test_the_balance_stands_in_order_of_date_only(bench: Bench) -> None:
    panel = _two_open(bench)
    balances = [panel.table.rows.columns[8].value(line) for line in panel.table.rows.rows]
    assert balances == [4_000, 12_500]
    panel.table.choose_row(1)
    header = panel.table.horizontalHeader()
    header.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    balances = [panel.table.rows.columns[8].value(line) for line in panel.table.rows.rows]
    assert balances == [12_500, 4_000]
    assert not panel.unordered.isVisible()
    header.setSortIndicator(5, Qt.SortOrder.AscendingOrder)
    balances = [panel.table.rows.columns[8].value(line) for line in panel.table.rows.rows]
    assert balances == [None, None]
    assert panel.unordered.isVisible()
    row = panel.table.currentIndex()
    assert panel.table.viewport().rect().intersects(panel.table.visualRect(row))


def test_chips_and_days_narrow_the_register_and_escape_gives_all_back(bench: Bench) -> None:
    panel = _two_open(bench)
    panel.row.start("payment")
    bench.qtbot.keyClicks(panel.row.amount, "40")
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    rows, lines = panel.table.rows, panel.head.lines
    assert len(rows.rows) == 3
    bench.key(lines.chips["open"], Qt.Key.Key_Space)
    assert [line.open_minor for line in rows.rows] == [8_500]
    bench.key(lines.chips["insurer"], Qt.Key.Key_Space)
    assert rows.rows == []
    assert panel.nothing.isVisible()
    bench.key(lines.chips["insurer"], ESC)
    assert len(rows.rows) == 3
    lines.first.setFocus()
    bench.qtbot.keyClicks(lines.first, "+1")
    bench.key(lines.first, TAB)
    assert rows.rows == []
    lines.text.setFocus()
    bench.key(lines.text, ESC)
    assert len(rows.rows) == 3


def test_credit_that_is_on_no_charge_is_found_by_its_chip(bench: Bench) -> None:
    panel = of_anna(bench)
    panel.row.start("payment")
    bench.qtbot.keyClicks(panel.row.amount, "50")
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    bench.practice.charge(bench.practice.anna, 8_500)
    bench.settle(panel)
    bench.key(panel.head.lines.chips["unallocated"], Qt.Key.Key_Space)
    assert [line.payment_minor for line in panel.table.rows.rows] == [5_000]


def test_the_copied_register_parses_back_to_what_is_shown(bench: Bench) -> None:
    panel = _two_open(bench)
    panel.table.setFocus()
    panel.table.selectAll()
    held = Qt.KeyboardModifier.ControlModifier
    bench.qtbot.keyClick(panel.table, Qt.Key.Key_C, held | Qt.KeyboardModifier.ShiftModifier)
    head, *lines = QGuiApplication.clipboard().text().split("\n")
    titles = head.split("\t")
    assert titles[0] == "Date"
    cells = [dict(zip(titles, line.split("\t"), strict=True)) for line in lines]
    assert [cell["Charge"] for cell in cells] == ["40.00", "85.00"]
    assert [cell["Balance"] for cell in cells] == ["40.00", "125.00"]
    bench.qtbot.keyClick(panel.table, Qt.Key.Key_C, held)
    assert QGuiApplication.clipboard().text().split("\n") == lines


def test_a_receipt_asked_for_by_its_number_is_the_chosen_row(bench: Bench) -> None:
    bench.practice.charge(bench.practice.anna, 8_500, 2_000)
    bench.practice.charge(bench.practice.anna, 4_000, 1_000)
    source = NumberSource(bench.room, bench.practice.billing)
    question = source.question("R-1")
    assert question is not None
    (hit,) = question()
    assert hit.title == "Receipt R-1"
    panel = bench.register()
    bench.show(panel)
    hit.act()
    bench.settle(panel)
    line = panel.table.current()
    assert line is not None
    assert line.reference == "R-1"
    assert source.question("anna") is None


def test_a_statement_asked_for_by_its_number_is_shown_as_it_was_issued(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    panel.papers.statement(bench.practice.anna)
    bench.qtbot.waitUntil(lambda: panel.papers.view is not None, timeout=10_000)
    first = panel.papers.view
    assert first is not None
    first.close()
    question = NumberSource(bench.room, bench.practice.billing).question("S-1")
    assert question is not None
    (hit,) = question()
    hit.act()
    bench.qtbot.waitUntil(lambda: panel.papers.view is not first, timeout=10_000)
    again = panel.papers.view
    assert again is not None
    again.close()


def test_an_insurers_receipt_is_found_by_its_number_on_an_account_it_paid(bench: Bench) -> None:
    practice = bench.practice
    first = practice.charge(practice.cara, 9_000).charge_ids[0]
    party = ("payer", practice.insurer)
    other = practice.charge(practice.anna, 2_000, party=party).charge_ids[0]
    lines = (RemittanceLine(first, 9_000), RemittanceLine(other, 2_000))
    command = PostRemittance(practice.insurer, 11_000, lines)
    practice.billing.post_remittance(command, practice.actor)
    question = NumberSource(bench.room, practice.billing).question("R-1")
    assert question is not None
    (hit,) = question()
    assert "Anna Weber" in hit.path  # the one of its patients who was registered first
