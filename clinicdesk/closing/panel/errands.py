# SPDX-License-Identifier: Apache-2.0
"""What the page has done on other threads: plain values in, frozen values out, no widget."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from clinicdesk.closing.model import MonthEnd
from clinicdesk.closing.model.checklist import MonthChecklist
from clinicdesk.closing.service import Closing
from clinicdesk.desktop.desk import Errand
from clinicdesk.desktop.room import Room
from clinicdesk.kernel.actors import Actor
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.outcomes import Done
from clinicdesk.printing.sheet import Paper
from clinicdesk.printing.spool import write_whole


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be made: a report by its name, or the whole pack ("")."""

    name: str
    month: Month
    paper: Paper


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A report with its PDF; ``name`` as it was wished for."""

    report: MonthEnd
    pdf: bytes
    name: str = ""


def make_paper(closing: Closing, room: Room, wish: Wish, errand: Errand) -> MadePaper:
    def half(done: int, whole: int) -> None:
        errand.step(done * 60 // max(1, whole), 100)

    def rest(done: int, whole: int) -> None:
        errand.step(60 + done * 40 // max(1, whole), 100)

    formats = closing.formats(room.formats.language)
    if wish.name:
        report = closing.one_report(wish.name, wish.month, room.actor, half)
        pdf = closing.one_pdf(wish.name, report, room.actor, formats, wish.paper, rest)
    else:
        report = closing.month_end(wish.month, room.actor, half)
        pdf = closing.pdf(report, room.actor, formats, wish.paper, rest)
    return MadePaper(report, pdf, wish.name)


def write(closing: Closing, room: Room, made: MadePaper, target: Path, _errand: Errand) -> Path:
    name = made.name
    match target.suffix.lower():
        case ".csv":
            text = closing.one_csv(name, made.report) if name else closing.csv(made.report)
            body = text.encode("utf-8-sig")
        case ".json":
            text = closing.one_json(name, made.report) if name else closing.json(made.report)
            body = text.encode()
        case _:
            body = made.pdf
    write_whole(target, body)
    closing.handed_out(made.report, "export", room.actor, name or "month_end")
    return target


def closed_already(closing: Closing, month: Month, actor: Actor) -> tuple[Month, bool]:
    return month, closing.is_closed(month, actor)


def look(closing: Closing, room: Room, month: Month, errand: Errand) -> MonthChecklist:
    return closing.checklist(month, room.actor, errand.step)


def closed(closing: partial[Done[Month]], _errand: Errand) -> Done[Month]:
    return closing()
