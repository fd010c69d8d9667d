# SPDX-License-Identifier: Apache-2.0
"""From a PDF to a printer, page by page, at the printer's own density."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from clinicdesk.printing import preview

_DENSEST = 300  # dots per inch; more is slower and looks the same


def print_pages(pdf: bytes, parent: QWidget) -> bool:
    """Ask which printer and pages, print them; tell whether anything was printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("ClinicDesk")  # the spooler keeps names
    dialog = QPrintDialog(printer, parent)
    count = preview.page_count(pdf)
    dialog.setMinMax(1, count)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    first = printer.fromPage() or 1
    last = printer.toPage() or count
    draw_pages(pdf, printer, range(first - 1, min(last, count)))
    return True


def draw_pages(pdf: bytes, printer: QPrinter, pages: range) -> None:
    """Draw pages onto a printer, each on paper of its own size and direction."""
    sizes = preview.page_sizes(pdf)
    density = min(_DENSEST, printer.resolution())
    painter = QPainter()
    for index in pages:
        wide, high = sizes[index]
        across = wide > high
        size = QPageSize(QSizeF(min(wide, high), max(wide, high)), QPageSize.Unit.Point)
        turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
        printer.setPageLayout(QPageLayout(size, turned, QMarginsF()))
        if not painter.isActive():
            painter.begin(printer)
        elif index != pages.start:
            printer.newPage()
        page = preview.page_image(pdf, index, density)
        picture = QImage(
            page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32
        )
        painter.drawImage(painter.viewport(), picture)
    if painter.isActive():
        painter.end()
