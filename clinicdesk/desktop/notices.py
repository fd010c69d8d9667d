# SPDX-License-Identifier: Apache-2.0
"""Notices: how the program speaks: toast, banner, trouble dialog and the one kind of question.

A routine act is told by a toast with Undo and stays readable in the status bar. A rule's refusal
without a field is a banner. Trouble is a dialog that says what happened, what is safe and what to
do. All text is plain: a patient named ``<b>`` is shown as typed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.theme import Theme
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

_log = logging.getLogger(__name__)
Tone = Literal["plain", "ok", "warn", "danger"]


class Notices(QObject):
    """Speaks to the person; the shell gives it a place to appear in.

    Attributes:
        toasted: (sentence, way back: "", "undo" or "redo").
        bannered: (sentence, tone, caption of a button, what it does).
        cleared: banners go away.
        undo_wanted: somebody pressed Undo on a toast or in the status bar.
        redo_wanted: likewise Redo.
    """

    toasted = Signal(str, str)
    bannered = Signal(str, str, str, object)
    cleared = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()

    def __init__(self, theme: Theme, formats: Formats, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.formats = formats
        self._window: QWidget | None = None
        self.last = ""

    def attach(self, window: QWidget) -> None:
        """Say over which window dialogs open."""
        self._window = window

    # ── routine ──────────────────────────────────────────────────────────────────────────────

    def toast(self, said: str | Done[Any], *, undo: bool = False, redo: bool = False) -> None:
        """Tell that something was done: a finished sentence, or the outcome of a use case."""
        if isinstance(said, Done):
            undo = said.undo is not None
            said = self.formats.say(said.wording, said.fields)
        self.last = said
        self.toasted.emit(said, "undo" if undo else "redo" if redo else "")
        self.announce(said)

    def banner(
        self,
        sentence: str,
        tone: Tone = "warn",
        button: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Show a sentence under the top bar until it is dismissed or answered."""
        self.bannered.emit(sentence, tone, button, act)
        self.announce(sentence)

    def clear_banners(self) -> None:
        """Take banners away, e.g. when another patient is opened."""
        self.cleared.emit()

    def refusal(self, refusal: Refusal) -> None:
        """Show a refusal that belongs to no field."""
        self.banner(self.formats.refusal(refusal), "warn")

    def announce(self, sentence: str) -> None:
        """Tell a screen reader, politely."""
        if self._window is not None and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._window, sentence))

    # ── dialogs ──────────────────────────────────────────────────────────────────────────────

    def trouble(self, trouble: Trouble, again: Callable[[], None] | None = None) -> None:
        """Say what failed, what is safe and what to do; offer to try again."""
        from clinicdesk.desktop.crash import code, report, scrubbed
        from clinicdesk.desktop.dialogs import TroubleDialog

        _log.info("trouble %s\n%s", code(trouble), scrubbed(trouble))
        dialog = TroubleDialog(
            self.theme,
            what=self.formats.say(trouble.what, trouble.fields),
            safe=self.formats.say(trouble.safe, trouble.fields),
            do=self.formats.say(trouble.do, trouble.fields),
            details=report(trouble),
            code=code(trouble),
            parent=self._window,
            again=again,
        )
        dialog.open()

    def tell(
        self, what: str, safe: str = "", do: str = "", details: str = "", code: str = ""
    ) -> None:
        """Show the trouble dialog with finished sentences; details and code name no patient."""
        from clinicdesk.desktop.dialogs import TroubleDialog

        TroubleDialog(
            self.theme,
            what=what,
            safe=safe,
            do=do,
            details=details,
            code=code,
            parent=self._window,
        ).open()

    def confirm(
        self,
        question: str,
        verb: str,
        act: Callable[[], None],
        *,
        detail: str = "",
        keep: str = "",
        typed: str = "",
    ) -> None:
        """Ask before what cannot be undone; ``verb`` and ``keep`` are the buttons' words.

        Args:
            question: what would happen, as a question.
            verb: e.g. "Close October".
            act: carried out if the verb is pressed.
            detail: what it means.
            keep: the safe button, the default; "Keep" if not given.
            typed: a word that must be typed first.
        """
        from clinicdesk.desktop.dialogs import ConfirmDialog

        dialog = ConfirmDialog(
            self.theme,
            question=question,
            detail=detail,
            verb=verb,
            keep=keep or _("Keep"),
            typed=typed,
            parent=self._window,
        )
        dialog.accepted.connect(act)
        dialog.open()
