# SPDX-License-Identifier: Apache-2.0
"""Actions: each command once, as data; one QAction for menu, tool bar, palette and key.

Keys are those of the papers. Where the platform has its own for a standard act it is used too,
with ours as the fallback, because Qt knows none for some of them on some platforms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence

from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.actors import Actor, Permission
from clinicdesk.kernel.settings import Setting
from clinicdesk.wording.text import N_, _

MENUS: Final = (
    ("clinic", N_("&Clinic")),
    ("edit", N_("&Edit")),
    ("view", N_("&View")),
    ("go", N_("&Go")),
    ("schedule", N_("&Schedule")),
    ("patient", N_("&Patient")),
    ("billing", N_("&Billing")),
    ("staff", N_("St&aff")),
    ("stock", N_("St&ock")),
    ("reports", N_("&Reports")),
    ("tools", N_("Too&ls")),
    ("help", N_("&Help")),
)
# Menus within menus: title and section.
INNER_MENUS: Final = {
    "edit/list": (N_("This &list"), 5),
    "view/colours": (N_("&Colours"), 2),
    "view/text": (N_("&Text size"), 3),
    "view/layouts": (N_("Pa&nels and layouts"), 5),
    "go/day": (N_("&Day of the book"), 5),
    "go/panes": (N_("Pa&nes"), 9),
}
_OF_THE_FRONT: Final = frozenset({"Ctrl+Return", "Ctrl+Enter"})
# Standard acts: the platform's keys come after ours if it has others.
_STANDARD: Final = {
    "Ctrl+Z": QKeySequence.StandardKey.Undo,
    "Ctrl+Y": QKeySequence.StandardKey.Redo,
    "Ctrl+P": QKeySequence.StandardKey.Print,
    "Ctrl+Q": QKeySequence.StandardKey.Quit,
    "Ctrl+,": QKeySequence.StandardKey.Preferences,
    "F11": QKeySequence.StandardKey.FullScreen,
    "F1": QKeySequence.StandardKey.HelpContents,
    "Ctrl++": QKeySequence.StandardKey.ZoomIn,
    "Ctrl+-": QKeySequence.StandardKey.ZoomOut,
}


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command of the program.

    Attributes:
        id: stable, ``room.verb``; what ``Panel.perform`` gets.
        text: English words with a mnemonic, marked for translation; "…" if more is asked.
        menu: key of the one menu it stands in (see ``MENUS`` and ``INNER_MENUS``).
        keys: shortcuts in portable spelling, the first is shown.
        icon: name of an icon, or nothing.
        permission: greyed with the reason for whoever lacks it.
        panel: id of the panel that performs it; raised first. Nothing: the shell's owner does.
        aliases: other words the palette finds it by, marked for translation, comma-separated.
        section: actions of equal section stand together in their menu.
        checkable: whether it is on or off.
        mirrors: (setting, value): it is on while the setting has that value.
        role: macOS place: ``about``, ``preferences`` or ``quit``.
    """

    id: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    permission: Permission | None = None
    panel: str = ""
    aliases: str = ""
    section: int = 5
    checkable: bool = False
    role: str = ""
    mirrors: tuple[Setting[Any], Any] | None = None

    @property
    def title(self) -> str:
        """The translated words without mnemonic and dots."""
        return plain(_(self.text))


