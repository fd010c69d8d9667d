# SPDX-License-Identifier: Apache-2.0
"""The side panel that checks a patient out: services, payment and receipt in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import ClassVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from clinicdesk.billing.model import CheckOut, NothingToPost, Payment
from clinicdesk.billing.panel import actions
from clinicdesk.billing.panel.asking import Start, start
from clinicdesk.billing.panel.checkout_sums import CheckOutSums, add_row, form_grid
from clinicdesk.billing.panel.choices import PRINT_RECEIPT
from clinicdesk.billing.panel.kept_checkout import Draft, KeptCheckOut
from clinicdesk.billing.panel.papers import Heading, PaperDesk
from clinicdesk.billing.panel.service_lines import ServiceLines
from clinicdesk.billing.panel.words import METHODS
from clinicdesk.billing.service import Billing, CheckedOut, Proposal
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox, MoneyEdit, TextEdit, verb_button
from clinicdesk.desktop.panel_base import Panel
from clinicdesk.desktop.room import Room
from clinicdesk.desktop.theme import HEADING
from clinicdesk.kernel.changes import Topic
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.ledger.model import ENTRIES
from clinicdesk.patients.model import PATIENTS
from clinicdesk.schedule.model import VISITS
from clinicdesk.wording.text import _

_BOOK, _TOGGLE = "schedule.book", "view.checkout"


class CheckOutPanel(Panel[Start]):
    """Charges today's visit and takes the payment of the patient the window is about."""

    shows: ClassVar[frozenset[Topic]] = frozenset({ENTRIES, PATIENTS, VISITS})

    def __init__(self, room: Room, *, billing: Billing, letterhead: Heading) -> None:
        super().__init__(room)
        self._billing = billing
        self._patient = room.spotlight.current("patient")
        self._proposal: Proposal | None = None
        self._sent: CheckOut | None = None
        self._typed = self._provider_chosen = False
        self._back: QWidget | None = None
        self.kept = KeptCheckOut(self)
        self.papers = PaperDesk(self, room, billing, letterhead)
        formats = room.formats
        self.name = plain_label("")
        self.out = QToolButton()
        self.out.setProperty("flat", True)
        self.out.setAccessibleName(_("Close the check-out"))
        self.out.setToolTip(_("Close the check-out (Esc)"))
        room.theme.give_icon(self.out, "cross", "muted")
        self.chart = plain_label("", muted=True)
        self.services = ServiceLines(room)
        self.provider: ChoiceBox[int] = ChoiceBox()
        self.sums = CheckOutSums(room)
        self.insurance = plain_label("", muted=True)
        self.amount = MoneyEdit(formats)
        self.method: ChoiceBox[str] = ChoiceBox([(key, _(words)) for key, words in METHODS])
        self.reference = TextEdit(formats)
        self.receipt = QCheckBox(_("Print receipt"))
        self.receipt.setChecked(room.settings.get(PRINT_RECEIPT))
        self.error = plain_label("")
        self.error.setProperty("tone", "danger")
        self.error.hide()
        self.verb = verb_button(_("Post"), primary=True)
        self.book = verb_button(_("Book next visit"))
        room.theme.give_icon(self.book, "book")
        self._lay_out()
        self._listen()
        if not self._patient:
            self._say_empty()

    def _lay_out(self) -> None:
        px = self.room.theme.px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        head = QHBoxLayout()
        head.setSpacing(px(6))
        head.addWidget(self.name, 1)
        head.addWidget(self.out, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.chart)
        self.headings = [
            plain_label(_("Services"), wrap=False),
            plain_label(_("Payment"), wrap=False),
        ]
        column.addWidget(self.headings[0])
        column.addWidget(self.services)
        whose, sums, paid = form_grid(px), form_grid(px), form_grid(px)
        add_row(whose, _("Provider"), self.provider)
        column.addLayout(whose)
        column.addLayout(sums)
        column.addWidget(self.insurance)
        column.addWidget(self.headings[1])
        add_row(paid, _("Amount"), self.amount)
        add_row(paid, _("Method"), self.method)
        add_row(paid, _("Reference"), self.reference)
        self.sums.put_into(sums, paid)
        column.addLayout(paid)
        column.addWidget(self.receipt)
        column.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(_("Check-out"))
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(px(14), px(8), px(14), px(12))
        foot.setSpacing(px(8))
        foot.addWidget(self.error)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        buttons.addWidget(self.verb, 1)
        buttons.addWidget(self.book)
        foot.addLayout(buttons)
        self.body.addLayout(foot)
        self.setMinimumWidth(px(280))
        paying: tuple[QWidget, ...] = (self.amount, self.method, self.reference, self.receipt)
        order = (*paying, self.verb, self.book, self.out)
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    def _listen(self) -> None:
        self.room.spotlight.shown.connect(self._shone)
        self.room.spotlight.wanted.connect(self._wanted)
        self.services.changed.connect(self._sum_up)
        self.services.finished.connect(self.amount.setFocus)
        self.amount.textEdited.connect(self._amount_typed)
        self.verb.clicked.connect(self.commit)
        self.book.clicked.connect(self._book)
        self.out.clicked.connect(self.leave)
        self.provider.activated.connect(self._choose_provider)
        self.room.theme.changed.connect(self._dress)
        self._dress()

    # ── asking and showing ───────────────────────────────────────────────────────────────────

    def question(self) -> Callable[[], Start] | None:
        if not self._patient:
            return None
        appointment = self.room.spotlight.current("appointment")
        return partial(start, self._billing, self._patient, appointment, self.room.actor)

    def show_answer(self, answer: Start) -> None:
        before, proposal = self._proposal, answer.proposal
        self._proposal = proposal
        self.name.setText(proposal.name)
        self.chart.setText(_("Chart {number}").format(number=proposal.chart_number))
        chosen = self.provider.value() if self._provider_chosen else None
        self.provider.set_choices([(one, name) for one, name, _initials in proposal.providers])
        self.provider.set_value(chosen or proposal.provider_id)
        self.services.code.offer(answer.fees)
        if not (before is not None and self.services.touched):
            self.services.propose(proposal.lines)
        self._typed = bool(self.kept.answered(proposal.patient_id)) or self._typed
        self._sum_up()
        self.abilities_changed.emit()

    def focus_first(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and not self.isAncestorOf(now):
            self._back = now
        self._scroll.ensureWidgetVisible(self.receipt)  # with large text the payment is below
        self._scroll.ensureWidgetVisible(self.amount)
        self.amount.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.amount.selectAll()

    def showEvent(self, event: QShowEvent) -> None:
        """Dress again: the style sheet of another parent takes fonts away."""
        super().showEvent(event)
        self._dress()

    def forget(self) -> None:
        self._clear()
        super().forget()

    def draft(self) -> Draft | None:
        return self.kept.draft(self._patient, touched=self._touched(), typed=self._typed)

    def take_draft(self, draft: Draft) -> None:
        self.kept.take(draft)

    def perform(self, action_id: str) -> None:
        """Go into the amount; without a patient the page says how to find one."""
        if action_id == actions.TAKE_PAYMENT and self._patient:
            self.focus_first()

    def leave(self) -> None:
        """Give the side back to the patient's card, and the focus to where it came from."""
        back, self._back = self._back, None
        self.room.run_action(_TOGGLE)
        if back is not None and shiboken6.isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)

    # ── posting ──────────────────────────────────────────────────────────────────────────────

    def commit(self) -> None:
        """Post services and payment together, or say what is missing."""
        try:
            command = self.command()
        except Refusal as refusal:
            self._refused(refusal)
            return
        if self._sent is not None and replace(command, key=self._sent.key) == self._sent:
            command = self._sent  # pressed twice, or again after a trouble: posted once
        elif self._sent is None:
            command = replace(command, key=self.kept.key)
        self._sent = command
        self._say_error("")
        self.room.desk.carry_out(
            partial(self._billing.check_out, command, self.room.actor),
            partial(self._posted, command, print_it=self.receipt.isChecked()),
            self._refused,
            owner=self,
        )

    def command(self) -> CheckOut:
        """Return what is filled in.

        Raises:
            Refusal: something is missing or makes no sense.
        """
        proposal = self._proposal
        if proposal is None:
            raise NothingToPost
        problem = self.amount.problem()
        if problem:
            raise Refusal(problem, field="amount")
        amount = self.amount.value() or 0
        lines = self.services.charges(self.provider.value() or proposal.provider_id)
        if amount < 0 or not (lines or amount):
            raise NothingToPost(field="amount")
        payment = None
        if amount:
            payment = Payment(amount, self.method.value() or "cash", self.reference.text_value())
        visit = proposal.visit_id if lines else None
        return CheckOut(proposal.patient_id, proposal.service_on, lines, payment, visit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter posts from any field; Esc gives the proposal back, then leaves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.book.hasFocus():
                self._book()
            elif self.out.hasFocus():
                self.leave()
            else:
                self.commit()
        elif event.key() == Qt.Key.Key_Escape and self._touched():
            self._start_over()
            self.focus_first()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _posted(self, command: CheckOut, done: Done[CheckedOut], *, print_it: bool) -> None:
        if self._sent is not command:
            return
        self._sent = None
        self.services.propose(())
        self.reference.clear()
        self.method.set_value(METHODS[0][0])  # so that a letter leads to the same method again
        self._typed = self._provider_chosen = False
        self.amount.clear()
        self.kept.forget()
        self.refresh()
        self.book.setFocus(Qt.FocusReason.OtherFocusReason)
        if print_it and done.value.taken is not None:
            self.papers.receipt(done.value.taken.receipt_id)

    def _refused(self, refusal: Refusal) -> None:
        self._say_error(self.room.formats.refusal(refusal))
        if refusal.field == "amount":
            self.focus_first()

    def _say_error(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        if sentence:
            self.room.notices.announce(sentence)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _sum_up(self) -> None:
        """Write the sums, and what is to be paid now unless somebody typed an amount."""
        proposal = self._proposal
        if proposal is None:
            return
        typed = 0 if self.amount.problem() else self.amount.value() or 0
        paid = typed if self._typed else None
        owed = self.sums.write(proposal, self.services.total_minor(), paid)
        insured = proposal.insured and bool(self.services.lines)
        self.insurance.setVisible(insured)
        if insured:
            self.insurance.setText(_("The services go to the insurer first."))
        if not self._typed:
            self.amount.set_value(max(0, owed))
            if self.amount.hasFocus():
                self.amount.selectAll()

    def _amount_typed(self, text: str) -> None:
        self._typed = bool(text.strip())
        self._sum_up()

    def _choose_provider(self, _place: int) -> None:
        self._provider_chosen = True

    def _touched(self) -> bool:
        """Tell whether Esc has something to give back."""
        return self._proposal is not None and bool(
            self._typed
            or self.services.touched
            or self.services.code.text()
            or self.reference.text()
            or self.error.text()
        )

    def _start_over(self) -> None:
        self._typed = self._provider_chosen = False
        self._say_error("")
        self.reference.clear()
        self.services.code.clear()
        if self._proposal is not None:
            self.services.propose(self._proposal.lines)
            self.provider.set_value(self._proposal.provider_id)
        self._sum_up()

    def _shone(self, kind: str, record_id: int) -> None:
        if kind == "appointment" and self._patient and not self._touched():
            self.refresh()
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

    def _wanted(self, kind: str, record_id: int, verb: str) -> None:
        if kind == "patient" and record_id == self._patient and verb == "pay":
            self.room.run_action(actions.TAKE_PAYMENT)

    def _clear(self) -> None:
        self._proposal, self._sent = None, None
        self._typed = self._provider_chosen = False
        self.kept.forget()
        self.services.propose(())
        for label in (self.name, self.chart, self.insurance):
            label.clear()
        self.sums.clear()
        self.amount.clear()
        self.reference.clear()
        self.method.set_value(METHODS[0][0])
        self._say_error("")
        self.abilities_changed.emit()

    def _say_empty(self) -> None:
        self.show_empty(_("Nobody is checking out. Find a patient with Ctrl+K."), icon="pay")

    def _book(self) -> None:
        self.room.run_action(_BOOK)

    def _dress(self) -> None:
        theme = self.room.theme
        self.name.setFont(theme.font(HEADING, QFont.Weight.DemiBold))
        for label in self.headings:
            label.setFont(theme.font(weight=QFont.Weight.DemiBold))
        self.sums.dress()
