# SPDX-License-Identifier: Apache-2.0
"""The few dialogs of the book: time kept free, a day to go to, the history of an appointment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.editors import ChoiceBox, DayEdit, NumberEdit, TextEdit, TimeEdit
from clinicdesk.desktop.forms import FormDialog
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.kernel.identity import StaffId
from clinicdesk.kernel.moments import Slot
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.schedule.columns import HISTORY
from clinicdesk.schedule.model import MAY_OVERBOOK, BlockTime, Placed, SlotTaken
from clinicdesk.schedule.queries import HistoryRow
from clinicdesk.schedule.service import Schedule
from clinicdesk.wording.text import _


class KeepFreeDialog(FormDialog):
    """Keeps a provider's time free of patients; a second press keeps it beside what is there."""

    def __init__(  # noqa: PLR0917 -- what a block consists of
        self,
        room: Room,
        schedule: Schedule,
        people: Sequence[tuple[int, str]],
        provider_id: int,
        starts: datetime,
        minutes: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(room, _("Keep time free"), _("Keep free"), parent)
        self._schedule = schedule
        self._warned: BlockTime | None = None
        formats = room.formats
        self.wording = TextEdit(formats)
        self.provider: ChoiceBox[int] = ChoiceBox(people)
        self.provider.set_value(provider_id)
        self.day = DayEdit(formats, lambda: formats.zone.day(room.clock.now()))
        self.time = TimeEdit(formats)
        self.minutes = NumberEdit(formats, 1, 24 * 60)
        self.day.set_value(starts.date())
        self.time.set_value(starts.time())
        self.minutes.set_value(minutes)
        self.form.add("wording", _("What for"), self.wording, required=True)
        self.form.add("provider", _("Whose time"), self.provider, required=True)
        self.form.add("day", _("Day"), self.day, required=True)
        self.form.add("slot", _("From"), self.time, required=True)
        self.form.add("minutes", _("Minutes"), self.minutes, required=True)
        self.submit = self._submit

    def _submit(self) -> None:
        day, at = self.day.value(), self.time.value()
        provider, minutes = self.provider.value(), self.minutes.value()
        if day is None or at is None or provider is None or minutes is None:
            return
        slot = Slot(datetime.combine(day, at.replace(second=0)), minutes)
        command = BlockTime(StaffId(provider), slot, self.wording.text_value())
        again = self._warned is not None and _same(self._warned, command)
        if again:
            command = BlockTime(command.provider_id, slot, command.wording, overbook=True)
        self._warned = command
        self.set_busy(busy=True)
        self.room.desk.carry_out(
            partial(self._schedule.block, command, self.room.actor),
            self._done,
            self._refused,
            owner=self,
        )

    def _done(self, _done: Done[Placed]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        if isinstance(refusal, SlotTaken) and self.room.actor.may(MAY_OVERBOOK):
            words = self.room.formats.refusal(refusal)
            self.form.show_error(
                "slot", _("{why} Press Keep free again to keep it all the same.").format(why=words)
            )
            return
        self._warned = None
        self.form.show_refusal(refusal)


class GoToDayDialog(FormDialog):
    """Asks for a day: ``t``, ``+2w``, ``12/3``."""

    def __init__(self, room: Room, on: date, parent: QWidget | None = None) -> None:
        super().__init__(room, _("Go to a day"), _("Go"), parent)
        self.setMinimumWidth(room.theme.px(320))
        formats = room.formats
        self.day = DayEdit(formats, lambda: formats.zone.day(room.clock.now()))
        self.day.set_value(on)
        hint = _("A date, t for today, +3 for in three days, +2w for in two weeks.")
        self.form.add("day", _("Day"), self.day, required=True, hint=hint)
        self.submit = self.close_done


class HistoryDialog(QDialog):
    """What happened to an appointment, oldest first."""

    def __init__(
        self, room: Room, name: str, rows: tuple[HistoryRow, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.setWindowTitle(_("History of the appointment"))
        px = room.theme.px
        self.resize(px(860), px(340))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(16), px(16), px(16), px(12))
        outside.setSpacing(px(10))
        outside.addWidget(plain_label(name))
        self.table: RowTable[HistoryRow] = RowTable(
            HISTORY,
            room,
            _("History of the appointment"),
            id_of=lambda row: (row.at, row.action),
            state_key="schedule.history",
        )
        self.table.rows.replace(rows)
        outside.addWidget(self.table, 1)
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        outside.addWidget(buttons)


def _same(one: BlockTime, other: BlockTime) -> bool:
    """Tell whether two commands wish for the same, whatever their keys."""
    return (one.provider_id, one.slot, one.wording) == (
        other.provider_id,
        other.slot,
        other.wording,
    )
