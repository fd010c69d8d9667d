# SPDX-License-Identifier: Apache-2.0
"""The register as hands and eyes meet it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt

from clinicdesk.billing.dialogs import RefundDialog
from clinicdesk.billing.panel import actions
from clinicdesk.billing.panel.register import RegisterPanel
from tests.billing.panel.conftest import Bench

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab


def of_anna(bench: Bench) -> RegisterPanel:
    bench.room.spotlight.show("patient", bench.practice.anna)
    panel = bench.register()
    bench.show(panel)
    return panel


def of_anna_owing(bench: Bench, amount_minor: int, paid_minor: int = 0) -> RegisterPanel:
    bench.practice.charge(bench.practice.anna, amount_minor, paid_minor)
    return of_anna(bench)


def test_without_a_patient_it_says_how_to_find_one(bench: Bench) -> None:
    panel = bench.register()
    bench.qtbot.addWidget(panel)
    panel.show()
    assert "Ctrl+K" in panel._placard._words.text()
    assert panel.why_not(actions.STATEMENT)


def test_it_follows_the_spotlight_and_tells_what_is_owed(bench: Bench) -> None:
    bench.practice.charge(bench.practice.cara, 9000)
    panel = of_anna_owing(bench, 12_500, 4_000)
    assert panel.head.name.text() == "Anna Weber"
    assert "85.00" in panel.head.owes.text()
    assert [line.balance_minor for line in panel.table.rows.rows][-1] == 8_500
    bench.room.spotlight.show("patient", bench.practice.cara)
    bench.settle(panel)
    assert "90.00" in panel.head.insurer.text()


def test_enter_posts_the_typed_amount_and_not_the_listed_price(bench: Bench) -> None:
    panel = of_anna(bench)
    panel.row.start()
    bench.qtbot.keyClicks(panel.row.amount, "42.50")
    bench.qtbot.keyClicks(panel.row.code, "cons")
    bench.key(panel.row.code, ENTER)
    bench.settle(panel)
    (line,) = panel.table.rows.rows
    assert line.charge_minor == 4_250
    assert line.description.startswith("Consultation")
    assert panel.row.code.text() == panel.row.amount.text() == ""


def test_completion_fills_words_and_price_but_never_a_typed_amount(bench: Bench) -> None:
    row = of_anna(bench).row
    bench.qtbot.keyClicks(row.code, "radio")
    bench.key(row.code, ENTER)
    assert (row.code.text(), row.description.text(), row.amount.text()) == (
        "XRAY", "Radiograph", "40.00",
    )  # fmt: skip
    row.clear()
    bench.qtbot.keyClicks(row.amount, "12")
    bench.qtbot.keyClicks(row.code, "radio")
    bench.key(row.code, TAB)
    assert row.code.text() == "XRAY"
    assert row.amount.value() == 1_200


def test_a_description_that_was_typed_stays_too(bench: Bench) -> None:
    row = of_anna(bench).row
    bench.qtbot.keyClicks(row.description, "Long consultation")
    bench.qtbot.keyClicks(row.code, "cons")
    bench.key(row.code, TAB)
    assert row.description.text() == "Long consultation"
    assert row.amount.value() == 8_500


def test_control_enter_posts_a_payment_and_shows_its_receipt(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    panel.row.start("payment")
    bench.qtbot.keyClicks(panel.row.amount, "85")
    bench.key(panel.row.amount, ENTER, control=True)
    bench.qtbot.waitUntil(lambda: panel.papers.view is not None, timeout=10_000)
    bench.settle(panel)
    assert panel.table.rows.rows[-1].payment_minor == 8_500
    assert panel.open.rows.rows == []
    assert panel.papers.view is not None
    panel.papers.view.close()


def test_escape_clears_the_line_and_nothing_else(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    bench.qtbot.keyClicks(panel.row.amount, "42")
    bench.key(panel.row.amount, ESC)
    assert panel.row.amount.text() == ""
    assert len(panel.table.rows.rows) == 1


def test_what_is_missing_is_said_under_the_line_and_nothing_is_lost(bench: Bench) -> None:
    panel = of_anna(bench)
    bench.qtbot.keyClicks(panel.row.amount, "42")
    bench.key(panel.row.amount, ENTER)
    assert panel.row.error.isVisible()
    assert panel.row.amount.text() == "42"
    bench.settle(panel)
    assert panel.table.rows.rows == []


def test_more_than_is_open_cannot_be_written_off(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    panel.row.start("write-off")
    bench.qtbot.keyClicks(panel.row.amount, "90")
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    assert "85.00" in panel.row.error.text()
    panel.row.amount.selectAll()
    bench.qtbot.keyClicks(panel.row.amount, "5")
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    assert panel.open.rows.rows[0].open_minor == 8_000


def test_reversing_asks_a_reason_in_place_and_both_lines_stay(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    panel.table.selectRow(0)
    panel.perform(actions.REVERSE)
    assert panel.reason.isVisible()
    bench.qtbot.keyClicks(panel.reason.reason, "Wrong patient")
    bench.key(panel.reason.reason, ENTER)
    bench.settle(panel)
    charge, mirror = panel.table.rows.rows
    assert charge.reversed
    assert mirror.charge_minor == -8_500
    panel.table.selectRow(0)
    assert panel.why_not(actions.REVERSE)


def test_a_reversal_left_with_escape_reverses_nothing(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    panel.table.selectRow(0)
    panel.perform(actions.REVERSE)
    bench.key(panel.reason.reason, ESC)
    bench.settle(panel)
    assert not panel.reason.isVisible()
    assert not panel.table.rows.rows[0].reversed


def test_an_amount_is_found_by_its_sum(bench: Bench) -> None:
    bench.practice.charge(bench.practice.anna, 4_250)
    panel = of_anna_owing(bench, 8_500)
    panel.head.filter.setText("=42.5")
    assert [line.charge_minor for line in panel.table.rows.rows] == [4_250]
    panel.head.filter.setText("zz")
    assert panel.nothing.isVisible()


def test_credit_is_put_on_the_oldest_charge(bench: Bench) -> None:
    panel = of_anna(bench)
    panel.row.start("payment")
    bench.qtbot.keyClicks(panel.row.amount, "50")
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    bench.practice.charge(bench.practice.anna, 8_500)
    bench.settle(panel)
    bench.qtbot.waitUntil(panel.put_on.isVisible)
    panel.put_on.click()
    bench.settle(panel)
    assert panel.open.rows.rows[0].open_minor == 3_500
    assert bench.practice.failed_checks() == []


def test_a_statement_is_shown_before_it_is_printed(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    panel.head.statement.click()
    bench.qtbot.waitUntil(lambda: panel.papers.view is not None, timeout=10_000)
    assert panel.papers.view is not None
    assert panel.papers.view.windowTitle() == "Statement"
    panel.papers.view.close()


def test_a_locked_window_shows_nothing_of_the_account(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    panel.forget()
    assert panel.table.rows.rows == []
    assert panel.head.name.text() == ""


def test_enter_pressed_twice_posts_once(bench: Bench) -> None:
    panel = of_anna(bench)
    bench.qtbot.keyClicks(panel.row.code, "CONS")
    bench.key(panel.row.code, ENTER)
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    assert len(panel.table.rows.rows) == 1


def test_credit_is_refunded_with_a_reason(bench: Bench) -> None:
    panel = of_anna(bench)
    panel.row.start("payment")
    bench.qtbot.keyClicks(panel.row.amount, "50")
    bench.key(panel.row.amount, ENTER)
    bench.settle(panel)
    bench.qtbot.waitUntil(lambda: not panel.why_not(actions.REFUND))
    panel.perform(actions.REFUND)
    (dialog,) = panel.window().findChildren(RefundDialog)
    assert dialog.amount.value() == 5_000
    bench.key(dialog.amount, ENTER)
    assert dialog.isVisible()  # a reason is needed
    bench.qtbot.keyClicks(dialog.reason, "Paid twice")
    bench.key(dialog.reason, ENTER)
    bench.settle(panel)
    assert panel.credits.text() == ""
    assert bench.practice.failed_checks() == []


def test_the_actions_of_both_pages_have_ids_of_their_own() -> None:
    specs = (*actions.REGISTER_ACTIONS, *actions.CHECKOUT_ACTIONS)
    assert len({spec.id for spec in specs}) == len(specs)
    assert {spec.panel for spec in specs} == {actions.REGISTER, actions.CHECKOUT}


def test_the_last_receipt_is_printed_again_though_no_line_is_chosen(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500, 4_000)
    panel.table.clearSelection()
    panel.table.setCurrentIndex(QModelIndex())
    assert panel.why_not(actions.RECEIPT) == ""
    panel.perform(actions.RECEIPT)
    bench.qtbot.waitUntil(lambda: panel.papers.view is not None, timeout=10_000)
    assert panel.papers.view is not None
    panel.papers.view.close()


def test_a_receipt_asked_for_before_the_account_is_read_follows(bench: Bench) -> None:
    bench.practice.charge(bench.practice.anna, 8_500, 4_000)
    bench.room.spotlight.show("patient", bench.practice.anna)
    panel = bench.register()
    panel.perform(actions.RECEIPT)
    bench.show(panel)
    bench.qtbot.waitUntil(lambda: panel.papers.view is not None, timeout=10_000)
    assert panel.papers.view is not None
    panel.papers.view.close()


def test_where_there_is_no_receipt_that_is_said(bench: Bench) -> None:
    panel = of_anna_owing(bench, 8_500)
    said: list[str] = []
    bench.room.notices.toasted.connect(lambda words, _verb: said.append(words))
    panel.perform(actions.RECEIPT)
    assert said == ["No payment of this account has a receipt."]
