# SPDX-License-Identifier: Apache-2.0
"""Rule: every pair of colours can be read, and statuses stay apart for colour-blind eyes.

Reason: a reception works eight hours on them, under bad light, in a hurry.
"""

from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from clinicdesk.desktop.theme import Theme
from clinicdesk.desktop.tokens import DARK, LIGHT, THEMES, Tokens

SIX = ("booked", "confirmed", "waiting", "in_room", "checkout", "no_show")
# Machado, Oliveira and Fernandes 2009, full severity.
BLIND = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
               (0.004733, 0.691367, 0.303900)),
}  # fmt: skip


def linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    lights = []
    for colour in (one, other):
        red, green, blue = linear(colour)
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = (min(1.0, max(0.0, c)) for c in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour: str, eyes: str) -> tuple[float, float, float]:
    rgb = linear(colour)
    red, green, blue = (sum(f * c for f, c in zip(row, rgb, strict=True)) for row in BLIND[eyes])
    return lab((red, green, blue))


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_text_can_be_read_on_what_it_stands_on(tokens: Tokens) -> None:
    grounds = (tokens.window, tokens.surface, tokens.surface2, tokens.closed)
    inks = (tokens.text, tokens.muted, tokens.link, tokens.danger, tokens.warn, tokens.ok)
    pairs = [(ink, ground) for ink in inks for ground in grounds]
    pairs += [(tokens.on_accent, tokens.accent), (tokens.on_selection, tokens.selection)]
    pairs += [(tokens.on_now, tokens.now)]
    pairs += [(ink.text, ink.fill) for ink in tokens.status.values()]
    assert not [(pair, contrast(*pair)) for pair in pairs if contrast(*pair) < 4.5]


@pytest.mark.parametrize("tokens", THEMES, ids=lambda tokens: tokens.name)
def test_borders_bars_and_the_now_line_can_be_seen(tokens: Tokens) -> None:
    pairs = [(tokens.control, ground) for ground in (tokens.window, tokens.surface)]
    pairs += [(tokens.focus, ground) for ground in (tokens.window, tokens.surface)]
    pairs += [(tokens.now, tokens.surface)]
    for name, ink in tokens.status.items():
        if name != "block":  # it has no bar
            pairs += [(ink.bar, tokens.surface), (ink.bar, ink.fill)]
    assert not [(pair, contrast(*pair)) for pair in pairs if contrast(*pair) < 3.0]


@pytest.mark.parametrize("eyes", BLIND)
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.name)
def test_statuses_stay_apart_for_colour_blind_eyes(tokens: Tokens, eyes: str) -> None:
    bars = {name: seen(tokens.status[name].bar, eyes) for name in SIX}
    distance = min(
        sum((a - b) ** 2 for a, b in zip(bars[one], bars[other], strict=True)) ** 0.5
        for one, other in combinations(SIX, 2)
    )
    assert distance >= 14


def test_both_themes_have_the_same_statuses_and_six_series() -> None:
    assert LIGHT.status.keys() == DARK.status.keys()
    assert len(set(LIGHT.series)) == len(set(DARK.series)) == 6


def test_an_icon_on_a_primary_button_has_the_ink_of_its_words_and_keeps_off_them(
    theme: Theme, qtbot: QtBot
) -> None:
    button = QPushButton("Add a person")
    qtbot.addWidget(button)
    button.setProperty("primary", True)
    theme.give_icon(button, "user-plus")
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        size = button.iconSize()
        assert size.width() > size.height()
        picture = button.icon().pixmap(size).toImage()
        inked = [
            (x, picture.pixelColor(x, y))
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixelColor(x, y).alpha() > 128
        ]
        ink = theme.colour("on_accent")
        assert inked
        assert all(abs(one.lightness() - ink.lightness()) < 8 for _x, one in inked)
        assert max(x for x, _one in inked) < size.height()
