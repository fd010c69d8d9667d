# SPDX-License-Identifier: Apache-2.0
"""What the window itself can do: undo, find, pages, text size, lock, layout, keys, quit."""

from __future__ import annotations

from typing import Final

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.view_choices import CONTRAST
from clinicdesk.wording.text import N_

SHELL_ACTIONS: Final = (
    ActionSpec(
        "clinic.lock",
        N_("&Lock"),
        "clinic",
        ("Ctrl+L",),
        "lock",
        section=8,
        aliases=N_("leave the desk"),
    ),
    ActionSpec(
        "clinic.quit", N_("&Quit"), "clinic", ("Ctrl+Q",), "log-out", section=9, role="quit"
    ),
    ActionSpec(
        "edit.undo", N_("&Undo"), "edit", ("Ctrl+Z",), "undo", section=1, aliases=N_("take back")
    ),
    ActionSpec("edit.redo", N_("&Redo"), "edit", ("Ctrl+Y", "Ctrl+Shift+Z"), "redo", section=1),
    ActionSpec(
        "edit.find",
        N_("&Find or do…"),
        "edit",
        ("Ctrl+K",),
        "search",
        section=2,
        aliases=N_("search, command palette"),
    ),
    ActionSpec("list.copy", N_("&Copy the list"), "edit/list", (), "copy", section=1),
    ActionSpec("edit.find_patient", N_("Find &patient…"), "edit", ("F3",), "patient", section=2),
    ActionSpec("view.light", N_("&Light colours"), "view/colours", (), "sun", section=2),
    ActionSpec("view.dark", N_("&Dark colours"), "view/colours", (), "moon", section=2),
    ActionSpec(
        "view.system", N_("Colours of the &system"), "view/colours", (), "monitor", section=2
    ),
    ActionSpec(
        "view.contrast",
        N_("High &contrast"),
        "view/colours",
        (),
        "eye",
        section=2,
        checkable=True,
        mirrors=(CONTRAST, True),
    ),
    ActionSpec(
        "view.larger", N_("&Larger text"), "view/text", ("Ctrl++", "Ctrl+="), "zoom-in", section=3
    ),
    ActionSpec(
        "view.smaller", N_("&Smaller text"), "view/text", ("Ctrl+-",), "zoom-out", section=3
    ),
    ActionSpec("view.normal", N_("&Normal text size"), "view/text", ("Ctrl+0",), "", section=3),
    ActionSpec("view.full_screen", N_("&Full screen"), "view", ("F11",), "monitor", section=4),
    ActionSpec(
        "view.lock_panels",
        N_("Lock &panels in place"),
        "view/layouts",
        (),
        "pin",
        section=5,
        checkable=True,
    ),
    ActionSpec(
        "view.reset_layout", N_("&Reset layout"), "view/layouts", (), "rotate-ccw", section=5
    ),
    ActionSpec("go.back", N_("&Back"), "go", ("Alt+Left",), "back", section=8),
    ActionSpec("go.forward", N_("&Forward"), "go", ("Alt+Right",), "forward", section=8),
    ActionSpec("go.next_pane", N_("Next p&ane"), "go/panes", ("F6",), "", section=9),
    ActionSpec("go.previous_pane", N_("Pre&vious pane"), "go/panes", ("Shift+F6",), "", section=9),
    ActionSpec(
        "tools.preferences",
        N_("&Preferences…"),
        "tools",
        ("Ctrl+,",),
        "settings",
        section=9,
        aliases=N_("settings, options, language, colours"),
        role="preferences",
    ),
    ActionSpec("help.keys", N_("&Keys"), "help", ("?", "Ctrl+?"), "keyboard", section=1),
)
