# SPDX-License-Identifier: Apache-2.0
"""What the page has done on other threads: plain values in, frozen values out, no widget."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from clinicdesk.closing.model import MonthEnd
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.outcomes import Done
from clinicdesk.printing.sheet import Paper
from clinicdesk.printing.spool import write_whole


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A report with its PDF."""

    report: MonthEnd
    pdf: bytes


def make_paper(
    closing: Closing, room: Room, month: Month, paper: Paper, errand: Errand
) -> MadePaper:
    def half(done: int, whole: int) -> None:
        errand.step(done * 60 // max(1, whole), 100)

    def rest(done: int, whole: int) -> None:
        errand.step(60 + done * 40 // max(1, whole), 100)

    report = closing.month_end(month, room.actor, half)
    formats = closing.formats(room.formats.language)
    return MadePaper(report, closing.pdf(report, room.actor, formats, paper, rest))


def write(closing: Closing, room: Room, made: MadePaper, target: Path, _errand: Errand) -> Path:
    match target.suffix.lower():
        case ".csv":
            body = closing.csv(made.report).encode("utf-8-sig")
        case ".json":
            body = closing.json(made.report).encode()
        case _:
            body = made.pdf
    write_whole(target, body)
    closing.handed_out(made.report, "export", room.actor)
    return target


def closed(closing: partial[Done[Month]], _errand: Errand) -> Done[Month]:
    return closing()
