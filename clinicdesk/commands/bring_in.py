# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk import``: takes in another system's data, all of it or nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from clinicdesk import moving
from clinicdesk.assembly import Clinic
from clinicdesk.commands.signing_in import opened
from clinicdesk.commands.speaking import Progress, as_json
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.moving import lists
from clinicdesk.moving.report import ImportReport
from clinicdesk.wording.text import N_

_IMPORTERS = {"synthea": moving.import_synthea, "appointments": moving.import_appointments}


class NotReadable(Refusal):
    """A file named beside the list."""

    wording = N_("{file} cannot be read.")


class NotWritten(Refusal):
    """The error file has no place."""

    wording = N_("{file} could not be written.")


def run(arguments: argparse.Namespace) -> int:
    """Import and print what was read, taken, mapped and skipped."""
    progress = Progress()
    refused = False
    report: ImportReport
    with opened(arguments) as clinic:
        if arguments.source_format in lists.FORMATS:
            report = told = _list(clinic, arguments, progress)
            refused = told.refused and not arguments.dry_run
        else:
            report = _IMPORTERS[arguments.source_format](
                clinic,
                arguments.source,
                clinic.actor,
                dry_run=arguments.dry_run,
                progress=progress,
                cancelled=lambda: False,
            )
    progress.end()
    if arguments.format == "json":
        print(as_json(report.as_dict()))
    else:
        for line in report.lines():
            print(line)
        if isinstance(report, lists.ListReport):
            print(report.summary())
    return 1 if refused else 0


def _list(clinic: Clinic, arguments: argparse.Namespace, progress: Progress) -> lists.ListReport:
    """Bring in a clinic's own list; write the lines to be mended where that is wished."""
    form = lists.FORMATS[arguments.source_format]
    looked = lists.open_list(clinic, form, arguments.source, clinic.actor, progress)
    mapping = looked.mapping
    if arguments.mapping is not None:
        mapping = lists.mapping_of(_text(arguments.mapping), form, arguments.mapping.name)
    if arguments.format == "text":
        print(looked.told)
    report = lists.bring_in(
        clinic,
        looked,
        mapping,
        clinic.actor,
        choices=lists.Choices(arguments.good_lines, arguments.likely_too),
        dry_run=arguments.dry_run,
        progress=progress,
    )
    if arguments.errors is not None and report.to_mend:
        try:
            lists.write_errors(looked, report, arguments.errors)
        except OSError:
            raise NotWritten(file=arguments.errors.name) from None
    return report


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeError):
        raise NotReadable(file=path.name) from None
