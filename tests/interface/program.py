# SPDX-License-Identifier: Apache-2.0
"""The assembled program in any language, colours, text size and window; walkers over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QWidget,
)

from clinicdesk.app.sitting import Sitting
from clinicdesk.assembly import open_clinic
from clinicdesk.demo.making import DEMO_PASSWORD, DEMO_USER
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dock import Area, Dock
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.theme import Mode, Theme
from clinicdesk.kernel.moments import FixedClock
from clinicdesk.wording import text

LANGUAGES = ("en", "de", "en_XA", "ar_XB")


def wait(milliseconds: int) -> None:
    """Let the window live for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def settle(sitting: Sitting) -> None:
    """Wait until nothing is asked any more."""
    quiet = 0
    for _turn in range(400):
        wait(20)
        quiet = quiet + 1 if sitting.room.desk.busy == 0 else 0
        if quiet == 3:
            return
    raise AssertionError("the lanes never came to rest")


@contextmanager
def opened(
    clinic_file: Path,
    folder: Path,
    *,
    language: str = "en",
    mode: Mode = "light",
    contrast: bool = False,
    percent: int = 100,
    size: tuple[int, int] = (1680, 1020),
    settings: DeskSettings | None = None,
    reset_layout: bool = True,
) -> Iterator[Sitting]:
    """Open the window on a copy of a clinic, signed in as the owner; close it afterwards."""
    copy = folder / "copy.clinic"
    if not copy.exists():
        for suffix in ("", ".keys", ".keys2"):
            shutil.copy(f"{clinic_file}{suffix}", f"{copy}{suffix}")
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    mirrored = text.is_right_to_left(language)
    direction = Qt.LayoutDirection
    application.setLayoutDirection(direction.RightToLeft if mirrored else direction.LeftToRight)
    text.use(language)
    clinic = open_clinic(copy, DEMO_USER, DEMO_PASSWORD)
    last = clinic.records.last_act()
    assert last is not None
    clinic.records.clock = FixedClock(last)
    sitting = Sitting(
        clinic,
        Theme(mode, text_size=percent, contrast=contrast),
        settings or DeskSettings(),
        check_password=clinic.opened.ring.is_password,
        reset_layout=reset_layout,
    )
    try:
        if reset_layout:
            sitting.shell.resize(*size)
        sitting.start()
        if reset_layout:
            sitting.shell.resize(*size)
        sitting.shell.activateWindow()
        settle(sitting)
        yield sitting
    finally:
        sitting.shell.close()
        settle(sitting)
        sitting.shell.deleteLater()
        QCoreApplication.sendPostedEvents(sitting.shell, QEvent.Type.DeferredDelete)
        text.use("en")
        application.setLayoutDirection(direction.LeftToRight)
        Theme("light")


def choose_a_patient(sitting: Sitting) -> str:
    """Put somebody who waits on the card; return their surname as shown."""
    card = sitting.clinic.schedule.waiting(sitting.clinic.actor)[0]
    sitting.room.spotlight.show("patient", card.patient_id)
    sitting.room.spotlight.show("appointment", card.appointment_id)
    settle(sitting)
    return card.name.split()[-1]


def pages(sitting: Sitting) -> Iterator[Dock]:
    """Show every panel in turn: pages, side panels, strips."""
    for dock in list(sitting.shell.yard):
        if dock.spec.area is Area.STRIP:
            sitting.shell.go_to("schedule")
        sitting.shell.yard.bring(dock)
        settle(sitting)
        yield dock
    sitting.shell.go_to("schedule")
    settle(sitting)


def shown(part: QWidget) -> Iterator[QWidget]:
    """Return the widgets of a part that are to be seen."""
    for widget in part.findChildren(QWidget):
        if widget.isVisible() and not widget.objectName().startswith("qt_"):
            yield widget


def takes_focus(widget: QWidget) -> bool:
    """Tell whether Tab stops at a widget."""
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and widget.isVisible() and widget.isEnabled() and not isinstance(widget, QMenu)


def words(widget: QWidget) -> str:
    """Return the text that a label or a button shows."""
    if isinstance(widget, QLabel | QAbstractButton):
        return widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    return ""


def place(widget: QWidget, shell: Shell) -> QRect:
    """Return where a widget is in the window."""
    return QRect(widget.mapTo(shell, QPoint(0, 0)), widget.size())


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG reckons it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def told(widget: QWidget) -> str:
    """Return what a person needs to find a widget that fails."""
    chain: list[str] = []
    one: QWidget | None = widget
    while one is not None and not isinstance(one, Shell) and len(chain) < 4:
        chain.append(type(one).__name__ + (f"#{one.objectName()}" if one.objectName() else ""))
        one = one.parentWidget()
    return f"{words(widget) or widget.accessibleName()!r} in {' < '.join(chain)}"


def is_inside_a_list(widget: QWidget) -> bool:
    """Tell whether a widget is the inner part of a list or table."""
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractItemView)
