# SPDX-License-Identifier: Apache-2.0
"""The line at the foot of the register in which entries are made."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from clinicdesk.billing.model import (
    MAY_CHARGE,
    MAY_TAKE_PAYMENT,
    MAY_WRITE_OFF,
    ChargeLine,
    NothingToPost,
    Payment,
    PostCharges,
    TakePayment,
    WriteOff,
)
from clinicdesk.billing.panel.code_edit import CodeEdit
from clinicdesk.billing.panel.words import GIVEN_UP, METHODS, owed_by
from clinicdesk.billing.panel.wrapping import WrapRow
from clinicdesk.billing.queries import FeeRow, OpenCharge
from clinicdesk.billing.service import Proposal
from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox, DayEdit, MoneyEdit, TextEdit, verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.wording.text import N_, _

Command = PostCharges | TakePayment | WriteOff
Target = tuple[int, tuple[str, int]]
CHARGE, PAYMENT, WRITE_OFF = "charge", "payment", "write-off"
_KINDS = (
    (CHARGE, N_("Charge"), MAY_CHARGE),
    (PAYMENT, N_("Payment"), MAY_TAKE_PAYMENT),
    (WRITE_OFF, N_("Write-off"), MAY_WRITE_OFF),
)
_SHOWN = {
    CHARGE: ("day", "code", "description", "provider"),
    PAYMENT: ("method", "reference"),
    WRITE_OFF: ("charge", "reason"),
}


class EntryRow(QFrame):
    """Makes a command of what is typed; the panel carries it out.

    Attributes:
        posted: (command, print the receipt): Enter in any field.
        paying: (amount or None, whether it is a payment): what is typed would be put on charges.
    """

    posted = Signal(object, bool)
    paying = Signal(object, bool)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry")
        self.room = room
        self._patient = 0
        self._visit: int | None = None
        self._typed = self._provider_chosen = False
        self._filled = ""
        self._cells: dict[str, QWidget] = {}
        self._widths: dict[QWidget, tuple[int, bool]] = {}
        formats = room.formats
        kinds = [(key, _(words)) for key, words, right in _KINDS if room.actor.may(right)]
        self.kind: ChoiceBox[str] = ChoiceBox(kinds)
        self.day = DayEdit(formats, self._today, past=True)
        self.code = CodeEdit(room)
        self.description = TextEdit(formats)
        self.provider: ChoiceBox[int] = ChoiceBox()
        self.method: ChoiceBox[str] = ChoiceBox([(key, _(words)) for key, words in METHODS])
        self.reference = TextEdit(formats)
        self.charge: ChoiceBox[Target] = ChoiceBox()
        self.reason: ChoiceBox[str] = ChoiceBox([(key, _(words)) for key, words, _c in GIVEN_UP])
        self.amount = MoneyEdit(formats)
        self.verb = verb_button(_("Post"), primary=True)
        self.error = plain_label("")
        self.error.setProperty("tone", "danger")
        self.error.hide()
        self._lay_out()
        self._measure()
        room.theme.changed.connect(self._measure)
        self.kind.understood.connect(self._kind_changed)
        self.code.picked.connect(self._fill)
        self.code.entered.connect(self._commit_if_whole)
        self.amount.textEdited.connect(self._amount_typed)
        self.amount.textChanged.connect(self._tell_paying)
        self.provider.activated.connect(self._choose_provider)
        self.verb.clicked.connect(partial(self.commit, print_it=False))
        self.setEnabled(bool(kinds))
        self._kind_changed()

    def _lay_out(self) -> None:
        px = self.room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(12), px(8), px(12), px(8))
        outside.setSpacing(px(4))
        self._row = WrapRow(px(8))
        for name, caption, field, width, stretch in (
            ("kind", _("Entry"), self.kind, 86, 0),
            ("day", _("Service day"), self.day, 102, 0),
            ("code", _("Code"), self.code, 66, 1),
            ("description", _("Description"), self.description, 80, 3),
            ("provider", _("Provider"), self.provider, 64, 0),
            ("method", _("Method"), self.method, 120, 0),
            ("reference", _("Reference"), self.reference, 120, 2),
            ("charge", _("On charge"), self.charge, 180, 3),
            ("reason", _("Reason"), self.reason, 190, 0),
            ("amount", _("Amount"), self.amount, 84, 0),
        ):
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(2))
            words = plain_label(caption, muted=True, wrap=False)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            words.setBuddy(field)
            field.setAccessibleName(caption)
            self._widths[field] = (width, not stretch)
            column.addWidget(words)
            column.addWidget(field)
            self._cells[name] = cell
            self._row.add(cell, stretch)
        last = QWidget()
        column = QVBoxLayout(last)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self.verb)
        self._row.add(last)
        outside.addWidget(self._row)
        outside.addWidget(self.error)
        hint = _("Enter posts · Ctrl+Enter posts and prints the receipt · Esc clears this line")
        self.hint = plain_label(hint, muted=True)
        outside.addWidget(self.hint)

    # ── what it works on ─────────────────────────────────────────────────────────────────────

    def show_account(
        self, proposal: Proposal, fees: tuple[FeeRow, ...], items: tuple[OpenCharge, ...]
    ) -> None:
        """Work on an account; what is being typed stays while it is the same one."""
        if proposal.patient_id != self._patient:
            self._patient = proposal.patient_id
            self.clear()
        self._visit = proposal.visit_id
        chosen = (self._provider_chosen and self.provider.value()) or proposal.provider_id
        self.provider.set_choices([(one, initials) for one, _name, initials in proposal.providers])
        for place, (_id, name, _initials) in enumerate(proposal.providers):
            self.provider.setItemData(place, name, Qt.ItemDataRole.ToolTipRole)
        self.provider.set_value(chosen)
        self.code.offer(fees)
        self.charge.set_choices(
            [((item.charge_id, (item.party.kind, item.party.id)), self._words(item))
             for item in items]
        )  # fmt: skip

    def suggest(self, minor: int) -> None:
        """Take an amount unless one was typed."""
        if not self._typed:
            self.amount.set_value(minor or None)

    def aim_at(self, item: OpenCharge) -> None:
        """Let a write-off be of this charge."""
        self.charge.set_value((item.charge_id, (item.party.kind, item.party.id)))

    def clear(self) -> None:
        """Empty this line and nothing else; the kind stays."""
        self._typed = self._provider_chosen = False
        self.show_error("")
        for field in (self.code, self.description, self.reference, self.amount):
            field.clear()
        self.day.set_value(self._today())
        self.method.set_value(METHODS[0][0])  # so that a letter leads to the same method again

    def start(self, kind: str = "") -> None:
        """Put the focus where typing begins."""
        if kind:
            self.kind.set_value(kind)
        first = {CHARGE: self.code, PAYMENT: self.amount, WRITE_OFF: self.charge}
        wanted = first.get(self.kind.value() or "", self.amount)
        wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ── posting ──────────────────────────────────────────────────────────────────────────────

    def commit(self, *, print_it: bool) -> None:
        """Hand out the command, or say what is missing."""
        try:
            command = self.command()
        except Refusal as refusal:
            self.show_refusal(refusal)
            return
        self.show_error("")
        self.posted.emit(command, print_it)

    def command(self) -> Command:
        """Return what is typed as a command.

        Raises:
            Refusal: something is missing; its field says what.
        """
        problem = self.amount.problem()
        if problem:
            raise Refusal(problem, field="amount")
        amount = self.amount.value()
        match self.kind.value():
            case "payment":
                if not amount:
                    raise NothingToPost(field="amount")
                method, words = self.method.value() or "cash", self.reference.text_value()
                return TakePayment(self._patient, Payment(amount, method, words))
            case "write-off":
                target = self.charge.value()
                if target is None:
                    raise Refusal(N_("No charge of this account is open."), field="charge")
                if not amount:
                    raise NothingToPost(field="amount")
                reason = self.reason.value() or "office"
                cause = next(cause for key, _words, cause in GIVEN_UP if key == reason)
                return WriteOff(target[0], target[1], amount, cause, reason)
            case _:
                return self._charge(amount)

    def show_refusal(self, refusal: Refusal) -> None:
        """Say under the line what is wrong, and go there."""
        self.show_error(self.room.formats.refusal(refusal))
        field = getattr(self, refusal.field, None) if refusal.field in self._cells else None
        if isinstance(field, QWidget) and field.isVisible():
            field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_error(self, sentence: str) -> None:
        """Write a reason under the line, or take it away."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self.hint.setVisible(not sentence)
        if sentence:
            self.room.notices.announce(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Post from any field; Esc clears the line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self.commit(print_it=bool(held))
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.start()
        else:
            super().keyPressEvent(event)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _charge(self, amount: int | None) -> PostCharges:
        fee, code = self.code.exact(), self.code.text().strip().upper()
        if not code:
            raise Refusal(N_("Enter a service code."), field="code")
        description = self.description.text_value() or (fee.description if fee else "")
        if not description:
            raise Refusal(
                N_("There is no price for {code}. Describe the service and enter an amount."),
                field="description",
                code=code,
            )
        if amount is None and fee is not None:
            amount = fee.amount_minor
        if amount is None or amount < 0:
            raise NothingToPost(field="amount")
        provider, day = self.provider.value(), self._service_day()
        if provider is None:
            raise Refusal(N_("Choose who did the work."), field="provider")
        line = ChargeLine(code, description, amount, provider)
        visit = self._visit if day == self._today() else None
        return PostCharges(self._patient, day, (line,), visit)

    def _service_day(self) -> date:
        problem = self.day.problem()
        if problem:
            raise Refusal(problem, field="day")
        day = self.day.value() or self._today()
        if day > self._today():
            raise Refusal(N_("A service cannot be charged before its day."), field="day")
        return day

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _words(self, item: OpenCharge) -> str:
        formats = self.room.formats
        return _("{day} {what}, {who}: {open} open").format(
            day=formats.day(item.service_on, "short"),
            what=item.description or item.code,
            who=owed_by(item, formats),
            open=formats.amount(item.open_minor),
        )

    def _measure(self) -> None:
        px = self.room.theme.px
        for field, (width, bounded) in self._widths.items():
            field.setMinimumWidth(px(width))
            if bounded:
                field.setMaximumWidth(px(width + 40))
        self._row.arrange()

    def _kind_changed(self) -> None:
        wanted = _SHOWN.get(self.kind.value() or CHARGE, ())
        for names in _SHOWN.values():
            for name in names:
                self._cells[name].setVisible(name in wanted)
        self._row.arrange()
        self.show_error("")
        self._tell_paying()

    def _tell_paying(self) -> None:
        amount = None if self.amount.problem() else self.amount.value()
        self.paying.emit(amount, self.kind.value() == PAYMENT)

    def _fill(self, fee: FeeRow) -> None:
        """Complete description and price, never over what was typed."""
        if self.description.text() in {"", self._filled}:
            self._filled = fee.description
            self.description.setText(fee.description)
        if not self._typed:
            self.amount.set_value(fee.amount_minor)

    def _commit_if_whole(self, print_it: bool) -> None:  # noqa: FBT001 -- Qt's signal
        self.commit(print_it=print_it)

    def _choose_provider(self, _place: int) -> None:
        self._provider_chosen = True

    def _amount_typed(self, text: str) -> None:
        self._typed = bool(text.strip())
