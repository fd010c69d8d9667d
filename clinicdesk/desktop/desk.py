# SPDX-License-Identifier: Apache-2.0
"""The desk: where panels hand in questions, commands and errands, and get answers.

Services never see a widget; panels never see a connection; what crosses is frozen. Everything
handed back arrives on the window's thread, and not at all once its owner is gone.
"""

from __future__ import annotations

import itertools
import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from clinicdesk.desktop.lanes import SLOW_MS, Lane, Outcome
from clinicdesk.desktop.notices import Notices
from clinicdesk.desktop.tidying import Tidier
from clinicdesk.desktop.undo import Reversal, UndoShelf
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_, _

_log = logging.getLogger(__name__)
_TURN_S = 0.001  # the window takes its turn from an errand a hundred times in painting itself
T = TypeVar("T")


class Cancelled(Exception):
    """An errand was cancelled; raised in the errand's own thread by ``Errand.step``."""


class Errand(QObject):
    """A long piece of work; the lane reports, the window shows and may cancel.

    Attributes:
        progressed: (done, of, words), on the window's thread; ``of`` 0 means nobody knows.
        ended: when it is over, however it went.
    """

    progressed = Signal(int, int, str)
    ended = Signal()
    _stepped = Signal(int, int, str)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self._stop = threading.Event()
        self._stepped.connect(self.progressed, Qt.ConnectionType.QueuedConnection)

    def step(self, done: int, of: int = 0, words: str = "") -> None:
        """Report from the lane.

        Raises:
            Cancelled: somebody pressed Cancel; let it pass, after removing unfinished files.
        """
        if self._stop.is_set():
            raise Cancelled
        self._stepped.emit(done, of, words)

    def cancel(self) -> None:
        """Ask the errand to stop at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Whether Cancel was pressed; for work that has no steps. Any thread."""
        return self._stop.is_set()


@dataclass(frozen=True, slots=True)
class _Waiting:
    answered: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    owner: QObject | None
    errand: Errand | None = None


