# SPDX-License-Identifier: Apache-2.0
"""A paper before it is printed: its real pages as pictures, then print, save or close.

The pages come as PNG bytes and the paper as its own bytes; nothing is written to disk unless
somebody saves it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.desktop.curtain import Curtain
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.file_choice import save_file
from clinicdesk.desktop.layout import within
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import Theme
from clinicdesk.wording.text import _

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_SHOWN_WIDTH = 620  # units, of a page on screen


class PaperView(QDialog):
    """Shows a paper and hands it to a printer or a file."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        pages: Sequence[bytes],
        save: Callable[[str], None],
        suggested_name: str,
        parent: QWidget | None = None,
        *,
        dots_per_inch: float = 110,
    ) -> None:
        """Make the view; ``save`` writes the paper to a path, whole or not at all.

        Each page is printed at its own size, which ``dots_per_inch`` of its picture gives.
        Over the main window it remembers the folder that papers go to.
        """
        super().__init__(parent)
        window = parent.window() if parent is not None else None
        room = getattr(window, "room", None)
        self._settings = room.settings if isinstance(room, Room) else DeskSettings()
        self.setWindowTitle(title)
        self._images = [QImage.fromData(page) for page in pages]
        self._save, self._suggested = save, suggested_name
        self._density = dots_per_inch
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, theme.px(12))
        scroll = QScrollArea()
        scroll.setAccessibleName(_("Pages"))
        scroll.setWidgetResizable(True)
        scroll.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setSpacing(theme.px(16))
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        for number, image in enumerate(self._images, 1):
            page = QLabel()
            page.setObjectName("page")
            page.setAccessibleName(_("Page {number}").format(number=number))
            width = min(theme.px(_SHOWN_WIDTH), image.width())
            page.setPixmap(
                QPixmap.fromImage(image).scaledToWidth(
                    width, Qt.TransformationMode.SmoothTransformation
                )
            )
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        scroll.setWidget(inside)
        outside.addWidget(scroll, 1)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        buttons.addStretch()
        for caption, act, primary in (
            (_("Save as…"), self._save_as, False),
            (_("Close"), self.reject, False),
            (_("Print…"), self._print, True),
        ):
            button = QPushButton(caption)
            button.setProperty("primary", primary)
            button.setDefault(primary)
            button.clicked.connect(act)
            buttons.addWidget(button)
        outside.addLayout(buttons)
        within(self, theme.px(_SHOWN_WIDTH + 70), theme.px(760))

    def open(self) -> None:
        """Show the paper over its window; of a locked one, once it is unlocked."""
        parent = self.parentWidget()
        curtain = getattr(parent.window() if parent is not None else None, "curtain", None)
        if isinstance(curtain, Curtain) and curtain.isVisible():
            self.setWindowModality(Qt.WindowModality.WindowModal)
            curtain.keep_back(self)
        else:
            super().open()

    def _save_as(self) -> None:
        kinds = _("Paper") + " (*.pdf)"
        path = save_file(self, self._settings, "papers", _("Save as"), self._suggested, kinds)
        if path is not None:
            self._save(str(path))
            self.accept()

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # loaded when first printed

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("ClinicDesk")  # never a patient's name in the spooler
        if QPrintDialog(printer, self).exec() != QDialog.DialogCode.Accepted:
            return
        self.print_on(printer)
        self.accept()

    def print_on(self, printer: QPrinter) -> None:
        """Print the pages, each at its own size where the printer has such paper."""
        painter = QPainter()
        for number, image in enumerate(self._images):
            wide, high = image.width(), image.height()
            points = QSizeF(min(wide, high), max(wide, high)) * (72 / self._density)
            turned = QPageLayout.Orientation
            across = turned.Landscape if wide > high else turned.Portrait
            size = QPageSize(points, QPageSize.Unit.Point)
            printer.setPageLayout(QPageLayout(size, across, QMarginsF()))
            if not painter.isActive():
                painter.begin(printer)
            elif number:
                printer.newPage()
            area = painter.viewport()
            room = QSize(image.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(area.topLeft(), room), image)
        painter.end()
