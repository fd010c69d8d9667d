# SPDX-License-Identifier: Apache-2.0
"""The page of a day's end by keys: five of them close and print a day (R12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from clinicdesk.closing.model.day import UnfinishedRow
from clinicdesk.closing.panel import DayEndPanel
from clinicdesk.closing.panel.count_form import CARDS, CASH, CHEQUES
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.room import Room
from tests.closing.ledgers import BEN, SmallClinic
from tests.closing.test_day import MANAGER, TODAY

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def closing(clinic: SmallClinic) -> Closing:
    owed = clinic.charge(BEN, 20_000, TODAY)
    clinic.pay(owed, 4_000, TODAY, method="cash")
    clinic.pay(owed, 3_000, TODAY, method="card")
    return Closing(clinic.records)


@pytest.fixture
def panel(
    qtbot: QtBot,
    room: Room,
    clinic: SmallClinic,
    closing: Closing,
) -> DayEndPanel:
    clinic.records.on_commit(room.feed.announce)
    made = DayEndPanel(room, closing)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitSignal(made.answered):
        made.show()
    qtbot.waitExposed(made)
    made.perform("closing.close_day")
    return made


class Hands:
    """Types into what has the focus and counts keys; data typed is free."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot, self.keys = qtbot, 0

    def type(self, words: str) -> None:
        self._qtbot.keyClicks(self._focused(), words)

    def press(self, key: Qt.Key) -> None:
        self.keys += 1
        self._qtbot.keyClick(self._focused(), key)

    @staticmethod
    def _focused() -> QWidget:
        focused: object = QApplication.focusWidget()
        assert isinstance(focused, QWidget)
        return focused


def in_books(closing: Closing) -> tuple[str, str, str]:
    day = closing.day_end(TODAY, MANAGER)
    written = [f"{one / 100:.2f}" for one in (day.cash_minor, day.cards_minor, day.cheques_minor)]
    return written[0], written[1], written[2]


def test_a_day_whose_counts_agree_is_closed_without_a_question(
    panel: DayEndPanel, qtbot: QtBot, closing: Closing
) -> None:
    hands = Hands(qtbot)
    cash, cards, cheques = in_books(closing)
    hands.type(cash)
    hands.press(Qt.Key.Key_Tab)
    hands.type(cards)
    hands.press(Qt.Key.Key_Tab)
    hands.type(cheques)
    with qtbot.waitSignal(panel.answered):
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(panel.print_button.hasFocus)
    assert closing.day_end(TODAY, MANAGER).seal is not None
    assert hands.keys <= 3, "with Ctrl+Shift+D and Enter to print: five"
    assert not panel.close_button.isVisible()
    assert panel.count.fields[CASH].isReadOnly()


def test_the_books_are_not_shown_before_the_count(panel: DayEndPanel) -> None:
    assert not panel.methods.isVisible()
    assert all(not label.text() for label in panel.count._beside.values())


def test_a_difference_asks_why_and_closes_at_the_second_enter(
    panel: DayEndPanel, qtbot: QtBot, closing: Closing
) -> None:
    hands = Hands(qtbot)
    _cash, cards, cheques = in_books(closing)
    panel.count.fields[CASH].set_value(20_000)
    panel.count.fields[CARDS].setText(cards)
    panel.count.fields[CHEQUES].setText(cheques)
    hands.press(Qt.Key.Key_Return)
    assert panel.count.reason.hasFocus()
    assert panel.count._beside[CASH].text().endswith("too much")
    assert closing.day_end(TODAY, MANAGER).seal is None
    hands.type("A note counted twice")
    with qtbot.waitSignal(panel.answered):
        hands.press(Qt.Key.Key_Return)
    count = closing.day_end(TODAY, MANAGER).count
    assert count is not None
    assert (count.cash_minor, count.reason) == (20_000, "A note counted twice")


def test_nothing_counted_is_not_taken_for_zero(panel: DayEndPanel, qtbot: QtBot) -> None:
    Hands(qtbot).press(Qt.Key.Key_Return)
    assert panel.error.text() == "Type what you counted."
    assert panel.count.fields[CASH].hasFocus()


def test_notes_and_coins_add_up_to_the_cash(panel: DayEndPanel) -> None:
    panel.count.count_pieces.setChecked(True)
    panel.count._pieces[5_000].set_value(2)
    panel.count._pieces[50].set_value(3)
    assert panel.count.amount(CASH) == 10_150
    assert panel.count.pieces() == ((5_000, 2), (50, 3))


def test_the_paper_says_what_was_counted(closing: Closing, tmp_path: Path) -> None:
    day = closing.day_end(TODAY, MANAGER)
    pdf = closing.day_pdf(day, MANAGER, closing.formats("en"))
    assert pdf.startswith(b"%PDF")


def test_enter_on_the_print_button_prints_the_closed_day(
    panel: DayEndPanel, qtbot: QtBot, closing: Closing
) -> None:
    hands = Hands(qtbot)
    for name, written in zip((CASH, CARDS, CHEQUES), in_books(closing), strict=True):
        panel.count.fields[name].setText(written)
    with qtbot.waitSignal(panel.answered):
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(panel.print_button.hasFocus)
    with qtbot.waitSignal(panel.print_button.clicked):
        hands.press(Qt.Key.Key_Return)


def test_an_amount_is_read_whole_beside_what_the_books_say(
    panel: DayEndPanel, qtbot: QtBot, closing: Closing
) -> None:
    for name in (CASH, CARDS, CHEQUES):
        panel.count.fields[name].set_value(123_456_78)
    panel.count.compare(closing.day_end(TODAY, MANAGER))
    qtbot.wait(50)
    for name in (CASH, CARDS, CHEQUES):
        field = panel.count.fields[name]
        around = field.width() - field.contentsRect().width() + 4
        assert field.fontMetrics().horizontalAdvance(field.text()) + around < field.width()


def test_a_day_with_people_still_in_the_clinic_closes_only_at_a_second_enter(
    panel: DayEndPanel, qtbot: QtBot, closing: Closing
) -> None:
    hands = Hands(qtbot)
    for name, written in zip((CASH, CARDS, CHEQUES), in_books(closing), strict=True):
        panel.count.fields[name].setText(written)
    assert panel._day is not None
    came = datetime.combine(TODAY, time(9, 45))
    here = UnfinishedRow(1, BEN, "Carter, Ben", came, "Dr Osei", "in_room", charged=False)
    panel._day = replace(panel._day, unfinished=(here,))
    hands.press(Qt.Key.Key_Return)
    assert panel.error.text().startswith("1 visit is not finished")
    assert closing.day_end(TODAY, MANAGER).seal is None
    with qtbot.waitSignal(panel.answered):
        hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(panel.print_button.hasFocus)
    assert closing.day_end(TODAY, MANAGER).seal is not None
