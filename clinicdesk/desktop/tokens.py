# SPDX-License-Identifier: Apache-2.0
"""Every colour of the screen, as data; the only file of the window that spells one.

The pairs were chosen for contrast (4.5 for text, 3 for bars and borders) and so that the six bars
of the statuses stay apart in the three kinds of colour blindness; ``tests/desktop`` measures both.
Pure: no Qt, so that tests and papers may read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class StatusInk:
    """The colours of one status of the book: its pale fill, dark bar, and text on the fill."""

    fill: str
    bar: str
    text: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme.

    Attributes:
        name: ``light``, ``dark``, and the same with ``-contrast``.
        dark: whether text is lighter than what it stands on.
        surface2: hints, empty fields, the alternate row.
        closed: hours in which nobody works.
        control: borders of what can be pressed or typed into.
        border: decorative; never carries meaning.
        disabled: exempt from contrast.
        on_now: text on the label of the present minute.
        edge: width of a border in px, 2 in high contrast.
        status: by name: booked, confirmed, waiting, in_room, checkout, done, no_show, cancelled,
            block.
        series: colours of a chart's series in order.
    """

    name: str
    dark: bool
    window: str
    surface: str
    surface2: str
    closed: str
    border: str
    control: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    selection: str
    on_selection: str
    focus: str
    link: str
    danger: str
    warn: str
    ok: str
    now: str
    on_now: str
    grid: str
    half_grid: str
    status: Mapping[str, StatusInk]
    series: tuple[str, ...]
    edge: int = 1


_SERIES_ORDER: Final = ("confirmed", "waiting", "checkout", "in_room", "booked", "no_show")

_LIGHT_STATUS: Final = {
    "booked": StatusInk("#EDF0F4", "#5F6C7B", "#1A1F26"),
    "confirmed": StatusInk("#DCE8FB", "#0B4DA8", "#0A2450"),
    "waiting": StatusInk("#FFE9C4", "#B36B00", "#4A2A00"),
    "in_room": StatusInk("#F6E1FA", "#B321C9", "#4A0A55"),
    "checkout": StatusInk("#D2F0E4", "#00875F", "#003D2A"),
    "done": StatusInk("#F3F5F7", "#5F6C7B", "#525C69"),
    "no_show": StatusInk("#F7E1E5", "#6B0A27", "#5A0A22"),
    "cancelled": StatusInk("#F3F4F6", "#5F6C7B", "#525C69"),
    "block": StatusInk("#E4E8ED", "#7D8793", "#3B4550"),
}
_DARK_STATUS: Final = {
    "booked": StatusInk("#2B323B", "#7C8A9C", "#E8ECF1"),
    "confirmed": StatusInk("#1C3047", "#B4D3FF", "#E3EEFF"),
    "waiting": StatusInk("#43301A", "#FFA62B", "#FFEBCB"),
    "in_room": StatusInk("#392343", "#C46BF0", "#F5E3FF"),
    "checkout": StatusInk("#163A31", "#22E3A4", "#D3F7EA"),
    "done": StatusInk("#222830", "#7C8A9C", "#A7B1BD"),
    "no_show": StatusInk("#43202A", "#F0384F", "#FFE0E4"),
    "cancelled": StatusInk("#20262D", "#7C8A9C", "#A7B1BD"),
    "block": StatusInk("#262D36", "#77828F", "#C3CBD5"),
}

LIGHT: Final = Tokens(
    name="light",
    dark=False,
    window="#F3F5F8",
    surface="#FFFFFF",
    surface2="#F8F9FB",
    closed="#ECEFF3",
    border="#D5DAE1",
    control="#7D8793",
    text="#1A1F26",
    muted="#525C69",
    disabled="#8A94A0",
    accent="#0B57D0",
    on_accent="#FFFFFF",
    selection="#D3E3FD",
    on_selection="#0A2E6B",
    focus="#0B57D0",
    link="#0B57D0",
    danger="#B3123F",
    warn="#8A5300",
    ok="#00694E",
    now="#C4163A",
    on_now="#FFFFFF",
    grid="#E3E7EC",
    half_grid="#F0F2F5",
    status=_LIGHT_STATUS,
    series=tuple(_LIGHT_STATUS[name].bar for name in _SERIES_ORDER),
)
DARK: Final = Tokens(
    name="dark",
    dark=True,
    window="#15191F",
    surface="#1C2128",
    surface2="#21272F",
    closed="#12161B",
    border="#343C47",
    control="#77828F",
    text="#E8ECF1",
    muted="#A7B1BD",
    disabled="#6F7985",
    accent="#8AB4F8",
    on_accent="#0A1A33",
    selection="#21406F",
    on_selection="#E6EFFE",
    focus="#8AB4F8",
    link="#8AB4F8",
    danger="#FF8FA3",
    warn="#F2B866",
    ok="#5FD3AE",
    now="#FF6B81",
    on_now="#2A0008",
    grid="#2A313A",
    half_grid="#232931",
    status=_DARK_STATUS,
    series=tuple(_DARK_STATUS[name].bar for name in _SERIES_ORDER),
)


def with_high_contrast(tokens: Tokens) -> Tokens:
    """Return the same theme with plain fills and borders as strong as the text."""
    ground, ink = tokens.surface, tokens.text
    return replace(
        tokens,
        name=f"{tokens.name}-contrast",
        window=ground,
        surface2=ground,
        closed=ground,
        border=ink,
        control=ink,
        muted=ink,
        grid=tokens.control,
        half_grid=tokens.grid,
        status={key: StatusInk(ground, own.bar, ink) for key, own in tokens.status.items()},
        edge=2,
    )


LIGHT_CONTRAST: Final = with_high_contrast(LIGHT)
DARK_CONTRAST: Final = with_high_contrast(DARK)
THEMES: Final = (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST)
