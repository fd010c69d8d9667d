# SPDX-License-Identifier: Apache-2.0
"""The window of the first run: one page after the other, back and forth, by keyboard alone.

Enter goes on, Esc and Alt+Left go back, Ctrl+Enter goes on from anywhere. Nothing is written to
the disk here; ``finished`` hands the plan over.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer, QTimeZone, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.app.first_run.page import Page
from clinicdesk.app.first_run.plan import Plan, likely_country
from clinicdesk.app.first_run.safety_pages import CodePage, PlacePage
from clinicdesk.app.first_run.who_pages import ClinicPage, LookPage, OwnerPage
from clinicdesk.app.first_run.work_pages import HoursPage, PeoplePage, TypesPage
from clinicdesk.app.places import data_folder
from clinicdesk.desktop.desk_settings import DeskSettings
from clinicdesk.desktop.dialogs import ConfirmDialog, plain_label
from clinicdesk.desktop.theme import Theme
from clinicdesk.wording import text
from clinicdesk.wording.text import _

_PAGES = 8


def fresh_plan() -> Plan:
    """Return an empty plan with what this machine tells of itself."""
    zone = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    plan = Plan(data_folder(), language=text.language())
    plan.choose_country(likely_country([QLocale.system().name()], zone), zone)
    return plan


class FirstRun(QWidget):
    """Asks for what a clinic needs.

    Attributes:
        finished: every page is answered or skipped; the plan.
        given_up: back from the first page.
        left: the window was closed.
        page: the page shown.
    """

    finished = Signal(object)
    given_up = Signal()
    left = Signal()

    def __init__(self, theme: Theme, settings: DeskSettings, plan: Plan | None = None) -> None:
        super().__init__()
        self.setObjectName("curtain")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.plan = plan or fresh_plan()
        self._theme, self._settings = theme, settings
        self._number = 0
        self._busy = False
        self._makers: tuple[Callable[[], Page], ...] = (
            partial(LookPage, self.plan, theme, settings),
            partial(ClinicPage, self.plan, theme),
            partial(OwnerPage, self.plan, theme),
            partial(HoursPage, self.plan, theme),
            partial(PeoplePage, self.plan, theme),
            partial(TypesPage, self.plan, theme),
            partial(CodePage, self.plan, theme),
            partial(PlacePage, self.plan, theme),
        )
        self._outside = QVBoxLayout(self)
        self._frame = QWidget()
        self.page: Page = self._makers[0]()
        self._show(self.page)
        self._fit()

    # ── going ────────────────────────────────────────────────────────────────────────────────

    @property
    def number(self) -> int:
        """Which page is shown, the first being 0."""
        return self._number

    def go_on(self) -> None:
        """Keep the page and show the next; the last hands the plan over."""
        if self._busy or not self.page.keep():
            return
        self._advance()

    def skip(self) -> None:
        """Leave the page for later."""
        question, detail = self.page.before_skip()
        if not question:
            self._skipped()
            return
        dialog = ConfirmDialog(
            self._theme,
            question=question,
            detail=detail,
            verb=_("Go on without"),
            keep=_("Back to the code"),
            parent=self,
        )
        dialog.accepted.connect(self._skipped)
        dialog.open()

    def go_back(self) -> None:
        """Show the page before; from the first one, give up."""
        if self._busy:
            return
        self.page.hold()
        if self._number == 0:
            self.given_up.emit()
            return
        self._number -= 1
        self._show(self._makers[self._number]())

    def refuse(self, sentence: str) -> None:
        """The clinic could not be made: say why on the last page, and let it be tried again."""
        self._busy = False
        self._show(self._makers[self._number]())
        self.page.blame(sentence)

    def set_busy(self) -> None:
        """The plan is handed over; keys do nothing until ``refuse``."""
        self._busy = True

    # ── keys ─────────────────────────────────────────────────────────────────────────────────

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the focus, or goes on."""
        focus = QApplication.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if isinstance(focus, QPushButton) and not control:
                focus.click()
            else:
                self.go_on()
        elif event.key() == Qt.Key.Key_Escape or (
            event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier
        ):
            self.go_back()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing was written, so nothing is lost but what was typed."""
        super().closeEvent(event)
        self.left.emit()

    # ── showing ──────────────────────────────────────────────────────────────────────────────

    def _skipped(self) -> None:
        self.page.skip()
        self._advance()

    def _advance(self) -> None:
        if self._number == _PAGES - 1:
            self.set_busy()
            self.finished.emit(self.plan)
            return
        self._number += 1
        self._show(self._makers[self._number]())

    def _remake(self) -> None:
        """Build the page again, in another language or size, where the focus was."""
        direction = Qt.LayoutDirection
        mirrored = text.is_right_to_left(text.language())
        QGuiApplication.setLayoutDirection(
            direction.RightToLeft if mirrored else direction.LeftToRight
        )
        focus = self.page.focus_place()
        self._show(self._makers[self._number]())
        self.page.begin_at = focus
        self._fit()

    def _show(self, page: Page) -> None:
        old, self._frame = self._frame, QWidget()
        self.page = page
        page.remake.connect(self._remake, Qt.ConnectionType.QueuedConnection)
        self._fill(page)
        self._outside.addWidget(self._frame)
        self._outside.removeWidget(old)
        old.hide()
        old.deleteLater()
        self.setWindowTitle(f"{page.title} — ClinicDesk")
        QTimer.singleShot(0, page, page.begin)

    def _fill(self, page: Page) -> None:
        px = self._theme.px
        outside = QVBoxLayout(self._frame)
        outside.setContentsMargins(px(8), px(8), px(8), px(8))
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(px(680))
        column = QVBoxLayout(card)
        column.setContentsMargins(px(24), px(18), px(24), px(16))
        column.setSpacing(px(10))
        told = _("Page {n} of {of}").format(n=self._number + 1, of=_PAGES)
        self.progress = QProgressBar()
        self.progress.setRange(0, _PAGES)
        self.progress.setValue(self._number + 1)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(told)
        self.progress.setFixedHeight(px(4))
        column.addWidget(plain_label(told, muted=True, wrap=False))
        column.addWidget(self.progress)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        page.setAutoFillBackground(False)  # the card's own colour shows through
        area.viewport().setAutoFillBackground(False)
        column.addWidget(area, 1)
        column.addLayout(self._buttons(page))
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 100)
        middle.addStretch(1)
        outside.addLayout(middle, 1)

    def _buttons(self, page: Page) -> QHBoxLayout:
        line = QHBoxLayout()
        self.back = QPushButton(_("Back"))
        self.back.clicked.connect(self.go_back)
        self.later = QPushButton(_("&Later"))
        self.later.setVisible(page.skippable)
        self.later.clicked.connect(self.skip)
        last = self._number == _PAGES - 1
        self.next = QPushButton(_("&Make the clinic") if last else _("&Next"))
        self.next.setProperty("primary", True)
        self.next.clicked.connect(self.go_on)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.later)
        line.addWidget(self.next)
        return line

    def _fit(self) -> None:
        """As large as its largest page, or as the screen is."""
        px = self._theme.px
        screen = self.screen().availableGeometry()
        self.resize(min(px(720), screen.width() - px(16)), min(px(640), screen.height() - px(40)))
