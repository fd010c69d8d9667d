# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk report``: the same figures as the window's, as PDF, JSON or CSV."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import date

from clinicdesk.assembly import Clinic
from clinicdesk.commands.arguments import MONTH_REPORTS, REPORTS
from clinicdesk.commands.signing_in import opened
from clinicdesk.commands.speaking import Progress
from clinicdesk.kernel.moments import Month
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.printing.sheet import Paper
from clinicdesk.printing.spool import write_whole
from clinicdesk.schedule.reports import DaySheet
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

_LETTER_COUNTRIES = {"US", "CA", "MX", "PH", "CL", "CO"}


class NoSuchPeriod(Refusal):
    """A period that is not written as the report wants it."""

    wording = N_("{period} is no period of this report; write 2026-10 for a month, "
                 "2026-10-31 for a day.")  # fmt: skip


class WrongUsage(Exception):
    """Arguments that do not go together."""


def run(arguments: argparse.Namespace) -> int:
    """Make a report, or list them."""
    if arguments.list_reports:
        for name in REPORTS:
            print(name)
        return 0
    if arguments.name is None or arguments.clinic is None:
        print("clinicdesk report: give a NAME and --clinic PATH, or --list", file=sys.stderr)
        return 2
    progress = Progress()
    with opened(arguments) as clinic:
        body = _MAKERS[arguments.name](clinic, arguments, progress)
    progress.end()
    if isinstance(body, int):
        return body
    if arguments.out is None:
        sys.stdout.buffer.write(body)
    else:
        write_whole(arguments.out, body)
        print(arguments.out)
    return 0


def formats_of(clinic: Clinic) -> Formats:
    """Return the formats of the clinic's own language and country."""
    profile = clinic.records.profile
    return Formats(profile.language, profile.country, profile.currency, profile.zone)


def _form(arguments: argparse.Namespace) -> str:
    if arguments.format:
        return str(arguments.format)
    suffix = arguments.out.suffix.lower() if arguments.out else ""
    return {".json": "json", ".csv": "csv"}.get(suffix, "pdf")


def _paper(clinic: Clinic, arguments: argparse.Namespace) -> Paper:
    wish = arguments.paper
    if wish is None:
        wish = "letter" if clinic.records.profile.country in _LETTER_COUNTRIES else "a4"
    return Paper.LETTER if wish == "letter" else Paper.A4


def _month(clinic: Clinic, arguments: argparse.Namespace) -> Month:
    today = clinic.records.profile.zone.day(clinic.records.clock.now())
    try:
        return Month.parse(arguments.period) if arguments.period else Month.of(today).previous
    except ValueError as error:
        raise NoSuchPeriod(period=arguments.period) from error


def _month_end(clinic: Clinic, arguments: argparse.Namespace, progress: Progress) -> bytes:
    report = clinic.closing.month_end(_month(clinic, arguments), clinic.actor, progress)
    form = _form(arguments)
    if form == "json":
        return clinic.closing.json(report).encode()
    if form == "csv":
        return clinic.closing.csv(report).encode("utf-8-sig")
    formats = formats_of(clinic)
    return clinic.closing.pdf(report, clinic.actor, formats, _paper(clinic, arguments), progress)


def _one_report(clinic: Clinic, arguments: argparse.Namespace, progress: Progress) -> bytes:
    """Make one report of the month's pack alone."""
    name = str(arguments.name)
    report = clinic.closing.one_report(name, _month(clinic, arguments), clinic.actor, progress)
    form = _form(arguments)
    if form == "json":
        return clinic.closing.one_json(name, report).encode()
    if form == "csv":
        return clinic.closing.one_csv(name, report).encode("utf-8-sig")
    formats, paper = formats_of(clinic), _paper(clinic, arguments)
    return clinic.closing.one_pdf(name, report, clinic.actor, formats, paper, progress)


def _day_sheet(clinic: Clinic, arguments: argparse.Namespace, _progress: Progress) -> bytes | int:
    if _form(arguments) != "pdf":
        print("clinicdesk report day-sheet: this paper comes as PDF only", file=sys.stderr)
        return 2
    today = clinic.records.profile.zone.day(clinic.records.clock.now())
    try:
        on = date.fromisoformat(arguments.period) if arguments.period else today
    except ValueError as error:
        raise NoSuchPeriod(period=arguments.period) from error
    return clinic.schedule.day_sheet(DaySheet(on), clinic.actor, formats_of(clinic))


_MAKERS: dict[str, Callable[[Clinic, argparse.Namespace, Progress], bytes | int]] = {
    "month-end": _month_end,
    "day-sheet": _day_sheet,
    **dict.fromkeys(MONTH_REPORTS, _one_report),
}
