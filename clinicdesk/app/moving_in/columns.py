# SPDX-License-Identifier: Apache-2.0
"""The second step: what each column of the list is, beside some of its values."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from clinicdesk.desktop.dialogs import plain_label
from clinicdesk.desktop.forms import ChoiceBox
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.moving.lists import (
    ListMapping,
    OpenedList,
    OrderOpen,
    SignOpen,
    Sort,
    open_points,
    values_of,
)
from clinicdesk.moving.lists.looking import is_own
from clinicdesk.wording.text import N_, _

_ORDERS: Final = (
    ("", N_("choose")),
    ("dmy", N_("day first: 31.12.2026")),
    ("mdy", N_("month first: 12/31/2026")),
    ("ymd", N_("year first: 2026-12-31")),
)
_SIGNS: Final = (
    ("", N_("choose")),
    (",", N_("a comma: 12,50")),
    (".", N_("a point: 12.50")),
)
_LEAVE: Final = N_("– leave out –")
_NEEDED: Final = N_("{field} (needed)")
_WIDEST: Final = 46


class ColumnsStep(QWidget):
    """A box for each column, and how days and amounts are written.

    Attributes:
        ready_changed: whether the mapping can be used.
    """

    ready_changed = Signal(bool)

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room
        self._opened: OpenedList | None = None
        self.boxes: dict[str, ChoiceBox[str]] = {}
        px = room.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self.told = plain_label("", muted=True)
        column.addWidget(self.told)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(self.area, 1)
        notation = QGridLayout()
        notation.setHorizontalSpacing(px(12))
        notation.setVerticalSpacing(px(6))
        notation.setColumnStretch(2, 1)
        self.order = self._asked(notation, 0, _("Dates are written"), _ORDERS)
        self.sign = self._asked(notation, 1, _("Before cents stands"), _SIGNS)
        column.addLayout(notation)
        self.problem = plain_label("")
        self.problem.setProperty("tone", "danger")
        column.addWidget(self.problem)

    def show_list(self, opened: OpenedList) -> None:
        """Offer the mapping of a list."""
        self._opened = opened
        rows = self._room.formats.count("{n} line", "{n} lines", opened.look.rows)
        told = f"{opened.table.path.name} · {opened.told} · {rows}"
        if opened.remembered:
            told += " · " + _("columns as last time")
        self.told.setText(told)
        self.boxes = {}
        self.area.setWidget(self._grid(opened))
        self.order.set_value(opened.mapping.day_order)
        self.sign.set_value(opened.mapping.decimal)
        self._check()

    def focus_first(self) -> None:
        """Go to the first thing that has to be said, or to the first column."""
        for box in (self.order, self.sign):
            if not box.isHidden() and not box.value():
                box.setFocus(Qt.FocusReason.TabFocusReason)
                return
        for box in self.boxes.values():
            box.setFocus(Qt.FocusReason.TabFocusReason)
            return

    def mapping(self) -> ListMapping:
        """Return what is chosen."""
        columns = {head: box.value() or "" for head, box in self.boxes.items() if box.value()}
        return ListMapping(columns, self.order.value() or "", self.sign.value() or "")

    def usable(self) -> bool:
        """Tell whether what is chosen can be used."""
        return not self.problem.text()

    def _grid(self, opened: OpenedList) -> QWidget:
        px = self._room.theme.px
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, px(8), 0)
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(2, px(260))
        strong = self._room.theme.font(weight=QFont.Weight.DemiBold)
        for place, title in enumerate((_("Column"), _("Some of its values"), _("Is"))):
            grid.addWidget(plain_label(title, muted=True, wrap=False), 0, place)
        choices = [("", _(_LEAVE))]
        for field in opened.form.fields:
            needed = field.needed or any(group[0] == field.key for group in opened.form.either)
            title = _(field.title)
            choices.append((field.key, _(_NEEDED).format(field=title) if needed else title))
        shown = [head for head in opened.look.heads if not is_own(head)]
        for row, head in enumerate(shown, 1):
            name = plain_label(_short(head, _WIDEST // 2), wrap=False)
            name.setFont(strong)
            name.setToolTip(head)
            samples = " · ".join(opened.look.samples(opened.look.heads.index(head)))
            values = plain_label(_short(samples, _WIDEST) or _("(empty)"), muted=True, wrap=False)
            values.setToolTip(samples)
            box: ChoiceBox[str] = ChoiceBox(choices)
            box.setMaxVisibleItems(24)
            box.setAccessibleName(_("Column {name}").format(name=head))
            box.setAccessibleDescription(samples)
            box.set_value(opened.mapping.columns.get(head, ""))
            box.understood.connect(self._chosen)
            name.setBuddy(box)
            for column, widget in enumerate((name, values, box)):
                grid.addWidget(widget, row, column)
            self.boxes[head] = box
        grid.setRowStretch(len(shown) + 1, 1)
        boxes = list(self.boxes.values())
        for one, other in pairwise(boxes):
            QWidget.setTabOrder(one, other)
        for box in boxes:
            box.installEventFilter(self)
        return holder

    def _asked(
        self, grid: QGridLayout, row: int, title: str, choices: tuple[tuple[str, str], ...]
    ) -> ChoiceBox[str]:
        box: ChoiceBox[str] = ChoiceBox([(value, _(words)) for value, words in choices])
        box.setAccessibleName(title)
        label = QLabel(title)
        label.setBuddy(box)
        grid.addWidget(label, row, 0)
        grid.addWidget(box, row, 1)
        box.understood.connect(self._check)
        box.setProperty("caption", label)
        return box

    def _chosen(self, _value: object = None) -> None:
        self._check()

    def _check(self, _value: object = None) -> None:
        """Say what is missing, and ask for notations only where they matter."""
        opened = self._opened
        if opened is None:
            return
        mapping = self.mapping()
        days = values_of(opened.form, opened.look, mapping, Sort.DAY)
        amounts = values_of(opened.form, opened.look, mapping, Sort.MONEY, Sort.HOURS)
        for box, wanted in ((self.order, bool(days)), (self.sign, bool(amounts))):
            box.setVisible(wanted)
            box.property("caption").setVisible(wanted)
        words = ""
        try:
            found = open_points(opened, mapping)
        except (OrderOpen, SignOpen) as asked:
            words = self._room.formats.refusal(asked)
        except Refusal as refusal:
            words = self._room.formats.refusal(refusal)
        else:
            for box, value in ((self.order, found.day_order), (self.sign, found.decimal)):
                if not box.value() and value:
                    box.blockSignals(True)
                    box.set_value(value)
                    box.blockSignals(False)
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            self._room.notices.announce(words)
        self.ready_changed.emit(not words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Bring the box that has the focus into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self.area.ensureWidgetVisible(watched, 0, self._room.theme.px(40))
        return False


def _short(text: str, length: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1] + "…"
