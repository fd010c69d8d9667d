# SPDX-License-Identifier: Apache-2.0
"""Mnemonics: one letter per entry and menu, whatever rooms and translators chose.

A wish that another entry already has is moved to a free letter of the caption; an entry of which
no letter is free has none.
"""

from __future__ import annotations

from collections.abc import Sequence


def deal(captions: Sequence[str]) -> list[str]:
    """Return captions whose mnemonics are all different; every one has a letter if that can be.

    The first wish for a letter is kept where possible. A caption that finds all its letters taken
    asks their holders to move on to another of theirs.
    """
    bare = [_bare(caption) for caption in captions]
    wishes = [_places(text, letter(caption)) for text, caption in zip(bare, captions, strict=True)]
    holders: dict[str, int] = {}

    def settle(number: int, asked: set[str]) -> bool:
        for sign in wishes[number]:
            if sign not in asked:
                asked.add(sign)
                if sign not in holders or settle(holders[sign], asked):
                    holders[sign] = number
                    return True
        return False

    wished = [letter(caption) for caption in captions]
    for number, sign in enumerate(wished):
        if sign in wishes[number] and sign not in holders:
            holders[sign] = number
    for number in range(len(captions)):
        if number not in holders.values():
            settle(number, set())
    places = {number: wishes[number][sign] for sign, number in holders.items()}
    return [_marked(text, places.get(number)) for number, text in enumerate(bare)]


def letter(caption: str) -> str:
    """Return the mnemonic of a caption, or nothing."""
    rest = caption.replace("&&", "\0")
    place = rest.find("&")
    return rest[place + 1].casefold() if 0 <= place < len(rest) - 1 else ""


def _bare(caption: str) -> str:
    return caption.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _places(caption: str, wish: str) -> dict[str, int]:
    """Return where each letter may be marked: the wish, then beginnings of words, the rest."""
    letters = [n for n, sign in enumerate(caption) if sign.isalpha()]
    letters.sort(key=lambda n: (caption[n].casefold() != wish, n > 0 and caption[n - 1] != " ", n))
    places: dict[str, int] = {}
    for place in letters:
        places.setdefault(caption[place].casefold(), place)
    return places


def _marked(caption: str, place: int | None) -> str:
    if place is None:
        return caption.replace("&", "&&")
    return f"{caption[:place].replace('&', '&&')}&{caption[place:].replace('&', '&&')}"
