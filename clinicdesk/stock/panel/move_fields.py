# SPDX-License-Identifier: Apache-2.0
"""The fields of the movement line, and what is typed in them as a command."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox, DayEdit, MoneyEdit, TextEdit, verb_button
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.identity import PatientId, VisitId
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.stock.columns import DISCARD_REASONS, REASON_WORDS
from clinicdesk.stock.model import (
    EXPIRED,
    MAY_ADJUST,
    MAY_ISSUE,
    Adjust,
    Discard,
    MakeOrder,
    NoSuchItem,
    Receive,
    Transfer,
    Use,
    WrongQuantity,
)
from clinicdesk.stock.panel import actions
from clinicdesk.stock.panel.item_edit import ItemEdit, QuantityEdit
from clinicdesk.stock.queries import LevelRow, ShelfRow, StockView
from clinicdesk.wording.text import N_, _

Command = Use | Receive | Transfer | Discard | Adjust | MakeOrder
Source = tuple[int, int, int]  # item, lot or 0, place
KINDS: Final = (
    (actions.USE, N_("Use"), MAY_ISSUE),
    (actions.RECEIVE, N_("Receive"), MAY_ISSUE),
    (actions.TRANSFER, N_("Carry"), MAY_ISSUE),
    (actions.DISCARD, N_("Discard"), MAY_ADJUST),
    (actions.CORRECT, N_("Correct"), MAY_ADJUST),
    (actions.ORDER, N_("Order"), MAY_ADJUST),
)
SHOWN: Final = {
    actions.USE: ("item", "quantity", "source", "whom"),
    actions.RECEIVE: ("item", "quantity", "lot", "expires_on", "cost", "place"),
    actions.TRANSFER: ("item", "quantity", "source", "place"),
    actions.DISCARD: ("item", "reason", "quantity", "source"),
    actions.CORRECT: ("item", "difference", "source", "why"),
    actions.ORDER: ("item", "quantity"),
}
_WIDTHS: Final = {
    "kind": 84, "item": 120, "quantity": 66, "difference": 66, "source": 130, "whom": 120,
    "lot": 84, "expires_on": 96, "cost": 84, "place": 90, "reason": 130, "why": 100,
}  # fmt: skip
_STRETCH: Final = {"item": 3, "source": 2, "whom": 3, "place": 1, "why": 2}


class MoveFields(QFrame):
    """Fields in a row, those of the chosen kind shown."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry")
        self.room = room
        self._view: StockView | None = None
        formats = room.formats
        kinds = [(key, _(words)) for key, words, right in KINDS if room.actor.may(right)]
        self.kind: ChoiceBox[str] = ChoiceBox(kinds)
        self.item = ItemEdit(room)
        self.quantity = QuantityEdit(room)
        self.difference = TextEdit(formats)
        self.source: ChoiceBox[Source | None] = ChoiceBox()
        self.whom: ChoiceBox[tuple[int, int] | None] = ChoiceBox()
        self.lot = TextEdit(formats)
        self.expires_on = DayEdit(formats, self._today)
        self.cost = MoneyEdit(formats)
        self.place = TextEdit(formats)
        self.reason: ChoiceBox[str] = ChoiceBox(
            [(key, _(REASON_WORDS[key])) for key in DISCARD_REASONS]
        )
        self.why = TextEdit(formats)
        self.verb = verb_button("", primary=True)
        self.error = plain_label("")
        self.error.setProperty("tone", "danger")
        self.hint = plain_label("", muted=True)
        self._places = QStringListModel(self)
        completer = QCompleter(self._places, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.place.setCompleter(completer)
        self._cells: dict[str, QWidget] = {}
        self._lay_out()
        self._measure()
        room.theme.changed.connect(self._measure)

    def _lay_out(self) -> None:
        px = self.room.theme.px
        outside = QVBoxLayout(self)
        outside.setContentsMargins(px(12), px(8), px(12), px(8))
        outside.setSpacing(px(4))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for name, caption in (
            ("kind", _("Movement")),
            ("item", _("Item")),
            ("reason", _("Reason")),
            ("quantity", _("Quantity")),
            ("difference", _("More or less")),
            ("lot", _("Lot")),
            ("expires_on", _("Last day")),
            ("cost", _("Cost together")),
            ("source", _("From")),
            ("whom", _("For")),
            ("place", _("Place")),
            ("why", _("Reason")),
        ):
            field: QWidget = getattr(self, name)
            cell = QWidget()
            column = QVBoxLayout(cell)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(2))
            words = plain_label(caption, muted=True, wrap=False)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            words.setBuddy(field)
            field.setAccessibleName(caption)
            column.addWidget(words)
            column.addWidget(field)
            self._cells[name] = cell
            row.addWidget(cell, _STRETCH.get(name, 0))
        row.addStretch(1)
        row.addWidget(self.verb, 0, Qt.AlignmentFlag.AlignBottom)
        outside.addLayout(row)
        outside.addWidget(self.error)
        outside.addWidget(self.hint)
        self.difference.setPlaceholderText("−2")
        self.cost.setPlaceholderText(_("as last time"))
        self.lot.setToolTip(_("The last day may follow the number: L22A 31.1."))

    # ── reading ──────────────────────────────────────────────────────────────────────────────

    def command(self) -> Command:
        """Return what is typed as a command.

        Raises:
            Refusal: something is missing; its field says what.
        """
        if not self.item.settle():
            raise Refusal(N_("Choose an item."), field="item")
        row = self.item.level()
        if row is None:
            raise NoSuchItem(field="item")
        if self.kind.value() == actions.CORRECT:
            return self._correction(row)
        problem = self.quantity.problem()
        if problem:
            raise Refusal(problem, field="quantity")
        quantity = self.quantity.value() or (1 if self.kind.value() == actions.USE else 0)
        if not quantity:
            raise WrongQuantity(field="quantity")
        match self.kind.value():
            case actions.RECEIVE:
                return self._delivery(row, quantity)
            case actions.TRANSFER:
                lot, place = self._shelf(row)
                return Transfer(row.id, quantity, place, self.place.text_value(), lot)
            case actions.DISCARD:
                lot, place = self._shelf(row)
                return Discard(row.id, quantity, place, self.reason.value() or EXPIRED, lot)
            case actions.ORDER:
                return MakeOrder(((row.id, quantity),))
            case _:
                return self._use(row, quantity)

    def _delivery(self, row: LevelRow, quantity: int) -> Receive:
        lot, expires_on = self._lot_and_day(row)
        problem = self.expires_on.problem() or self.cost.problem()
        if problem:
            raise Refusal(problem, field="expires_on" if self.expires_on.problem() else "cost")
        return Receive(
            row.id,
            quantity,
            None,
            self.place.text_value(),
            lot,
            expires_on,
            total_minor=self.cost.value(),
        )

    def _lot_and_day(self, row: LevelRow) -> tuple[str, date | None]:
        """Return lot and last day; the day may stand behind the number."""
        lot, day = self.lot.text_value(), None
        if not self.expires_on.problem():
            day = self.expires_on.value()
        number, _gap, rest = lot.rpartition(" ")
        if day is None and number and not self.expires_on.text().strip():
            try:
                day = self.room.formats.parse_day(rest, self._today())
            except Refusal:
                return lot, None
            lot = number.strip()
        if day is None and lot:
            known = (one.expires_on for one in self._shelves(row.id) if one.lot == lot)
            day = next(known, None)
        return lot, day

    def _use(self, row: LevelRow, quantity: int) -> Use:
        whom, source = self.whom.value(), self.source.value()
        visit, patient = whom or (0, 0)
        return Use(
            row.id,
            quantity,
            None if source is None else source[2],
            None if source is None else source[1] or None,
            VisitId(visit) if visit else None,
            PatientId(patient) if patient else None,
        )

    def _correction(self, row: LevelRow) -> Adjust:
        typed = self.difference.text_value().replace("\N{MINUS SIGN}", "-").replace(" ", "")
        if not typed.lstrip("+-").isdigit():
            raise Refusal(N_("Say how many more or less, as in −2 or +5."), field="difference")
        lot, place = self._shelf(row)
        return Adjust(row.id, int(typed), place, self.why.text_value(), lot)

    def _shelf(self, row: LevelRow) -> tuple[int | None, int]:
        """Return lot and place that are named, or of what goes first."""
        source = self.source.value()
        if source is None:
            there = self._shelves(row.id)
            if not there:
                raise Refusal(N_("Nothing of {item} is there."), field="source", item=row.item.name)
            source = there[0].id
        return source[1] or None, source[2]

    def _shelves(self, item_id: int) -> list[ShelfRow]:
        return [row for row in (self._view.shelves if self._view else ()) if row.item_id == item_id]

    def _usual_cost(self, row: LevelRow, quantity: int) -> int:
        """Return what so many would cost at what lies there; 0 if nothing does."""
        return row.value_minor * quantity // row.on_hand if row.on_hand else 0

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())

    def _measure(self) -> None:
        px = self.room.theme.px
        for name, width in _WIDTHS.items():
            field: QWidget = getattr(self, name)
            field.setMinimumWidth(px(width))
            if name not in _STRETCH:
                field.setMaximumWidth(px(width + 50))
