# SPDX-License-Identifier: Apache-2.0
"""The command palette: everything there is to find or do, by typing a few letters.

A better kind of match always comes first: exact title, title prefix, word prefixes in any order,
alias, then scattered letters; recency only decides between equals. What cannot be chosen now
comes last, with the reason. Sources give candidates; commands are known here, patients and papers
are asked on the records lane by sources of their rooms.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from clinicdesk.desktop.actions import INNER_MENUS, MENUS, ActionBook, plain
from clinicdesk.kernel.folding import digits, fold
from clinicdesk.wording.text import _

PREFIXES = "@>#:"
LIMIT = 60
NEWCOMER = "newcomer"
"""Kind of the hit that makes what was not found; it comes last of all."""


class Band(IntEnum):
    """How well a text is matched; lower is better."""

    EXACT = 0
    TITLE_PREFIX = 1
    WORD_PREFIXES = 2
    ALIAS = 3
    FUZZY = 4


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that can be chosen.

    Attributes:
        title: translated.
        act: what choosing it does, on the window's thread; it may be made on a lane.
        path: where it stands, e.g. "Billing".
        icon: name of its icon.
        key: shortcut as shown at the trailing edge.
        aliases: other words, and numbers such as a phone's, it is found by.
        reason: why it cannot be chosen now; nothing if it can.
        kind: ``command``, ``patient``, ``paper``, ``day``, or ``NEWCOMER``; patients come first
            for letters.
        id: stable, to remember what was chosen; nothing is not remembered.
        recent: how lately it was chosen, 0 = just now; -1 = never.
    """

    title: str
    act: Callable[[], None] = field(compare=False)
    path: str = ""
    icon: str = ""
    key: str = ""
    aliases: tuple[str, ...] = ()
    reason: str = ""
    kind: str = "command"
    id: str = ""
    recent: int = -1


class Source(Protocol):
    """Gives hits for a text.

    Attributes:
        prefix: the character that asks for this source alone: ``@``, ``>``, ``#``, ``:``.
    """

    prefix: str

    def question(self, text: str) -> Callable[[], Sequence[Hit]] | None:
        """Return what to ask on the records lane for a text; None if there is nothing to ask.

        Holds plain values only. With an empty text it gives the most recent ones.
        """
        ...


def band(text: str, title: str, aliases: Sequence[str] = ()) -> Band | None:
    """Return how well a title, or its aliases, match a typed text; None if not at all."""
    wanted, own = fold(text), fold(title)
    if not wanted:
        return Band.FUZZY
    if wanted == own:
        return Band.EXACT
    if own.startswith(wanted):
        return Band.TITLE_PREFIX
    words = wanted.split()
    if _prefixes(words, own.split()):
        return Band.WORD_PREFIXES
    number = digits(text)
    for alias in aliases:
        if _prefixes(words, fold(alias).split()) or (
            len(number) >= 3 and number == fold(text).replace(" ", "") and number in digits(alias)
        ):
            return Band.ALIAS
    if _scattered(wanted.replace(" ", ""), own):
        return Band.FUZZY
    return None


def rank(text: str, hits: Sequence[Hit], *, patients_first: bool) -> list[Hit]:
    """Return the hits that match, best first, those that cannot be chosen last.

    Args:
        text: without its prefix.
        hits: candidates of all sources.
        patients_first: as for two letters or more without ``>``.
    """
    ranked = []
    last = [hit for hit in hits if hit.kind == NEWCOMER]
    for place, hit in enumerate(hits):
        if hit.kind == NEWCOMER:
            continue
        found = band(text, hit.title, hit.aliases)
        if found is None:
            if hit.kind == "command":
                continue
            found = Band.ALIAS  # its source found it by something the title does not show
        ahead = 0 if patients_first and hit.kind == "patient" else 1
        lately = hit.recent if hit.recent >= 0 else 10_000
        ranked.append((bool(hit.reason), ahead, found, lately, len(hit.title), place, hit))
    ranked.sort(key=lambda one: one[:-1])
    return [*(one[-1] for one in ranked[: LIMIT - len(last)]), *last]


def split_prefix(typed: str) -> tuple[str, str]:
    """Return the prefix, or nothing, and the text after it."""
    text = typed.strip()
    if text[:1] and text[0] in PREFIXES:
        return text[0], text[1:].strip()
    return "", text


def menu_paths() -> dict[str, str]:
    """Return what each menu is called, one within another with both names."""
    paths = {key: plain(_(title)) for key, title in MENUS}
    for key, (title, _section) in INNER_MENUS.items():
        paths[key] = f"{paths[key.partition('/')[0]]} ▸ {plain(_(title))}"
    return paths


class Commands:
    """The actions of the window as a source; it needs no lane."""

    prefix = ">"

    def __init__(self, book: ActionBook) -> None:
        self._book = book
        self._recent: list[str] = []

    def question(self, text: str) -> None:
        """Nothing to ask on a lane."""

    def hits(self) -> list[Hit]:
        """Return every action, in menu order."""
        menus = menu_paths()
        return [
            Hit(
                title=spec.title,
                act=_Chosen(self, spec.id).act,
                path=menus.get(spec.menu, ""),
                icon=spec.icon,
                key=self._book.key_text(spec.id),
                aliases=tuple(one.strip() for one in _(spec.aliases).split(",") if one.strip()),
                reason=self._book.reason(spec.id),
                id=spec.id,
                recent=self._recent.index(spec.id) if spec.id in self._recent else -1,
            )
            for spec in self._book.specs()
        ]

    def recent(self, count: int = 5) -> list[Hit]:
        """Return the latest chosen, then the first there are."""
        hits = [hit for hit in self.hits() if not hit.reason]
        hits.sort(key=lambda hit: hit.recent if hit.recent >= 0 else 10_000)
        return hits[:count]

    def choose(self, action_id: str) -> None:
        """Carry out an action and remember that it was chosen here."""
        if action_id in self._recent:
            self._recent.remove(action_id)
        self._recent.insert(0, action_id)
        self._book.trigger(action_id)


class _Chosen:
    """Choosing one action; bound methods keep what they need without a lambda's late binding."""

    def __init__(self, commands: Commands, action_id: str) -> None:
        self._commands, self._id = commands, action_id

    def act(self) -> None:
        self._commands.choose(self._id)


def _prefixes(words: Sequence[str], of: Sequence[str]) -> bool:
    """Tell whether every word begins a different one of the others, in any order."""
    left = list(of)
    for word in sorted(words, key=len, reverse=True):
        found = next((one for one in left if one.startswith(word)), None)
        if found is None:
            return False
        left.remove(found)
    return bool(words)


def _scattered(letters: str, text: str) -> bool:
    """Tell whether letters stand in a text in order, the first at the beginning of a word."""
    if len(letters) < 2 or not any(word.startswith(letters[0]) for word in text.split()):
        return False
    rest = iter(text)
    return all(letter in rest for letter in letters)
