# SPDX-License-Identifier: Apache-2.0
"""Mnemonics: one letter per entry and menu, whatever rooms and translators chose.

A wish that another entry already has is moved to a free letter of the caption; an entry of which
no letter is free has none.
"""

from __future__ import annotations

from collections.abc import Sequence


def deal(captions: Sequence[str]) -> list[str]:
    """Return captions whose mnemonics are all different, wishes kept in order."""
    taken: set[str] = set()
    dealt: dict[int, str] = {}
    for number, caption in enumerate(captions):
        wish = letter(caption)
        if wish and wish not in taken:
            taken.add(wish)
            dealt[number] = caption
    for number, caption in enumerate(captions):
        if number in dealt:
            continue
        bare = _bare(caption)
        place = _free(bare, taken)
        if place is None:
            dealt[number] = bare.replace("&", "&&")
        else:
            taken.add(bare[place].casefold())
            head, tail = bare[:place].replace("&", "&&"), bare[place:].replace("&", "&&")
            dealt[number] = f"{head}&{tail}"
    return [dealt[number] for number in range(len(captions))]


def letter(caption: str) -> str:
    """Return the mnemonic of a caption, or nothing."""
    rest = caption.replace("&&", "\0")
    place = rest.find("&")
    return rest[place + 1].casefold() if 0 <= place < len(rest) - 1 else ""


def _bare(caption: str) -> str:
    return caption.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _free(caption: str, taken: set[str]) -> int | None:
    starts = [n for n, c in enumerate(caption) if c.isalpha() and (not n or caption[n - 1] == " ")]
    rest = [n for n, c in enumerate(caption) if c.isalpha() and n not in starts]
    return next((n for n in (*starts, *rest) if caption[n].casefold() not in taken), None)