class Desk(QObject):
    """Takes work in and hands results out.

    Attributes:
        busy_changed: how many jobs are under way.
        errand_started: an ``Errand``, for the status bar.
        bug_found: what is no Refusal and no Trouble; ``crash`` listens.
        turned: the ``Done`` of what was undone or done again, so that its page can show it.
    """

    turned = Signal(object)
    busy_changed = Signal(int)
    errand_started = Signal(object)
    bug_found = Signal(object)

    def __init__(
        self,
        notices: Notices,
        formats: Formats,
        shelf: UndoShelf | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.notices = notices
        self.formats = formats
        self.shelf = shelf or UndoShelf(self)
        self._tickets = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._tidier = Tidier(self, is_long=self._runs_errand)
        sys.setswitchinterval(_TURN_S)
        self._records = Lane("records", slow_ms=SLOW_MS)
        self._errands = Lane("errands", threads=2)
        self._records.ended.connect(self._hand_out)
        self._errands.ended.connect(self._hand_out)

    # ── handing in ───────────────────────────────────────────────────────────────────────────

    def ask(
        self,
        question: Callable[[], T],
        answered: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> int:
        """Ask a short question on the records lane; returns its ticket.

        Without ``failed`` a failure is shown as a notice. ``owner`` gone means the answer is
        dropped.
        """
        return self._submit(self._records, question, _Waiting(answered, failed or self.fail, owner))

    def carry_out(
        self,
        command: Callable[[], Done[T]],
        done: Callable[[Done[T]], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
        *,
        owner: QObject | None = None,
        quiet: bool = False,
    ) -> int:
        """Carry out a command in order; its sentence becomes a toast with Undo.

        Args:
            command: e.g. ``partial(schedule.book, command, actor)``.
            done: told after the commit.
            refused: shows a refusal beside its field; without it a banner does.
            owner: dropped with it are ``done`` and ``refused``; the command is carried out.
            quiet: no toast, for steps whose effect is seen where they were made.
        """
        carried = _Carried(self, done, refused, owner, quiet=quiet)
        return self._submit(self._records, command, _Waiting(carried.done, carried.failed, None))

    def run_errand(
        self,
        title: str,
        work: Callable[[Errand], T],
        answered: Callable[[T], None],
        failed: Callable[[BaseException], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> Errand:
        """Run long work beside everything else; it reports with ``errand.step``."""
        errand = Errand(title)
        waiting = _Waiting(answered, failed or self.fail, owner, errand)
        self._submit(self._errands, lambda: work(errand), waiting)
        self.errand_started.emit(errand)
        return errand

    def undo(self) -> None:
        """Carry out the reverse of the latest act."""
        reversal = self.shelf.take_undo()
        if reversal is not None:
            turning = _Turning(self, reversal, back=True)
            self._submit(
                self._records, reversal.carry_out, _Waiting(turning.done, turning.failed, None)
            )

    def redo(self) -> None:
        """Do again what was undone last."""
        reversal = self.shelf.take_redo()
        if reversal is not None:
            turning = _Turning(self, reversal, back=False)
            self._submit(
                self._records, reversal.carry_out, _Waiting(turning.done, turning.failed, None)
            )

    def fail(self, failure: BaseException) -> None:
        """Show a failure the ordinary way: banner, trouble dialog, or the net for bugs."""
        if isinstance(failure, Cancelled):
            self.notices.toast(_("Cancelled. Nothing was changed."))
        elif isinstance(failure, Refusal):
            self.notices.refusal(failure)
        elif isinstance(failure, Trouble):
            self.notices.trouble(failure)
        else:
            self.bug_found.emit(failure)

    @property
    def busy(self) -> int:
        """How many jobs are under way."""
        return len(self._waiting)

    def close(self) -> None:
        """Finish what is queued; nothing is handed out afterwards."""
        self._waiting.clear()
        ended = self._records.close(), self._errands.close()
        if all(ended):
            self._tidier.stop()

    def _runs_errand(self) -> bool:
        return any(waiting.errand is not None for waiting in self._waiting.values())

    # ── handing out ──────────────────────────────────────────────────────────────────────────

    def _submit(self, lane: Lane, work: Callable[[], Any], waiting: _Waiting) -> int:
        ticket = next(self._tickets)
        self._waiting[ticket] = waiting
        lane.submit(ticket, work, _name(work))
        self.busy_changed.emit(len(self._waiting))
        return ticket

    def _hand_out(self, outcome: Outcome) -> None:
        waiting = self._waiting.pop(outcome.ticket, None)
        self.busy_changed.emit(len(self._waiting))
        if waiting is None:
            return
        if waiting.errand is not None:
            waiting.errand.ended.emit()
        if waiting.owner is not None and not shiboken6.isValid(waiting.owner):
            return
        if outcome.failure is not None:
            waiting.failed(outcome.failure)
        else:
            waiting.answered(outcome.value)


class _Carried:
    """What happens after a command: shelf, toast, and who sent it."""

    def __init__(
        self,
        desk: Desk,
        done: Callable[[Done[Any]], None] | None,
        refused: Callable[[Refusal], None] | None,
        owner: QObject | None,
        *,
        quiet: bool,
    ) -> None:
        self._desk, self._done, self._refused = desk, done, refused
        self._owner, self._quiet = owner, quiet

    def done(self, done: Done[Any]) -> None:
        sentence = self._desk.formats.say(done.wording, done.fields)
        self._desk.shelf.put(sentence, done)
        if not self._quiet and sentence:
            self._desk.notices.toast(sentence, undo=done.undo is not None)
        if self._done is not None and self._there:
            self._done(done)

    def failed(self, failure: BaseException) -> None:
        if isinstance(failure, Refusal) and self._refused is not None and self._there:
            self._refused(failure)
        else:
            self._desk.fail(failure)

    @property
    def _there(self) -> bool:
        return self._owner is None or shiboken6.isValid(self._owner)


class _Turning:
    """What happens after undoing or redoing."""

    def __init__(self, desk: Desk, reversal: Reversal, *, back: bool) -> None:
        self._desk, self._reversal, self._back = desk, reversal, back

    def done(self, done: Done[Any]) -> None:
        if self._back:
            self._desk.shelf.undone(self._reversal, done)
        else:
            self._desk.shelf.redone(self._reversal, done)
        formats = self._desk.formats
        sentence = formats.say(done.wording, done.fields)
        if not sentence:
            wording = N_("Undone: {what}") if self._back else N_("Done again: {what}")
            sentence = formats.say(wording, {"what": self._reversal.label})
        self._desk.notices.toast(sentence, redo=self._back and done.undo is not None)
        self._desk.turned.emit(done)

    def failed(self, failure: BaseException) -> None:
        self._desk.fail(failure)


def _name(work: Callable[[], Any]) -> str:
    """Name a job for the log: its code's name, never its arguments."""
    inner = getattr(work, "func", work)
    return str(getattr(inner, "__qualname__", type(inner).__name__))
