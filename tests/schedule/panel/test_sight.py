# SPDX-License-Identifier: Apache-2.0
"""What is seen and what is said: glyphs, the now-line, texts in a card, screen readers."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from clinicdesk.kernel.identity import AppointmentId
from clinicdesk.kernel.moments import utc_minute
from clinicdesk.schedule.model import Look, StepState
from clinicdesk.schedule.panel.card_painter import CardPainter
from clinicdesk.schedule.panel.geometry import Box
from clinicdesk.schedule.panel.glyphs import draw_glyph
from clinicdesk.schedule.panel.legend import SHOWN
from tests.schedule.clinic import FISCHER, KHAN, LIN, OSEI, PARK, RUIZ, TODAY, at, booking
from tests.schedule.panel.conftest import Bench
from tests.support.clinics import an_actor

ADA = an_actor()
NAME, ITEM = QAccessible.Text.Name, QAccessible.Role.ListItem


def picture(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(Qt.GlobalColor.white))
    return image


def test_every_state_has_a_glyph_of_its_own_without_colour(bench: Bench) -> None:
    seen = set()
    for look in Look:
        image = picture(13, 13)
        pen = QPainter(image)
        draw_glyph(pen, look, QRectF(0, 0, 13, 13), QColor(Qt.GlobalColor.black))
        pen.end()
        seen.add(sha256(bytes(image.constBits())).hexdigest())
    assert len(seen) == len(Look)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("size", [(220, 21), (220, 45), (90, 21), (60, 45)])
def test_nothing_in_a_card_lies_on_another_or_outside(
    bench: Bench, qtbot: QtBot, size: tuple[int, int], *, mirrored: bool
) -> None:
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15), note="Bring letter"), ADA)
    card = bench.rows()["Ruiz, Elena"]._replace(alert=True, due_minor=4000, new_patient=True)
    painter = CardPainter(bench.room.theme, bench.room.formats, right_to_left=mirrored)
    image = picture(*size)
    pen = QPainter(image)
    painter.paint(pen, Box(0, 0, *size), card)
    pen.end()
    whole = QRectF(0, 0, *size)
    for n, one in enumerate(painter.words):
        assert whole.adjusted(-1, -1, 1, 1).contains(one)
        for other in painter.words[:n]:
            assert one.intersected(other).width() <= 1 or one.intersected(other).height() <= 1


def test_a_narrow_card_keeps_the_name_and_moves_its_flags_down(bench: Bench) -> None:
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), ADA)
    card = bench.rows()["Ruiz, Elena"]._replace(alert=True)
    px = bench.room.theme.px
    tops = {}
    for width in (px(96), px(220)):
        painter = CardPainter(bench.room.theme, bench.room.formats, right_to_left=False)
        image = picture(width, px(45))
        pen = QPainter(image)
        painter.paint(pen, Box(0, 0, width, px(45)), card)
        pen.end()
        tops[width] = painter.words[0].top()
    assert tops[px(220)] < px(19) <= tops[px(96)]


def test_the_legend_names_every_state_before_flags_and_never_overlaps(bench: Bench) -> None:
    legend, px = bench.page.legend, bench.room.theme.px
    whole = legend.entries(px(1400))
    assert [key for (key, _words), _x in whole] == [*SHOWN, "d", "a"]
    close = legend.entries(px(900))
    assert [key for (key, _words), _x in close][: len(SHOWN)] == list(SHOWN)
    few = legend.entries(px(300))
    assert [key for (key, _words), _x in few] == list(SHOWN[: len(few)])
    assert len(few) > 1


def _has_line(bench: Bench) -> bool:
    """Look for the now-line's colour between the cards of the first column."""
    grid = bench.grid
    column = grid.board.columns[0]
    y = int(grid.geometry_.y_of(utc_minute(grid.now) - column.zero))
    image = grid.viewport().grab().toImage()
    if not 0 < y < image.height():
        return False
    colour = bench.room.theme.colour("now").rgb()
    x = int(grid.geometry_.column_box(0).right) - 4
    return any(image.pixel(x, y + n) == colour for n in (-1, 0, 1))


def test_the_now_line_is_on_today_only(bench: Bench, qtbot: QtBot) -> None:
    assert _has_line(bench)
    bench.page.step(1)
    bench.settle(qtbot)
    assert bench.page.on == TODAY + timedelta(days=1)
    assert not _has_line(bench)


