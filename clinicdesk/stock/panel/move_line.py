# SPDX-License-Identifier: Apache-2.0
"""The line at the foot of the page in which supplies are moved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from clinicdesk.desktop.room import Room
from clinicdesk.exchange.gs1 import Scan
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.stock.model import EXPIRED, LotOnHand, first_to_expire, is_expired
from clinicdesk.stock.panel import actions
from clinicdesk.stock.panel.move_fields import KINDS, SHOWN, MoveFields, Source
from clinicdesk.stock.panel.words import quantity_words, shelf_words
from clinicdesk.stock.queries import LevelRow, StockView
from clinicdesk.wording.text import _


class MoveLine(MoveFields):
    """Makes a command of what is typed; the page carries it out.

    Attributes:
        moved: (command): Enter in any field, and nothing is wrong.
        left: Esc in an empty line.
    """

    moved = Signal(object)
    left = Signal()

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room, parent)
        self._cost_typed = False
        self._patient = 0
        self.kind.understood.connect(self._kind_changed)
        self.item.picked.connect(self._picked)
        self.item.textEdited.connect(self._forget_item)
        self.cost.textEdited.connect(self._cost_touched)
        self.quantity.understood.connect(self._follow_quantity)
        self.source.understood.connect(self._say_hint)
        self.verb.clicked.connect(self.commit)
        self.setEnabled(self.kind.count() > 0)
        self._kind_changed()

    # ── what it works on ─────────────────────────────────────────────────────────────────────

    def show_view(self, view: StockView, patient_id: int) -> None:
        """Work on the shelves as they are now; what is being typed stays."""
        self._view = view
        self.item.offer(view.levels)
        self._places.setStringList(list(view.places))
        choices: list[tuple[tuple[int, int] | None, str]] = [(None, _("The clinic"))]
        mine: tuple[int, int] | None = None
        for one in (*((view.patient,) if view.patient else ()), *view.visits):
            key = (one.visit_id, one.patient_id)
            words = one.patient
            if one.visit_id:
                words = _("{patient}, today with {provider}").format(
                    patient=one.patient, provider=one.provider
                )
            choices.append((key, words))
            if one.patient_id == patient_id and mine is None:
                mine = key
        self.whom.set_choices(choices)
        if patient_id != self._patient:
            self._patient = patient_id
            self.whom.set_value(mine)
        self._offer_sources()

    def start(
        self, kind: str = "", item_id: int | None = None, source: Source | None = None
    ) -> None:
        """Put the focus where typing begins, on a kind of movement and perhaps an item."""
        if kind:
            self.clear()
            self.kind.set_value(kind)
        if item_id is not None:
            self.item.set_item(item_id)
            if source is not None:
                self.source.set_value(source)
                self._fill_discard()
        known = item_id is not None and kind not in {actions.DISCARD, actions.ORDER, ""}
        if known:  # letters typed now mean another item, Enter goes on with this one
            self.item.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.item.selectAll()
        else:
            self._go_on()

    def clear(self) -> None:
        """Empty this line; the kind, the place and whom it is for stay."""
        self._cost_typed = False
        self.show_error("")
        for field in (self.item, self.quantity, self.difference, self.lot, self.expires_on,
                      self.cost, self.why):  # fmt: skip
            field.clear()
        self.item.set_item(None)
        self.quantity.set_item(None)
        self._offer_sources()
        self._say_hint()

    def forget(self) -> None:
        """Drop whom something could be used for."""
        self._patient = 0
        self._view = None
        self.whom.set_choices([(None, _("The clinic"))])

    # ── moving ───────────────────────────────────────────────────────────────────────────────

    def commit(self) -> None:
        """Hand out the command, or say what is missing."""
        try:
            command = self.command()
        except Refusal as refusal:
            self.show_refusal(refusal)
            return
        self.show_error("")
        self.moved.emit(command)

    def show_refusal(self, refusal: Refusal) -> None:
        """Say under the line what is wrong, and go there."""
        self.show_error(self.room.formats.refusal(refusal))
        name = {"item_id": "item"}.get(refusal.field, refusal.field)
        field = getattr(self, name, None) if name in self._cells else None
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
        """Enter from any field moves; Esc clears the line, then leaves it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.item.text():
                self.clear()
                self._go_on()
            else:
                self.left.emit()
        else:
            super().keyPressEvent(event)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _picked(self, row: LevelRow, scan: Scan | None) -> None:
        self.quantity.set_item(row.item)
        self._cells["lot"].setEnabled(row.item.tracks_lots)
        self._cells["expires_on"].setEnabled(row.item.tracks_lots)
        self._offer_sources()
        if self.kind.value() == actions.RECEIVE and row.usual_place:
            self.place.setText(row.usual_place)
        if self.kind.value() == actions.ORDER and row.suggest:
            self.quantity.set_value(row.suggest)
        if scan is not None and self.kind.value() == actions.RECEIVE:
            self.lot.setText(scan.lot)
            self.expires_on.set_value(scan.expires_on)
            self.quantity.set_value(scan.count)
        if self.item.hasFocus():
            self._go_on()
        self._say_hint()

    def _go_on(self) -> None:
        """Put the focus into the first field that is still to be filled."""
        if self.item.level() is None:
            first: QWidget = self.item
        elif self.kind.value() == actions.CORRECT:
            first = self.difference
        elif self.kind.value() == actions.DISCARD:
            first = self.reason
        else:
            first = self.quantity
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _offer_sources(self) -> None:
        row = self.item.level()
        choices: list[tuple[Source | None, str]] = []
        if self.kind.value() == actions.USE:
            choices.append((None, _("First to expire")))
        today = self._today()
        for one in self._shelves(row.id) if row else ():
            if self.kind.value() in {actions.USE, actions.TRANSFER} and is_expired(
                one.expires_on, today
            ):
                continue
            choices.append((one.id, shelf_words(one, self.room.formats)))
        self.source.set_choices(choices)
        self._fill_discard()

    def _fill_discard(self) -> None:
        """Propose to discard all that is expired, with that reason."""
        source = self.source.value()
        if self.kind.value() != actions.DISCARD or source is None or self.item.level() is None:
            return
        shelf = next((one for one in self._shelves(source[0]) if one.id == source), None)
        if shelf is not None and is_expired(shelf.expires_on, self._today()):
            self.reason.set_value(EXPIRED)
            self.quantity.set_value(shelf.quantity)
        elif not self.quantity.text():
            self.reason.set_value("damaged")
            self.quantity.set_value(1)

    def _follow_quantity(self, quantity: int | None) -> None:
        row = self.item.level()
        if row is not None and self.kind.value() == actions.RECEIVE and not self._cost_typed:
            usual = self._usual_cost(row, quantity or 0)
            self.cost.set_value(usual or None)
        self._say_hint()

    def _cost_touched(self, text: str) -> None:
        self._cost_typed = bool(text.strip())

    def _forget_item(self) -> None:
        self.quantity.set_item(None)
        self._offer_sources()
        self._say_hint()

    def _say_hint(self, *_what: object) -> None:
        """Say from where it would be taken, or what the keys do."""
        self.hint.setText(self._taking() or _("Enter posts · Esc clears this line"))

    def _taking(self) -> str:
        row = self.item.level()
        if row is None or self.kind.value() != actions.USE or self.source.value() is not None:
            return ""
        formats, shelves = self.room.formats, self._shelves(row.id)
        wanted = (None if self.quantity.problem() else self.quantity.value()) or 1
        lots = [LotOnHand(s.lot_id, s.place_id, s.quantity, s.expires_on) for s in shelves]
        by_id = {(s.lot_id, s.place_id): s for s in shelves}
        parts = []
        for lot in first_to_expire(lots, wanted, self._today()):
            shelf = by_id[lot.lot_id, lot.place_id]
            named = " · ".join(part for part in (shelf.lot, shelf.place) if part)
            parts.append(f"{formats.number(lot.quantity)} × {named}")
        if not parts:
            return _("Nothing of {item} can be used.").format(item=row.item.name)
        return _("Takes {parts}. {usable} can be used.").format(
            parts=", ".join(parts), usable=quantity_words(row.item, row.usable, formats)
        )

    def _kind_changed(self) -> None:
        kind = self.kind.value() or actions.USE
        wanted = ("kind", *SHOWN[kind])
        for name, cell in self._cells.items():
            cell.setVisible(name in wanted)
        self.verb.setText(_(next(words for key, words, _right in KINDS if key == kind)))
        self.show_error("")
        self._offer_sources()
        self._say_hint()
