# SPDX-License-Identifier: Apache-2.0
"""A person's own keys: which action they gave which key, and what may be a key at all.

Kept on this desk under the person's number; carried to another desk as a file of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from clinicdesk.desktop.actions import ActionBook, ActionSpec
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_

Keys = tuple[str, ...]
_FORMAT: Final = "clinicdesk keys"
_KEPT_FOR_TABLES: Final = frozenset({"Ctrl+C", "Ctrl+Shift+C", "Ctrl+A", "Ctrl+V", "Ctrl+X"})
_ALONE: Final = frozenset(
    {"Tab", "Backtab", "Shift+Tab", "Esc", "Return", "Enter", "Space", "Del", "Backspace"}
    | {"Ins", "Home", "End", "PgUp", "PgDown", "Up", "Down", "Left", "Right", "F10", "Menu"}
)


class KeyMap(QObject):
    """The keys of one person, in force in an action book.

    Attributes:
        changed: other keys are in force.
    """

    changed = Signal()

    def __init__(
        self, book: ActionBook, settings: DeskSettings, actor: Actor, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._book, self._settings = book, settings
        self._place = f"keys.{actor.user_id}"
        self._own = _read(settings.text(self._place))
        book.set_own_keys(self._own)

    @property
    def own(self) -> Mapping[str, Keys]:
        """The actions that have other keys than they came with."""
        return dict(self._own)

    def again(self) -> None:
        """Put them in force once more: actions were added."""
        self._book.set_own_keys(self._own)

    def holders(self, action_id: str, key: str) -> tuple[ActionSpec, ...]:
        """Return the other actions that have a key in the same place.

        Two panels may use one key, each while it is in front.
        """
        mine = self._book.spec(action_id)
        return tuple(
            spec
            for spec in self._book.specs()
            if spec.id != action_id
            and key in self._book.keys(spec.id)
            and (not spec.panel or not mine.panel or spec.panel == mine.panel)
        )

    def give(self, action_id: str, key: str, *, take: bool = False) -> None:
        """Let a key choose an action, before the other keys it has.

        Args:
            action_id: what it is to choose.
            key: in portable spelling.
            take: take it away from whoever has it now.

        Raises:
            Refusal: it cannot be a key, or another action has it.
        """
        why_no_key(key)
        holders = self.holders(action_id, key)
        if holders and not take:
            raise Refusal(N_("{key} is the key of “{action}”."), key=key, action=holders[0].title)
        for spec in holders:
            self._set(spec.id, tuple(k for k in self._book.keys(spec.id) if k != key))
        rest = tuple(k for k in self._book.keys(action_id) if k != key)
        self._set(action_id, (key, *rest))
        self._keep()

    def take_away(self, action_id: str) -> None:
        """Leave an action without a key."""
        self._set(action_id, ())
        self._keep()

    def reset(self, action_id: str = "") -> None:
        """Go back to the keys an action came with, or all of them."""
        if action_id:
            self._own.pop(action_id, None)
        else:
            self._own.clear()
        self._keep()

    def as_text(self) -> str:
        """Return the person's own keys as the text of a file."""
        keys = {action: list(own) for action, own in sorted(self._own.items())}
        return json.dumps({"format": _FORMAT, "version": 1, "keys": keys}, indent=1) + "\n"

    def take_text(self, text: str) -> int:
        """Put the keys of a file in force; return how many actions it names.

        Raises:
            Refusal: it is no file of keys, or a key in it cannot be one; nothing was changed.
        """
        try:
            read = json.loads(text)
        except ValueError:
            read = None
        if not isinstance(read, dict) or read.get("format") != _FORMAT:
            raise Refusal(N_("This is not a file of keys."))
        own = _checked(read.get("keys"))
        for keys in own.values():
            for key in keys:
                why_no_key(key)
        self._own = {action: keys for action, keys in own.items() if action in self._book}
        self._keep()
        return len(self._own)

    def _set(self, action_id: str, keys: Keys) -> None:
        if keys == self._book.spec(action_id).keys:
            self._own.pop(action_id, None)
        else:
            self._own[action_id] = keys
        self._book.set_own_keys(self._own)

    def _keep(self) -> None:
        self._book.set_own_keys(self._own)
        kept = {action: list(keys) for action, keys in self._own.items()}
        self._settings.put_text(self._place, json.dumps(kept) if kept else "")
        self.changed.emit()


def why_no_key(key: str) -> None:
    """Refuse what would take something away that people or the platform need.

    Raises:
        Refusal: with the reason.
    """
    parts = key.replace("++", "+Plus").split("+")
    held, last = set(parts[:-1]), parts[-1]
    function = last.startswith("F") and last[1:].isdigit()
    if not key or "," in key.replace("+,", "") or not QKeySequence(key).toString():
        raise Refusal(N_("Press one key or one chord."))
    if {"Ctrl", "Alt"} <= held:
        raise Refusal(N_("Ctrl+Alt writes characters on many keyboards; choose another chord."))
    if held == {"Alt"} and len(last) == 1:
        raise Refusal(N_("Alt with a letter opens menus; choose another chord."))
    if key in _KEPT_FOR_TABLES or (key in _ALONE) or last == "F10":
        raise Refusal(N_("{key} has its own meaning in lists and fields."), key=key)
    if not function and not held - {"Shift"}:
        raise Refusal(N_("A single character would be missing when typing; add Ctrl."))


def _read(text: str) -> dict[str, Keys]:
    try:
        return _checked(json.loads(text or "{}"))
    except ValueError:
        return {}


def _checked(read: Any) -> dict[str, Keys]:
    if not isinstance(read, dict):
        return {}
    return {
        str(action): tuple(str(key) for key in keys)
        for action, keys in read.items()
        if isinstance(keys, list)
    }
