# SPDX-License-Identifier: Apache-2.0
"""Paper: sheets, blocks, fonts, and the way a PDF reaches a file or the preview.

A report builds ``Sheet(...)`` from rows, adds blocks and asks for bytes. Blocks know a ``Pen``
and nothing of pages; the sheet breaks pages, repeats table heads and writes "page x of y".
Bytes are the same for the same content (decisions.md: sealed papers can be made again). Pure:
no database, no Qt, any thread. ReportLab is imported when the first sheet is made.
"""
