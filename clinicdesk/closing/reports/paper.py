# SPDX-License-Identifier: Apache-2.0
"""The pack on paper: cover, proof page, then the reports with their charts; or one report alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from clinicdesk import __version__
from clinicdesk.closing.model import MonthEnd
from clinicdesk.closing.reports.catalogue import SUMMARY, Part, Report, in_pack
from clinicdesk.closing.reports.first import ADDERS, Pause
from clinicdesk.closing.reports.front import add_cover, add_definitions, add_proof
from clinicdesk.printing.blocks import ChartBlock, Heading, Space, Table
from clinicdesk.printing.sheet import Letterhead, PageBreak, Paper, Sheet, printed_foot
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

_LANDSCAPE = {Paper.A4: Paper.A4_LANDSCAPE, Paper.LETTER: Paper.LETTER_LANDSCAPE}
_CHART = 64.0  # points; low, so that a month's days stand below it on the same page
_TALL, _FEW = 120.0, 14  # points; where there are not more rows than that
_OF_A_MONTH = range(21, 28)  # working days of a month: these rows are to stand on one page
_SMALL = 7.5
_SHORT = 6  # rows; two such reports share a page
Step = Callable[[int, int], None]


def _silent(_done: int, _whole: int) -> None:
    """Tell nobody."""


def month_end_pdf(
    report: MonthEnd,
    letterhead: Letterhead,
    formats: Formats,
    *,
    printed_at: datetime,
    printed_by: str,
    paper: Paper = Paper.A4,
    step: Step = _silent,
) -> bytes:
    """Return the paper.

    A closed month carries who closed it and when, not when it was printed, so that printing it
    again gives the same bytes; an open one says DRAFT and when it was printed.
    """
    title = formats.say(N_("Month end, {month}"), {"month": report.month})
    sheet = _sheet(report, title, letterhead, formats, paper, (printed_at, printed_by))
    shown = in_pack(report)
    add_cover(sheet, report, letterhead, formats, [one.title for one in shown])
    sheet.add(PageBreak())
    add_proof(sheet, report, formats)
    short = False
    for one in shown:
        brief = bool(one.parts) and one.count(report) <= _SHORT
        flows = (brief and short) or (not one.wide and one is not SUMMARY)
        sheet.add(Space(8) if flows else PageBreak(_LANDSCAPE.get(paper) if one.wide else paper))
        _add(sheet, one, report, formats, lambda: step(0, 1))
        short = brief
    sheet.add(PageBreak(paper))
    add_definitions(sheet, formats)
    return sheet.render(step)


def report_pdf(
    one: Report,
    report: MonthEnd,
    letterhead: Letterhead,
    formats: Formats,
    *,
    printed_at: datetime,
    printed_by: str,
    paper: Paper = Paper.A4,
    step: Step = _silent,
) -> bytes:
    """Return one report's paper; of an open month it says DRAFT, as the pack does."""
    title = f"{formats.word(one.title)}, {formats.month(report.month)}"
    size = _LANDSCAPE.get(paper, paper) if one.wide else paper
    sheet = _sheet(report, title, letterhead, formats, size, (printed_at, printed_by))
    _add(sheet, one, report, formats, lambda: step(0, 1))
    return sheet.render(step)


def _sheet(
    report: MonthEnd,
    title: str,
    letterhead: Letterhead,
    formats: Formats,
    paper: Paper,
    printed: tuple[datetime, str],
) -> Sheet:
    if report.seal is None:
        foot, watermark = printed_foot(formats, *printed), formats.word(N_("DRAFT"))
    else:
        says = N_("Closed {when} by {who} · ledger to entry {seq} · ClinicDesk {version}")
        fields = {
            "when": report.seal.closed_at,
            "who": report.seal.closed_by,
            "seq": str(report.last_seq),
            "version": __version__,
        }
        foot, watermark = formats.say(says, fields), ""
    return Sheet(paper, title, letterhead, formats, foot=foot, watermark=watermark)


def _add(sheet: Sheet, one: Report, report: MonthEnd, formats: Formats, pause: Pause) -> None:
    if one.name in ADDERS:
        ADDERS[one.name](sheet, report, formats, pause)
        return
    fields = {"currency": formats.currency.code, "day": report.as_of}
    sheet.add(Heading(formats.word(one.title), formats.say(one.basis, fields)))
    chart = None if one.chart is None else one.chart(report, formats)
    if chart is not None:
        roomy = one.count(report) <= _FEW
        sheet.add(ChartBlock(chart, formats, height=_TALL if roomy else _CHART))
    told = [part for part in one.parts if part.rows(report)] or list(one.parts[:1])
    for part in told:
        if part.title:
            sheet.add(Heading(formats.word(part.title), level=2))
        sheet.add(_table(part, report, formats, pause))


def _table(part: Part, report: MonthEnd, formats: Formats, pause: Pause) -> Table[object]:
    rows = part.rows(report)
    return Table(
        part.shown(rows),
        rows,
        formats,
        totals=part.totals(rows) if part.totals is not None else None,
        has_totals=part.has_totals and bool(rows),
        style=part.style,
        banded=len(rows) > _SHORT,
        size=_SMALL if len(rows) in _OF_A_MONTH else 8,
        lines=2,
        pause=pause,
    )