def test_at_midnight_the_page_goes_to_the_new_day(bench: Bench, qtbot: QtBot) -> None:
    bench.clinic.clock.advance(timedelta(hours=11, minutes=59, seconds=59))
    bench.page.tick()
    bench.settle(qtbot)
    assert bench.page.on == TODAY
    bench.clinic.clock.advance(timedelta(seconds=6))
    bench.page.tick()
    bench.settle(qtbot)
    assert bench.page.on == TODAY + timedelta(days=1)


def test_a_screen_reader_finds_every_card_and_hears_all_of_it(bench: Bench, qtbot: QtBot) -> None:
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), ADA)
    placed = bench.clinic.schedule.book(booking(PARK, FISCHER, at(12)), ADA).value
    bench.clinic.schedule.step(StepState(AppointmentId(placed.appointment_id), placed.version), ADA)
    bench.clinic.clock.advance(timedelta(minutes=17))
    bench.settle(qtbot)
    bench.page.tick()
    board = QAccessible.queryAccessibleInterface(bench.grid)
    assert board.childCount() == 2
    first, second = board.child(0), board.child(1)
    assert first.text(NAME) == (
        "12:00 to 12:30, Park, Min, Dr Lena Fischer, Waiting 17 min, new patient"
    )
    assert second.text(NAME).startswith("15:00 to 15:30, Ruiz, Elena")
    assert first.role() == ITEM
    bench.grid.select(bench.rows()["Ruiz, Elena"].id)
    whole = bench.grid.viewport().rect()
    corner = bench.grid.viewport().mapToGlobal(whole.topLeft())
    assert whole.translated(corner).intersects(second.rect())


def test_a_locked_window_keeps_no_names(bench: Bench, qtbot: QtBot) -> None:
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), ADA)
    bench.settle(qtbot)
    bench.page.forget()
    assert bench.grid.cards() == []
    assert QAccessible.queryAccessibleInterface(bench.grid).childCount() == 0


@pytest.mark.parametrize("mode", ["week", "month", "list", "day"])
def test_each_view_shows_the_same_appointment(bench: Bench, qtbot: QtBot, mode: str) -> None:
    bench.clinic.schedule.book(booking(RUIZ, OSEI, at(15)), ADA)
    bench.page.perform(f"schedule.{mode}")
    bench.settle(qtbot)
    if mode == "list":
        assert [row.name for row in bench.page.list.rows.rows] == ["Ruiz, Elena"]
    elif mode == "month":
        assert "1 booked" in bench.page.month.said(TODAY)
    else:
        assert [card.name for card in bench.grid.cards()] == ["Ruiz, Elena"]


def test_a_strip_that_does_not_hold_all_says_how_many_more_and_has_no_scroll_bar(
    bench: Bench, qtbot: QtBot
) -> None:
    for who, hour in ((RUIZ, 13), (PARK, 14), (LIN, 15)):
        done = bench.clinic.schedule.book(booking(who, OSEI, at(hour)), ADA).value
        step = StepState(AppointmentId(done.appointment_id), done.version)
        bench.clinic.schedule.step(step, ADA)
    bench.settle(qtbot)
    assert bench.strip.more.isHidden()
    bench.strip.resize(400, 110)
    bench.settle(qtbot)
    assert bench.strip.more.text().startswith("1 more")
    assert not bench.strip.cards.horizontalScrollBar().isVisible()
    bench.strip.more.click()
    assert bench.strip.cards.horizontalScrollBar().value() > 0
    bench.clinic.schedule.book(booking(KHAN, FISCHER, at(16)), ADA)
    bench.settle(qtbot)
    assert bench.strip.more.text().startswith("1 more")  # still said after a refresh


def test_the_slot_cursor_does_not_veil_the_card_it_stands_on(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.clinic.schedule.book(booking(PARK, FISCHER, at(16)), ADA)
    bench.settle(qtbot)
    monkeypatch.setattr(bench.grid, "hasFocus", lambda: True)
    [card] = bench.rows().values()
    centre, seen = bench.centre(card), []
    for minute in (9 * 60, 16 * 60):
        bench.grid.select(0)
        bench.grid.cursor_at = (1, minute)
        image = bench.grid.viewport().grab().toImage()
        seen.append(image.pixelColor(centre.x() + 30, centre.y() - 6).name())
    assert seen[0] == seen[1]
