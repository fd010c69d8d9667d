# SPDX-License-Identifier: Apache-2.0
"""Closing a month with a look at what is left undone, and opening it again with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QWidget

from clinicdesk.closing.model.checklist import MonthChecklist
from clinicdesk.closing.model.day import ReopenMonth
from clinicdesk.closing.panel import errands
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import FormDialog, TextEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import _, ngettext

_FEW: Final = 4  # days named in a line
_GOOD, _LOOK, _BAD = ("ok", "ok"), ("warning", "warn"), ("error", "danger")
_BUSY = ("clock", "muted")


class CloseMonthDialog(FormDialog):
    """The checklist of a month. Enter closes it once everything was looked at.

    What is left undone does not keep a month open; an identity that fails does.
    """

    def __init__(
        self,
        room: Room,
        closing: Closing,
        month: Month,
        close: Callable[[], None],
        parent: QWidget,
    ) -> None:
        name = room.formats.month(month)
        super().__init__(
            room,
            _("Close {month} and everything before it?").format(month=name),
            _("Close {month}").format(month=name),
            parent,
            note=_(
                "Nothing can be posted to these days any more. Corrections are posted on the day "
                "they are made and shown as adjustments to prior periods. Opening the month again "
                "needs a reason and stays in the trail."
            ),
        )
        self._close = close
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(room.theme.px(10))
        self._grid.setVerticalSpacing(room.theme.px(8))
        self._grid.setColumnStretch(1, 1)
        self._texts: list[str] = []
        self.outside.insertWidget(1, self._lines)
        self._add(_BUSY, _("The month is looked through…"))
        self.verb.setEnabled(False)
        self.submit = self._submit
        looking = partial(errands.look, closing, room, month)
        self._errand: Errand = room.desk.run_errand(
            _("Checklist"), looking, self.show_list, self._failed, owner=self
        )
        self.finished.connect(self._errand.cancel)

    def open(self) -> None:
        """Show it; the verb gets the focus as soon as it may be pressed."""
        QDialog.open(self)

    @property
    def texts(self) -> tuple[str, ...]:
        """The lines, for tests and for the ear."""
        return tuple(self._texts)

    def show_list(self, found: MonthChecklist) -> None:
        """Show what was found, and let the month be closed if its books prove themselves."""
        self._clear()
        self._visits(
            found.unfinished,
            _("Every visit is finished."),
            ngettext("{n} visit is not finished: {days}", "{n} visits are not finished: {days}",
                     len(found.unfinished)),
        )  # fmt: skip
        self._visits(
            found.uncharged,
            _("Every finished visit is charged."),
            ngettext("{n} finished visit has no charge: {days}",
                     "{n} finished visits have no charge: {days}", len(found.uncharged)),
        )  # fmt: skip
        self._visits(
            found.open_days,
            _("No day's till is left to count."),
            ngettext("{n} day is not closed: {days}", "{n} days are not closed: {days}",
                     len(found.open_days)),
        )  # fmt: skip
        self._credits(found)
        wrong = [line for line in found.proof if not line.holds]
        for line in wrong:
            self._add(_BAD, _("Does not hold: {identity}").format(identity=_(line.title)))
        if not wrong:
            self._add(_GOOD, _("All {n} identities hold.").format(n=len(found.proof)))
        if found.seal is not None:
            self._add(_BAD, _("This month is closed."))
        self._fit()
        ready = found.holds and found.seal is None
        self.verb.setEnabled(ready)
        if ready:
            self.verb.setFocus()
        self.room.notices.announce(" ".join(self._texts))

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _submit(self) -> None:
        if self.verb.isEnabled():
            self.close_done()
            self._close()

    def _failed(self, failure: BaseException) -> None:
        if self.isVisible():  # else it was left, and the errand stopped with it
            self.reject()
            self.room.desk.fail(failure)

    def _visits(self, days: Sequence[date], good: str, undone: str) -> None:
        if not days:
            self._add(_GOOD, good)
            return
        named = list(dict.fromkeys(days))
        words = ", ".join(self.room.formats.day(day, "short") for day in named[:_FEW])
        if len(named) > _FEW:
            words += " …"
        self._add(_LOOK, undone.format(n=len(days), days=words))

    def _credits(self, found: MonthChecklist) -> None:
        if not found.credits:
            self._add(_GOOD, _("All money received is put on charges."))
            return
        text = self.room.formats.count(
            "{n} owner holds money that is on no charge: {held_minor}",
            "{n} owners hold money that is on no charge: {held_minor}",
            found.credits,
            held_minor=found.credits_minor,
        )
        self._add(_LOOK, text)

    def _add(self, mark: tuple[str, str], text: str) -> None:
        place = len(self._texts)
        icon = QLabel()
        icon.setPixmap(self.room.theme.pixmap(mark[0], 16, mark[1], self.devicePixelRatioF()))
        label = plain_label(text)
        self._grid.addWidget(icon, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label, place, 1)
        icon.show()  # Qt would only show them once events are handled, after the fitting
        label.show()
        self._texts.append(text)

    def _fit(self) -> None:
        """Grow by the lines that came: a dialog that is open keeps its height otherwise."""
        self._grid.invalidate()
        self.outside.invalidate()
        wide = max(self.width(), self.minimumSizeHint().width())
        self.resize(wide, max(self.height(), self.outside.totalHeightForWidth(wide)))

    def _clear(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._texts.clear()


class ReopenMonthDialog(FormDialog):
    """Asks why a month is opened again."""

    def __init__(
        self, room: Room, closing: Closing, month: Month, done: Callable[[], None], parent: QWidget
    ) -> None:
        name = room.formats.month(month)
        super().__init__(
            room,
            _("Open {month} again").format(month=name),
            _("Open again"),
            parent,
            note=_(
                "The paper that was signed is kept. The month is closed anew when it is right; "
                "its next paper carries another number."
            ),
        )
        self._closing, self._month, self._done = closing, month, done
        self.reason = TextEdit(room.formats)
        self.form.add("reason", _("Reason"), self.reason, required=True)
        self.submit = self._submit

    def _submit(self) -> None:
        self.set_busy(busy=True)
        command = ReopenMonth(self._month, self.reason.text_value())
        self.room.desk.carry_out(
            partial(self._closing.reopen_month, command, self.room.actor),
            self._reopened,
            self._refused,
            owner=self,
        )

    def _reopened(self, _done: Done[Month]) -> None:
        self.close_done()
        self._done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)
