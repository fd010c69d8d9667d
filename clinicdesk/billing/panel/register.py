# SPDX-License-Identifier: Apache-2.0
"""The page of an account: its register, what is open, and the line that makes entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from clinicdesk.billing.dialogs import RefundDialog
from clinicdesk.billing.model import (
    MAY_REVERSE,
    MAY_REVERSE_OWN_TODAY,
    Allocate,
    PostCharges,
    ReverseEntry,
    TakePayment,
)
from clinicdesk.billing.panel import actions
from clinicdesk.billing.panel.account_head import AccountHead
from clinicdesk.billing.panel.asking import View, look
from clinicdesk.billing.panel.entry_row import Command, EntryRow
from clinicdesk.billing.panel.number_source import OPEN
from clinicdesk.billing.panel.open_pane import OpenPane, spread
from clinicdesk.billing.panel.papers import Heading, PaperDesk, receipt_for
from clinicdesk.billing.panel.reason_bar import ReasonBar
from clinicdesk.billing.panel.words import balanced, described, register_columns
from clinicdesk.billing.panel.wrapping import scrolled
from clinicdesk.billing.queries import AccountLine, CreditRow, OpenCharge
from clinicdesk.billing.service import Account, Billing, Taken
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable, TotalsRow
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.outcomes import Done
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.patients.model import PATIENTS
from clinicdesk.wording.text import _


class RegisterPanel(Panel[View]):
    """The register of the patient the window is about."""

    shows: ClassVar[frozenset[Topic]] = frozenset({ENTRIES, PATIENTS})

    def __init__(self, room: Room, *, billing: Billing, letterhead: Heading) -> None:
        super().__init__(room)
        self._billing = billing
        self._patient = room.spotlight.current("patient")
        self._view: View | None = None
        self._shown: tuple[int, int] = (0, 0)
        self._sent: Command | None = None
        self._to_reverse: AccountLine | None = None
        self._goal: tuple[str, int] | None = None
        self.papers = PaperDesk(self, room, billing, letterhead)
        self.head = AccountHead(room)
        self.table: RowTable[AccountLine] = RowTable(
            register_columns(room.formats), room, _("Register"), id_of=_line_id,
            state_key="register", ink=_ink,
        )  # fmt: skip
        self.table.rows.columns = balanced(self.table.rows)
        self.unordered = plain_label(_("The balance is shown in order of date only."), muted=True)
        self.unordered.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.unordered.hide()
        self.nothing = plain_label("", muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.nothing.hide()
        self.pane = OpenPane(room)
        self.open, self.credits, self.put_on = self.pane.table, self.pane.credits, self.pane.put_on
        self.reason = ReasonBar(room)
        self.row = EntryRow(room)
        self._lay_out()
        self._listen()
        if not self._patient:
            self._say_empty()

    def _lay_out(self) -> None:
        px = self.room.theme.px
        upper = QWidget()
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.table, 1)
        above.addWidget(self.nothing)
        above.addWidget(self.unordered)
        above.addWidget(TotalsRow(self.table, self.room))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setAccessibleName(_("Register and open charges"))
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([px(420), px(150)])
        self.body.addWidget(scrolled(self.head, split, _("Account")), 1)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.row)

    def _listen(self) -> None:
        self.room.spotlight.shown.connect(self._shone)
        self.room.spotlight.wanted.connect(self._wanted)
        self.head.lines.changed.connect(self._narrow)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        self.head.statement.clicked.connect(partial(self.perform, actions.STATEMENT))
        self.put_on.clicked.connect(partial(self.perform, actions.ALLOCATE))
        self.table.chosen.connect(self.abilities_changed)
        self.open.chosen.connect(self._aim)
        self.row.posted.connect(self._post)
        self.row.paying.connect(self._paying)
        self.pane.put_changed.connect(self.row.suggest)
        self.pane.finished.connect(
            partial(self.row.amount.setFocus, Qt.FocusReason.OtherFocusReason)
        )
        self.reason.given.connect(self._reverse)
        self.reason.left.connect(self.table.setFocus)

    # ── asking and showing ───────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], View] | None:
        if not self._patient:
            return None
        return partial(look, self._billing, self._patient, self.room.actor)

    def show_answer(self, answer: View) -> None:
        self._view = answer
        account = answer.account
        self.head.show_account(account, answer.proposal)
        self._narrow()
        self.pane.show_account(account)
        self.row.show_account(answer.proposal, answer.fees, account.open)
        formats = self.room.formats
        held = ", ".join(
            f"{one.number} {formats.amount(one.amount_minor)}" for one in _usable(account)
        )
        self.credits.setText(_("Credit: {receipts}").format(receipts=held) if held else "")
        self.put_on.setVisible(bool(spread(account)))
        self.pane.setVisible(bool(account.open or held))
        newest = (account.patient_id, len(account.lines))
        if newest != self._shown:
            self._shown = newest
            QTimer.singleShot(0, self.table.scrollToBottom)  # the open charges take room first
        self._go_to_row()
        self.abilities_changed.emit()

    def focus_first(self) -> None:
        if self._patient:
            self.row.start()
        else:
            self._open_last()

    def showEvent(self, event: QShowEvent) -> None:
        """Open the last account when no patient is chosen; an empty page helps nobody."""
        super().showEvent(event)
        if not self._patient:
            self._open_last()

    def forget(self) -> None:
        self._clear()
        super().forget()

    # ── acting ───────────────────────────────────────────────────────────────────────────────

    def perform(self, action_id: str) -> None:
        if self._patient and self._view is None and action_id == actions.RECEIPT:
            self._goal = (actions.RECEIPT, 0)  # once the account is here
            return
        reason = self.why_not(action_id)
        if reason:
            self.room.notices.toast(reason)
            return
        line = self.table.current()
        match action_id:
            case actions.STATEMENT:
                self.papers.statement(self._patient)
            case actions.RECEIPT if self._view is not None:
                self.papers.receipt(receipt_for(line, self._view.account.lines))
            case actions.REVERSE if line is not None:
                self._to_reverse = line
                self.reason.ask(self._reverse_question(line))
            case actions.ALLOCATE if self._view is not None:
                self._put_on_charges(self._view.account)
            case actions.REFUND if self._view is not None:
                RefundDialog(
                    self.room, self._billing, _usable(self._view.account)[0], self.window()
                ).open()
            case actions.NEW:
                self.row.start()
            case actions.FILTER:
                self.head.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
                self.head.filter.selectAll()

    def why_not(self, action_id: str) -> str:
        line = self.table.current()
        if not self._patient or self._view is None:
            return _("Choose a patient first.")
        reason = ""
        if action_id == actions.RECEIPT and not receipt_for(line, self._view.account.lines):
            reason = _("No payment of this account has a receipt.")
        elif action_id == actions.REVERSE:
            reason = self._why_not_reverse(line)
        elif action_id == actions.ALLOCATE and not spread(self._view.account):
            reason = _("There is no credit that could be put on a charge.")
        elif action_id == actions.REFUND and not _usable(self._view.account):
            reason = _("No credit is held for this account.")
        return reason

    def _why_not_reverse(self, line: AccountLine | None) -> str:
        actor = self.room.actor
        if not (actor.may(MAY_REVERSE) or actor.may(MAY_REVERSE_OWN_TODAY)):
            return _("Your role may not reverse entries.")
        if line is None:
            return _("Choose an entry first.")
        if line.reversed:
            return _("This entry is reversed already.")
        return _("A reversal stays. Post the entry again.") if line.kind == "reversal" else ""

    def _post(self, command: Command, print_it: bool) -> None:  # noqa: FBT001 -- Qt's signal
        parts = self.pane.allocations()
        if isinstance(command, TakePayment) and parts is not None:
            command = replace(command, payment=replace(command.payment, allocations=parts))
        if self._sent is not None and replace(command, key=self._sent.key) == self._sent:
            command = self._sent  # pressed twice, or again after a trouble: posted once
        self._sent = command
        self.room.desk.carry_out(
            partial(_carry, self._billing, command, self.room.actor),
            partial(self._posted, command, print_it=print_it),
            self.row.show_refusal,
            owner=self,
        )

    def _posted(self, command: Command, done: Done[object], *, print_it: bool) -> None:
        if self._sent is command:
            self._sent = None
            self.pane.clear()
            self.row.clear()
            self.row.start()
        if print_it and isinstance(done.value, Taken):
            self.papers.receipt(done.value.receipt_id)

    def _reverse_question(self, line: AccountLine) -> str:
        formats = self.room.formats
        amounts = (line.charge_minor, line.payment_minor, line.adjustment_minor)
        return _("Reverse {reference} {what}, {amount}, of {day}? Both lines stay.").format(
            reference=line.reference,
            what=described(line, formats),
            amount=formats.amount(next((one for one in amounts if one is not None), 0)),
            day=formats.day(line.business_on, "short"),
        )

    def _reverse(self, reason: str) -> None:
        line, self._to_reverse = self._to_reverse, None
        if line is not None:
            command = ReverseEntry(line.id, reason)
            self.room.desk.carry_out(
                partial(self._billing.reverse, command, self.room.actor), owner=self
            )
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_on_charges(self, account: Account) -> None:
        for receipt_id, parts in spread(account):
            self.room.desk.carry_out(
                partial(self._billing.allocate, Allocate(receipt_id, parts), self.room.actor),
                owner=self,
            )

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _shone(self, kind: str, record_id: int) -> None:
        if kind != "patient" or record_id == self._patient:
            return
        self._patient = record_id
        self._clear()
        if record_id:
            self.show_content()
            self.refresh()
        else:
            self.mark_stale()
            self._say_empty()

    def _clear(self) -> None:
        self._view, self._sent, self._to_reverse = None, None, None
        self._shown = (0, 0)
        self.reason.hide()
        self.head.clear()
        self.row.clear()
        self.table.rows.replace(())
        self.pane.forget()
        self.abilities_changed.emit()

    def _say_empty(self) -> None:
        sentence = _("No account is shown. Find a patient with Ctrl+K.")
        find = partial(self.room.run_action, "edit.find_patient")
        self.show_empty(sentence, _("Find a patient"), find, icon="ledger")

    def _open_last(self) -> None:
        """Show the account somebody looked at last, else the one that was posted to last."""
        recent = self.room.spotlight.recent("patient", 1)
        if recent:
            self.room.spotlight.show("patient", recent[0])
        else:
            ask = partial(self._billing.latest_account, self.room.actor)
            self.room.desk.ask(ask, self._found_last, owner=self)

    def _found_last(self, patient_id: int) -> None:
        if self._patient or not self.isVisible() or not self.isEnabled():
            return
        if patient_id:
            self.room.spotlight.show("patient", patient_id)
        else:
            self._placard.focus_button()

    def _wanted(self, kind: str, record_id: int, verb: str) -> None:
        """Go to the row of a receipt or charge; show a statement as it was issued."""
        if verb != OPEN:
            return
        if kind == "statement":
            self.papers.kept(record_id)
        elif kind in {"receipt", "charge"}:
            self._goal = (kind, record_id)
            if not self.stale and not self.waiting:
                self._go_to_row()

    def _go_to_row(self) -> None:
        goal = self._goal
        if goal is None or self._view is None:
            return
        self._goal = None
        if goal[0] == actions.RECEIPT:
            self.perform(actions.RECEIPT)
            return
        self.head.lines.clear()
        for line in self._view.account.lines:
            if goal[1] == (line.receipt_id if goal[0] == "receipt" else line.charge_id):
                self.table.choose(_line_id(line))
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _paying(self, amount: int | None, yes: bool) -> None:  # noqa: FBT001 -- Qt's signal
        if not yes:
            self.pane.clear()
        self.pane.follow(amount, paying=yes)

    def _sorted(self) -> None:
        self._narrow()
        by = self.table.rows.sorted_by
        self.unordered.setVisible(by is not None and by[0] != "day")

    def _aim(self, item: OpenCharge | None) -> None:
        if item is not None:
            self.row.aim_at(item)

    def _narrow(self) -> None:
        lines: Sequence[AccountLine] = self._view.account.lines if self._view else ()
        held = self._view.account.credits if self._view else ()
        receipts = frozenset(one.receipt_id for one in held)
        lines = [line for line in lines if self.head.lines.passes(line, receipts)]
        if self.table.rows.sorted_by == ("day", True):
            lines.reverse()  # of a day too, the latest comes first
        self.table.rows.narrow(self.head.lines.words)
        self.table.rows.replace(lines)
        none = self.head.lines.on and not self.table.rows.rows
        self.nothing.setVisible(none)
        if none:
            text = self.head.filter.text().strip()
            words = _("No line matches “{text}”. Esc in the filter shows all lines.")
            if not text:
                words = _("No line matches the filter. Esc in the filter shows all lines.")
            self.nothing.setText(words.format(text=text))


def _carry(billing: Billing, command: Command, actor: Actor) -> Done[object]:
    done: Done[object]
    if isinstance(command, PostCharges):
        done = billing.charge(command, actor)  # type: ignore[assignment]  # read only
    elif isinstance(command, TakePayment):
        done = billing.take_payment(command, actor)  # type: ignore[assignment]
    else:
        done = billing.write_off(command, actor)  # type: ignore[assignment]
    return done


def _usable(account: Account) -> tuple[CreditRow, ...]:
    return tuple(one for one in account.credits if one.amount_minor > 0)


def _line_id(line: AccountLine) -> tuple[int, int]:
    return line.id, line.line


def _ink(line: AccountLine, key: str) -> str:
    if line.reversed or line.kind == "reversal":
        return "muted"
    return "warn" if key == "open" and line.open_minor else ""
