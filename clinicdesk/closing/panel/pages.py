# SPDX-License-Identifier: Apache-2.0
"""The pages of a paper, one below the other; a page is drawn when it is first seen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.printing import preview
from clinicdesk.wording.text import _

_WIDEST = 760  # units
_GAP = 16  # units
_KEPT = 12  # drawn pages


class PageList(QAbstractScrollArea):
    """Shows a PDF; the bytes never touch the disk."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._pdf = b""
        self._serial = 0
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._places: list[QRect] = []
        self._drawn: dict[int, QImage] = {}
        self._asked: set[int] = set()
        self.setAccessibleName(_("Pages of the report"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.theme.changed.connect(self._arrange)

    def show_paper(self, pdf: bytes) -> None:
        """Show another paper from its first page."""
        self._pdf = pdf
        self._serial += 1
        self._sizes = preview.page_sizes(pdf) if pdf else ()
        self._arrange()
        self.verticalScrollBar().setValue(0)
        count = len(self._sizes)
        self.setAccessibleDescription(_("{count} pages").format(count=count) if count else "")

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _arrange(self) -> None:
        """Place the pages for the present width; what was drawn for another is dropped."""
        self._drawn.clear()
        self._asked.clear()
        self._serial += 1
        px = self._room.theme.px
        gap, room = px(_GAP), self.viewport().width()
        widest = max((size[0] for size in self._sizes), default=1.0)
        scale = max(0.1, min(room - 2 * gap, px(_WIDEST)) / widest)
        self._places, top = [], gap
        for wide, high in self._sizes:
            width, height = round(wide * scale), round(high * scale)
            self._places.append(QRect((room - width) // 2, top, width, height))
            top += height + gap
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, top - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(px(48))
        self.viewport().update()

    def _want(self, index: int) -> None:
        if index in self._asked or index in self._drawn:
            return
        self._asked.add(index)
        inches = self._sizes[index][0] / 72
        density = self._places[index].width() * self.devicePixelRatioF() / inches
        question = partial(preview.page_image, self._pdf, index, density)
        answered = partial(self._page_drawn, self._serial, index)
        self._room.desk.ask(question, answered, owner=self)

    def _page_drawn(self, serial: int, index: int, page: preview.PageImage) -> None:
        if serial != self._serial:
            return
        picture = QImage(
            page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32
        ).copy()
        self._asked.discard(index)
        self._drawn[index] = picture
        while len(self._drawn) > _KEPT:
            self._drawn.pop(max(self._drawn, key=lambda other: abs(other - index)))
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in sight; ask for those not drawn yet."""
        theme = self._room.theme
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.colour("window"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset = self.verticalScrollBar().value()
        for index, place in enumerate(self._places):
            shown = place.translated(0, -offset)
            if not shown.intersects(self.viewport().rect()):
                continue
            picture = self._drawn.get(index)
            if picture is None:
                painter.fillRect(shown, Qt.GlobalColor.white)  # paper is white in every theme
                self._want(index)
            else:
                painter.drawImage(shown, picture)
            painter.setPen(theme.colour("border"))
            painter.drawRect(shown.adjusted(0, 0, -1, -1))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Move the pages."""
        self.viewport().update()
