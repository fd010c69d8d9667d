# SPDX-License-Identifier: Apache-2.0
"""Fields of the movement line: an item by letters or scanner, and a quantity in units or packs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from clinicdesk.desktop.forms import NumberEdit
from clinicdesk.desktop.room import Room
from clinicdesk.exchange.gs1 import Scan, read_scan
from clinicdesk.kernel.folding import fold
from clinicdesk.stock.model import WrongQuantity, read_quantity
from clinicdesk.stock.panel.words import quantity_words
from clinicdesk.stock.queries import ItemRow, LevelRow
from clinicdesk.wording.text import _

_ROW = Qt.ItemDataRole.UserRole + 1


class ItemEdit(QLineEdit):
    """Finds an item by its name, its code, or what a scanner types.

    Enter and Tab both accept what the list offers, the first if none is marked.

    Attributes:
        picked: (LevelRow, Scan or None) an item was chosen; the scan tells lot and last day.
    """

    picked = Signal(object, object)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._levels: tuple[LevelRow, ...] = ()
        self._chosen: int | None = None
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(8)
        self._popup = QListView()
        self._popup.setAccessibleName(_("Items"))
        self._popup.setSpacing(room.theme.px(2))
        self._completer.setPopup(self._popup)
        self._completer.activated[QModelIndex].connect(self._pick_index)  # type: ignore[index]
        self.setPlaceholderText(_("Letters or scan"))
        self.textEdited.connect(self._find)

    def offer(self, levels: Sequence[LevelRow]) -> None:
        """Complete from these; what is chosen stays chosen with its new figures."""
        self._levels = tuple(sorted(levels, key=lambda row: fold(row.item.name)))
        self._model.clear()
        for row in self._levels:
            there = quantity_words(row.item, row.usable, self._room.formats)
            entry = QStandardItem(f"{row.item.name}   {there}")
            entry.setData(row, _ROW)
            self._model.appendRow(entry)

    def level(self) -> LevelRow | None:
        """Return the chosen item with its figures of now."""
        return next((row for row in self._levels if row.id == self._chosen), None)

    def set_item(self, item_id: int | None) -> None:
        """Choose an item without typing."""
        self._chosen = item_id
        row = self.level()
        self.setText(row.item.name if row else "")
        if row is not None:
            self.picked.emit(row, None)

    def settle(self) -> bool:
        """Choose what is typed if it can mean one item only; tell whether one is chosen."""
        if self.level() is not None:
            return True
        row, scan = self._meant(self.text())
        if row is not None:
            self._pick(row, scan)
        return row is not None

    def event(self, event: QEvent) -> bool:
        """Let Tab accept before it leaves."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self.level() is None
        ):
            self._accept()
            if self.level() is not None:
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept with Enter and go on; only the fields after it post."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            row = self.level()
            if row is None:
                self._accept()
            else:
                self.picked.emit(row, None)
            event.accept()
        else:
            super().keyPressEvent(event)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _accept(self) -> None:
        index, shown = self._popup.currentIndex(), self._popup.isVisible()
        self._popup.hide()
        if shown and index.isValid():
            self._pick_index(index)
        elif not self.settle() and self.text().strip() and self._completer.completionCount():
            self._pick_index(self._completer.completionModel().index(0, 0))

    def _meant(self, text: str) -> tuple[LevelRow | None, Scan | None]:
        words = text.strip()
        scan = read_scan(words, self._today())
        if scan is not None:
            bare = scan.article.lstrip("0")
            hit = next((r for r in self._levels if r.item.code.lstrip("0") == bare), None)
            return hit, scan
        exact = [r for r in self._levels if words and words in {r.item.code, r.item.name}]
        return (exact[0] if exact else None), None

    def _pick_index(self, index: QModelIndex) -> None:
        row = index.data(_ROW)
        if isinstance(row, LevelRow):
            self._pick(row, None)

    def _pick(self, row: LevelRow, scan: Scan | None) -> None:
        self._chosen = row.id
        self.setText(row.item.name)
        self.picked.emit(row, scan)

    def _find(self, text: str) -> None:
        self._chosen = None
        words = text.strip()
        self._completer.setCompletionPrefix(words)
        if words and self._completer.completionCount():
            self._popup.setMinimumWidth(self._room.theme.px(320))
            self._completer.complete()
            self._popup.setCurrentIndex(QModelIndex())
        else:
            self._popup.hide()

    def _today(self) -> date:
        return self._room.formats.zone.day(self._room.clock.now())


class QuantityEdit(NumberEdit):
    """A quantity of an item: ``30``, ``2 box``, ``1p 15``; shows how it was understood."""

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(room.formats, parent=parent)
        self._item: ItemRow | None = None

    def set_item(self, item: ItemRow | None) -> None:
        """Read units and packs of this item."""
        self._item = item
        pack = item.pack_unit if item is not None and item.pack_size > 1 else ""
        hint = _("In {unit}").format(unit=item.unit) if item else ""
        if item is not None and pack:
            hint = _("In {unit}; “2 {pack}” is {many}").format(
                unit=item.unit, pack=pack, many=self.formats.number(2 * item.pack_size)
            )
        self.setToolTip(hint)
        self.setAccessibleDescription(hint)

    def read(self, text: str) -> int:
        item = self._item
        if item is None:
            if not text.isdigit():
                raise WrongQuantity(field="quantity")
            return int(text)
        return read_quantity(text, item.unit, item.pack_unit, item.pack_size)

    def write(self, value: int) -> str:
        return str(value)
