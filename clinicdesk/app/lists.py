# SPDX-License-Identifier: Apache-2.0
"""Any list of the window on paper or in a file; the audit trail tells that it left the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, Qt

from clinicdesk.assembly import Clinic
from clinicdesk.desktop.actions import ActionSpec
from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.file_choice import save_file, write_text
from clinicdesk.desktop.paper_view import PaperView
from clinicdesk.desktop.row_table import RowTable
from clinicdesk.desktop.shell import Shell
from clinicdesk.desktop.shell_acts import shown_list
from clinicdesk.kernel.refusals import Trouble
from clinicdesk.printing.blocks.tables import Table
from clinicdesk.printing.preview import page_count, page_image
from clinicdesk.printing.sheet import Paper, Sheet, printed_foot
from clinicdesk.printing.spool import write_whole
from clinicdesk.wording.text import N_, _

ACTIONS: Final = (
    ActionSpec(
        "list.print", N_("&Print the list…"), "edit/list", ("Ctrl+P",), "print", section=2,
        aliases=N_("paper, preview"),
    ),
    ActionSpec(
        "list.save_csv", N_("Save as &table…"), "edit/list", (), "file-text", section=2,
        aliases=N_("csv, export, spreadsheet"),
    ),
    ActionSpec(
        "list.save_pdf", N_("Save as P&DF…"), "edit/list", (), "file-text", section=2,
        aliases=N_("export"),
    ),
)  # fmt: skip
_PURPOSE: Final = "lists"
_LETTER: Final = frozenset({"US", "CA", "MX", "PH", "CL", "CO"})
Made = tuple[bytes, list[bytes]]


class ListPapers(QObject):
    """Prints and saves what a list shows: its columns, order and filter, as on screen."""

    def __init__(self, clinic: Clinic, shell: Shell) -> None:
        super().__init__(shell)
        self._clinic, self._shell = clinic, shell

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what the actions do, by id."""
        return {
            "list.print": self.show_paper,
            "list.save_csv": self.save_csv,
            "list.save_pdf": self.save_pdf,
        }

    def show_paper(self) -> None:
        """Show the list as it would be printed."""
        table = self._table()
        if table is not None:
            self._make(table, partial(self._show, table.accessibleName()))

    def save_pdf(self) -> None:
        """Ask where to, and write the paper there."""
        table = self._table()
        if table is None:
            return
        path = self._ask(table, ".pdf", _("Paper") + " (*.pdf)")
        if path is not None:
            self._make(table, partial(self._write, path))

    def save_csv(self) -> None:
        """Ask where to, and write the rows there."""
        table = self._table()
        if table is None:
            return
        path = self._ask(table, ".csv", _("Table") + " (*.csv)")
        if path is not None:
            room = self._shell.room
            self._tell(table)
            write_text(path, table.as_csv(), room.notices)

    def _table(self) -> RowTable[Any] | None:
        table = shown_list(self._shell)
        if table is None:
            self._shell.room.notices.banner(_("There is no list on this page."))
        return table

    def _ask(self, table: RowTable[Any], ending: str, kinds: str) -> Path | None:
        room, name = self._shell.room, table.accessibleName() + ending
        return save_file(self._shell, room.settings, _PURPOSE, _("Save the list"), name, kinds)

    def _make(self, table: RowTable[Any], made: Callable[[Made], None]) -> None:
        """Write the paper beside everything else; what it holds is taken now."""
        room, clinic = self._shell.room, self._clinic
        formats = room.formats
        columns, rows = table.shown_columns(), tuple(table.rows.rows)
        title = table.accessibleName()
        sheet = Sheet(
            Paper.LETTER if formats.territory in _LETTER else Paper.A4,
            title,
            clinic.closing.letterhead(formats),
            formats,
            foot=printed_foot(formats, room.clock.now(), room.actor.name),
        )
        some = any(column.total for column in columns)
        label = formats.count("{n} row", "{n} rows", len(rows))
        sheet.add(Table(columns, rows, formats, has_totals=some, total_label=label, banded=True))
        self._tell(table)

        def work(errand: Errand) -> Made:
            body = sheet.render(errand.step)
            count = page_count(body)
            return body, [page_image(body, number).png() for number in range(count)]

        room.desk.run_errand(title, work, made, owner=self)

    def _show(self, title: str, made: Made) -> None:
        body, pictures = made
        shell = self._shell
        view = PaperView(
            shell.room.theme, title, pictures, partial(self._save, body), f"{title}.pdf", shell
        )
        view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        view.open()

    def _write(self, path: Path, made: Made) -> None:
        self._save(made[0], str(path))

    def _save(self, body: bytes, path: str) -> None:
        notices, where = self._shell.room.notices, Path(path)
        try:
            write_whole(where, body)
        except Trouble as trouble:
            notices.trouble(trouble)
            return
        words = _("Saved as {name} in {folder}.")
        notices.toast(words.format(name=where.name, folder=where.parent))

    def _tell(self, table: RowTable[Any]) -> None:
        """Let the trail tell which list left the screen, and how many rows; no names."""
        name, count = table.accessibleName(), len(table.rows.rows)
        self._shell.room.desk.ask(
            partial(_record, self._clinic, name, count), _nothing, _nothing, owner=self
        )


def _record(clinic: Clinic, name: str, count: int) -> None:
    with clinic.records.write(clinic.actor, "list.leave") as work:
        work.record("list", None, after={"list": name, "rows": count})


def _nothing(_answer: object) -> None:
    """Nobody waits for it."""
