# SPDX-License-Identifier: Apache-2.0
"""A service code with completion from the price list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from clinicdesk.billing.queries import FeeRow
from clinicdesk.desktop.room import Room
from clinicdesk.wording.text import _

_FEE = Qt.ItemDataRole.UserRole + 1


class CodeEdit(QLineEdit):
    """Finds a price by its code or words.

    Enter and Tab both accept what the list offers; Enter on a whole code goes on at once.

    Attributes:
        picked: a price was chosen.
        entered: Enter on a whole code; True if Ctrl was held.
    """

    picked = Signal(object)
    entered = Signal(bool)

    def __init__(self, room: Room, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._room = room
        self._fees: tuple[FeeRow, ...] = ()
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setWidget(self)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(8)
        self._popup = QListView()
        self._popup.setAccessibleName(_("Services"))
        self._popup.setSpacing(room.theme.px(2))
        self._completer.setPopup(self._popup)
        self._completer.activated[QModelIndex].connect(self._pick)  # type: ignore[index]
        self.textEdited.connect(self._find)

    def offer(self, fees: Sequence[FeeRow]) -> None:
        """Complete from these prices."""
        if tuple(fees) == self._fees:
            return
        self._fees = tuple(fees)
        self._model.clear()
        for fee in self._fees:
            price = self._room.formats.amount(fee.amount_minor)
            item = QStandardItem(f"{fee.code}   {fee.description}   {price}")
            item.setData(fee, _FEE)
            self._model.appendRow(item)

    def exact(self) -> FeeRow | None:
        """Return the price whose code is typed, if there is one."""
        code = self.text().strip().upper()
        return next((fee for fee in self._fees if fee.code == code), None)

    def event(self, event: QEvent) -> bool:
        """Let Tab accept before it leaves."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self._popup.isVisible()
        ):
            self._accept()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept with Enter; a whole code is accepted and entered."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._popup.isVisible():
            whole = self.exact() is not None and not self._popup.currentIndex().isValid()
            self._accept()
            if whole:
                self.entered.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take a whole code as chosen."""
        super().focusOutEvent(event)
        fee = self.exact()
        if fee is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.picked.emit(fee)

    def _accept(self) -> None:
        index, fee = self._popup.currentIndex(), self.exact()
        self._popup.hide()
        if index.isValid():
            self._pick(index)
        elif fee is not None:
            self.picked.emit(fee)
        elif self._completer.completionCount():
            self._pick(self._completer.completionModel().index(0, 0))

    def _pick(self, index: QModelIndex) -> None:
        fee = index.data(_FEE)
        if isinstance(fee, FeeRow):
            self.setText(fee.code)
            self.picked.emit(fee)

    def _find(self, text: str) -> None:
        words = text.strip()
        self._completer.setCompletionPrefix(words)
        if words and self._completer.completionCount():
            self._popup.setMinimumWidth(self._room.theme.px(360))
            self._completer.complete()
            self._popup.setCurrentIndex(QModelIndex())
        else:
            self._popup.hide()
