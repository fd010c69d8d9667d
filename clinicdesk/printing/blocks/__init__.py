# SPDX-License-Identifier: Apache-2.0
"""Blocks a report is built of: words, key figures, tables, charts, checks."""

from __future__ import annotations

from clinicdesk.printing.blocks.charts import ChartBlock
from clinicdesk.printing.blocks.figures import CheckLine, Checks, Pairs, Tile, Tiles
from clinicdesk.printing.blocks.tables import RowStyle, Table
from clinicdesk.printing.blocks.words import (
    Barcode,
    Beside,
    Head,
    Heading,
    Paragraph,
    Rule,
    Signatures,
    Space,
)

__all__ = [
    "Barcode",
    "Beside",
    "ChartBlock",
    "CheckLine",
    "Checks",
    "Head",
    "Heading",
    "Pairs",
    "Paragraph",
    "RowStyle",
    "Rule",
    "Signatures",
    "Space",
    "Table",
    "Tile",
    "Tiles",
]
