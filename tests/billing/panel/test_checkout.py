# SPDX-License-Identifier: Apache-2.0
"""Checking out at the side of the window."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from clinicdesk.billing.panel import actions
from clinicdesk.billing.panel.asking import Start
from clinicdesk.billing.panel.checkout import CheckOutPanel
from clinicdesk.billing.panel.choices import RECEIPT_PAPER
from clinicdesk.staff.model import AddStaff
from tests.billing.panel.conftest import Bench
from tests.billing.test_receipts import papers_of
from tests.support.practice import TODAY

ENTER, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


def _of(bench: Bench, patient: int) -> CheckOutPanel:
    bench.room.spotlight.show("patient", patient)
    panel = bench.checkout()
    bench.show(panel, 360)
    panel.activateWindow()
    return panel


def test_without_a_patient_it_says_how_to_find_one(bench: Bench) -> None:
    panel = bench.checkout()
    bench.qtbot.addWidget(panel)
    panel.show()
    assert "Ctrl+K" in panel._placard._words.text()
    assert not panel.why_not(actions.TAKE_PAYMENT)  # F9 leads here


def test_f9_tab_letter_enter_takes_what_is_due_and_shows_the_receipt(bench: Bench) -> None:
    bench.practice.charge(bench.practice.anna, 8_500)
    panel = _of(bench, bench.practice.anna)
    panel.perform(actions.TAKE_PAYMENT)
    assert QApplication.focusWidget() is panel.amount
    assert panel.amount.selectedText() == "85.00"
    bench.key(panel.amount, TAB)
    assert QApplication.focusWidget() is panel.method
    bench.key(panel.method, Qt.Key.Key_C)
    assert panel.method.value() == "card"
    bench.key(panel.method, ENTER)
    bench.qtbot.waitUntil(lambda: panel.papers.view is not None, timeout=10_000)
    bench.settle(panel)
    account = bench.practice.billing.account(bench.practice.anna, bench.practice.actor)
    assert account.due_minor == 0
    assert account.lines[-1].description == "card"
    assert bench.room.desk.shelf.next_undo
    assert panel.method.value() == "cash"  # so that C means the card again
    assert panel.papers.view is not None
    panel.papers.view.close()


def test_f9_before_the_account_is_read_still_selects_what_is_due(bench: Bench) -> None:
    bench.practice.charge(bench.practice.anna, 8_500)
    bench.room.spotlight.show("patient", bench.practice.anna)
    panel = bench.checkout()
    bench.qtbot.addWidget(panel)
    with bench.qtbot.waitSignal(panel.answered):
        panel.show()
        panel.activateWindow()
        panel.perform(actions.TAKE_PAYMENT)
    assert panel.amount.selectedText() == "85.00"


def test_a_service_added_by_its_code_is_due_now(bench: Bench) -> None:
    panel = _of(bench, bench.practice.anna)
    bench.qtbot.keyClicks(panel.services.code, "cons")
    bench.key(panel.services.code, ENTER)
    assert panel.amount.value() == 8_500
    panel.services.lines[0].price.set_value(5_000)
    assert panel.amount.value() == 5_000
    panel.receipt.setChecked(False)
    bench.key(panel.amount, ENTER)
    bench.settle(panel)
    charge, payment = bench.practice.billing.account(
        bench.practice.anna, bench.practice.actor
    ).lines
    assert (charge.charge_minor, payment.payment_minor) == (5_000, 5_000)
    assert panel.services.lines == []


def test_services_of_the_insured_are_not_asked_of_the_patient(bench: Bench) -> None:
    panel = _of(bench, bench.practice.cara)
    bench.qtbot.keyClicks(panel.services.code, "cons")
    bench.key(panel.services.code, ENTER)
    assert panel.amount.value() == 0
    assert panel.insurance.isVisible()


def test_a_typed_amount_stays_when_services_change(bench: Bench) -> None:
    panel = _of(bench, bench.practice.anna)
    panel.amount.selectAll()
    bench.qtbot.keyClicks(panel.amount, "20")
    bench.qtbot.keyClicks(panel.services.code, "xray")
    bench.key(panel.services.code, ENTER)
    assert panel.amount.value() == 2_000


def test_a_removed_service_is_not_charged(bench: Bench) -> None:
    panel = _of(bench, bench.practice.anna)
    for code in ("cons", "xray"):
        bench.qtbot.keyClicks(panel.services.code, code)
        bench.key(panel.services.code, ENTER)
    panel.services.lines[0].out.click()
    panel.receipt.setChecked(False)
    panel.verb.click()
    bench.settle(panel)
    account = bench.practice.billing.account(bench.practice.anna, bench.practice.actor)
    assert [one.charge_minor for one in account.lines if one.charge_minor] == [4_000]


def test_undo_reverses_the_whole_check_out(bench: Bench) -> None:
    panel = _of(bench, bench.practice.anna)
    bench.qtbot.keyClicks(panel.services.code, "cons")
    bench.key(panel.services.code, ENTER)
    panel.receipt.setChecked(False)
    panel.verb.click()
    bench.settle(panel)
    bench.room.desk.undo()
    bench.settle(panel)
    account = bench.practice.billing.account(bench.practice.anna, bench.practice.actor)
    assert account.due_minor == account.credit_minor == 0
    assert len(account.lines) >= 4


def test_undoing_a_plain_payment_speaks_of_a_payment(bench: Bench) -> None:
    bench.practice.charge(bench.practice.anna, 8_500, 0)
    panel = _of(bench, bench.practice.anna)
    panel.receipt.setChecked(False)
    panel.verb.click()
    bench.settle(panel)
    said: list[str] = []
    bench.room.notices.toasted.connect(lambda words, _verb: said.append(words))
    bench.room.desk.undo()
    bench.settle(panel)
    assert said == ["The payment is reversed; both lines stay in the account."]


def test_nothing_to_post_is_said_in_place(bench: Bench) -> None:
    panel = _of(bench, bench.practice.anna)
    panel.verb.click()
    assert panel.error.isVisible()


def test_the_next_visit_is_booked_by_the_schedule(bench: Bench) -> None:
    panel = _of(bench, bench.practice.anna)
    panel.book.click()
    assert bench.ran == ["schedule.book"]


def test_enter_in_the_services_goes_on_to_the_payment_and_posts_nothing(bench: Bench) -> None:
    panel = _of(bench, bench.practice.anna)
    bench.key(panel.services.code, ENTER)
    bench.settle(panel)
    account = bench.practice.billing.account(bench.practice.anna, bench.practice.actor)
    assert account.lines == ()


def test_escape_first_gives_the_proposal_back_and_then_closes_the_check_out(bench: Bench) -> None:
    bench.practice.charge(bench.practice.anna, 8_500)
    panel = _of(bench, bench.practice.anna)
    panel.focus_first()
    bench.qtbot.keyClicks(panel.amount, "20")
    bench.key(panel.amount, Qt.Key.Key_Escape)
    assert panel.amount.value() == 8_500
    assert bench.ran == []
    bench.key(panel.amount, Qt.Key.Key_Escape)
    assert bench.ran == ["view.checkout"]


def test_a_button_closes_the_check_out_and_gives_the_focus_back(bench: Bench) -> None:
    panel = _of(bench, bench.practice.anna)
    page = QLineEdit()
    bench.qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    page.setFocus()
    panel.perform(actions.TAKE_PAYMENT)
    panel.out.click()
    assert bench.ran == ["view.checkout"]
    assert page.window().focusWidget() is page


def test_the_provider_is_that_of_the_visit_until_somebody_chooses_another(bench: Bench) -> None:
    practice = bench.practice
    first = practice.doctor
    other = practice.staff.add(
        AddStaff("Dr Lena Fischer", "LF", "gp", is_provider=True), practice.actor
    ).value
    panel = _of(bench, practice.anna)
    assert panel.provider.value() == first
    start = panel._proposal
    assert start is not None
    panel.show_answer(Start(replace(start, provider_id=other), ()))
    assert panel.provider.value() == other
    panel.provider.setFocus()
    bench.key(panel.provider, Qt.Key.Key_Up)
    assert panel.provider.value() == first
    panel.show_answer(Start(replace(start, provider_id=other), ()))
    assert panel.provider.value() == first


def test_what_is_left_after_the_payment_is_what_the_receipt_says(bench: Bench) -> None:
    practice = bench.practice
    practice.charge(practice.anna, 4_000, on=TODAY - timedelta(days=40))
    panel = _of(bench, practice.anna)
    bench.qtbot.keyClicks(panel.services.code, "cons")
    bench.key(panel.services.code, ENTER)
    panel.amount.selectAll()
    bench.qtbot.keyClicks(panel.amount, "100")
    assert panel.sums.after.text() == "£25.00"
    bench.key(panel.amount, ENTER)
    bench.qtbot.waitUntil(lambda: panel.papers.view is not None, timeout=10_000)
    bench.settle(panel)
    account = practice.billing.account(practice.anna, practice.actor)
    paper = papers_of(practice, account.lines[-1].receipt_id or 0)
    assert paper.account is not None
    assert paper.account.balance_minor == 2_500
    assert panel.papers.view is not None
    panel.papers.view.close()


@pytest.mark.parametrize(("chosen", "wide"), [("a5", 419.5), ("roll_80", 226.8), ("a4", 595.3)])
def test_a_receipt_is_printed_on_the_paper_of_this_desk_at_its_own_size(
    bench: Bench, tmp_path: Path, chosen: str, wide: float
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    bench.room.settings.put(RECEIPT_PAPER, chosen)
    panel = _of(bench, bench.practice.anna)
    bench.practice.charge(bench.practice.anna, 8_500, 8_500)
    panel.papers.receipt(1)
    bench.qtbot.waitUntil(lambda: panel.papers.view is not None, timeout=10_000)
    view = panel.papers.view
    assert view is not None
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    view.print_on(printer)
    view.close()
    (page,) = PdfReader(tmp_path / "printed.pdf").pages
    assert abs(float(page.mediabox.width) - wide) < 3
