# SPDX-License-Identifier: Apache-2.0
"""The window: every panel in a dock, no page in the middle, the rail and the keys raise them.

Made once per sitting from a room, the panels and the actions of the application; it knows none of
them by name. ``app`` wires what lies outside: unlocking, signing in, backup, preferences.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop import layout
from clinicdesk.desktop.actions import ActionBook, ActionSpec
from clinicdesk.desktop.curtain import Curtain
from clinicdesk.desktop.dock import Area, Dock, PanelSpec
from clinicdesk.desktop.drawer import Drawer
from clinicdesk.desktop.frame import Frame
from clinicdesk.desktop.key_map import KeyMap
from clinicdesk.desktop.menus import fill_menus
from clinicdesk.desktop.named_layouts import Layouts, LayoutSpec
from clinicdesk.desktop.palette import Commands
from clinicdesk.desktop.palette_box import PaletteBox
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.preferences.pages import PreferencePage
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.shell_actions import SHELL_ACTIONS
from clinicdesk.desktop.shell_acts import ShellActs, acts_of
from clinicdesk.desktop.toasts import Toast
from clinicdesk.desktop.view_choices import ViewChoices
from clinicdesk.desktop.yard import DockYard
from clinicdesk.wording.text import N_, _

Handlers = Mapping[str, Callable[[], None]]


class Shell(Frame):
    """The main window.

    Attributes:
        room: what its panels are given.
        book: every action.
        palette_box: what Ctrl+K opens; rooms add sources to it.
        curtain: covers it while locked.
        keys: the person's own keys.
        drawer: where side panels wait in a narrow window.
        acts: what the window itself does beside going somewhere and locking.
        locked: somebody locked; ``app`` stops what shows patients elsewhere.
        closing: the window is about to close for good.
    """

    locked = Signal()
    closing = Signal()

    def __init__(  # noqa: PLR0913 -- what the application puts into the window
        self,
        room: Room,
        panels: Sequence[PanelSpec],
        actions: Sequence[ActionSpec] = (),
        handlers: Handlers | None = None,
        *,
        clinic: str = "",
        primary: Sequence[str] = (),
        preferences: Sequence[PreferencePage] = (),
        layouts: Sequence[LayoutSpec] = (),
        reset_layout: bool = False,
    ) -> None:
        """Make the window; ``show`` opens it.

        Args:
            room: of this sitting; ``go_to`` and ``run_action`` are set here.
            panels: in the order of the rail; those without the right are left out.
            actions: of the application, beside the panels' and the window's own.
            handlers: what the application's actions do, by id.
            clinic: its name, for title and curtain.
            primary: ids of the acts in the top bar, the most important first.
            preferences: pages of the rooms, beside the window's own.
            layouts: named ones that the program comes with.
            reset_layout: begin with the designed layout whatever was kept.
        """
        super().__init__(room.theme, room.notices)
        self.room = replace(
            room, go_to=self.go_to, run_action=self._run, acts_of=partial(acts_of, self)
        )
        self.clinic = clinic
        self.yard = DockYard(self, room.theme, room.settings)
        self._handlers: dict[str, Callable[[], None]] = {**self._own(), **(handlers or {})}
        self._shown_once = False
        room.notices.attach(self)
        self.book = ActionBook(room.theme, room.actor, self)
        self.book.triggered.connect(self._perform)
        self.layouts = Layouts(self, room.settings, layouts)
        self.view = ViewChoices(self.book, room.theme, room.settings, self)
        self.book.add(SHELL_ACTIONS, self)
        self._handlers.update(self.view.handlers())
        allowed = [s for s in panels if s.permission is None or room.actor.may(s.permission)]
        self._build_docks(allowed)
        self.book.add(actions, self)
        for spec in allowed:
            self.book.add(spec.actions, self)
        self.book.add(self.layouts.specs(), self)
        self._handlers.update(self.layouts.handlers())
        self.book.mirror(room.settings)
        self.keys = KeyMap(self.book, room.settings, room.actor, self)
        self.acts = ShellActs(self, preferences)
        self._handlers.update(self.acts.handlers())
        fill_menus(self.menus, self.book)
        self.top.set_acts([self.book.action(one) for one in primary if one in self.book])
        self.drawer = Drawer(self, self.yard, self.book, room.theme, room.settings)
        self._build_above()
        self._connect()
        self.yard.arrange(kept=not reset_layout)
        self.book.action("view.lock_panels").setChecked(True)
        self._undo_changed()
        self._retitle()

    # ── going somewhere ──────────────────────────────────────────────────────────────────────

    def go_to(self, panel_id: str) -> None:
        """Raise a panel and put the focus into it."""
        if panel_id in self.yard and not self.is_locked:
            self.yard.go_to(panel_id)

    def rename(self, clinic: str) -> None:
        """The clinic is called something else now."""
        self.clinic = clinic
        self._retitle()

    def pages(self) -> tuple[str, ...]:
        """Return the ids of the pages, in the order of the rail."""
        return tuple(dock.spec.id for dock in self.yard if dock.spec.area is Area.PAGE)

    def add_handlers(self, handlers: Handlers) -> None:
        """Say what more actions do, by id."""
        self._handlers.update(handlers)

    def panel(self, panel_id: str) -> QWidget:
        """Return a panel, made now if it was not yet."""
        return self.yard[panel_id].make()

    @property
    def front(self) -> str:
        """The id of the page in front."""
        return self.yard.front

    # ── locking ──────────────────────────────────────────────────────────────────────────────

    def lock(self) -> None:
        """Draw the curtain; patients go from widgets and title, drafts stay."""
        if self.curtain.isVisible():
            return
        self.palette_box.close_box()
        self.room.desk.shelf.clear()
        self.status.forget()
        self.toast.forget()
        self.room.notices.clear_banners()
        self._show_outside(shown=False)
        self.curtain.close_down(self.clinic, self.room.actor.name)
        self._retitle()
        for panel in self.yard.panels():
            panel.forget()
        self.locked.emit()

    def unlock(self) -> None:
        """Open the curtain over the window as it was."""
        self.curtain.open_up()
        self._show_outside(shown=True)
        self._retitle()
        for panel in self.yard.panels():
            panel.refresh()
        if self.front:
            self.yard.focus(self.yard[self.front])

    @property
    def is_locked(self) -> bool:
        """Whether the curtain is drawn."""
        return self.curtain.isVisible()

    # ── building ─────────────────────────────────────────────────────────────────────────────

    def _build_docks(self, panels: Sequence[PanelSpec]) -> None:
        pages = []
        for spec in panels:
            dock = Dock(spec, self.room, self)
            dock.made.connect(self._made)
            self.yard.add(dock)
            if spec.area is Area.PAGE:
                self.rail.add(spec)
                keys = (spec.key,) if spec.key else ()
                pages.append(
                    ActionSpec(f"go.{spec.id}", spec.title, "go", keys, spec.icon, section=1)
                )
            else:
                keys = (spec.key,) if spec.key else ()
                pages.append(
                    ActionSpec(f"view.{spec.id}", spec.title, "view", keys, spec.icon, section=1)
                )
                self._handlers[f"view.{spec.id}"] = partial(self.yard.toggle, spec.id)
            self._handlers.setdefault(f"go.{spec.id}", partial(self.go_to, spec.id))
        self.book.add(pages, self)

    def _build_above(self) -> None:
        room = self.room
        self.commands = Commands(self.book)
        self.palette_box = PaletteBox(room.theme, room.desk, self.commands, self)
        self.toast = Toast(room.notices, room.theme, self, self.yard.ground)
        self.curtain = Curtain(room.theme, room.formats, room.clock, self)

    def _connect(self) -> None:
        notices, desk = self.room.notices, self.room.desk
        self.rail.chosen.connect(self.go_to)
        self.top.search.wanted.connect(self.palette_box.open_with)
        notices.undo_wanted.connect(self.undo)
        notices.redo_wanted.connect(self.redo)
        desk.shelf.changed.connect(self._undo_changed)
        desk.errand_started.connect(self.status.show_errand)
        self._theme.changed.connect(self._measure)
        self.yard.fronted.connect(self._fronted)
        self.palette_box.chosen.connect(self._found)

    def _own(self) -> dict[str, Callable[[], None]]:
        return {
            "clinic.lock": self.lock,
            "clinic.quit": self._quit,
            "edit.undo": self.undo,
            "edit.redo": self.redo,
            "edit.find": self._find,
            "edit.find_patient": partial(self._find, "@"),
            "view.full_screen": self._full_screen,
            "view.lock_panels": self._lock_toggled,
            "view.reset_layout": self.reset_layout,
            "go.back": self.yard.back,
            "go.forward": self.yard.forward,
            "go.next_pane": partial(self._pane, 1),
            "go.previous_pane": partial(self._pane, -1),
        }

    # ── layout ───────────────────────────────────────────────────────────────────────────────

    def reset_layout(self) -> None:
        """Back to the designed layout, panels locked."""
        self.yard.reset()
        self.drawer.refit()
        self.book.action("view.lock_panels").setChecked(True)
        self.room.notices.toast(_("The layout is as at first."))

    def set_panels_locked(self, *, locked: bool) -> None:
        """Keep panels where they are, without title bars; or let them be moved."""
        self.book.action("view.lock_panels").setChecked(locked)
        self.yard.set_locked(locked=locked)
        self.drawer.refit()

    def _fronted(self, panel_id: str) -> None:
        self.rail.mark(panel_id)
        self.book.panel_raised(panel_id)
        self._show_page()

    def _show_page(self) -> None:
        dock = self.yard[self.front]
        panel = dock.panel
        widgets = panel.top_widgets() if panel is not None else ()
        titles = panel.titles() if panel is not None else ()
        self.top.show_page(titles or _(dock.spec.title), widgets)
        self._retitle()

    def _made(self, widget: QWidget) -> None:
        if not isinstance(widget, Panel):
            return
        dock = next(dock for dock in self.yard if dock.panel is widget)
        widget.title_changed.connect(self._title_changed)
        widget.abilities_changed.connect(partial(self._weigh, dock.spec.id))
        if dock.spec.area is Area.PAGE:
            widget.badge_changed.connect(self.rail.button(dock.spec.id).set_badge)
        self._weigh(dock.spec.id)

    def _title_changed(self) -> None:
        if self.front:
            self._show_page()

    def _weigh(self, panel_id: str) -> None:
        """Grey a panel's actions with its reasons."""
        panel = self.yard[panel_id].panel
        if panel is not None:
            for spec in self.yard[panel_id].spec.actions:
                if spec.id in self.book:
                    self.book.set_reason(spec.id, panel.why_not(spec.id))

    def _retitle(self) -> None:
        parts = [self.clinic, "ClinicDesk"] if self.clinic else ["ClinicDesk"]
        if self.front and not self.is_locked:
            parts.insert(0, _(self.yard[self.front].spec.title))
        self.setWindowTitle(" — ".join(parts))

    def _measure(self) -> None:
        self.rail.updateGeometry()
        if self.palette_box.isVisible():
            self.palette_box.place()

    def _show_outside(self, *, shown: bool) -> None:
        for part in (self.menus, self.top, self.rail, self.status):
            part.setEnabled(shown)
        for spec in self.book.specs():
            action = self.book.action(spec.id)
            action.setEnabled(shown and not self.book.reason(spec.id))
        for dock in self.yard:
            dock.setEnabled(shown)
            if dock.isFloating():
                dock.setVisible(shown)

    # ── acts ─────────────────────────────────────────────────────────────────────────────────

    def undo(self) -> None:
        """Undo the latest act, unless the window is locked."""
        if not self.is_locked:
            self.room.desk.undo()

    def redo(self) -> None:
        """Do again what was undone."""
        if not self.is_locked:
            self.room.desk.redo()

    def _run(self, action_id: str) -> None:
        self.book.trigger(action_id)

    def _perform(self, spec: ActionSpec) -> None:
        if self.is_locked:
            return
        if spec.panel in self.yard:
            dock = self.yard[spec.panel]
            page = dock.spec.area is Area.PAGE
            if not dock.isVisible() or (page and self.front != spec.panel):
                self.go_to(spec.panel)
            panel = dock.make()
            if isinstance(panel, Panel):
                panel.perform(spec.id)
            return
        handler = self._handlers.get(spec.id) or self.layouts.handlers().get(spec.id)
        if handler is not None:
            handler()

    def _quit(self) -> None:
        self.close()

    def _undo_changed(self) -> None:
        shelf = self.room.desk.shelf
        undo, redo = shelf.next_undo, shelf.next_redo
        self.book.set_reason("edit.undo", "" if undo else _("There is nothing to undo."))
        self.book.set_reason("edit.redo", "" if redo else _("There is nothing to do again."))
        say = self.room.formats.say
        self.book.action("edit.undo").setToolTip(say(N_("Undo: {what}"), {"what": undo}))
        self.book.action("edit.redo").setToolTip(say(N_("Do again: {what}"), {"what": redo}))
        if not undo and not redo:
            self.status.shelf_emptied()

    def _found(self, kind: str) -> None:
        """Let the card answer when a patient was looked up."""
        if kind == "patient":
            self.drawer.pull()

    def _find(self, typed: str = "") -> None:
        self.palette_box.open_with(typed)

    def _lock_toggled(self) -> None:
        self.set_panels_locked(locked=self.book.action("view.lock_panels").isChecked())

    def _full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _pane(self, step: int) -> None:
        self.yard.move_pane(step, (self.top, self.rail), (self.drawer.bar, self.status))

    # ── Qt's events ──────────────────────────────────────────────────────────────────────────

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "toast"):
            self.drawer.fit()
            self.yard.keep_sizes()
            self.toast.place()
            self.palette_box.place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._shown_once:
            self._shown_once = True
            self.drawer.refit()
            self.yard.shown()
            if self.front:
                self.yard.focus(self.yard[self.front])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the layout; finish what was asked for."""
        layout.keep(self, self.room.settings)
        self.closing.emit()
        super().closeEvent(event)
