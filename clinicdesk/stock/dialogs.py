# SPDX-License-Identifier: Apache-2.0
"""Forms of the shelves: an item, what a box really says, what visits of a type use up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QWidget

from clinicdesk.desktop.forms import ChoiceBox, DayEdit, FormDialog, NoteEdit, NumberEdit, TextEdit
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.folding import fold
from clinicdesk.kernel.identity import AppointmentTypeId
from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.stock.model import CorrectLot, SaveItem, SaveKit, WrongQuantity, read_quantity
from clinicdesk.stock.queries import ItemRow, KitRow, ShelfRow
from clinicdesk.stock.service import Stock
from clinicdesk.wording.text import N_, _


class _StockForm(FormDialog):
    """A form that carries out one command and closes."""

    def _carry_out(self, act: Any, command: object) -> None:
        self.form.clear_errors()
        self.set_busy(busy=True)
        self.room.desk.carry_out(
            partial(act, command, self.room.actor), self._done, self._refused, owner=self
        )

    def _done(self, _outcome: Done[Any]) -> None:
        self.close_done()

    def _refused(self, refusal: Refusal) -> None:
        self.set_busy(busy=False)
        self.form.show_refusal(refusal)


class ItemDialog(_StockForm):
    """An item of the catalogue, new or changed."""

    def __init__(
        self,
        room: Room,
        stock: Stock,
        suppliers: Sequence[str],
        parent: QWidget | None = None,
        *,
        item: ItemRow | None = None,
    ) -> None:
        title = _("New item") if item is None else _("Edit the item")
        verb = _("Add the item") if item is None else _("Save the item")
        super().__init__(room, title, verb, parent)
        self._stock, self._item = stock, item
        formats = room.formats
        self.name, self.code = TextEdit(formats), TextEdit(formats)
        self.unit, self.pack_unit = TextEdit(formats), TextEdit(formats)
        self.pack_size = NumberEdit(formats, 1, 100_000)
        self.par_min, self.par_max = NumberEdit(formats), NumberEdit(formats)
        self.supplier = TextEdit(formats)
        completer = QCompleter(QStringListModel(list(suppliers), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.supplier.setCompleter(completer)
        self.tracks_lots = QCheckBox(_("Kept by lot with a last day"))
        form = self.form
        form.add("name", _("Name"), self.name, required=True)
        form.add(
            "unit", _("Unit"), self.unit, required=True,
            hint=_("The smallest that is counted: glove, dose, vial."),
        )  # fmt: skip
        form.add("pack_unit", _("Pack"), self.pack_unit, hint=_("As it is bought: box, case."))
        form.add("pack_size", _("Units in a pack"), self.pack_size)
        form.add(
            "par_min", _("Least"), self.par_min, hint=_("With so many or fewer it is low."),
        )  # fmt: skip
        form.add("par_max", _("Most"), self.par_max, hint=_("Orders fill it up to so many."))
        form.add("supplier", _("Supplier"), self.supplier)
        form.add("code", _("Code"), self.code, hint=_("What the scanner reads, or the GTIN."))
        form.add("tracks_lots", _("Lots"), self.tracks_lots)
        self.submit = self._submit
        self.tracks_lots.setChecked(item is None or item.tracks_lots)
        self.pack_size.set_value(1)
        if item is not None:
            self._fill(item)

    def _fill(self, item: ItemRow) -> None:
        for field, text in (
            (self.name, item.name), (self.code, item.code), (self.unit, item.unit),
            (self.pack_unit, item.pack_unit), (self.supplier, item.supplier),
        ):  # fmt: skip
            field.set_value(text)
        for number, value in (
            (self.pack_size, item.pack_size), (self.par_min, item.par_min),
            (self.par_max, item.par_max),
        ):  # fmt: skip
            number.set_value(value)

    def _submit(self) -> None:
        item = self._item
        command = SaveItem(
            self.name.text_value(),
            self.unit.text_value(),
            self.pack_unit.text_value(),
            self.pack_size.value() or 1,
            self.par_min.value() or 0,
            self.par_max.value() or 0,
            self.supplier.text_value(),
            tracks_lots=self.tracks_lots.isChecked(),
            code=self.code.text_value(),
            item_id=None if item is None else item.id,
            version=0 if item is None else item.version,
        )
        self._carry_out(self._stock.save_item, command)


class LotDialog(_StockForm):
    """Number and last day of a lot, as the box really says."""

    def __init__(
        self, room: Room, stock: Stock, shelf: ShelfRow, parent: QWidget | None = None
    ) -> None:
        note = _("{item}: for what was misread when it came.").format(item=shelf.item)
        super().__init__(room, _("Correct the lot"), _("Correct the lot"), parent, note=note)
        self._stock, self._shelf = stock, shelf
        self.number = TextEdit(room.formats)
        self.expires_on = DayEdit(room.formats, self._today)
        self.reason = TextEdit(room.formats)
        self.form.add("lot", _("Lot"), self.number, required=True)
        self.form.add("expires_on", _("Last day"), self.expires_on)
        self.form.add("reason", _("Reason"), self.reason, required=True)
        self.number.set_value(shelf.lot)
        self.expires_on.set_value(shelf.expires_on)
        self.reason.set_value(_("Misread on the box"))
        self.submit = self._submit

    def _submit(self) -> None:
        command = CorrectLot(
            self._shelf.lot_id or 0,
            self.number.text_value(),
            self.expires_on.value(),
            self.reason.text_value(),
        )
        self._carry_out(self._stock.correct_lot, command)

    def _today(self) -> date:
        return self.room.formats.zone.day(self.room.clock.now())


class KitDialog(_StockForm):
    """What a visit of a type uses up, one item to a line."""

    def __init__(
        self,
        room: Room,
        stock: Stock,
        types: Sequence[tuple[int, str]],
        items: Sequence[ItemRow],
        kits: Sequence[KitRow],
        parent: QWidget | None = None,
    ) -> None:
        note = _(
            "One line to an item: its quantity and its name, as in “2 Examination gloves M”. "
            "A visit that is done takes them from the shelves, first to expire first."
        )
        super().__init__(room, _("What visits use up"), _("Keep it"), parent, note=note)
        self._stock, self._items, self._kits = stock, tuple(items), tuple(kits)
        self.type: ChoiceBox[int] = ChoiceBox(types)
        self.lines = NoteEdit(room.formats)
        self.lines.setMinimumHeight(room.theme.px(150))
        self.form.add("type", _("Visits of the type"), self.type)
        self.form.add("lines", _("Use up"), self.lines)
        self.type.understood.connect(self._fill)
        self.submit = self._submit
        self._fill()

    def _fill(self, *_what: object) -> None:
        mine = (kit for kit in self._kits if kit.type_id == self.type.value())
        self.lines.set_value("\n".join(f"{kit.quantity} {kit.item}" for kit in mine))

    def _submit(self) -> None:
        try:
            lines = tuple(map(self._read, filter(None, self.lines.value().splitlines())))
        except Refusal as refusal:
            self.form.show_error("lines", self.room.formats.refusal(refusal))
            return
        type_id = self.type.value()
        if type_id is not None:
            self._carry_out(self._stock.save_kit, SaveKit(AppointmentTypeId(type_id), lines))

    def _read(self, line: str) -> tuple[int, int]:
        number, _gap, name = line.strip().partition(" ")
        wanted = fold(name)
        found = [one for one in self._items if fold(one.name) == wanted]
        found = found or [one for one in self._items if wanted and wanted in fold(one.name)]
        if len(found) != 1:
            raise Refusal(N_("No item is called “{name}”, or several are."), name=name)
        try:
            quantity = read_quantity(number, found[0].unit, found[0].pack_unit, 1)
        except WrongQuantity as refusal:
            raise Refusal(N_("Begin each line with a quantity.")) from refusal
        return found[0].id, quantity
