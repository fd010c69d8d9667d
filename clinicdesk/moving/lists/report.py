# SPDX-License-Identifier: Apache-2.0
"""What became of each line of a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from clinicdesk.moving.lists.mapping import ListMapping
from clinicdesk.moving.report import ImportReport
from clinicdesk.wording.text import N_, _, ngettext

TAKEN, BAD, LEFT, LIKELY = "taken", "bad", "left", "likely"
OUTCOMES: Final = {
    TAKEN: N_("taken"),
    BAD: N_("to be mended"),
    LEFT: N_("left out"),
    LIKELY: N_("perhaps here already"),
}
REPEATS: Final = N_("says the same as line {value}")
TOTAL: Final = N_("only adds other lines up")


@dataclass(frozen=True, slots=True)
class LineOutcome:
    """One line.

    Attributes:
        about: what it is about, as the list says it.
        reason: English, marked for translation, with ``{value}``.
        notes: what was put into our words on it, likewise.
    """

    line: int
    outcome: str
    about: str
    reason: str = ""
    value: str = ""
    notes: tuple[tuple[str, str], ...] = ()

    def said(self) -> str:
        """Reason and notes in the reader's language."""
        parts = [(self.reason, self.value)] if self.reason else []
        return "; ".join(_(words).format(value=value) for words, value in (*parts, *self.notes))


@dataclass(slots=True)
class ListReport(ImportReport):
    """The report of a list.

    Attributes:
        file: its name.
        kind: of its lines.
        outcomes: of every line, in order.
        refused: nothing was written, since some lines are bad and all or nothing was wished.
        stock_minor: value of the supplies taken in.
        mapping: how the columns were understood.
    """

    file: str = ""
    kind: str = ""
    outcomes: list[LineOutcome] = field(default_factory=list)
    refused: bool = False
    stock_minor: int = 0
    mapping: ListMapping = field(default_factory=ListMapping)

    def add(self, told: LineOutcome) -> None:
        """Account for a line."""
        self.outcomes.append(told)
        self.read(self.kind)
        if told.outcome == TAKEN:
            ImportReport.take(self, self.file, self.kind, told.line)
            for reason, value in told.notes:
                self.map(self.file, self.kind, told.line, reason, value)
        else:
            self.skip(self.file, self.kind, told.line, told.reason, told.value)

    def count(self, outcome: str) -> int:
        """Return how many lines came out so."""
        return sum(1 for told in self.outcomes if told.outcome == outcome)

    @property
    def to_mend(self) -> tuple[LineOutcome, ...]:
        """Lines that somebody has to look at: bad ones, and people who may be here already."""
        return tuple(told for told in self.outcomes if told.outcome in {BAD, LIKELY})

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data; keys are stable."""
        told = ImportReport.as_dict(self)
        if self.refused and not self.dry_run:  # what would have been taken was not
            told["kinds"][self.kind]["taken"] = told["kinds"][self.kind]["mapped"] = 0
        return told | {
            "refused": self.refused,
            "bad": self.count(BAD),
            "likely_duplicates": self.count(LIKELY),
            "stock_minor": self.stock_minor,
            "mapping": self.mapping.as_dict(),
        }

    def summary(self) -> str:
        """Say in one sentence what was done, or would be."""
        if self.cancelled:
            return _("Cancelled before anything was written.")
        bad, taken = self.count(BAD), self.count(TAKEN)
        if self.refused and self.dry_run:
            return ngettext(
                "Nothing would be written: {n} line has to be mended first.",
                "Nothing would be written: {n} lines have to be mended first.",
                bad,
            ).format(n=bad)
        if self.refused:
            return ngettext(
                "Nothing was written: {n} line has to be mended first.",
                "Nothing was written: {n} lines have to be mended first.",
                bad,
            ).format(n=bad)
        if self.dry_run:
            return ngettext(
                "{n} line would be taken in.", "{n} lines would be taken in.", taken
            ).format(n=taken)
        return ngettext("{n} line was taken in.", "{n} lines were taken in.", taken).format(n=taken)
