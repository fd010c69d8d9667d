# SPDX-License-Identifier: Apache-2.0
"""Pages of a PDF as pictures, for the preview, the printer and tests; never through a file."""

from __future__ import annotations

import struct
import threading
import zlib
from dataclasses import dataclass

_one_at_a_time = threading.Lock()  # PDFium is not safe across threads


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page.

    Attributes:
        width: in pixels.
        height: in pixels.
        stride: bytes of a row.
        pixels: BGRx rows, as QImage.Format_RGB32 has them.
    """

    width: int
    height: int
    stride: int
    pixels: bytes

    def png(self) -> bytes:
        """Return it as a PNG file."""
        rows = bytearray()
        for top in range(self.height):
            row = self.pixels[top * self.stride : top * self.stride + self.width * 4]
            colours = bytearray(self.width * 3)
            colours[0::3], colours[1::3], colours[2::3] = row[2::4], row[1::4], row[0::4]
            rows += b"\0" + colours
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def page_count(pdf: bytes) -> int:
    """Return the number of pages."""
    from pypdfium2 import PdfDocument

    with _one_at_a_time:
        document = PdfDocument(pdf)
        try:
            return len(document)
        finally:
            document.close()


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of each page in points, without drawing any."""
    from pypdfium2 import PdfDocument

    with _one_at_a_time:
        document = PdfDocument(pdf)
        try:
            sizes = (document.get_page_size(index) for index in range(len(document)))
            return tuple((float(wide), float(high)) for wide, high in sizes)
        finally:
            document.close()


def page_image(pdf: bytes, index: int, dots_per_inch: float = 110) -> PageImage:
    """Draw one page, the first being 0."""
    from pypdfium2 import PdfDocument

    with _one_at_a_time:
        document = PdfDocument(pdf)
        try:
            bitmap = document[index].render(scale=dots_per_inch / 72, prefer_bgrx=True)
            return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            document.close()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
