# SPDX-License-Identifier: Apache-2.0
"""Named layouts: those the program comes with, and a person's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QObject

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dock import Area
from clinicdesk.desktop.layout import LAYOUT_VERSION
from clinicdesk.desktop.menus import refill
from clinicdesk.kernel.folding import clean
from clinicdesk.wording.text import N_, _

if TYPE_CHECKING:
    from clinicdesk.desktop.shell import Shell

MENU: Final = "view/layouts"
MOST: Final = 9
_OWN: Final = "layout.own."


@dataclass(frozen=True, slots=True)
class LayoutSpec:
    """A layout the program comes with.

    Attributes:
        id: stable.
        title: English with a mnemonic, marked for translation.
        front: the page in front; the first there is if the person may not see it.
        beside: ids of side panels and strips that are shown.
    """

    id: str
    title: str
    front: str
    beside: tuple[str, ...] = ()


class Layouts(QObject):
    """Puts layouts in force, keeps and forgets a person's own."""

    def __init__(self, shell: Shell, settings: DeskSettings, given: Sequence[LayoutSpec]) -> None:
        super().__init__(shell)
        self._shell, self._settings = shell, settings
        self._given = {spec.id: spec for spec in given}
        self._place = f"layouts.{shell.room.actor.user_id}"
        self._own = _read(settings.text(self._place))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the person's own layouts."""
        return tuple(self._own)

    def specs(self) -> tuple[ActionSpec, ...]:
        """Return the actions: each layout, keeping one, forgetting one."""
        given = [
            ActionSpec(f"layout.{spec.id}", spec.title, MENU, (), "layout-dashboard", section=1)
            for spec in self._given.values()
        ]
        own = [self._spec(name) for name in self._own]
        words = N_("window, docks, panels")
        return (
            *given,
            *own,
            ActionSpec("layout.keep", N_("&Keep this layout…"), MENU, section=3, aliases=words),
            ActionSpec("layout.forget", N_("&Forget a layout…"), MENU, section=3, aliases=words),
        )

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions do."""
        acts: dict[str, Callable[[], None]] = {
            "layout.keep": self._ask_name,
            "layout.forget": self._ask_which,
        }
        for layout_id in self._given:
            acts[f"layout.{layout_id}"] = partial(self.put_given, layout_id)
        for name in self._own:
            acts[_OWN + name] = partial(self.put_own, name)
        return acts

    def put_given(self, layout_id: str) -> None:
        """Put a layout of the program in force, from the designed one on."""
        shell, spec = self._shell, self._given[layout_id]
        shell.yard.reset()
        shell.book.action("view.lock_panels").setChecked(True)
        front = spec.front if spec.front in shell.yard else shell.front
        shell.yard.bring(shell.yard[front])
        shell.drawer.refit()
        for dock in shell.yard:
            if dock.spec.area is Area.STRIP:
                dock.setVisible(dock.spec.id in spec.beside)
            elif dock.spec.area is Area.SIDE and dock.spec.id not in spec.beside:
                dock.hide()
        first = next((one for one in spec.beside if one in shell.yard), "")
        if first and not shell.drawer.narrow and shell.yard[first].spec.area is Area.SIDE:
            shell.yard.bring(shell.yard[first])
        shell.yard.keep_sizes()

    def keep(self, name: str) -> None:
        """Keep the layout as it is now under a name; one of that name is replaced."""
        state = self._shell.saveState(LAYOUT_VERSION).toBase64().data()
        new = name not in self._own
        self._own[name] = (self._shell.front, bytes(state).decode())
        self._keep()
        if new:
            self._shell.book.add([self._spec(name)], self._shell)
            refill(self._shell.menus, MENU, self._shell.book)

    def put_own(self, name: str) -> None:
        """Put a kept layout in force; one of another version of the program is refused."""
        shell = self._shell
        front, state = self._own[name]
        if not shell.restoreState(QByteArray.fromBase64(state.encode()), LAYOUT_VERSION):
            shell.room.notices.banner(_("This layout was kept by another version. Keep it anew."))
            return
        shell.yard.put_back(front)
        shell.drawer.fit()

    def forget(self, name: str) -> None:
        """Forget a kept layout."""
        del self._own[name]
        self._keep()
        self._shell.book.remove(_OWN + name)
        refill(self._shell.menus, MENU, self._shell.book)

    def _spec(self, name: str) -> ActionSpec:
        return ActionSpec(_OWN + name, name.replace("&", "&&"), MENU, (), "pin", section=2)

    def _keep(self) -> None:
        self._settings.put_text(self._place, json.dumps(self._own))

    def _ask_name(self) -> None:
        from clinicdesk.desktop.forms import FormDialog, TextEdit

        room = self._shell.room
        if len(self._own) >= MOST:
            room.notices.banner(_("There are nine layouts of your own; forget one first."))
            return
        dialog = FormDialog(room, _("Keep this layout"), _("Keep"), self._shell)
        field = TextEdit(room.formats)
        field.setMaxLength(40)
        dialog.form.add("name", _("Name"), field, required=True)

        def submit() -> None:
            self.keep(clean(field.text()))
            dialog.close_done()

        dialog.submit = submit
        dialog.open()

    def _ask_which(self) -> None:
        from clinicdesk.desktop.forms import ChoiceBox, FormDialog

        room = self._shell.room
        if not self._own:
            room.notices.banner(_("You have kept no layout of your own."))
            return
        dialog = FormDialog(room, _("Forget a layout"), _("Forget"), self._shell)
        field: ChoiceBox[str] = ChoiceBox([(name, name) for name in self._own])
        dialog.form.add("name", _("Name"), field)

        def submit() -> None:
            self.forget(field.value() or "")
            dialog.close_done()

        dialog.submit = submit
        dialog.open()


def _read(text: str) -> dict[str, tuple[str, str]]:
    try:
        read = json.loads(text or "{}")
    except ValueError:
        return {}
    if not isinstance(read, dict):
        return {}
    return {
        str(name): (str(kept[0]), str(kept[1]))
        for name, kept in list(read.items())[:MOST]
        if isinstance(kept, list) and len(kept) == 2
    }
