# SPDX-License-Identifier: Apache-2.0
"""A window with toy panels, to test and to look at: no clinic, no database.

``python -m tests.desktop.toys FILE.png [light|dark|contrast] [PERCENT] [WIDTHxHEIGHT] [rtl]``
saves a picture of it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.change_feed import ChangeFeed
from clinicdesk.desktop.desk import Desk
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.dock import Area, Panel, PanelSpec
from clinicdesk.desktop.forms import DayEdit, Form, MoneyEdit, TextEdit, verb_button
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.palette import Hit
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable, TotalsRow
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.spotlight import Spotlight
from clinicdesk.desktop.theme import Mode, Theme
from clinicdesk.desktop.top_bar import BEFORE_TITLE
from clinicdesk.kernel.actors import Actor, Permission
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.columns import Align, Column, Kind
from clinicdesk.kernel.identity import UserId
from clinicdesk.kernel.moments import ClinicZone, FixedClock
from clinicdesk.kernel.money import Currency
from clinicdesk.kernel.outcomes import Done
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

THINGS = Topic("toys.things")
MAY_PLAY = Permission("toys.play", N_("Play"))
MAY_BREAK = Permission("toys.break", N_("Break toys"))
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Thing:
    id: int
    name: str
    count: int
    price_minor: int | None


THING_COLUMNS: tuple[Column[Thing], ...] = (
    Column("name", N_("Name"), lambda r: r.name, weight=24),
    Column("count", N_("Count"), lambda r: r.count, Kind.NUMBER, Align.END, 8, total=True),
    Column(
        "price_minor", N_("Price"), lambda r: r.price_minor, Kind.MONEY, Align.END, 10, total=True
    ),
)
SOME = (
    Thing(1, "Grace Adeyemi", 3, 8500),
    Thing(2, "Ångström <b>Björn</b>", 12, -4500),
    Thing(3, "Omar Haddad", 7, None),
    Thing(4, "Wilhelmina van den Bergh-Fotheringham", 1, 123_456),
)


class Shelf:
    """Stands for a service: keeps things, may refuse, may be slow."""

    def __init__(self) -> None:
        self.things = list(SOME)
        self.asked = 0

    def all(self) -> tuple[Thing, ...]:
        self.asked += 1
        return tuple(self.things)

    def rename(self, thing_id: int, name: str) -> Done[int]:
        place = next(n for n, thing in enumerate(self.things) if thing.id == thing_id)
        before = self.things[place].name
        self.things[place] = replace(self.things[place], name=name)
        return Done(
            thing_id,
            N_("Renamed {before} to {name}."),
            {"before": before, "name": name},
            undo=lambda: self.rename(thing_id, before),
        )


class ListPanel(Panel[tuple[Thing, ...]]):
    shows = frozenset({THINGS})

    def __init__(self, room: Room, shelf: Shelf) -> None:
        super().__init__(room)
        self.shelf = shelf
        self.performed: list[str] = []
        self.table = RowTable(
            THING_COLUMNS,
            room,
            "Things",
            state_key="toys",
            ink=lambda row, key: (
                "danger" if key == "price_minor" and (row.price_minor or 0) < 0 else ""
            ),
        )
        self.totals = TotalsRow(self.table, room)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.totals)
        self._controls = []
        for text, name, before in (
            ("Today", "", True),
            ("‹", "Previous day", True),
            ("›", "Next day", True),
            ("Day", "", False),
            ("Week", "", False),
            ("Month", "", False),
        ):
            button = QPushButton(text)
            button.setAccessibleName(name or text)
            button.setProperty(BEFORE_TITLE, before)
            button.setCheckable(not before)
            button.setChecked(text == "Day")
            self._controls.append(button)

    def question(self) -> Callable[[], tuple[Thing, ...]]:
        return self.shelf.all

    def show_answer(self, answer: tuple[Thing, ...]) -> None:
        self.table.rows.replace(answer)
        if not answer:
            self.show_empty("No toys. Press F7 to make one.", "Make one", self.refresh, icon="box")

    def title(self) -> str:
        return "Wednesday 25 November 2026"

    def top_widgets(self) -> tuple[QWidget, ...]:
        return tuple(self._controls)

    def perform(self, action_id: str) -> None:
        self.performed.append(action_id)

    def why_not(self, action_id: str) -> str:
        return "" if action_id != "toys.arrive" else "Nobody is chosen."

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


class FormPanel(Panel[None]):
    def __init__(self, room: Room) -> None:
        super().__init__(room)
        edge = room.theme.px(16)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.setSpacing(room.theme.px(12))
        self.form = Form(room)
        today = NOON.date()
        self.form.add("name", "Name", TextEdit(room.formats), required=True)
        self.form.add("amount", "Amount", MoneyEdit(room.formats))
        self.form.add("day", "Day", DayEdit(room.formats, lambda: today))
        self.body.addWidget(self.form)
        line = QHBoxLayout()
        self.save = verb_button("Save toy", primary=True)
        self.save.clicked.connect(self.form.commit)
        line.addWidget(self.save)
        line.addWidget(verb_button("Break toy", danger=True))
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addStretch(1)

    def focus_first(self) -> None:
        self.form.focus_first()


class CardPanel(Panel[None]):
    def __init__(self, room: Room) -> None:
        super().__init__(room)
        edge = room.theme.px(14)
        self.body.setContentsMargins(edge, edge, edge, edge)
        self.body.addWidget(plain_label("Grace Adeyemi"))
        self.body.addWidget(plain_label("she/her · 47 y · 12 Mar 1979 · #10482", muted=True))
        self.body.addStretch(1)


class Patients:
    prefix = "@"

    def question(self, text: str) -> Callable[[], tuple[Hit, ...]]:
        def find() -> tuple[Hit, ...]:
            wanted = text.casefold()
            return tuple(
                Hit(
                    one.name,
                    nothing,
                    path="Patient",
                    icon="patient",
                    kind="patient",
                    id=str(one.id),
                )
                for one in SOME
                if wanted in one.name.casefold()
            )

        return find


def nothing() -> None:
    """Do nothing."""


def make_room(theme: Theme, *, rights: frozenset[str] = frozenset({"toys.play"})) -> Room:
    formats = Formats("en", "GB", Currency.of("GBP"), ClinicZone("Europe/London"))
    notices = Notices(theme, formats)
    return Room(
        desk=Desk(notices, formats),
        feed=ChangeFeed(),
        spotlight=Spotlight(),
        notices=notices,
        theme=theme,
        formats=formats,
        actor=Actor(UserId(1), "Rosa B", "receptionist", rights, "s1"),
        clock=FixedClock(NOON),
        settings=DeskSettings(),
    )


def panels(shelf: Shelf) -> tuple[PanelSpec, ...]:
    return (
        PanelSpec(
            "schedule",
            N_("Schedule"),
            "calendar",
            Area.PAGE,
            "Ctrl+1",
            MAY_PLAY,
            lambda room: ListPanel(room, shelf),
            (
                ActionSpec(
                    "toys.book",
                    N_("&Book"),
                    "schedule",
                    ("F7", "Ctrl+B"),
                    "book",
                    panel="schedule",
                    aliases=N_("new appointment"),
                ),
                ActionSpec(
                    "toys.arrive", N_("&Arrive"), "schedule", ("F8",), "arrive", panel="schedule"
                ),
                ActionSpec("toys.new", N_("&New"), "schedule", ("Ctrl+N",), panel="schedule"),
                ActionSpec(
                    "toys.smash",
                    N_("&Break a toy…"),
                    "schedule",
                    (),
                    "ban",
                    MAY_BREAK,
                    panel="schedule",
                ),
            ),
        ),
        PanelSpec(
            "patients",
            N_("Patients"),
            "patients",
            Area.PAGE,
            "Ctrl+2",
            None,
            FormPanel,
            (
                ActionSpec(
                    "toys.new_patient",
                    N_("&New patient"),
                    "patient",
                    ("Ctrl+N",),
                    "user-plus",
                    panel="patients",
                ),
                ActionSpec(
                    "toys.pay",
                    N_("Take &payment"),
                    "billing",
                    ("F9", "Ctrl+E"),
                    "pay",
                    panel="patients",
                ),
            ),
        ),
        PanelSpec("secret", N_("Secret"), "lock", Area.PAGE, "Ctrl+3", MAY_BREAK, FormPanel),
        PanelSpec("card", N_("Patient card"), "id-card", Area.SIDE, "Ctrl+I", None, CardPanel),
    )


def make_shell(theme: Theme, shelf: Shelf | None = None, room: Room | None = None) -> Shell:
    shell = Shell(
        room or make_room(theme),
        panels(shelf or Shelf()),
        clinic="Maple Clinic",
        primary=("toys.book", "toys.arrive", "toys.pay"),
    )
    shell.palette_box.add_source(Patients())
    shell.status.set_cell("backup", "Backup 3 h ago", nothing)
    shell.status.set_cell("user", "Rosa B · reception")
    return shell


def main(arguments: list[str]) -> int:
    """Save a picture of the toy window."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    file, look, percent, size, *rest = [
        *arguments,
        *["light", "100", "1400x850"][len(arguments) - 1 :],
    ]
    application = QApplication([])
    if "rtl" in rest:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    mode: Mode = "dark" if look == "dark" else "light"
    theme = Theme(mode, text_size=int(percent), contrast=look == "contrast")
    shell = make_shell(theme)
    width, height = (int(part) for part in size.split("x"))
    shell.resize(width, height)
    shell.show()
    shell.rail.button("patients").set_badge(3)

    def act() -> None:
        if "palette" in rest:
            shell.palette_box.open_with("a")
        elif "form" in rest:
            shell.go_to("patients")
            form = shell.panel("patients")
            if isinstance(form, FormPanel):
                form.form.check()
        elif "lock" in rest:
            shell.lock()
        elif "unlocked" in rest:
            shell.set_panels_locked(locked=False)
        else:
            shell.room.notices.toast("Moved Omar Haddad to 11:00 with Dr Osei.", undo=True)
            shell.room.notices.banner("The printer did not answer.", "warn", "Try again", nothing)

    def finish() -> None:
        shell.grab().save(file)
        shell.room.desk.close()
        application.quit()

    QTimer.singleShot(200, act)
    QTimer.singleShot(700, finish)
    application.exec()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
