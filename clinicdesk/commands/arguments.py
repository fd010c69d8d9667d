# SPDX-License-Identifier: Apache-2.0
"""What may be written after ``clinicdesk``. Stable once released; needs no display and no file."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from clinicdesk import __version__
from clinicdesk.kernel.moments import Month

MONTH_REPORTS = (
    "summary", "payments", "production-by-day", "providers", "production-by-month", "receivables",
    "adjustments", "payer-mix", "credits", "budget", "refunds", "schedule", "hours", "stock",
    "exceptions", "aging",
)  # fmt: skip
REPORTS = ("month-end", "day-sheet", *MONTH_REPORTS)
FORMATS = ("synthea", "appointments", "patients", "fees", "stock", "staff")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments; ``verb`` is None for the window. Exit with 2 on wrong usage."""
    return _parser().parse_args(arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clinicdesk",
        description="The clinic's appointment book, money and supplies, on its own machine.",
        epilog="The password comes from CLINICDESK_PASSWORD or --password-file, never from here. "
        "Ends with 0 done, 1 refused or a check failed, 2 wrong usage, 3 trouble.",
    )
    parser.add_argument("--version", action="version", version=f"ClinicDesk {__version__}")
    parser.add_argument("--clinic", type=Path, metavar="PATH", help="the clinic file to open")
    parser.add_argument("--user", metavar="NAME", help="who signs in")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    parser.add_argument("--reset-layout", action="store_true", help="put all panels back")
    verbs = parser.add_subparsers(dest="verb", metavar="COMMAND")

    signing_in = argparse.ArgumentParser(add_help=False)
    signing_in.add_argument("--clinic", type=Path, required=True, metavar="PATH")
    signing_in.add_argument("--user", default="owner", metavar="NAME", help="who signs in")
    signing_in.add_argument("--password-file", type=Path, metavar="FILE")

    demo = verbs.add_parser("demo", help="make a clinic of invented people")
    demo.add_argument("path", type=Path, metavar="PATH")
    demo.add_argument("--years", type=_count, default=1, metavar="N")
    demo.add_argument("--patients", type=_count, default=None, metavar="N")
    demo.add_argument("--providers", type=_count, default=4, metavar="N")
    demo.add_argument("--seed", type=_count, default=1, metavar="N")
    demo.add_argument("--until", type=_day, default=None, metavar="YYYY-MM-DD")

    _import_arguments(
        verbs.add_parser("import", parents=[signing_in], help="take in another system's data")
    )

    report = verbs.add_parser("report", help="make a report as a file or on standard output")
    report.add_argument("name", nargs="?", choices=REPORTS, metavar="NAME")
    report.add_argument("period", nargs="?", metavar="PERIOD", help="YYYY-MM, or a day")
    report.add_argument("--list", action="store_true", dest="list_reports")
    report.add_argument("--clinic", type=Path, metavar="PATH")
    report.add_argument("--user", default="owner", metavar="NAME")
    report.add_argument("--password-file", type=Path, metavar="FILE")
    report.add_argument("--out", type=Path, metavar="FILE")
    report.add_argument("--format", choices=("pdf", "json", "csv"), default=None)
    report.add_argument("--paper", choices=("a4", "letter"), default=None)

    verify = verbs.add_parser("verify", parents=[signing_in], help="check the file, by name")
    verify.add_argument("--format", choices=("text", "json"), default="text")

    backup = verbs.add_parser("backup", parents=[signing_in], help="write a checked backup")
    backup.add_argument("--to", type=Path, required=True, metavar="DIR")

    restore = verbs.add_parser("restore", help="put a backup in place of a clinic file")
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    restore.add_argument("--to", type=Path, required=True, metavar="PATH")
    restore.add_argument("--user", default="owner", metavar="NAME")
    restore.add_argument("--password-file", type=Path, metavar="FILE")
    restore.add_argument(
        "--recovery-file",
        type=Path,
        metavar="FILE",
        help="the recovery code instead of a password; or in CLINICDESK_RECOVERY_CODE",
    )
    restore.add_argument(
        "--new-password-file",
        type=Path,
        metavar="FILE",
        help="a password to set for whoever restores; or in CLINICDESK_NEW_PASSWORD",
    )

    tour = verbs.add_parser("tour", parents=[signing_in], help="save a picture of each panel")
    tour.add_argument("--out", type=Path, required=True, metavar="DIR")
    tour.add_argument("--theme", choices=("light", "dark", "contrast"), default="light")
    tour.add_argument("--size", type=_size, default=(1680, 1020), metavar="WxH")
    tour.add_argument("--scale", type=_scale, default=1.0, metavar="N")
    tour.add_argument("--lang", default=None, metavar="L")
    return parser


def _import_arguments(bring: argparse.ArgumentParser) -> None:
    bring.add_argument("source_format", choices=FORMATS, metavar="FORMAT")
    bring.add_argument("source", type=Path, metavar="SOURCE")
    bring.add_argument("--dry-run", action="store_true", help="read and check, write nothing")
    bring.add_argument("--format", choices=("text", "json"), default="text")
    own = bring.add_argument_group("lists of a clinic's own, as .csv or .xlsx")
    own.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        help="which column is what: the “mapping” that --format json prints; guessed otherwise",
    )
    own.add_argument("--good-lines", action="store_true", help="leave bad lines out")
    own.add_argument(
        "--likely-too", action="store_true", help="take people who are perhaps here already"
    )
    own.add_argument(
        "--errors", type=Path, metavar="FILE", help="write the lines to be mended here"
    )


def period_month(text: str) -> Month:
    """Read a month; raise ``ValueError`` otherwise."""
    return Month.parse(text)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day like 2026-11-25") from None


def _size(text: str) -> tuple[int, int]:
    width, x, height = text.partition("x")
    if not (x and width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size like 1680x1020")
    return int(width), int(height)


def _scale(text: str) -> float:
    try:
        scale = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number like 1.5") from None
    if not 0.8 <= scale <= 2:
        raise argparse.ArgumentTypeError("the scale is between 0.8 and 2")
    return scale
