# SPDX-License-Identifier: Apache-2.0
"""The menu of a card says what its acts do."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.schedule.clinic import OSEI, RUIZ, at, booking
from tests.schedule.panel.conftest import Bench
from tests.support.clinics import an_actor


def test_the_menu_of_a_card_says_what_comes_next(bench: Bench, qtbot: QtBot) -> None:
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), an_actor())
    bench.settle(qtbot)
    [card] = bench.rows().values()
    bench.grid.choose(card.id)
    bench.page.counter._menu(QPoint(100, 100))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text().replace("&", "") for action in menu.actions()]
    menu.close()
    assert words[0] == "Arrived"
    assert "Take payment" in words
