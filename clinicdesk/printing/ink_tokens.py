# SPDX-License-Identifier: Apache-2.0
"""Inks of the paper. They stay apart in greyscale; nothing is told by colour alone."""

from __future__ import annotations

BLACK = "#16212b"
MUTED = "#55626d"
FAINT = "#8a96a0"
HAIRLINE = "#c6ced4"
RULE = "#16212b"
BAND = "#f1f5f6"
TILE = "#eaf2f3"
ACCENT = "#14636a"
ACCENT_SOFT = "#8fbcbf"
BAD = "#a3271f"
GOOD = "#1d6b3c"
WATERMARK = "#f0f3f4"
WHITE = "#ffffff"
SERIES = ("#14636a", "#d9822b", "#5b7fb4", "#8b6aa8", "#7a8791", "#b3a26a")