def plain(text: str) -> str:
    """Return a caption without its mnemonic and its dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


class ActionBook(QObject):
    """All actions of the window.

    Attributes:
        triggered: (spec) once somebody chose an action that may be carried out.
    """

    triggered = Signal(object)

    def __init__(self, theme: Theme, actor: Actor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._actor = theme, actor
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._reasons: dict[str, str] = {}
        self._panel = ""
        self._own_keys: dict[str, tuple[str, ...]] = {}
        self._settings: DeskSettings | None = None

    def add(self, specs: Iterable[ActionSpec], owner: QObject | None = None) -> None:
        """Make the QActions of some specs; an id exists once."""
        for spec in specs:
            if spec.id in self._specs:
                raise ValueError(f"action {spec.id} exists already")
            action = QAction(_(spec.text), owner or self)
            action.setObjectName(spec.id)
            action.setCheckable(spec.checkable)
            action.setMenuRole(_ROLES.get(spec.role, QAction.MenuRole.NoRole))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            if spec.icon:
                self._theme.give_icon(action, spec.icon)
            action.triggered.connect(self._chosen)
            self._specs[spec.id] = spec
            self._actions[spec.id] = action
            self.set_reason(spec.id, "")
        self._deal_keys()

    def remove(self, action_id: str) -> None:
        """Forget an action that a person made, such as a layout of their own."""
        self._actions.pop(action_id).deleteLater()
        del self._specs[action_id], self._reasons[action_id]
        self._own_keys.pop(action_id, None)
        self._deal_keys()

    def mirror(self, settings: DeskSettings) -> None:
        """Keep actions on or off as the settings are that they mirror."""
        self._settings = settings
        settings.changed.connect(self._setting_changed)
        self._setting_changed()

    def _setting_changed(self, key: str = "") -> None:
        for spec in self._specs.values():
            if spec.mirrors is not None and self._settings and key in {"", spec.mirrors[0].key}:
                setting, value = spec.mirrors
                self._actions[spec.id].setChecked(self._settings.get(setting) == value)

    def spec(self, action_id: str) -> ActionSpec:
        """Return an action's declaration."""
        return self._specs[action_id]

    def caption(self, action_id: str) -> str:
        """Return the words of an action as its room gave them, mnemonic included."""
        return self._specs[action_id].text

    def action(self, action_id: str) -> QAction:
        """Return an action's QAction."""
        return self._actions[action_id]

    def __contains__(self, action_id: str) -> bool:
        return action_id in self._specs

    def specs(self) -> tuple[ActionSpec, ...]:
        """Return all declarations in the order they were added."""
        return tuple(self._specs.values())

    def reason(self, action_id: str) -> str:
        """Return why an action cannot be chosen now, or nothing if it can."""
        return self._reasons[action_id]

    def set_reason(self, action_id: str, reason: str) -> None:
        """Grey an action with a reason, or let it be chosen again with none.

        A missing right is the stronger reason and cannot be lifted.
        """
        spec, action = self._specs[action_id], self._actions[action_id]
        if spec.permission is not None and not self._actor.may(spec.permission):
            reason = _("Your role may not do this: {right}.").format(right=_(spec.permission.title))
        self._reasons[action_id] = reason
        action.setEnabled(not reason)
        self._set_tip(action_id)

    def panel_raised(self, panel_id: str) -> None:
        """Give keys that several panels claim to the panel in front."""
        self._panel = panel_id
        self._deal_keys()

    def trigger(self, action_id: str) -> None:
        """Choose an action, as the menu would."""
        self._actions[action_id].trigger()

    def keys(self, action_id: str) -> tuple[str, ...]:
        """Return the keys of an action: the person's own, else those it came with."""
        return self._own_keys.get(action_id, self._specs[action_id].keys)

    def set_own_keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Put a person's own keys in force instead of those the actions came with."""
        self._own_keys = dict(keys)
        self._deal_keys()
        for action_id in self._specs:
            self._set_tip(action_id)

    def key_text(self, action_id: str) -> str:
        """Return the shown key of an action in the platform's spelling."""
        keys = self.keys(action_id)
        return (
            QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
        )

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _chosen(self) -> None:
        action = self.sender()
        if action.objectName() in self._specs:
            self.triggered.emit(self._specs[action.objectName()])

    def _deal_keys(self) -> None:
        """Let each key belong to one action, or to none.

        A key that several panels claim works for the one in front only: with another page in
        front it would lead away from what is being done. What the window itself claims is the
        window's wherever no panel in front claims it. Ctrl+Enter is never one panel's alone.
        """
        owners: dict[str, str] = {}
        claimed: dict[str, set[str]] = {}
        for spec in self._specs.values():
            for key in self.keys(spec.id):
                claimed.setdefault(key, set()).add(spec.panel)
                held = self._specs.get(owners.get(key, ""))
                rank = self._claim(spec)
                if held is None or rank > self._claim(held):
                    owners[key] = spec.id
        for key, panels in claimed.items():
            shared = len(panels) > 1 or key in _OF_THE_FRONT
            if shared and not self._claim(self._specs[owners[key]]):
                del owners[key]
        taken = {QKeySequence(key).toString() for key in owners}
        for spec in self._specs.values():
            keys = self.keys(spec.id)
            own = [QKeySequence(key) for key in keys if owners.get(key) == spec.id]
            for key in keys:
                standard = _STANDARD.get(key)
                if standard is None or owners.get(key) != spec.id:
                    continue
                for other in QKeySequence.keyBindings(standard):
                    if other.toString() not in taken and other not in own:
                        own.append(other)
            if self._actions[spec.id].shortcuts() != own:
                self._actions[spec.id].setShortcuts(own)
                self._set_tip(spec.id)

    def _claim(self, spec: ActionSpec) -> int:
        """Return how strong a claim to a key is: the panel in front, the window, another panel."""
        if self._panel and spec.panel == self._panel:
            return 2
        return 0 if spec.panel else 1

    def _set_tip(self, action_id: str) -> None:
        title, key = self._specs[action_id].title, self.key_text(action_id)
        tip = f"{title} ({key})" if key else title
        reason = self._reasons.get(action_id, "")
        action = self._actions[action_id]
        action.setToolTip(f"{tip}\n{reason}" if reason else tip)


_ROLES: Final = {
    "about": QAction.MenuRole.AboutRole,
    "preferences": QAction.MenuRole.PreferencesRole,
    "quit": QAction.MenuRole.QuitRole,
}
