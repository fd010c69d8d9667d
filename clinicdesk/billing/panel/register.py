# SPDX-License-Identifier: Apache-2.0
"""The page of an account: its register, what is open, and the line that makes entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from clinicdesk.billing.dialogs import RefundDialog
from clinicdesk.billing.model import (
    MAY_REVERSE,
    MAY_REVERSE_OWN_TODAY,
    Allocate,
    Allocation,
    PostCharges,
    ReverseEntry,
    TakePayment,
)
from clinicdesk.billing.panel import actions
from clinicdesk.billing.panel.account_head import AccountHead
from clinicdesk.billing.panel.asking import View, look
from clinicdesk.billing.panel.entry_row import Command, EntryRow
from clinicdesk.billing.panel.papers import Heading, PaperDesk
from clinicdesk.billing.panel.reason_bar import ReasonBar
from clinicdesk.billing.panel.words import described, open_columns, register_columns
from clinicdesk.billing.queries import AccountLine, CreditRow, OpenCharge
from clinicdesk.billing.service import Account, Billing, Taken
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import verb_button
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.row_table import RowTable, TotalsRow
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
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
        self.papers = PaperDesk(self, room, billing, letterhead)
        self.head = AccountHead(room)
        self.table: RowTable[AccountLine] = RowTable(
            register_columns(room.formats), room, _("Register"), id_of=_line_id,
            state_key="register", sortable=False, ink=_ink,
        )  # fmt: skip
        self.nothing = plain_label("", muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.nothing.hide()
        self.open: RowTable[OpenCharge] = RowTable(
            open_columns(room.formats), room, _("Open charges"), id_of=_open_id,
            state_key="open_charges",
        )  # fmt: skip
        self.credits = plain_label("")
        self.put_on = verb_button(_("Put on charges"))
        self.reason = ReasonBar(room)
        self.row = EntryRow(room)
        self._lay_out()
        self._listen()
        if not self._patient:
            self._say_empty()

    def _lay_out(self) -> None:
        px = self.room.theme.px
        self.body.addWidget(self.head)
        upper, lower = QWidget(), QWidget()
        self._lower = lower
        above = QVBoxLayout(upper)
        above.setContentsMargins(0, 0, 0, 0)
        above.setSpacing(0)
        above.addWidget(self.table, 1)
        above.addWidget(self.nothing)
        above.addWidget(TotalsRow(self.table, self.room))
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(px(16), px(6), px(16), px(6))
        line.addWidget(plain_label(_("Open charges"), wrap=False))
        line.addStretch(1)
        line.addWidget(self.credits)
        line.addWidget(self.put_on)
        below.addLayout(line)
        below.addWidget(self.open, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setAccessibleName(_("Register and open charges"))
        split.setChildrenCollapsible(False)
        split.addWidget(upper)
        split.addWidget(lower)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([px(420), px(150)])
        self.body.addWidget(split, 1)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.row)

    def _listen(self) -> None:
        self.room.spotlight.shown.connect(self._shone)
        self.head.filter.textChanged.connect(self._narrow)
        self.head.statement.clicked.connect(partial(self.perform, actions.STATEMENT))
        self.put_on.clicked.connect(partial(self.perform, actions.ALLOCATE))
        self.table.chosen.connect(self._chosen)
        self.open.chosen.connect(self._aim)
        self.row.posted.connect(self._post)
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
        self.open.rows.replace(account.open)
        self.row.show_account(answer.proposal, answer.fees, account.open)
        formats = self.room.formats
        held = ", ".join(
            f"{one.number} {formats.amount(one.amount_minor)}" for one in _usable(account)
        )
        self.credits.setText(_("Credit: {receipts}").format(receipts=held) if held else "")
        self.put_on.setVisible(bool(_placed(account)))
        self._lower.setVisible(bool(account.open or held))
        newest = (account.patient_id, len(account.lines))
        if newest != self._shown:
            self._shown = newest
            self.table.scrollToBottom()
        self.abilities_changed.emit()

    def focus_first(self) -> None:
        self.row.start()

    def forget(self) -> None:
        self._clear()
        super().forget()

    # ── acting ───────────────────────────────────────────────────────────────────────────────

    def perform(self, action_id: str) -> None:
        if self.why_not(action_id):
            return
        line = self.table.current()
        match action_id:
            case actions.STATEMENT:
                self.papers.statement(self._patient)
            case actions.RECEIPT if line is not None and line.receipt_id is not None:
                self.papers.receipt(line.receipt_id)
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
        if action_id == actions.RECEIPT and (line is None or line.receipt_id is None):
            reason = _("Choose a payment first.")
        elif action_id == actions.REVERSE:
            reason = self._why_not_reverse(line)
        elif action_id == actions.ALLOCATE and not _placed(self._view.account):
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
        for receipt_id, parts in _placed(account):
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
        self.credits.clear()
        self.table.rows.replace(())
        self.open.rows.replace(())
        self.abilities_changed.emit()

    def _say_empty(self) -> None:
        self.show_empty(_("No account is shown. Find a patient with Ctrl+K."), icon="ledger")

    def _chosen(self) -> None:
        self.abilities_changed.emit()

    def _aim(self, item: OpenCharge | None) -> None:
        if item is not None:
            self.row.aim_at(item)

    def _narrow(self) -> None:
        text = self.head.filter.text().strip()
        lines: Sequence[AccountLine] = self._view.account.lines if self._view else ()
        if text.startswith("="):
            try:
                wanted = abs(self.room.formats.parse_money(text))
            except Refusal:
                return  # half typed
            lines = [line for line in lines if wanted in _amounts(line)]
            text = ""
        self.table.rows.narrow(text)
        self.table.rows.replace(lines)
        none = bool(self.head.filter.text().strip()) and not self.table.rows.rows
        self.nothing.setVisible(none)
        if none:
            self.nothing.setText(
                _("No line matches “{text}”.").format(text=self.head.filter.text())
            )


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


def _placed(account: Account) -> list[tuple[int, tuple[Allocation, ...]]]:
    """Spread the account's credit over its open charges of the same party, oldest first."""
    left = {(one.charge_id, one.party.kind, one.party.id): one.open_minor for one in account.open}
    placed = []
    for credit in _usable(account):
        rest, parts = credit.amount_minor, []
        for (charge_id, kind, party_id), owed in left.items():
            part = min(rest, owed) if (kind, party_id) == credit.party else 0
            if part > 0:
                parts.append(Allocation(charge_id, part))
                left[charge_id, kind, party_id] = owed - part
                rest -= part
        if parts:
            placed.append((credit.receipt_id, tuple(parts)))
    return placed


def _amounts(line: AccountLine) -> set[int]:
    values = (line.charge_minor, line.payment_minor, line.adjustment_minor, line.open_minor)
    return {abs(one) for one in values if one is not None}


def _line_id(line: AccountLine) -> tuple[int, int]:
    return line.id, line.line


def _open_id(item: OpenCharge) -> tuple[int, str, int]:
    return item.charge_id, item.party.kind, item.party.id


def _ink(line: AccountLine, key: str) -> str:
    if line.reversed or line.kind == "reversal":
        return "muted"
    return "warn" if key == "open" and line.open_minor else ""
