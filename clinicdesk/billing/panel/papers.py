# SPDX-License-Identifier: Apache-2.0
"""Receipts and statements: made on the errands lane, shown before they are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from clinicdesk.billing.panel.choices import RECEIPT_PAPER, STATEMENT_PAPER
from clinicdesk.billing.queries import AccountLine
from clinicdesk.billing.service import Billing
from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.refusals import Trouble
from clinicdesk.printing.preview import page_count, page_image
from clinicdesk.printing.sheet import Letterhead, Paper
from clinicdesk.printing.spool import write_whole
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import _

Heading = Callable[[Formats], Letterhead]
_DOTS_PER_INCH = 220  # sharp on paper too
_LETTER_COUNTRIES = frozenset({"US", "CA", "MX", "PH"})


@dataclass(frozen=True, slots=True)
class Made:
    """A paper and the pictures of its pages."""

    title: str
    file_name: str
    body: bytes
    pages: tuple[bytes, ...]


class PaperDesk:
    """Makes the papers of an account for one panel."""

    def __init__(self, owner: QWidget, room: Room, billing: Billing, letterhead: Heading) -> None:
        self._owner, self._room = owner, room
        self._billing, self._letterhead = billing, letterhead
        self.view: PaperView | None = None

    def receipt(self, receipt_id: int) -> None:
        """Show a receipt; a second print of it is marked as a copy."""
        self._make(_("Receipt"), "receipt.pdf", partial(self._receipt, receipt_id))

    def statement(self, patient_id: int) -> None:
        """Show a new, numbered statement."""
        self._make(_("Statement"), "statement.pdf", partial(self._statement, patient_id))

    def kept(self, paper_id: int) -> None:
        """Show a statement as it was issued."""
        kept = partial(self._billing.kept_paper, paper_id, self._room.actor)
        self._make(_("Statement"), "statement.pdf", kept)

    def _receipt(self, receipt_id: int) -> bytes:
        formats, chosen = self._room.formats, self._room.settings.get(RECEIPT_PAPER)
        return self._billing.receipt_pdf(
            receipt_id, self._room.actor, self._letterhead(formats), formats, _paper(chosen)
        )

    def _statement(self, patient_id: int) -> bytes:
        formats = self._room.formats
        usual = "letter" if formats.territory in _LETTER_COUNTRIES else "a4"
        paper = _paper(self._room.settings.get(STATEMENT_PAPER) or usual)
        return self._billing.statement_pdf(
            patient_id, self._room.actor, self._letterhead(formats), formats, paper
        )

    def _make(self, title: str, file_name: str, write: Callable[[], bytes]) -> None:
        self._room.desk.run_errand(
            title, partial(_made, title, file_name, write), self._show, owner=self._owner
        )

    def _show(self, made: Made) -> None:
        view = PaperView(
            self._room.theme,
            made.title,
            made.pages,
            partial(self._save, made.body),
            made.file_name,
            self._owner.window(),
            dots_per_inch=_DOTS_PER_INCH,
        )
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.open()
        self.view = view

    def _save(self, body: bytes, path: str) -> None:
        try:
            write_whole(Path(path), body)
        except Trouble as trouble:
            self._room.notices.trouble(trouble)


def receipt_for(line: AccountLine | None, lines: Sequence[AccountLine]) -> int:
    """Return whose receipt is printed: the chosen line's, else the newest that stands; 0 if none.

    Who asks for a receipt again mostly asks for the last one.
    """
    if line is not None and line.receipt_id is not None:
        return line.receipt_id
    reversed_ = {one.receipt_id for one in lines if one.reversed}
    kept = (one.receipt_id for one in reversed(lines) if one.kind == "payment")
    return next((one for one in kept if one is not None and one not in reversed_), 0)


def _paper(chosen: str) -> Paper:
    """Return the paper of a setting; one that is not known is A5, as receipts are."""
    known = {"a5": Paper.A5, "a4": Paper.A4, "letter": Paper.LETTER, "roll_80": Paper.ROLL_80}
    return known.get(chosen, Paper.A5)


def _made(title: str, file_name: str, write: Callable[[], bytes], errand: Errand) -> Made:
    body = write()
    count = page_count(body)
    pages = []
    for index in range(count):
        errand.step(index, count)
        pages.append(page_image(body, index, _DOTS_PER_INCH).png())
    return Made(title, file_name, body, tuple(pages))
